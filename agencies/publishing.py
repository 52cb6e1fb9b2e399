"""Puts today's units into search, under their own names and under those they took over."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from agencies.models import UnitAlias, UnitRow, UnitSuccession
from portal import revisions
from search_index.documents import SearchDocument, put, withdraw

KIND = "unit"


def path_of(code: str) -> str:
    return f"/don-vi/{code}"


def publish(db: Session, day: date) -> int:
    """Write the units of that day into search and take the ended ones out; returns the revision.

    Called in the transaction that changed the register, after its rows were flushed.
    """
    number = revisions.advance(db, revisions.Area.UNITS)
    rows = list(db.scalars(select(UnitRow)))
    lasting = [row for row in rows if row.exists_on(day)]
    names = _names(db, {row.code: row.name for row in rows})
    put(db, (_document(row, names[row.code]) for row in lasting), revision=number)
    withdraw(db, (_key(row.code) for row in rows if not row.exists_on(day)), revision=number)
    return number


def _document(row: UnitRow, aliases: list[str]) -> SearchDocument:
    return SearchDocument(
        key=_key(row.code),
        kind=KIND,
        url=path_of(row.code),
        title=row.name,
        aliases=[name for name in aliases if name != row.name],
        summary=row.office_address or "",
    )


def _names(db: Session, own: dict[str, str]) -> dict[str, list[str]]:
    """For each unit the other ways its name is written, and the names of all it took over."""
    written: dict[str, list[str]] = defaultdict(list)
    for alias in db.scalars(select(UnitAlias).order_by(UnitAlias.id)):
        written[alias.unit_code].append(alias.name)
    before: dict[str, list[str]] = defaultdict(list)
    steps = select(UnitSuccession).order_by(UnitSuccession.successor, UnitSuccession.predecessor)
    for step in db.scalars(steps):
        before[step.successor].append(step.predecessor)
    return {
        code: list(
            dict.fromkeys(
                [*written[code], *(own[one] for one in _all_before(code, before) if one in own)]
            )
        )
        for code in own
    }


def _all_before(code: str, before: dict[str, list[str]]) -> Iterator[str]:
    waiting, seen = list(before[code]), {code}
    while waiting:
        one = waiting.pop(0)
        if one not in seen:
            seen.add(one)
            yield one
            waiting.extend(before[one])


def _key(code: str) -> str:
    return f"{KIND}:{code}"
