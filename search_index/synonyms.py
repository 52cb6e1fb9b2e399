"""Everyday words and what offices call the same thing, read from `synonyms.tsv`."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from search_index.analysis import Keys, analyse

TABLE = Path(__file__).parent / "synonyms.tsv"
SPELLED_OUT = "="  # an abbreviation, written out wherever it stands
MEANS = ">"
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
        self._abbreviations: dict[str, Keys] = {}
        self.words: set[str] = set()
        self.digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]
        told = [(n, line) for n, line in enumerate(lines, start=1) if _says_something(line)]
        read = [_read(number, line) for number, line in told]
        for typed, meanings, _ in (one for one in read if one[2] is None):
            self._abbreviations[analyse(typed).folded[0]] = analyse(meanings)
        for typed, meanings, trust in read:
            self.words.update(analyse(typed).folded)
            if trust is not None:
                self._add(typed, meanings.split("|"), trust)

    def _add(self, typed: str, meanings: Sequence[str], trust: float) -> None:
        own = self.spelled_out(analyse(typed))
        entries = self._by_folded.setdefault(own.folded, [])
        for meaning in meanings:
            meant = Meaning(meaning, self.spelled_out(analyse(meaning)), trust)
            entries.append((typed, own, meant))

    def __len__(self) -> int:
        return len(self._by_folded) + len(self._abbreviations)

    def written(self, exact: str, folded: str) -> Keys:
        """One word, written out if it is an abbreviation."""
        return self._abbreviations.get(folded) or Keys((exact,), (folded,))

    def spelled_out(self, keys: Keys) -> Keys:
        """The same text with its abbreviations written out, as pages and queries are compared."""
        if self._abbreviations.keys().isdisjoint(keys.folded):
            return keys
        parts = list(map(self.written, keys.exact, keys.folded))
        return Keys(
            tuple(exact for part in parts for exact in part.exact),
            tuple(folded for part in parts for folded in part.folded),
        )

    def matches(self, keys: Keys, marked: Sequence[bool]) -> list[tuple[Match, ...]]:
        """The ways to part the text into phrases that never overlap.

        One takes the longest phrase at each word from the left, one the longest phrases of all
        first: "mở quán karaoke" is "mở quán" and a word, or a word and "quán karaoke".
        """
        found = [self._longest(keys, marked, start) for start in range(len(keys.folded))]
        all_matches = [match for match in found if match]
        from_left = _apart(all_matches)
        later_first = sorted(all_matches, key=lambda one: (one.start - one.end, -one.start))
        longest_first = tuple(sorted(_apart(later_first), key=lambda one: one.start))
        return [way for way in dict.fromkeys((from_left, longest_first)) if way]

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


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _read(number: int, line: str) -> tuple[str, str, float | None]:
    """What is typed, what it means, and the trust in it; None for an abbreviation."""
    try:
        typed, direction, meanings, weight = line.rstrip("\n").split("\t")
        trust = float(weight)
    except ValueError:
        raise BrokenTable(f"Dòng {number} của bảng từ đồng nghĩa không đọc được.") from None
    length = len(analyse(typed).folded)
    if direction not in (SPELLED_OUT, MEANS) or not 0 < trust <= 1 or not length:
        raise BrokenTable(f"Dòng {number} của bảng từ đồng nghĩa sai chiều hoặc trọng số.")
    if direction == SPELLED_OUT and length != 1:
        raise BrokenTable(f"Dòng {number}: chỉ chữ viết tắt liền một từ mới được viết đủ ra.")
    return typed, meanings, trust if direction == MEANS else None


def _apart(matches: Iterable[Match]) -> tuple[Match, ...]:
    """The matches in this order, without those that overlap an earlier one."""
    kept: list[Match] = []
    for match in matches:
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return tuple(kept)


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
