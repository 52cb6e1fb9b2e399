"""Orders the names that fit a query: how much of the query a name covers, and of itself."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index import flat
from search_index.analysis import pairs
from search_index.plan import FOLDED_QUESTION_WORDS, QUESTION_WEIGHT, Plan, Reading
from search_index.spelling import Vocabulary

Scores = NDArray[np.float32]

PAIRS = 0.9  # what a pair of words in their order is worth beside the words alone
EXACT = 0.35  # the share of a word's worth that hangs on the marks, where they were typed
OWN_COVER = 0.6  # how much of a score hangs on the query covering the name
OWN_ORDER = 0.3  # how much of that on its words standing in the same order
TEXT = 0.4  # what the text can add to the name at most
LEVEL_PRIOR = {"commune": 0.045, "district": 0.04, "province": 0.025, "other": 0.005, "ministry": 0}
UNKNOWN_LEVEL_PRIOR = 0.01
KIND_PRIOR = {"procedure": 0.02, "guide": 0.015, "page": 0.01, "unit": 0.01}
WEIGHT_PRIOR = 0.02
PRIOR_FLOOR = 0.1  # priors fade as a name fits the query, down to this share
OFFICIAL_CODE = 10.0  # the page bears the code asked for
CITED_NUMBER = 1.0  # the page cites the number asked for

LEAST_SCORE = 0.08
LEAST_OF_BEST = 0.35
MOST_HITS = 300


@dataclass(frozen=True)
class Hit:
    """A page found: its best name (0 is the title) and the phrases replaced to find it."""

    key: str
    group: str
    score: float
    name: int
    explained: tuple[tuple[str, str], ...]
    about: Mapping[str, Any]


class Ranker:
    """One opened index; made once, then only read, so any number of threads may use it."""

    def __init__(self, segment: flat.Segment) -> None:
        self.segment = segment
        self.size = len(segment.about)
        counts, surfaces = flat.folded_syllables(segment)
        self.vocabulary = Vocabulary(counts, surfaces, self._together)
        titles = {about["key"]: at for at, about in enumerate(segment.about) if not about["name"]}
        self._owner = np.array([titles[about["key"]] for about in segment.about], dtype=np.int32)
        priors = [_prior(about) if not about["name"] else 0.0 for about in segment.about]
        self._prior = np.array(priors, dtype=np.float32)[self._owner]
        sizes = [max(1, about["size"] - 1) for about in segment.about]
        self._pairs_of_name = np.array(sizes, dtype=np.float32)
        self._mass = self._name_mass(list(counts))
        languages = [segment.about[title].get("language") for title in self._owner.tolist()]
        self._vietnamese = np.array([language != "en" for language in languages], dtype=bool)

    def hits(self, plan: Plan, *, english: bool) -> list[Hit]:
        """Pages in the order of their fit, each once; English ones only where asked for."""
        scores, which = self._scores(plan)
        scores += self._codes(plan.codes)
        if not english:
            scores[~self._vietnamese] = 0
        best = float(scores.max(initial=0))
        least = max(LEAST_SCORE, LEAST_OF_BEST * min(best, 1))
        found = np.flatnonzero(scores >= least)
        if len(found) > MOST_HITS:
            found = found[np.argpartition(-scores[found], MOST_HITS)[:MOST_HITS]]
        hits = [self._hit(at, scores, which, plan) for at in found.tolist()]
        hits.sort(key=lambda hit: (-hit.score, len(hit.group), hit.key, hit.name))
        return list({hit.key: hit for hit in reversed(hits)}.values())[::-1]

    def _hit(self, at: int, scores: Scores, which: NDArray[np.int8], plan: Plan) -> Hit:
        title = self.segment.about[self._owner[at]]
        return Hit(
            key=title["key"],
            group=title["group"],
            score=round(float(scores[at]), 5),
            name=self.segment.about[at]["name"],
            explained=plan.readings[which[at]].explained if plan.readings else (),
            about=title,
        )

    def _codes(self, codes: Sequence[str]) -> Scores:
        lifted = np.zeros(self.size, dtype=np.float32)
        found = self.segment.find([("code", code) for code in codes])
        for code, (begin, end) in zip(codes, found, strict=True):
            for at in self.segment.entries[begin:end].tolist():
                own = self.segment.about[at]["key"].endswith(f":{code}")
                lifted[at] = max(lifted[at], OFFICIAL_CODE if own else CITED_NUMBER)
        return lifted

    def _name_mass(self, syllables: Sequence[str]) -> Scores:
        """The worth of all words of each name, question words at a quarter."""
        mass = np.full(self.size, 1e-6, dtype=np.float32)
        found = self.segment.find([("tf", syllable) for syllable in syllables])
        for syllable, (begin, end) in zip(syllables, found, strict=True):
            if end > begin:
                worth = self._rarity(end - begin) * _share(syllable)
                mass[self.segment.entries[begin:end]] += np.float32(worth)
        return mass

    def _rarity(self, frequency: int) -> float:
        return math.log(1 + self.size / (1 + frequency))

    def _together(self, left: str, right: str) -> int:
        begin, end = self.segment.find([("tb", f"{left}_{right}")])[0]
        return end - begin

    def _scores(self, plan: Plan) -> tuple[Scores, NDArray[np.int8]]:
        """For every name its score, and which reading of the plan gave it."""
        best = np.zeros(self.size, dtype=np.float32)
        which = np.zeros(self.size, dtype=np.int8)
        for number, reading in enumerate(plan.readings):
            found = self._fit(reading)
            better = found > best
            best[better] = found[better]
            which[better] = number
        return best, which

    def _fit(self, reading: Reading) -> Scores:
        """How well each name fits one reading: from 0 to about 1, priors and trust included."""
        words, own_words = self._words(reading)
        order, own_order = self._order(reading)
        own = own_words * (1 - OWN_ORDER) + own_order * OWN_ORDER
        name = (words + PAIRS * order) / (1 + PAIRS)
        name *= (1 - OWN_COVER) + OWN_COVER * own
        fit = name + TEXT * self._text(reading)[self._owner] * (1 - name)
        fit += self._prior * (fit > 0) * np.maximum(1 - fit, PRIOR_FLOOR)
        return np.asarray(fit * np.float32(reading.trust), dtype=np.float32)

    def _words(self, reading: Reading) -> tuple[Scores, Scores]:
        """The share of the query's words in each name, and of each name's words in the query."""
        words = dict.fromkeys(
            zip(reading.folded, reading.exact, reading.marked, reading.weights, strict=True)
        )
        covered = np.zeros(self.size, dtype=np.float32)
        own = np.zeros(self.size, dtype=np.float32)
        asked = 0.0
        folded = self.segment.find([("tf", word[0]) for word in words])
        exact = self.segment.find([("te", word[1]) for word in words])
        for (key, _, marked, weight), span, marked_span in zip(words, folded, exact, strict=True):
            rarity = self._rarity(span[1] - span[0])
            names = self.segment.entries[span[0] : span[1]]
            worth = weight * rarity
            asked += worth
            own[names] += rarity * _share(key)
            covered[names] += worth * (1 - EXACT) if marked else worth
            if marked:
                covered[self.segment.entries[marked_span[0] : marked_span[1]]] += worth * EXACT
        return covered / max(asked, 1e-6), np.minimum(own / self._mass, 1)

    def _order(self, reading: Reading) -> tuple[Scores, Scores]:
        """The share of the query's pairs in each name, and of each name's pairs in the query."""
        covered = np.zeros(self.size, dtype=np.float32)
        own = np.zeros(self.size, dtype=np.float32)
        asked = 0.0
        for weight, (begin, end) in self._found_pairs("tb", reading):
            worth = weight * self._rarity(end - begin)
            if end > begin or weight == 1:
                asked += worth
            names = self.segment.entries[begin:end]
            covered[names] += worth
            own[names] += 1
        return covered / max(asked, 1e-6), np.minimum(own / self._pairs_of_name, 1)

    def _text(self, reading: Reading) -> Scores:
        """The share of the query's pairs in the text of each page."""
        covered = np.zeros(self.size, dtype=np.float32)
        asked = 0.0
        for weight, (begin, end) in self._found_pairs("bb", reading):
            worth = weight * self._rarity(end - begin)
            asked += worth
            times = self.segment.times[begin:end].astype(np.float32)
            covered[self.segment.entries[begin:end]] += worth * times / (times + 1)
        return covered / max(asked, 1e-6)

    def _found_pairs(self, field: str, reading: Reading) -> Iterator[tuple[float, tuple[int, int]]]:
        """Each pair of the query once: its weight, and where its postings are."""
        weights = map(min, pairwise(reading.weights))
        joined = dict(zip(pairs(reading.folded), weights, strict=True))
        found = self.segment.find([(field, pair) for pair in joined])
        return zip(joined.values(), found, strict=True)


def _share(folded: str) -> float:
    return QUESTION_WEIGHT if folded in FOLDED_QUESTION_WORDS else 1.0


def _prior(about: Mapping[str, Any]) -> float:
    level: float = max(
        (LEVEL_PRIOR.get(one, 0) for one in about["levels"]), default=UNKNOWN_LEVEL_PRIOR
    )
    weight: int = max(-5, min(5, about["weight"]))
    return float(level + KIND_PRIOR.get(about["kind"], 0) + WEIGHT_PRIOR * weight)
