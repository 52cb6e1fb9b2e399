"""Counts what a query and the names share: words, marks, order, and pairs in the text."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search_index import flat
from search_index.plan import FOLDED_QUESTION_WORDS, QUESTION_WEIGHT, Reading

Scores = NDArray[np.float32]
Places = NDArray[np.int64]
Span = tuple[int, int]

EXACT = 0.35  # the share of a word's worth that hangs on the marks, where they were typed
NOTHING = 1e-6


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

    def standing_among(self, spans: Sequence[Span], columns: Places) -> Scores:
        """The same for those names only that `columns` gives a column (the others have -1)."""
        table = np.zeros((len(spans), int(columns.max(initial=-1)) + 1), dtype=np.float32)
        for row, (begin, end) in enumerate(spans):
            places = columns[self.segment.entries[begin:end]]
            table[row, places[places >= 0]] = 1
        return table

    def written(self, spans: Sequence[Span], worth: Scores) -> Scores:
        """For each row of `worth` the worth of its terms in each text; the second time adds less.

        `worth` has a row for each reading and a column for each term.
        """
        summed = np.zeros((len(worth), self.size), dtype=np.float32)
        for term, (begin, end) in enumerate(spans):
            often = self.segment.times[begin:end].astype(np.float32)
            often /= often + 1
            entries = self.segment.entries[begin:end]
            for row in np.flatnonzero(worth[:, term]).tolist():
                summed[row, entries] += often * worth[row, term]
        return summed


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
        self._folded = self._terms("tf", (word for one in readings for word in one.folded))
        self._marked = self._terms("te", (word for one in readings for word in one.sure))
        joined = [reading.pairs() for reading in readings]
        self._named = self._terms("tb", (pair for pairs in joined for pair in pairs))
        self._written = self._terms("bb", self._named.at)
        self._weigh_words(readings)
        self._weigh_pairs(joined)
        self._standing = names.standing(self._folded.spans)

    def _terms(self, field: str, tokens: Iterable[str]) -> Terms:
        wanted = {token: row for row, token in enumerate(dict.fromkeys(tokens))}
        spans = self._names.segment.find([(field, token) for token in wanted])
        return Terms(wanted, spans, [self._names.rarity(span) for span in spans])

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

    def words(self, among: Places, columns: Places) -> tuple[Scores, Scores]:
        """For each reading and name `among` all: the share of the one's words in the other."""
        standing = self._standing[:, among]
        marked = self._names.standing_among(self._marked.spans, columns)
        share = (self._plain @ standing + self._exactly @ marked) / self._words_asked
        own = self._own @ standing / self._names.mass[among]
        return np.asarray(share, dtype=np.float32), np.minimum(own, 1)

    def order(self, among: Places, columns: Places) -> tuple[Scores, Scores]:
        """The same for pairs of neighbours."""
        standing = self._names.standing_among(self._named.spans, columns)
        own = (self._in_name > 0).astype(np.float32) @ standing / self._names.pairs[among]
        share = self._in_name @ standing / self._pairs_asked[:, :1]
        return np.asarray(share, dtype=np.float32), np.minimum(own, 1)


def _share(folded: str) -> float:
    return QUESTION_WEIGHT if folded in FOLDED_QUESTION_WORDS else 1.0
