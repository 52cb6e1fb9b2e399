"""Gathers all that the desk of one page shows: what is published, who keeps it, what it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from content import english
from content.editorial import desk_words, draft_shown, history, texts, workflow
from content.editorial.history import PageKey
from content.editorial.models import Draft
from content.errors import NoSuchPage
from content.models import ContentItem, ContentVersion, Kind, State
from portal.staff.models import Role
from portal.tasks import Task

OTHER = {"vi": "en", "en": "vi"}


class Variant(StrEnum):
    """How the English variant of a page stands; NONE where a kind has none."""

    NONE = "none"
    MISSING = "missing"
    OLDER = "older"
    CURRENT = "current"


@dataclass(frozen=True)
class PageShown:
    """`title` is that of the open draft, or else of the newest version."""

    page: PageKey
    title: str
    item: ContentItem | None
    draft: Draft | None
    address: str
    is_published: bool
    state: tuple[str, str]
    review: tuple[str, str]
    variant: Variant
    versions: Sequence[ContentVersion]
    tasks: Sequence[Task]
    names: dict[str, str]
    people: list[tuple[str, str]]


def build(db: Session, page: PageKey, today: date) -> PageShown:
    """Raises NoSuchPage where there is neither a page nor a draft."""
    item = history.item(db, page)
    draft = workflow.open_draft(db, page.kind, page.key, page.language)
    if item is None and draft is None:
        raise NoSuchPage
    versions = history.versions(db, item.id) if item else []
    review_on = item.review_on if item else None
    return PageShown(
        page=page,
        title=_title(page, draft, versions),
        item=item,
        draft=draft,
        address=texts.address_of(page.kind, page.key, page.language),
        is_published=item is not None and item.state == State.PUBLISHED,
        state=desk_words.state(item.state, "") if item else desk_words.state(State.DRAFT, ""),
        review=desk_words.review(review_on, today),
        variant=_variant(db, page, item),
        versions=versions,
        tasks=_tasks(db, page),
        names=draft_shown.names(db),
        people=draft_shown.people(db, Role.EDITOR, Role.APPROVER),
    )


def _title(page: PageKey, draft: Draft | None, versions: Sequence[ContentVersion]) -> str:
    if draft is not None and draft.title:
        return draft.title
    if not versions:
        return page.key
    said = texts.mapping(versions[0].text)
    return str(said.get("title") or said.get("name") or page.key)


def _variant(db: Session, page: PageKey, item: ContentItem | None) -> Variant:
    has_english = (Kind(page.kind), texts.ENGLISH) in texts.KINDS
    if page.language != texts.VIETNAMESE or not has_english or item is None:
        return Variant.NONE
    told = history.item(db, PageKey(page.kind, page.key, texts.ENGLISH))
    if told is None or told.state != State.PUBLISHED:
        return Variant.MISSING
    older = english.is_older(db, Kind(page.kind), page.key)
    return Variant.OLDER if older else Variant.CURRENT


def _tasks(db: Session, page: PageKey) -> Sequence[Task]:
    """Open work about this page, under its address or the fuller one that names it in words."""
    address = texts.address_of(page.kind, page.key, page.language)
    about = or_(Task.subject == address, Task.subject.startswith(f"{address}-", autoescape=True))
    if page.kind != Kind.PROCEDURE:
        about = Task.subject == address
    found = select(Task).where(Task.closed_at.is_(None), about)
    return db.scalars(found.order_by(Task.opened_at)).all()
