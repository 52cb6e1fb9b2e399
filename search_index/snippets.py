"""The part of a text that shows why it was found, its words marked, its letters untouched."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from search_index.analysis import keys_of

WIDTH = 220  # characters shown
BEFORE = 60  # characters shown before the first word that fits
SEARCHED = 8_000  # characters looked at
_WORD = re.compile(r"[^\W_]+(?:[./][^\W_]+)*")


@dataclass(frozen=True)
class Segment:
    """A stretch of text; `marked` if it is a word that was looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    key: str


def cut(text: str, wanted: Collection[str]) -> tuple[Segment, ...]:
    """About WIDTH characters of the text where most of the wanted folded words stand together."""
    line = " ".join(unicodedata.normalize("NFC", text[:SEARCHED]).split())
    found = list(_find(line, wanted))
    start = _best_start(found)
    begin = _word_start(line, max(0, start - BEFORE)) if start > BEFORE else 0
    end = begin + WIDTH
    if end < len(line):
        end = max(line.rfind(" ", begin, end), begin + WIDTH // 2)
    inside = [one for one in found if begin <= one.start and one.end <= end]
    segments = list(_marked(line, inside, begin, min(end, len(line))))
    if begin:
        segments.insert(0, Segment("… "))
    if end < len(line):
        segments.append(Segment(" …"))
    return tuple(segments)


def mark(text: str, wanted: Collection[str]) -> tuple[Segment, ...]:
    """The whole text with the wanted words marked."""
    line = unicodedata.normalize("NFC", text)
    return tuple(_marked(line, list(_find(line, wanted)), 0, len(line)))


def _find(line: str, wanted: Collection[str]) -> Iterator[_Found]:
    if not wanted:
        return
    for match in _WORD.finditer(line):
        key = keys_of(match.group().lower())[1]
        if key in wanted:
            yield _Found(match.start(), match.end(), key)


def _best_start(found: list[_Found]) -> int:
    """Where the window with the most different words begins; the first of equals."""
    best, best_count = 0, 0
    for at, first in enumerate(found):
        window = {one.key for one in found[at : at + 14] if one.end - first.start <= WIDTH - BEFORE}
        if len(window) > best_count:
            best, best_count = first.start, len(window)
    return best


def _word_start(line: str, position: int) -> int:
    return line.find(" ", position) + 1 if position else 0


def _marked(line: str, found: list[_Found], begin: int, end: int) -> Iterator[Segment]:
    at = begin
    for one in found:
        between = line[at : one.start]
        if between and (between.strip() or at == begin):
            yield Segment(between)
            between = ""
        yield Segment(between + line[one.start : one.end], marked=True)
        at = one.end
    if at < end:
        yield Segment(line[at:end])
