"""Forms to fill in, as people look for them: by number, by title, by procedure."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import reading, versions
from content.leaf_shapes import FileRef, FormFile
from content.listing import Entry
from content.models import ArticleRow, ContentItem, ContentVersion, Kind, ProcedureRow
from content.projecting import ARTICLE_PATHS
from portal.vietnamese import fold

MOST_WORDS = 8


@dataclass(frozen=True)
class FormEntry:
    """A form in a list."""

    form: FormFile
    path: str


@dataclass(frozen=True)
class FormPage:
    """All that the page of one form shows."""

    form: FormFile
    path: str
    procedures: tuple[Entry, ...]


def file_path(file: FileRef) -> str:
    """Where a kept file can be had: named by its fingerprint, so that it never changes."""
    return f"/tep/{file.sha256}/{quote(file.name)}"


def forms(db: Session, asked: str) -> tuple[FormEntry, ...]:
    """The forms whose number, title or origin hold every word asked for; all where none is."""
    chosen = (
        select(ContentVersion.text)
        .join(ContentItem, versions.newest())
        .join(ArticleRow, ArticleRow.item_id == ContentItem.id)
        .where(ArticleRow.kind == Kind.FORM)
        .order_by(ArticleRow.position, ArticleRow.sort_key)
    )
    words = fold(asked).split()[:MOST_WORDS]
    found = (FormFile.model_validate_json(text) for text in db.scalars(chosen))
    return tuple(_entry(form) for form in found if _holds(form, words))


def form(db: Session, slug: str) -> FormPage:
    """One form and the procedures that use it. Raises NoSuchPage and Withdrawn."""
    shown = FormFile.model_validate_json(reading.leaf_text(db, Kind.FORM, slug))
    codes = (*shown.procedures, *_using(db, shown.slug))
    return FormPage(shown, _entry(shown).path, reading.named(db, codes))


def _entry(form: FormFile) -> FormEntry:
    return FormEntry(form, f"{ARTICLE_PATHS[Kind.FORM]}{form.slug}")


def _holds(form: FormFile, words: list[str]) -> bool:
    said = fold(f"{form.number} {form.title} {form.summary} {form.source}")
    return all(word in said for word in words)


def _using(db: Session, slug: str) -> tuple[str, ...]:
    """The procedures one of whose papers names this form."""
    assert re.fullmatch(r"[a-z0-9-]+", slug)
    named = f'"form_slug":"{slug}"'
    chosen = (
        select(ProcedureRow.code)
        .join(ContentItem, ContentItem.id == ProcedureRow.item_id)
        .join(ContentVersion, versions.newest())
        .where(ProcedureRow.listed, ContentVersion.text.contains(named, autoescape=True))
        .order_by(ProcedureRow.sort_key, ProcedureRow.code)
    )
    return tuple(db.scalars(chosen))
