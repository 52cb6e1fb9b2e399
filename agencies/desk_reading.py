"""What the desk of units shows: which office lacks what, and all that is known of one."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from agencies import contacts
from agencies.contact_models import Part, UnitContact
from agencies.finding import Unit, as_unit
from agencies.models import UnitRow
from agencies.reading import LONGEST_CODE, NoSuchUnit
from agencies.register import current
from portal.paging import Page, paginate
from portal.vietnamese import fold

UNITS_PER_PAGE = 50


@dataclass(frozen=True)
class DeskEntry:
    """A unit in the list, with the parts that are known and the day the oldest was checked."""

    unit: Unit
    known: frozenset[Part]
    checked_on: date | None


@dataclass(frozen=True)
class DeskList:
    asked: str
    entries: tuple[DeskEntry, ...]
    page: Page
    total: int
    complete: int


@dataclass(frozen=True)
class DeskUnit:
    """One unit: what staff entered, what is shown now, and the mark against lost changes."""

    unit: Unit
    known: dict[Part, UnitContact]
    shown: dict[Part, str]
    seen: str


def listing(db: Session, asked: str, number: str | None, day: date) -> DeskList:
    """The units of the day whose names hold every word asked for."""
    units = current(db, day)
    words = fold(asked).split()
    chosen = [unit for unit in units if all(word in fold(unit.name) for word in words)]
    rows: dict[str, list[UnitContact]] = {}
    for row in db.scalars(select(UnitContact)):
        rows.setdefault(row.unit_code, []).append(row)
    page = paginate(len(chosen), number, UNITS_PER_PAGE)
    needed = {Part.ADDRESS, Part.PHONE, Part.HOURS}
    complete = sum(needed <= {Part(row.part) for row in rows.get(unit.code, ())} for unit in units)
    shown = chosen[page.offset : page.offset + page.size]
    entries = tuple(_entry(unit, rows.get(unit.code, [])) for unit in shown)
    return DeskList(asked, entries, page, len(units), complete)


def unit(db: Session, code: str) -> DeskUnit:
    """Raises NoSuchUnit."""
    row = None if len(code) > LONGEST_CODE or "\0" in code else db.get(UnitRow, code)
    if row is None:
        raise NoSuchUnit
    place = f"{row.latitude}, {row.longitude}" if row.latitude and row.longitude else ""
    shown = {
        Part.ADDRESS: row.office_address or "",
        Part.PHONE: row.phone or "",
        Part.EMAIL: row.email or "",
        Part.HOURS: row.hours or "",
        Part.PLACE: place,
    }
    return DeskUnit(as_unit(row), contacts.of_unit(db, code), shown, row.changed_at.isoformat())


def _entry(unit: Unit, rows: list[UnitContact]) -> DeskEntry:
    days = [row.checked_on for row in rows]
    return DeskEntry(unit, frozenset(Part(row.part) for row in rows), min(days, default=None))
