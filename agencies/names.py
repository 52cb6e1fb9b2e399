"""Reads a unit's name as people write it: with or without "UBND", old tone marks, "TP.", commas."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search_index.analysis import keys_of, words

# Longer than any real name with its district and province; more is not a name.
LONGEST_NAME = 300

_PARTS = re.compile(r"[,;:()/–—]|\s-\s|\s-|-\s")
_COMMITTEE = (("ubnd",), ("uy", "ban", "nhan", "dan"))
_KINDS = {
    ("thành", "phố"): "thành phố",
    ("tp",): "thành phố",
    ("thị", "xã"): "thị xã",
    ("tx",): "thị xã",
    ("thị", "trấn"): "thị trấn",
    ("tt",): "thị trấn",
    ("đặc", "khu"): "đặc khu",
    ("phường",): "phường",
    ("quận",): "quận",
    ("huyện",): "huyện",
    ("tỉnh",): "tỉnh",
    ("xã",): "xã",
}
# As exact keys (tone told) where marks were typed, as folded ones where they were not.
_KIND_KEYS = [
    (tuple(keys_of(word) for word in spelling), kind) for spelling, kind in _KINDS.items()
]
_NUMERALS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}

Word = tuple[str, str]


@dataclass(frozen=True)
class Name:
    """A name without spaces: `exact` tells tones apart, `folded` does not; `kind` may be unsaid."""

    kind: str
    exact: str
    folded: str


@dataclass(frozen=True)
class Reading:
    """One way to understand a text: a unit, and the units it is said to lie in."""

    names: tuple[Name, ...]
    within: tuple[tuple[Name, ...], ...] = ()


def spellings(text: str) -> tuple[Name, ...]:
    """A name as a whole, and parted into its kind and the rest: "Xã Ba" is also "Ba", a xã."""
    return _names(_without_committee([keys_of(word) for word in words(text)]))


def readings(text: str) -> Iterator[Reading]:
    """From the plainest on: all of it a name, then a name followed by where it lies."""
    if len(text) > LONGEST_NAME:
        return
    found, ends = _parts(text)
    if found:
        yield Reading(_names(found))
    starts = {place for place in range(1, len(found)) if _kind(found[place:])}
    borders = sorted((ends | starts) - {0, len(found)})
    for position, border in enumerate(borders):
        names = _names(found[:border])
        edges = [*borders[position:], len(found)]
        rest = [found[left:right] for left, right in pairwise(edges)]
        yield Reading(names, tuple(_names(part) for part in rest))


def _parts(text: str) -> tuple[list[Word], set[int]]:
    """The words of the text after "UBND", and where commas, dashes and brackets part them."""
    found: list[Word] = []
    ends: set[int] = set()
    for part in _PARTS.split(text):
        more = [keys_of(word) for word in words(part)]
        found.extend(more if found else _without_committee(more))
        ends.add(len(found))
    return found, ends


def _without_committee(found: list[Word]) -> list[Word]:
    folded = tuple(plain for _, plain in found)
    for title in _COMMITTEE:
        if folded[: len(title)] == title:
            return found[len(title) :]
    return found


def _names(found: Sequence[Word]) -> tuple[Name, ...]:
    whole = _name("", found)
    kind = _kind(found)
    if kind is None or len(found) == kind[1]:
        return (whole,)
    return (_name(kind[0], found[kind[1] :]), whole)


def _kind(found: Sequence[Word]) -> tuple[str, int] | None:
    """The kind these words begin with, and how many words it takes."""
    for spelling, kind in _KIND_KEYS:
        if len(found) >= len(spelling) and all(
            exact == wanted[0] or exact == plain == wanted[1]
            for (exact, plain), wanted in zip(found, spelling, strict=False)
        ):
            return kind, len(spelling)
    return None


def _name(kind: str, found: Sequence[Word]) -> Name:
    """Spaces dropped ("A Vương", "AVương"), a last Roman number made Arabic ("Tam Xuân I")."""
    exact, folded = [word[0] for word in found], [word[1] for word in found]
    if len(found) > 1 and folded[-1] in _NUMERALS and exact[-1] == folded[-1]:
        exact[-1] = folded[-1] = _NUMERALS[folded[-1]]
    return Name(kind, "".join(exact), "".join(folded))
