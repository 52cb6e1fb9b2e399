"""Turns in life as people read them: each step with its procedures and what these cost in time."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import reading
from content.leaf_shapes import LifeEvent, LifeStep
from content.listing import Entry
from content.models import ArticleRow, ContentItem, ContentVersion, Kind
from content.reading import ArticleEntry
from content.shapes import Procedure
from content.versions import newest

MOST_GUIDES = 5


@dataclass(frozen=True)
class NamedProcedure:
    """A procedure as a step of a life event names it; its times and fees as its source says."""

    entry: Entry
    times: tuple[str, ...]
    fees: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    step: LifeStep
    procedures: tuple[NamedProcedure, ...]


@dataclass(frozen=True)
class LifeEventPage:
    """All that the page of one life event shows."""

    event: LifeEvent
    path: str
    steps: tuple[Step, ...]
    guides: tuple[ArticleEntry, ...]
    others: tuple[ArticleEntry, ...]


def life_events(db: Session, language: str) -> tuple[ArticleEntry, ...]:
    """All life events in their own order."""
    return reading.articles(db, Kind.LIFE_EVENT, language)


def by_icon(db: Session) -> dict[str, str]:
    """Which life event a drawing on the home page leads to: its address."""
    chosen = (
        select(ArticleRow.slug, ContentVersion.text)
        .join(ContentItem, ContentItem.id == ArticleRow.item_id)
        .join(ContentVersion, newest())
        .where(ArticleRow.kind == Kind.LIFE_EVENT)
        .order_by(ArticleRow.position, ArticleRow.sort_key)
    )
    found: dict[str, str] = {}
    for slug, text in db.execute(chosen):
        icon = LifeEvent.model_validate_json(text).icon
        if icon:
            found.setdefault(icon, _path(slug))
    return found


def life_event(db: Session, slug: str, language: str) -> LifeEventPage:
    """The page of one life event. Raises NoSuchPage and Withdrawn."""
    event = LifeEvent.model_validate_json(reading.leaf_text(db, Kind.LIFE_EVENT, slug))
    codes = list(dict.fromkeys(code for step in event.steps for code in step.procedures))
    known = {one.entry.code: one for one in _named(db, codes)}
    return LifeEventPage(
        event=event,
        path=_path(slug),
        steps=tuple(
            Step(step, tuple(known[code] for code in step.procedures if code in known))
            for step in event.steps
        ),
        guides=reading.naming(db, codes, language)[:MOST_GUIDES],
        others=tuple(one for one in life_events(db, language) if one.path != _path(slug)),
    )


def _named(db: Session, codes: list[str]) -> Iterable[NamedProcedure]:
    """The listed procedures with these codes, with what their published texts say."""
    listed = reading.named(db, tuple(codes))
    texts = db.execute(
        select(ContentItem.key, ContentVersion.text)
        .join(ContentVersion, newest())
        .where(ContentItem.kind == Kind.PROCEDURE, ContentItem.language == "vi")
        .where(ContentItem.key.in_([entry.code for entry in listed]))
    )
    told = {code: Procedure.model_validate_json(text) for code, text in texts}
    for entry in listed:
        methods = told[entry.code].methods
        yield NamedProcedure(
            entry=entry,
            times=tuple(dict.fromkeys(method.time for method in methods)),
            fees=tuple(dict.fromkeys(method.fee for method in methods)),
        )


def _path(slug: str) -> str:
    return f"/viec-doi/{slug}"
