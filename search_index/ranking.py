"""Orders the names that fit a query: how much of the query a name covers, and of itself."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index import flat
from search_index.analysis import SPECIAL_ACTS
from search_index.plan import FOLDED_QUESTION_WORDS, QUESTION_WEIGHT, Plan, Reading
from search_index.spelling import Vocabulary

Scores = NDArray[np.float32]

PAIRS = 0.9  # what a pair of words in their order is worth beside the words alone
EXACT = 0.35  # the share of a word's worth that hangs on the marks, where they were typed
OWN_COVER = 0.6  # how much of a score hangs on the query covering the name
OWN_ORDER = 0.3  # how much of that on its words standing in the same order
TEXT = 0.45  # what the text can add to the name at most
LEVEL_PRIOR = {"commune": 0.06, "district": 0.055, "province": 0.035, "other": 0.01, "ministry": 0}
UNKNOWN_LEVEL_PRIOR = 0.015
KIND_PRIOR = {"procedure": 0.02, "guide": 0.015, "page": 0.01, "unit": 0.01}
WEIGHT_PRIOR = 0.02
PRIOR_FLOOR = 0.1  # priors fade as a name fits the query, down to this share
OFFICIAL_CODE = 10.0  # the page bears the code asked for
CITED_NUMBER = 1.0  # the page cites the number asked for

UNASKED_ACT = 0.06  # a name about revoking, amending … sinks where nobody asked for that

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
        acts = [(at, act) for at, about in enumerate(segment.about) for act in about["acts"]]
        self._acts = {
            act: np.array([at for at, one in acts if one == act], dtype=np.int32)
            for act in SPECIAL_ACTS
        }
        self._mass = self._name_mass(list(counts))
        languages = [segment.about[title].get("language") for title in self._owner.tolist()]
        self._vietnamese = np.array([language != "en" for language in languages], dtype=bool)

    def hits(self, plan: Plan, *, english: bool) -> list[Hit]:
        """Pages in the order of their fit, each once; English ones only where asked for."""
        scores, which = self._scores(plan)
        scores += self._codes(plan.codes)
        if not english:
            scores[~self._vietnamese] = 0
        least = max(LEAST_SCORE, LEAST_OF_BEST * min(float(scores.max(initial=0)), 1))
        found = np.flatnonzero(scores >= least)
        if len(found) > MOST_HITS:
            found = found[np.argpartition(-scores[found], MOST_HITS)[:MOST_HITS]]
        hits = [self._hit(at, scores, which, plan) for at in found.tolist()]
        hits.sort(key=lambda hit: (-hit.score, len(hit.group), hit.key, hit.name))
        best: dict[str, Hit] = {}
        for hit in hits:
            best.setdefault(hit.key, hit)
        return list(best.values())

    def _hit(self, at: int, scores: Scores, which: NDArray[np.intp], plan: Plan) -> Hit:
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

    def _scores(self, plan: Plan) -> tuple[Scores, NDArray[np.intp]]:
        """For every name its score, and which reading of the plan gave it."""
        if not plan.readings:
            return np.zeros(self.size, dtype=np.float32), np.zeros(self.size, dtype=np.intp)
        words, own_words = self._words(plan.readings)
        order, own_order, text = self._order(plan.readings)
        own = own_words * (1 - OWN_ORDER) + own_order * OWN_ORDER
        name = (words + PAIRS * order) / (1 + PAIRS)
        name *= (1 - OWN_COVER) + OWN_COVER * own
        fit = name + TEXT * text[:, self._owner] * (1 - name)
        fit += self._prior * (fit > 0) * np.maximum(1 - fit, PRIOR_FLOOR)
        fit -= UNASKED_ACT * self._unasked(plan.readings)
        fit *= np.array([[reading.trust] for reading in plan.readings], dtype=np.float32)
        return fit.max(axis=0), fit.argmax(axis=0)

    def _unasked(self, readings: Sequence[Reading]) -> Scores:
        """For each reading and name: 1 if the name is about a special act not asked for."""
        asked = [f" {' '.join(reading.folded)} " for reading in readings]
        unasked = np.zeros((len(readings), self.size), dtype=np.float32)
        for act, names in self._acts.items():
            for row, text in enumerate(asked):
                if f" {act} " not in text:
                    unasked[row, names] = 1
        return unasked

    def _words(self, readings: Sequence[Reading]) -> tuple[Scores, Scores]:
        """The share of each reading's words in each name, and of each name's words in it."""
        folded = self._terms("tf", (word for one in readings for word in one.folded))
        marked = self._terms("te", (word for one in readings for word in one.sure))
        covered = np.zeros((len(readings), len(folded.rarity)), dtype=np.float32)
        exactly = np.zeros((len(readings), len(marked.rarity)), dtype=np.float32)
        own = np.zeros_like(covered)
        asked = np.full((len(readings), 1), 1e-6, dtype=np.float32)
        for row, reading in enumerate(readings):
            for key, exact, sure, weight in reading.words():
                at = folded.at[key]
                worth = weight * folded.rarity[at]
                asked[row] += worth
                own[row, at] = folded.rarity[at] * _share(key)
                covered[row, at] += worth * (1 - EXACT) if sure else worth
                if sure:
                    exactly[row, marked.at[exact]] += worth * EXACT
        share = np.asarray(covered @ folded.times + exactly @ marked.times) / asked
        return share.astype(np.float32), np.minimum(own @ folded.times / self._mass, 1)

    def _order(self, readings: Sequence[Reading]) -> tuple[Scores, Scores, Scores]:
        """The share of each reading's pairs in each name, of each name's pairs in the reading,
        and of the reading's pairs in each text."""
        joined = [reading.pairs() for reading in readings]
        named = self._terms("tb", (pair for pairs in joined for pair in pairs))
        written = self._terms("bb", named.at, counted=True)
        in_name = np.zeros((len(readings), len(named.rarity)), dtype=np.float32)
        in_text = np.zeros_like(in_name)
        asked = np.full((len(readings), 2), 1e-6, dtype=np.float32)
        for row, pairs in enumerate(joined):
            for pair, weight in pairs.items():
                at = named.at[pair]
                in_name[row, at] = weight * named.rarity[at]
                in_text[row, at] = weight * written.rarity[at]
                # A pair of question words that no name has says nothing against any name.
                if weight == 1 or named.found[at]:
                    asked[row, 0] += in_name[row, at]
                asked[row, 1] += in_text[row, at]
        own = (in_name > 0).astype(np.float32) @ named.times / self._pairs_of_name
        text = in_text @ written.times / asked[:, 1:]
        return in_name @ named.times / asked[:, :1], np.minimum(own, 1), text

    def _terms(self, field: str, tokens: Iterable[str], *, counted: bool = False) -> "_Terms":
        """Where these terms stand, as a table of terms by entries; `counted`: and how often."""
        wanted = list(dict.fromkeys(tokens))
        spans = self.segment.find([(field, token) for token in wanted])
        times = np.zeros((len(wanted), self.size), dtype=np.float32)
        for row, (begin, end) in enumerate(spans):
            if counted:
                often = self.segment.times[begin:end].astype(np.float32)
                times[row, self.segment.entries[begin:end]] = often / (often + 1)
            else:
                times[row, self.segment.entries[begin:end]] = 1
        return _Terms(
            at={token: row for row, token in enumerate(wanted)},
            times=times,
            rarity=[self._rarity(end - begin) for begin, end in spans],
            found=[end > begin for begin, end in spans],
        )


@dataclass(frozen=True)
class _Terms:
    """Terms as rows (`at`), names as columns: whether or how often the one stands in the other."""

    at: Mapping[str, int]
    times: Scores
    rarity: Sequence[float]
    found: Sequence[bool]


def _share(folded: str) -> float:
    return QUESTION_WEIGHT if folded in FOLDED_QUESTION_WORDS else 1.0


def _prior(about: Mapping[str, Any]) -> float:
    level: float = max(
        (LEVEL_PRIOR.get(one, 0) for one in about["levels"]), default=UNKNOWN_LEVEL_PRIOR
    )
    weight: int = max(-5, min(5, about["weight"]))
    return float(level + KIND_PRIOR.get(about["kind"], 0) + WEIGHT_PRIOR * weight)
