"""The versions a page has had: what changed in each, and which one held on a day of the past."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import differences
from content.differences import Change
from content.errors import NoSuchPage
from content.models import ContentItem, ContentVersion, Kind, Origin
from content.shapes import Procedure
from portal import clock

MOST_SHOWN = 20


@dataclass(frozen=True)
class PastVersion:
    """One version of a procedure with what it changed; `before` is None for the first."""

    number: int
    at: datetime
    origin: Origin
    note: str
    changes: tuple[Change, ...]
    is_first: bool
    rolled_back_to: int | None

    @property
    def day(self) -> date:
        return clock.local_date(self.at)


@dataclass(frozen=True)
class History:
    """The newest versions, newest first; `left_out` is how many older ones are not listed."""

    versions: tuple[PastVersion, ...]
    first_at: datetime
    left_out: int


@dataclass(frozen=True)
class OnDay:
    """What a procedure's page said on a day: version `number` of `of`, shown from `at` on.

    `ended_on` is the day on which the next version took its place, None for the newest.
    """

    procedure: Procedure
    number: int
    of: int
    at: datetime
    ended_on: date | None


class NotYetThere(NoSuchPage):
    """The page did not exist on that day; `first_on` is its first."""

    def __init__(self, first_on: date) -> None:
        super().__init__()
        self.first_on = first_on


def history(db: Session, code: str) -> History:
    """The versions of a procedure with their differences. Raises NoSuchPage."""
    rows = _rows(db, code)
    shapes = [Procedure.model_validate_json(row.text) for row in rows[-MOST_SHOWN - 1 :]]
    kept = rows[-len(shapes) :]
    found = [
        _version(row, differences.between(old, new), is_first=False)
        for row, (old, new) in zip(kept[1:], pairwise(shapes), strict=True)
    ]
    if len(kept) == len(rows):
        found.insert(0, _version(rows[0], (), is_first=True))
    return History(tuple(reversed(found)), rows[0].published_at, len(rows) - len(found))


def last_words(db: Session, code: str) -> tuple[Procedure, date | None]:
    """What the page of a procedure said last, and the day it was taken away. Raises NoSuchPage."""
    row = _rows(db, code)[-1]
    gone_at = db.scalars(
        select(ContentItem.withdrawn_at).where(ContentItem.id == row.item_id)
    ).one()
    return (
        Procedure.model_validate_json(row.text),
        clock.local_date(gone_at) if gone_at else None,
    )


def on_day(db: Session, code: str, day: date) -> OnDay:
    """The version that held at the end of a day. Raises NoSuchPage, and NotYetThere before all."""
    rows = _rows(db, code)
    held = [row for row in rows if clock.local_date(row.published_at) <= day]
    if not held:
        raise NotYetThere(clock.local_date(rows[0].published_at))
    row = held[-1]
    later = rows[len(held) :]
    return OnDay(
        procedure=Procedure.model_validate_json(row.text),
        number=row.number,
        of=len(rows),
        at=row.published_at,
        ended_on=clock.local_date(later[0].published_at) if later else None,
    )


def _version(row: ContentVersion, changes: tuple[Change, ...], *, is_first: bool) -> PastVersion:
    return PastVersion(
        number=row.number,
        at=row.published_at,
        origin=Origin(row.origin),
        note=row.note,
        changes=changes,
        is_first=is_first,
        rolled_back_to=row.rolled_back_to,
    )


def _rows(db: Session, code: str) -> list[ContentVersion]:
    rows = db.scalars(
        select(ContentVersion)
        .join(ContentItem, ContentItem.id == ContentVersion.item_id)
        .where(
            ContentItem.kind == Kind.PROCEDURE,
            ContentItem.key == code,
            ContentItem.language == "vi",
            ContentVersion.number <= ContentItem.version,
        )
        .order_by(ContentVersion.number)
    ).all()
    if not rows:
        raise NoSuchPage
    return list(rows)
