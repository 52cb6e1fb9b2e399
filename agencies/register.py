"""Keeps the register of units: filled from the shipped lists, asked by every other room."""

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from agencies import publishing
from agencies.finding import Finder, Unit, as_unit, in_order
from agencies.models import UnitAlias, UnitRow, UnitSuccession
from portal import clock, revisions
from portal.database import lock_or_make
from portal.errors import RefusedInput
from portal.vietnamese import sort_key

FOLDER = Path(__file__).parent / "registers"
FACTS = ("official_code", "name", "short_name", "level", "parent_code", "valid_from", "valid_to")
# Staff may know better than the shipped list: what they entered is kept.
CONTACTS = ("office_address", "latitude", "longitude")

__all__ = ["Finder", "Loaded", "Unit", "current", "find", "get", "load", "successors"]


@dataclass(frozen=True)
class Loaded:
    """What a load did to the units."""

    created: int
    updated: int
    unchanged: int


def load(db: Session, tenant: str, now: datetime) -> Loaded:
    """Bring the units of a tenant's shipped register into the database; twice changes nothing.

    Units that staff added stay, and so do contacts that staff entered. Raises RefusedInput for a
    tenant without a register and for a database that holds another tenant's units.
    """
    wanted = list(_lines(tenant, ""))
    _wait_for_other_loads(db)
    rows = {row.code: row for row in db.scalars(select(UnitRow))}
    _refuse_another_tenant(rows, {line["code"] for line in wanted if not line["valid_to"]})
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    for line in wanted:
        counts[_keep(db, rows.get(line["code"]), _facts(line), now)] += 1
    db.flush()
    _load_successions(db, tenant)
    _load_aliases(db, tenant)
    db.flush()
    done = Loaded(**counts)
    if done.created or done.updated:
        publishing.publish(db, clock.local_date(now))
    return done


def current(db: Session, day: date) -> list[Unit]:
    """The units that exist on a day: province, Centre, departments, districts, communes."""
    begun = or_(UnitRow.valid_from.is_(None), UnitRow.valid_from <= day)
    lasting = or_(UnitRow.valid_to.is_(None), UnitRow.valid_to > day)
    return in_order(db.scalars(select(UnitRow).where(begun, lasting)))


def find(db: Session, text: str, day: date) -> list[Unit]:
    """The units a text names on a day; see Finder.find, which serves many names at once."""
    return Finder(db, day).find(text)


def get(db: Session, code: str) -> Unit | None:
    """A unit by its code, whether it still exists or not."""
    row = None if "\0" in code else db.get(UnitRow, code)
    return as_unit(row) if row else None


def successors(db: Session, code: str, day: date) -> list[Unit]:
    """The units that stand for this one on a day; itself while it exists."""
    return Finder(db, day).successors(code)


def _lines(tenant: str, part: str) -> Iterator[dict[str, str]]:
    path = FOLDER / f"{tenant}{part}.csv"
    if path.parent != FOLDER or "\0" in tenant or not path.is_file():
        raise RefusedInput(f"Chưa có danh mục đơn vị cho «{tenant}».")
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            yield {key: unicodedata.normalize("NFC", text) for key, text in line.items()}


def _wait_for_other_loads(db: Session) -> None:
    """Two machines that start at once load one after the other: the second finds nothing to do."""
    none = {area.value: 0 for area in revisions.Area}
    lock_or_make(db, revisions.Revision, revisions.ONLY_ROW, sequence=0, **none)


def _refuse_another_tenant(rows: dict[str, UnitRow], lasting: set[str]) -> None:
    for row in rows.values():
        if row.level == "province" and row.valid_to is None and row.code not in lasting:
            raise RefusedInput(f"Cơ sở dữ liệu này đang giữ đơn vị của {row.name}.")


def _facts(line: dict[str, str]) -> dict[str, Any]:
    return {
        **line,
        "parent_code": line["parent_code"] or None,
        "valid_from": _day(line["valid_from"]),
        "valid_to": _day(line["valid_to"]),
        **{name: line.get(name) or None for name in CONTACTS},
        "sort_key": sort_key(line["short_name"]),
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _keep(db: Session, row: UnitRow | None, facts: dict[str, Any], now: datetime) -> str:
    """Make the row say what the register says, and tell what that took."""
    if row is None:
        db.add(UnitRow(**facts, changed_at=now))
        return "created"
    changes = {name: facts[name] for name in (*FACTS, "sort_key", "source")}
    for name in CONTACTS:
        if getattr(row, name) is None:
            changes[name] = facts[name]
    if all(getattr(row, name) == value for name, value in changes.items()):
        return "unchanged"
    for name, value in changes.items():
        setattr(row, name, value)
    row.changed_at = now
    return "updated"


def _load_successions(db: Session, tenant: str) -> None:
    known = {(row.predecessor, row.successor) for row in db.scalars(select(UnitSuccession))}
    for line in _lines(tenant, ".successions"):
        if (line["predecessor"], line["successor"]) not in known:
            on = date.fromisoformat(line["on"])
            db.add(UnitSuccession(**{**line, "on": on}))


def _load_aliases(db: Session, tenant: str) -> None:
    known = {(row.unit_code, row.name) for row in db.scalars(select(UnitAlias))}
    for line in _lines(tenant, ".aliases"):
        if (line["unit_code"], line["name"]) not in known:
            db.add(UnitAlias(**line))
