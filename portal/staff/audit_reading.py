"""Reads the log of what staff did: filtered by what stands in the address, newest first."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from portal import clock
from portal.staff import audit_words
from portal.staff.models import StaffAccount, StaffAction

ROWS_ON_A_PAGE = 50
MOST_ROWS_IN_A_FILE = 20_000
LARGEST_ID = 2**31 - 1
YEARS = range(2000, 2200)


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; what cannot be read counts as not given."""

    actor: str = ""
    group: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def from_address(cls, args: Mapping[str, str]) -> "Wanted":
        group = args.get("nhom", "")
        return cls(
            actor=_typed(args, "nguoi", 60),
            group=group if group in audit_words.GROUPS else "",
            words=_typed(args, "q", 200),
            since=_day(args.get("tu", "")),
            until=_day(args.get("den", "")),
        )

    def address(self) -> dict[str, str]:
        args = {
            "nguoi": self.actor,
            "nhom": self.group,
            "q": self.words,
            "tu": self.since.isoformat() if self.since else "",
            "den": self.until.isoformat() if self.until else "",
        }
        return {name: value for name, value in args.items() if value}


@dataclass(frozen=True)
class Entry:
    """One thing that somebody did, in words."""

    id: int
    at: datetime
    actor: str
    name: str
    action: str
    subject: str
    detail: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Entries:
    """A page of the log; `older` is what the address of the next one begins before."""

    rows: tuple[Entry, ...]
    older: int | None


def page(db: Session, wanted: Wanted, before: str = "") -> Entries:
    """The newest entries, or those older than the one with the number `before`."""
    found = _chosen(wanted).limit(ROWS_ON_A_PAGE + 1)
    if before.isascii() and before.isdigit() and int(before) <= LARGEST_ID:
        found = found.where(StaffAction.id < int(before))
    rows = db.scalars(found).all()
    shown = rows[:ROWS_ON_A_PAGE]
    older = shown[-1].id if len(rows) > ROWS_ON_A_PAGE else None
    return Entries(_in_words(db, shown), older)


def whole(db: Session, wanted: Wanted) -> tuple[Entry, ...]:
    """All entries, the newest 20,000 at most."""
    return _in_words(db, db.scalars(_chosen(wanted).limit(MOST_ROWS_IN_A_FILE)).all())


def actors(db: Session) -> list[tuple[str, str]]:
    """Everybody with an account, for the list to choose from."""
    found = select(StaffAccount.username, StaffAccount.name).order_by(StaffAccount.username)
    return [(row.username, row.name) for row in db.execute(found)]


def _chosen(wanted: Wanted) -> Select[StaffAction]:
    return select(StaffAction).where(*_conditions(wanted)).order_by(StaffAction.id.desc())


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.actor:
        conditions.append(StaffAction.actor == wanted.actor)
    if wanted.group:
        starts = audit_words.GROUPS[wanted.group].starts
        conditions.append(or_(*(StaffAction.action.startswith(one) for one in starts)))
    if wanted.words:
        words = wanted.words.lower()
        conditions.append(func.lower(StaffAction.subject).contains(words, autoescape=True))
    if wanted.since:
        conditions.append(StaffAction.at >= clock.day_start(wanted.since))
    if wanted.until:
        conditions.append(StaffAction.at < clock.day_start(wanted.until + timedelta(days=1)))
    return conditions


def _in_words(db: Session, rows: Sequence[StaffAction]) -> tuple[Entry, ...]:
    names = dict(actors(db))
    return tuple(
        Entry(
            id=row.id,
            at=row.at,
            actor=row.actor,
            name=names.get(row.actor) or str(audit_words.ACTORS.get(row.actor, "")),
            action=audit_words.action(row.action),
            subject=row.subject,
            detail=audit_words.detail(json.loads(row.detail)),
        )
        for row in rows
    )


def _typed(args: Mapping[str, str], name: str, length: int) -> str:
    return args.get(name, "")[:length].replace("\0", "").strip()


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
