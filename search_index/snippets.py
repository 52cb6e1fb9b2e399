"""The part of a text that shows why it was found, its words marked, its letters untouched."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from search_index.analysis import keys_of

WIDTH = 220  # characters shown
BEFORE = 60  # characters shown before the first word that fits
SEARCHED = 1_200  # characters looked at
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
    keys: tuple[str, ...]


Segments = tuple[Segment, ...]


def cut(text: str, wanted: Collection[str], beside: Collection[str] = ()) -> Segments:
    """About WIDTH characters of the text where most of the wanted folded words stand together.

    Words of `beside` are marked only where they touch a wanted one.
    """
    line = " ".join(unicodedata.normalize("NFC", text[:SEARCHED]).split())
    found = _find(line, wanted, beside)
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


def mark(text: str, wanted: Collection[str], beside: Collection[str] = ()) -> Segments:
    """The whole text with the wanted words marked."""
    line = unicodedata.normalize("NFC", text)
    return tuple(_marked(line, _find(line, wanted, beside), 0, len(line)))


def _find(line: str, wanted: Collection[str], beside: Collection[str]) -> list[_Found]:
    """Runs of wanted words, each run one piece; words of `beside` never make a run alone."""
    if not wanted:
        return []
    runs: list[list[_Found]] = []
    for match in _WORD.finditer(line):
        key = keys_of(match.group().lower())[1]
        if key not in wanted and key not in beside:
            continue
        word = _Found(match.start(), match.end(), (key,) if key in wanted else ())
        touches = runs and line[runs[-1][-1].end : word.start].isspace()
        if touches:
            runs[-1].append(word)
        else:
            runs.append([word])
    joined = [
        _Found(run[0].start, run[-1].end, tuple(key for word in run for key in word.keys))
        for run in runs
    ]
    return [run for run in joined if run.keys]


def _best_start(found: list[_Found]) -> int:
    """Where the window with the most different words begins; the first of equals."""
    best, best_count = 0, 0
    for at, first in enumerate(found):
        near = [one for one in found[at : at + 14] if one.start - first.start <= WIDTH - BEFORE]
        window = {key for one in near for key in one.keys}
        if len(window) > best_count:
            best, best_count = first.start, len(window)
    return best


def _word_start(line: str, position: int) -> int:
    return line.find(" ", position) + 1 if position else 0


def _marked(line: str, found: list[_Found], begin: int, end: int) -> Iterator[Segment]:
    at = begin
    for one in found:
        if at < one.start:
            yield Segment(line[at : one.start])
        yield Segment(line[one.start : one.end], marked=True)
        at = one.end
    if at < end:
        yield Segment(line[at:end])
