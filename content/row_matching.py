"""Finds which row of a list became which: the very same first, then by name, then by likeness."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from content.leaf_shapes import LifeStep
from content.shapes import Citation, LocalFact, Method, Paper, PaperGroup, Shape, Step
from portal.vietnamese import fold

LEAST_LIKENESS = 0.5
# Beyond this many pairs, rows that have another name count as gone and new.
MOST_PAIRS = 10_000

_NAMES: dict[type[Shape], Callable[[Any], Any]] = {
    Step: lambda row: row.title,
    LifeStep: lambda row: row.title,
    Method: lambda row: row.channel,
    Paper: lambda row: row.name,
    PaperGroup: lambda row: row.title,
    Citation: lambda row: row.number or row.title,
    LocalFact: lambda row: row.part,
}


@dataclass(frozen=True)
class Pair:
    """A row before and after; None where it was not there. `was_at` is its place before."""

    old: Shape | None
    new: Shape | None
    was_at: int | None = None


def name_of(row: Shape) -> Any:
    """By what this row is known among its neighbours."""
    return _NAMES[type(row)](row)


def matched(old: Sequence[Shape], new: Sequence[Shape]) -> list[Pair]:
    """Every row once: those of now in their order, then those that are gone."""
    partners: dict[int, int] = {}
    _by_key(old, new, partners, lambda row: row)
    _by_key(old, new, partners, lambda row: fold(str(name_of(row))))
    _by_likeness(old, new, partners)
    pairs = [
        Pair(old[partners[at]] if at in partners else None, row, partners.get(at))
        for at, row in enumerate(new)
    ]
    kept = set(partners.values())
    return pairs + [Pair(row, None, at) for at, row in enumerate(old) if at not in kept]


def _by_key(
    old: Sequence[Shape],
    new: Sequence[Shape],
    partners: dict[int, int],
    key: Callable[[Shape], Any],
) -> None:
    """Rows with one key become partners in their order."""
    waiting: dict[Any, list[int]] = {}
    taken = set(partners.values())
    for at, row in enumerate(old):
        if at not in taken:
            waiting.setdefault(key(row), []).append(at)
    for at, row in enumerate(new):
        if at not in partners and (found := waiting.get(key(row))):
            partners[at] = found.pop(0)


def _by_likeness(old: Sequence[Shape], new: Sequence[Shape], partners: dict[int, int]) -> None:
    """Of the rows left over, each takes the one that shares most of its words."""
    taken = set(partners.values())
    waiting = {at: _words(row) for at, row in enumerate(old) if at not in taken}
    coming = [at for at in range(len(new)) if at not in partners]
    if len(waiting) * len(coming) > MOST_PAIRS:
        return
    for at in coming:
        words = _words(new[at])
        likeness, place = max(
            ((_likeness(words, other), -place) for place, other in waiting.items()), default=(0, 0)
        )
        if likeness >= LEAST_LIKENESS:
            partners[at] = -place
            del waiting[-place]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def _words(row: Shape) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(" ".join(_texts(row)))))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Shape):
        for part in type(value).model_fields:
            yield from _texts(getattr(value, part))
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif value is not None:
        yield str(value)
