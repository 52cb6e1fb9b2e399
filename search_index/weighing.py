"""Counts what a query and the names share: words, marks, order, and pairs in the text."""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search_index import flat
from search_index.flat import Numbers
from search_index.plan import FOLDED_QUESTION_WORDS, QUESTION_WEIGHT, Reading

Scores = NDArray[np.float32]
Places = NDArray[np.intp]
Span = tuple[int, int]

EXACT = 0.35  # the share of a word's worth that hangs on the marks, where they were typed
NOTHING = 1e-6
_TIMES = np.arange(256, dtype=np.float32)
LESS_EACH_TIME = _TIMES / (_TIMES + 1)  # what a pair counts that stands so often in a text


class Among:
    """Some of all names, each with a column of its own; the rest share the column after them."""

    def __init__(self, places: Places, size: int) -> None:
        self.places = places
        self.count = len(places)
        self.columns = np.full(size, self.count, dtype=np.intp)
        self.columns[places] = np.arange(self.count)

    def of(self, places: Numbers) -> Places:
        """The columns of these names, as far as they are among ours."""
        held = self.columns[places]
        return held[held < self.count]


class Names:
    """All names of the index, with what is known of each beforehand."""

    def __init__(self, segment: flat.Segment, syllables: Sequence[str]) -> None:
        self.segment = segment
        self.size = len(segment.about)
        pairs = [max(1, about["size"] - 1) for about in segment.about]
        self.pairs = np.array(pairs, dtype=np.float32)
        self.mass = self._mass(syllables)

    def _mass(self, syllables: Sequence[str]) -> Scores:
        """The worth of all words of each name, question words at a quarter."""
        mass = np.full(self.size, NOTHING, dtype=np.float32)
        found = self.segment.find([("tf", syllable) for syllable in syllables])
        for syllable, (begin, end) in zip(syllables, found, strict=True):
            if end > begin:
                worth = self.rarity((begin, end)) * _share(syllable)
                mass[self.segment.entries[begin:end]] += np.float32(worth)
        return mass

    def rarity(self, span: Span) -> float:
        return math.log(1 + self.size / (1 + span[1] - span[0]))

    def standing(self, spans: Sequence[Span]) -> Scores:
        """Terms as rows, names as columns: 1 where the term stands in the name."""
        table = np.zeros((len(spans), self.size), dtype=np.float32)
        for row, (begin, end) in enumerate(spans):
            table[row, self.segment.entries[begin:end]] = 1
        return table

    def standing_among(self, spans: Sequence[Span], among: Among) -> Scores:
        """The same for those names only that stand `among` the others."""
        table = np.zeros((len(spans), among.count + 1), dtype=np.float32)
        for row, (begin, end) in enumerate(spans):
            table[row, among.columns[self.segment.entries[begin:end]]] = 1
        return table[:, : among.count]

    def written(self, spans: Sequence[Span], worth: Scores) -> Scores:
        """For each row of `worth` the worth of its terms in each text; the second time adds less.

        `worth` has a row for each reading and a column for each term.
        """
        often = np.zeros((len(spans), self.size), dtype=np.float32)
        for row, (begin, end) in enumerate(spans):
            often[row, self.segment.entries[begin:end]] = LESS_EACH_TIME[
                self.segment.times[begin:end]
            ]
        return np.asarray(worth @ often, dtype=np.float32)


@dataclass(frozen=True)
class Terms:
    """Different terms of a field: the row of each, where its postings are, how rare it is."""

    at: dict[str, int]
    spans: list[Span]
    rarity: list[float]


class Asked:
    """The readings of one query as weights of their words and pairs."""

    def __init__(self, names: Names, readings: Sequence[Reading]) -> None:
        self._names = names
        joined = [reading.pairs() for reading in readings]
        together = list(dict.fromkeys(pair for pairs in joined for pair in pairs))
        self._folded, self._marked, self._named, self._written = self._terms(
            ("tf", dict.fromkeys(word for one in readings for word in one.folded)),
            ("te", dict.fromkeys(word for one in readings for word in one.sure)),
            ("tb", together),
            ("bb", together),
        )
        self._weigh_words(readings)
        self._weigh_pairs(joined)
        self._standing = names.standing(self._folded.spans)

    def _terms(self, *wanted: tuple[str, Iterable[str]]) -> list[Terms]:
        """What is known of the tokens of each field, all looked up at once."""
        fields = [(field, list(tokens)) for field, tokens in wanted]
        places = iter(
            self._names.segment.find([(field, one) for field, tokens in fields for one in tokens])
        )
        found = []
        for _field, tokens in fields:
            spans = list(itertools.islice(places, len(tokens)))
            rows = {token: row for row, token in enumerate(tokens)}
            found.append(Terms(rows, spans, [self._names.rarity(span) for span in spans]))
        return found

    def _weigh_words(self, readings: Sequence[Reading]) -> None:
        rows, folded = len(readings), self._folded
        self._whole = np.zeros((rows, len(folded.at)), dtype=np.float32)
        self._own = np.zeros_like(self._whole)
        self._plain = np.zeros_like(self._whole)
        self._exactly = np.zeros((rows, len(self._marked.at)), dtype=np.float32)
        for row, reading in enumerate(readings):
            for key, exact, sure, weight in reading.words():
                at = folded.at[key]
                worth = weight * folded.rarity[at]
                self._own[row, at] = folded.rarity[at] * _share(key)
                self._whole[row, at] += worth
                self._plain[row, at] += worth * (1 - EXACT) if sure else worth
                if sure:
                    self._exactly[row, self._marked.at[exact]] += worth * EXACT
        self._words_asked = self._whole.sum(axis=1, keepdims=True) + np.float32(NOTHING)

    def _weigh_pairs(self, joined: Sequence[dict[str, float]]) -> None:
        named, written = self._named, self._written
        self._in_name = np.zeros((len(joined), len(named.at)), dtype=np.float32)
        self._in_text = np.zeros_like(self._in_name)
        self._pairs_asked = np.full((len(joined), 2), NOTHING, dtype=np.float32)
        for row, pairs in enumerate(joined):
            for pair, weight in pairs.items():
                at = named.at[pair]
                self._in_name[row, at] = weight * named.rarity[at]
                self._in_text[row, at] = weight * written.rarity[at]
                # A pair of question words that no name has says nothing against any name.
                if weight == 1 or named.spans[at][1] > named.spans[at][0]:
                    self._pairs_asked[row, 0] += self._in_name[row, at]
                self._pairs_asked[row, 1] += self._in_text[row, at]

    def shares(self) -> Scores:
        """For each reading and name: the share of the reading's words, marks left aside."""
        return np.asarray(self._whole @ self._standing / self._words_asked, dtype=np.float32)

    def texts(self) -> Scores:
        """For each reading and name: the share of the reading's pairs in the page's text."""
        return self._names.written(self._written.spans, self._in_text / self._pairs_asked[:, 1:])

    def words(self, among: Among) -> tuple[Scores, Scores]:
        """For each reading and name `among` all: the share of the one's words in the other."""
        standing = self._standing[:, among.places]
        marked = self._names.standing_among(self._marked.spans, among)
        share = (self._plain @ standing + self._exactly @ marked) / self._words_asked
        own = self._own @ standing / self._names.mass[among.places]
        return np.asarray(share, dtype=np.float32), np.minimum(own, 1)

    def order(self, among: Among) -> tuple[Scores, Scores]:
        """The same for pairs of neighbours."""
        standing = self._names.standing_among(self._named.spans, among)
        own = (self._in_name > 0).astype(np.float32) @ standing / self._names.pairs[among.places]
        share = self._in_name @ standing / self._pairs_asked[:, :1]
        return np.asarray(share, dtype=np.float32), np.minimum(own, 1)


def _share(folded: str) -> float:
    return QUESTION_WEIGHT if folded in FOLDED_QUESTION_WORDS else 1.0
