"""Everyday words and what offices call the same thing, read from `synonyms.tsv`."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from search_index.analysis import Keys, analyse, has_marks, words

TABLE = Path(__file__).parent / "synonyms.tsv"
BOTH_WAYS = "="
ONE_WAY = ">"
LONGEST = 7


class BrokenTable(ValueError):
    """A line of the synonym table that cannot be read; says which."""


@dataclass(frozen=True)
class Meaning:
    """What a phrase also means, and how far to trust it (1 means: the very same)."""

    text: str
    keys: Keys
    weight: float


@dataclass(frozen=True)
class Match:
    """A phrase of the query, by position, that has other meanings."""

    start: int
    end: int
    typed: str
    meanings: tuple[Meaning, ...]


class Synonyms:
    """Phrases by their folded words; a phrase typed with marks must fit with its marks."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._by_folded: dict[tuple[str, ...], list[tuple[str, Keys, Meaning]]] = {}
        self.words: set[str] = set()
        for number, line in enumerate(lines, start=1):
            if line.strip() and not line.startswith("#"):
                self._read(number, line)
        text = "\n".join(lines)
        self.digest = hashlib.sha256(text.encode()).hexdigest()[:8]

    def _read(self, number: int, line: str) -> None:
        try:
            typed, direction, meanings, weight = line.rstrip("\n").split("\t")
            trust = float(weight)
        except ValueError:
            raise BrokenTable(f"Dòng {number} của bảng từ đồng nghĩa không đọc được.") from None
        if direction not in (BOTH_WAYS, ONE_WAY) or not 0 < trust <= 1:
            raise BrokenTable(f"Dòng {number} của bảng từ đồng nghĩa sai chiều hoặc trọng số.")
        for meaning in meanings.split("|"):
            self._add(typed, meaning, trust)
            if direction == BOTH_WAYS:
                self._add(meaning, typed, trust)

    def _add(self, typed: str, meaning: str, weight: float) -> None:
        keys = analyse(typed)
        entry = (typed, keys, Meaning(meaning, analyse(meaning), weight))
        self._by_folded.setdefault(keys.folded, []).append(entry)
        self.words.update(keys.folded)

    def __len__(self) -> int:
        return sum(len(entries) for entries in self._by_folded.values())

    def matches(self, keys: Keys, marked: Sequence[bool]) -> list[Match]:
        """The longest phrases from left to right, never overlapping."""
        found: list[Match] = []
        start = 0
        while start < len(keys.folded):
            match = self._longest(keys, marked, start)
            found += [match] if match else []
            start = match.end if match else start + 1
        return found

    def _longest(self, keys: Keys, marked: Sequence[bool], start: int) -> Match | None:
        for end in range(min(start + LONGEST, len(keys.folded)), start, -1):
            entries = [
                (typed, meaning)
                for typed, own, meaning in self._by_folded.get(keys.folded[start:end], ())
                if _fits(own, keys.exact[start:end], marked[start:end])
            ]
            if entries:
                return Match(start, end, entries[0][0], tuple(meaning for _, meaning in entries))
        return None


def _fits(own: Keys, typed: Sequence[str], marked: Sequence[bool]) -> bool:
    """Whether every word typed with marks is the very word: "cuối" is not "cưới"."""
    return all(
        not sure or mine == theirs
        for mine, theirs, sure in zip(own.exact, typed, marked, strict=True)
    )


@lru_cache(maxsize=1)
def shipped() -> Synonyms:
    """The table that comes with the product."""
    return Synonyms(TABLE.read_text("utf-8").splitlines())


def marked_words(text: str) -> list[bool]:
    return [has_marks(word) for word in words(text)]
