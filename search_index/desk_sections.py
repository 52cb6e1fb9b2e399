"""The three lists editors keep: how each is shown, filled in and written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from search_index import editing
from search_index.desk_forms import DIRECTIONS, WEIGHTS, AliasForm, PinForm, SynonymForm
from search_index.editing import Editor, EditRefused, Kept
from search_index.editor_models import SearchAlias, SearchPin, SearchSynonym
from search_index.models import SearchRow

MOST_ROWS = 500


@dataclass(frozen=True)
class Section:
    slug: str
    template: str
    model: type[Kept]
    form: type[Any]
    add: Callable[[Session, Editor, Any], object]
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One entry in force and the page it is about; synonyms have none."""

    entry: Any
    title: str = ""
    url: str = ""


def rows(db: Session, section: Section) -> Sequence[Row]:
    """The entries in force, the newest first."""
    model = section.model
    active = select(model).where(model.active).order_by(model.id.desc()).limit(MOST_ROWS)
    entries = list(db.scalars(active))
    keys = {getattr(entry, "document", "") for entry in entries}
    named = select(SearchRow.key, SearchRow.title, SearchRow.url).where(
        SearchRow.key.in_(keys), SearchRow.withdrawn.is_(False)
    )
    pages = {key: (title, url) for key, title, url in db.execute(named)}
    return [Row(entry, *pages.get(getattr(entry, "document", ""), ("", ""))) for entry in entries]


def title_or_words(db: Session, text: str | None) -> str:
    """The name of the page whose code this is; any other words as they are."""
    try:
        return editing.page_of(db, text).title
    except EditRefused:
        return text or ""


def _add_synonym(db: Session, editor: Editor, form: SynonymForm) -> object:
    return editing.add_synonym(
        db,
        editor,
        phrase=form.phrase.data or "",
        meaning=form.meaning.data or "",
        direction=form.direction.data,
        weight=int(form.weight.data),
        note=form.note.data or "",
    )


def _add_alias(db: Session, editor: Editor, form: AliasForm) -> object:
    target, alias = form.target.data or "", form.alias.data or ""
    return editing.add_alias(db, editor, target=target, alias=alias)


def _add_pin(db: Session, editor: Editor, form: PinForm) -> object:
    return editing.add_pin(
        db,
        editor,
        query=form.query.data or "",
        target=form.target.data or "",
        position=int(form.position.data),
        until=form.last_day,
    )


_KNOWN = (
    Section(
        "dong-nghia",
        "desk_synonyms.html",
        SearchSynonym,
        SynonymForm,
        _add_synonym,
        {"directions": DIRECTIONS, "weights": WEIGHTS},
    ),
    Section("ten-goi", "desk_aliases.html", SearchAlias, AliasForm, _add_alias),
    Section("ghim", "desk_pins.html", SearchPin, PinForm, _add_pin),
)
SECTIONS: Mapping[str, Section] = {section.slug: section for section in _KNOWN}
