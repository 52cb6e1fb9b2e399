"""Knows which version of a page is shown, since when, and since when there is any."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased

from content.errors import NoSuchPage
from content.models import ContentItem, ContentVersion, Kind, State


@dataclass(frozen=True)
class Version:
    """The version that is shown; `first_at` is when the page was shown first."""

    number: int
    at: datetime
    first_at: datetime
    sha256: str


def newest() -> ColumnElement[bool]:
    """Joins an item to the version that is shown."""
    return and_(
        ContentVersion.item_id == ContentItem.id, ContentVersion.number == ContentItem.version
    )


def published(db: Session, kind: Kind, key: str, language: str) -> Version:
    """The version that is shown of a page in one language. Raises NoSuchPage."""
    first = aliased(ContentVersion)
    row = db.execute(
        select(
            ContentVersion.number,
            ContentVersion.published_at,
            select(func.min(first.published_at))
            .where(first.item_id == ContentItem.id)
            .scalar_subquery(),
            ContentVersion.sha256,
        )
        .join(ContentItem, newest())
        .where(
            ContentItem.kind == kind,
            ContentItem.key == key,
            ContentItem.language == language,
            ContentItem.state == State.PUBLISHED,
        )
    ).one_or_none()
    if row is None:
        raise NoSuchPage
    return Version(*row)


def last_change_of(db: Session, kinds: Iterable[Kind]) -> datetime | None:
    """When a page of these kinds was published last; None where none ever was."""
    shown = select(func.max(ContentVersion.published_at)).join(ContentItem, newest())
    return db.scalar(shown.where(ContentItem.kind.in_(list(kinds))))


def last_change(db: Session) -> datetime | None:
    """When anything was published last; None where nothing ever was."""
    # By number, not by moment: the moments stand behind long texts and have no index.
    newest_first = select(ContentVersion.published_at).order_by(ContentVersion.id.desc())
    return db.scalar(newest_first.limit(1))
