"""Finds the unit that a text names, on a given day, through old names and mergers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from agencies.models import Level, UnitAlias, UnitRow, UnitSuccession
from agencies.names import LONGEST_NAME, Name, readings, spellings
from search_index.analysis import fold

SHORTEST_GUESS = 2

_ORDER = {level.value: place for place, level in enumerate(Level)}


@dataclass(frozen=True)
class Unit:
    """A unit as other rooms see it; `parent` is a code."""

    code: str
    name: str
    level: str
    parent: str | None
    short_name: str = ""


class Finder:
    """The whole register in memory, to look up many names for one day."""

    def __init__(self, db: Session, day: date) -> None:
        self.day = day
        self._rows = {row.code: row for row in db.scalars(select(UnitRow))}
        self._heirs: dict[str, list[str]] = defaultdict(list)
        for step in db.scalars(select(UnitSuccession).where(UnitSuccession.on <= day)):
            self._heirs[step.predecessor].append(step.successor)
        self._names: dict[str, set[Name]] = {
            row.code: set(spellings(row.name)) for row in self._rows.values()
        }
        for alias in db.scalars(select(UnitAlias)):
            self._names[alias.unit_code].update(spellings(alias.name))
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._folded: dict[str, set[str]] = defaultdict(set)
        for code, names in self._names.items():
            for name in names:
                self._exact[name.exact].add(code)
                self._folded[name.folded].add(code)

    def find(self, text: str) -> list[Unit]:
        """The units of that day which the text names; several where it leaves a choice.

        Marks count where they tell two units apart ("Trà Don", "Trà Dơn"). A name that no longer
        exists gives the units that took it over; nothing known gives an empty list.
        """
        for hits in self._hits(text):
            found = self._on_the_day(hits)
            if found:
                return found
        return []

    def bearers(self, text: str) -> list[Unit]:
        """Every unit of any day that the text names best, those long ended too."""
        hits = next(filter(None, self._hits(text)), set())
        return in_order(self._rows[code] for code in hits)

    def resembling(self, text: str, most: int) -> list[Unit]:
        """Units of any day whose name begins with, or holds, what was typed; for the unsure."""
        wanted = fold(text)
        if len(wanted) < SHORTEST_GUESS or len(text) > LONGEST_NAME:
            return []
        found = in_order(row for row in self._rows.values() if f" {wanted}" in f" {fold(row.name)}")
        return found[:most]

    def heirs(self, code: str) -> list[Unit]:
        """Who serves the people of this unit on the day, also where its parts went separate ways.

        A district that was abolished has no successor of its own: its communes have.
        """
        found = self.successors(code)
        if found:
            return found
        parts = {
            unit.code: unit
            for row in self._rows.values()
            if row.parent_code == code
            for unit in self.successors(row.code)
        }
        return in_order(self._rows[part] for part in parts)

    def successors(self, code: str) -> list[Unit]:
        """The units that stand for this one on the day: itself, or whoever took it over."""
        ended, reached, seen = [code], set(), set()
        while ended:
            one = ended.pop()
            if one in seen or one not in self._rows:
                continue
            seen.add(one)
            if self._rows[one].exists_on(self.day):
                reached.add(one)
            else:
                ended.extend(self._heirs[one])
        return in_order(self._rows[one] for one in reached)

    def _hits(self, text: str) -> Iterator[set[str]]:
        """The codes that each way of reading the text leads to, the plainest and surest first."""
        understood = list(readings(text))
        for told in (True, False):
            for reading in understood:
                yield {
                    code
                    for name in reading.names
                    for code in self._called(name, told=told)
                    if self._lies_in(code, reading.within)
                }

    def _called(self, name: Name, *, told: bool) -> set[str]:
        """Units with this name; one of another kind does not count where both kinds are said."""
        codes = self._exact.get(name.exact) if told else self._folded.get(name.folded)
        if not name.kind:
            return codes or set()
        same = {(name.kind, name.exact if told else name.folded)}
        return {
            code
            for code in codes or ()
            if same & {(n.kind, n.exact if told else n.folded) for n in self._names[code]}
        }

    def _lies_in(self, code: str, within: Iterable[tuple[Name, ...]]) -> bool:
        above: list[set[Name]] = []
        parent = self._rows[code].parent_code
        while parent is not None:
            above.append(self._names[parent])
            parent = self._rows[parent].parent_code
        return all(any(_same(names, own) for own in above) for names in within)

    def _on_the_day(self, codes: set[str]) -> list[Unit]:
        existing = [code for code in codes if self._rows[code].exists_on(self.day)]
        if existing:
            return in_order(self._rows[code] for code in existing)
        heirs = {unit.code for code in codes for unit in self.successors(code)}
        return in_order(self._rows[code] for code in heirs)


def as_unit(row: UnitRow) -> Unit:
    return Unit(row.code, row.name, row.level, row.parent_code, row.short_name)


def _same(wanted: tuple[Name, ...], own: set[Name]) -> bool:
    """The place is named by its kind and name, or by its name alone."""
    bare = {name.folded for name in own}
    kinds = {(name.kind, name.folded) for name in own}
    return any(
        (name.kind, name.folded) in kinds if name.kind else name.folded in bare for name in wanted
    )


def in_order(rows: Iterable[UnitRow]) -> list[Unit]:
    """As lists show them: by level, then by the Vietnamese alphabet."""
    ordered = sorted(rows, key=lambda row: (_ORDER[row.level], row.sort_key, row.code))
    return [as_unit(row) for row in ordered]
