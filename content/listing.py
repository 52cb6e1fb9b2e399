"""The list of procedures by field, level and audience, with how many each choice would leave."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from content.labels import AUDIENCE_WORDS, LEVEL_WORDS
from content.models import ProcedureAudience, ProcedureLevel, ProcedureRow
from content.projecting import path_of
from portal.paging import Page, paginate

PROCEDURES_PER_PAGE = 30

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Entry:
    """A procedure in a list."""

    code: str
    heading: str
    path: str
    field: str
    agency: str
    levels: tuple[str, ...]
    time: str
    online: str
    short: bool


@dataclass(frozen=True)
class Wanted:
    """What somebody chose; an empty text: everything."""

    field: str = ""
    level: str = ""
    audience: str = ""

    @classmethod
    def from_address(cls, arguments: Mapping[str, str]) -> "Wanted":
        """What an address asks for; words that mean nothing here count as not chosen."""
        field = arguments.get("linh-vuc", "")
        return cls(
            field=field if _SLUG.fullmatch(field) else "",
            level=LEVEL_WORDS.get(arguments.get("cap", ""), ""),
            audience=AUDIENCE_WORDS.get(arguments.get("doi-tuong", ""), ""),
        )

    def arguments(self) -> dict[str, str]:
        """The same as an address says it."""
        words = {
            "linh-vuc": self.field,
            "cap": _word(LEVEL_WORDS, self.level),
            "doi-tuong": _word(AUDIENCE_WORDS, self.audience),
        }
        return {name: word for name, word in words.items() if word}


@dataclass(frozen=True)
class Choice:
    """A value of a filter, its word in addresses, and how many procedures it would leave."""

    word: str
    value: str
    count: int


@dataclass(frozen=True)
class Listing:
    """One page of the list with all that can be chosen from here."""

    wanted: Wanted
    entries: tuple[Entry, ...]
    page: Page
    fields: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    audiences: tuple[Choice, ...]

    @property
    def field(self) -> Choice | None:
        """The chosen field under its full name."""
        return next((field for field in self.fields if field.word == self.wanted.field), None)


def listing(db: Session, wanted: Wanted, number: int | str | None) -> Listing:
    """The page asked for, by name in Vietnamese order."""
    chosen = conditions(wanted)
    total = db.scalar(select(func.count()).select_from(ProcedureRow).where(*chosen)) or 0
    page = paginate(total, number, PROCEDURES_PER_PAGE)
    return Listing(
        wanted=wanted,
        entries=entries(db, _by_name(chosen).offset(page.offset).limit(page.size)),
        page=page,
        fields=fields(db, wanted),
        levels=_levels(db, wanted),
        audiences=_audiences(db, wanted),
    )


def _by_name(chosen: Sequence[ColumnElement[bool]]) -> Select[ProcedureRow]:
    return (
        select(ProcedureRow)
        .where(*chosen)
        .order_by(ProcedureRow.sort_key, ProcedureRow.heading, ProcedureRow.code)
    )


def entries(db: Session, chosen: Select[ProcedureRow]) -> tuple[Entry, ...]:
    """These procedures as a list shows them, with their levels."""
    rows = db.scalars(chosen).all()
    levels: dict[int, list[str]] = {row.item_id: [] for row in rows}
    known = select(ProcedureLevel).where(ProcedureLevel.item_id.in_(levels))
    for level in db.scalars(known):
        levels[level.item_id].append(level.level)
    order = list(LEVEL_WORDS.values())
    return tuple(
        Entry(
            code=row.code,
            heading=row.heading,
            path=path_of(row.code, row.heading),
            field=row.field,
            agency=row.agency,
            levels=tuple(sorted(levels[row.item_id], key=order.index)),
            time=row.time,
            online=row.online,
            short=row.short,
        )
        for row in rows
    )


def fields(db: Session, wanted: Wanted) -> tuple[Choice, ...]:
    """The fields in Vietnamese order."""
    rows = db.execute(
        select(ProcedureRow.field_slug, func.min(ProcedureRow.field), func.count())
        .where(*conditions(replace(wanted, field="")))
        .group_by(ProcedureRow.field_slug)
        .order_by(func.min(ProcedureRow.field_sort_key))
    )
    return tuple(Choice(word, name, count) for word, name, count in rows)


def _levels(db: Session, wanted: Wanted) -> tuple[Choice, ...]:
    return _choices(db, ProcedureLevel, "level", replace(wanted, level=""), LEVEL_WORDS)


def _audiences(db: Session, wanted: Wanted) -> tuple[Choice, ...]:
    return _choices(db, ProcedureAudience, "audience", replace(wanted, audience=""), AUDIENCE_WORDS)


def _choices(
    db: Session, table: Any, column: str, others: Wanted, words: Mapping[str, str]
) -> tuple[Choice, ...]:
    value = getattr(table, column)
    counted = (
        select(value, func.count())
        .join(ProcedureRow, ProcedureRow.item_id == table.item_id)
        .where(*conditions(others))
        .group_by(value)
    )
    counts: dict[str, int] = dict(db.execute(counted).all())
    return tuple(
        Choice(word, found, counts[found]) for word, found in words.items() if found in counts
    )


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What a procedure must be to be listed for this choice."""
    found: list[ColumnElement[bool]] = [ProcedureRow.listed.is_(True)]
    if wanted.field:
        found.append(ProcedureRow.field_slug == wanted.field)
    for table, value in (
        (ProcedureLevel.level, wanted.level),
        (ProcedureAudience.audience, wanted.audience),
    ):
        if value:
            having = select(table.class_.item_id).where(table == value)
            found.append(ProcedureRow.item_id.in_(having))
    return found


def _word(words: Mapping[str, str], value: str) -> str:
    return next((word for word, meant in words.items() if meant == value), "")
