"""What people read of units: the list, one unit's page, and where somebody has to go."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from agencies.finding import Finder, Unit, in_order
from agencies.models import Level, UnitRow, UnitSuccession
from agencies.publishing import path_of
from agencies.register import current
from portal.errors import NotFound
from portal.vietnamese import TONES

MOST_GUESSES = 20
LONGEST_CODE = 60


class NoSuchUnit(NotFound):
    """No unit has this code."""


@dataclass(frozen=True)
class Office:
    """Where to go: a unit of that day with what is known of its office; empty means not known.

    `formerly` are the ended units by whose names it was found.
    """

    code: str
    name: str
    level: str
    path: str
    address: str
    phone: str
    email: str
    hours: str
    latitude: str
    longitude: str
    formerly: tuple[str, ...] = ()

    @property
    def map_url(self) -> str:
        """The place on an open map; empty where it is not known."""
        if not (self.latitude and self.longitude):
            return ""
        place = f"{self.latitude}/{self.longitude}"
        marked = f"mlat={self.latitude}&mlon={self.longitude}"
        return f"https://www.openstreetmap.org/?{marked}#map=17/{place}"


@dataclass(frozen=True)
class Answer:
    """Where people of the place they typed have to go today.

    `divided` are the ended units whose places went to several; `guesses` units of a similar name,
    where none is called so.
    """

    asked: str
    offices: tuple[Office, ...] = ()
    divided: tuple[str, ...] = ()
    guesses: tuple[Unit, ...] = ()


@dataclass(frozen=True)
class Change:
    """A unit that this one came out of or became, from a day on, and where that stands."""

    unit: Unit
    on: date
    source: str


@dataclass(frozen=True)
class UnitPage:
    """All that the page of one unit shows; `offices` serve its people where it has ended."""

    office: Office
    exists: bool
    valid_from: date | None
    valid_to: date | None
    source: str
    parent: Unit | None
    parts: tuple[Unit, ...]
    before: tuple[Change, ...]
    after: tuple[Change, ...]
    offices: tuple[Office, ...]


@dataclass(frozen=True)
class Letter:
    """The communes whose names begin with one letter, each with the district it lies in."""

    letter: str
    units: tuple[tuple[Unit, str], ...]


@dataclass(frozen=True)
class UnitList:
    """The units of a day: those above the communes by level, the communes from A to Z."""

    levels: tuple[tuple[str, tuple[Unit, ...]], ...]
    communes: tuple[Letter, ...]
    count: int


def office_for(db: Session, text_or_code: str, day: date) -> tuple[Office, ...]:
    """The offices of that day for a unit's code, or for any name it has or had.

    Several where the name leaves a choice or the place was divided; none where nothing is known.
    """
    return answer(db, text_or_code, day).offices


def answer(db: Session, asked: str, day: date) -> Answer:
    """Read a code or a name, old or new, with or without marks; see `Answer`."""
    asked = " ".join(asked.split())
    finder = Finder(db, day)
    by_code = None if len(asked) > LONGEST_CODE or "\0" in asked else db.get(UnitRow, asked)
    named = in_order([by_code]) if by_code else finder.bearers(asked)
    heirs = {unit.code: finder.heirs(unit.code) for unit in named}
    if not any(heirs.values()):
        return Answer(asked, guesses=tuple(finder.resembling(asked, MOST_GUESSES)))
    formerly: dict[str, list[str]] = {}
    for unit in named:
        for heir in heirs[unit.code]:
            old = formerly.setdefault(heir.code, [])
            if unit.name not in {heir.name, *old}:
                old.append(unit.name)
    divided = [unit.name for unit in named if len(heirs[unit.code]) > 1]
    return Answer(asked, _offices(db, formerly), divided=tuple(dict.fromkeys(divided)))


def unit_page(db: Session, code: str, day: date) -> UnitPage:
    """The page of a unit, existing or ended. Raises NoSuchUnit."""
    row = None if len(code) > LONGEST_CODE or "\0" in code else db.get(UnitRow, code)
    if row is None:
        raise NoSuchUnit
    finder = Finder(db, day)
    exists = row.exists_on(day)
    heirs = [] if exists else finder.heirs(code)
    return UnitPage(
        office=_office(row),
        exists=exists,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        source=row.source,
        parent=_one(db, row.parent_code),
        parts=_parts(db, row, day) if exists else (),
        before=_before(db, code),
        after=_after(db, code),
        offices=_offices(db, {unit.code: [] for unit in heirs}),
    )


def unit_list(db: Session, day: date) -> UnitList:
    """The units of a day in the order of lists."""
    units = current(db, day)
    by_code = {unit.code: unit for unit in units}
    above = [
        (level.value, tuple(unit for unit in units if unit.level == level))
        for level in Level
        if level is not Level.COMMUNE
    ]
    letters: dict[str, list[tuple[Unit, str]]] = {}
    for unit in units:
        if unit.level == Level.COMMUNE:
            parent = by_code.get(unit.parent or "")
            district = parent.name if parent and parent.level == Level.DISTRICT else ""
            letters.setdefault(_letter(unit.short_name), []).append((unit, district))
    return UnitList(
        levels=tuple((level, found) for level, found in above if found),
        communes=tuple(Letter(letter, tuple(found)) for letter, found in letters.items()),
        count=len(units),
    )


def paths(db: Session, day: date) -> list[str]:
    """The addresses of the units that exist on a day, for the machine-readable site map."""
    return [path_of(unit.code) for unit in current(db, day)]


def _offices(db: Session, formerly: dict[str, list[str]]) -> tuple[Office, ...]:
    rows = {row.code: row for row in _rows(db, formerly)}
    ordered = in_order(rows.values())
    return tuple(_office(rows[unit.code], formerly[unit.code]) for unit in ordered)


def _office(row: UnitRow, formerly: Sequence[str] = ()) -> Office:
    return Office(
        code=row.code,
        name=row.name,
        level=row.level,
        path=path_of(row.code),
        address=row.office_address or "",
        phone=row.phone or "",
        email=row.email or "",
        hours=row.hours or "",
        latitude=row.latitude or "",
        longitude=row.longitude or "",
        formerly=tuple(formerly),
    )


def _rows(db: Session, codes: Iterable[str]) -> list[UnitRow]:
    return list(db.scalars(select(UnitRow).where(UnitRow.code.in_(list(codes)))))


def _one(db: Session, code: str | None) -> Unit | None:
    found = in_order(_rows(db, [code] if code else []))
    return found[0] if found else None


def _parts(db: Session, row: UnitRow, day: date) -> tuple[Unit, ...]:
    """The communes of a district; a province lists its units on the page of all units."""
    if row.level != Level.DISTRICT:
        return ()
    below = db.scalars(select(UnitRow).where(UnitRow.parent_code == row.code))
    return tuple(in_order(one for one in below if one.exists_on(day)))


def _before(db: Session, code: str) -> tuple[Change, ...]:
    steps = db.scalars(select(UnitSuccession).where(UnitSuccession.successor == code))
    return _changes(db, {step.predecessor: step for step in steps})


def _after(db: Session, code: str) -> tuple[Change, ...]:
    steps = db.scalars(select(UnitSuccession).where(UnitSuccession.predecessor == code))
    return _changes(db, {step.successor: step for step in steps})


def _changes(db: Session, steps: dict[str, UnitSuccession]) -> tuple[Change, ...]:
    units = in_order(_rows(db, steps))
    return tuple(Change(unit, steps[unit.code].on, steps[unit.code].source) for unit in units)


def _letter(name: str) -> str:
    """The letter of the alphabet a name begins with: "Ái Nghĩa" stands under A, "Đại" under Đ."""
    spread = unicodedata.normalize("NFD", name[:1])
    bare = "".join(mark for mark in spread if mark not in TONES)
    return unicodedata.normalize("NFC", bare).upper()
