"""Orders the names that fit a query: how much of the query a name covers, and of itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_index import flat
from search_index.analysis import SPECIAL_ACTS, acts, whole_name
from search_index.plan import Plan, Reading
from search_index.spelling import Vocabulary
from search_index.weighing import Among, Asked, Names, Places, Scores

PAIRS = 0.9  # what a pair of words in their order is worth beside the words alone
OWN_COVER = 0.6  # how much of a score hangs on the query covering the name
OWN_ORDER = 0.3  # how much of that on its words standing in the same order
TEXT = 0.35  # what the text can add to the name at most
LEVEL_PRIOR = {
    "commune": 0.06,
    "district": 0.055,
    "province": 0.035,
    "other": 0.01,
    "ministry": 0,
    "abroad": 0,
}
UNKNOWN_LEVEL_PRIOR = 0.015
KIND_PRIOR = {"procedure": 0.04, "guide": 0.015, "page": 0.01, "unit": 0.01}
WEIGHT_PRIOR = 0.02
# A page that only tells about things stands behind the procedure that does them.
TELLING = frozenset(
    {"answer", "consultation", "guide", "life-event", "news", "notice", "page", "question"}
)
TELLING_SHARE = 0.9
PRIOR_FLOOR = 0.1  # priors fade as a name fits the query, down to this share
OFFICIAL_CODE = 10.0  # the page bears the code asked for
CITED_NUMBER = 1.0  # the page cites the number asked for

UNASKED_ACT = 0.06  # a name about revoking, amending … sinks where nobody asked for that

LEAST_SCORE = 0.08
LEAST_OF_BEST = 0.35
MOST_HITS = 300

# Only names that share this much of what the best one shares are weighed in full.
CANDIDATE_OF_BEST = 0.3
MOST_CANDIDATES = 1500
WHOLE_NAME = 0.5  # the query is this name, word for word
MARKS_RIGHT = 0.95  # … with its marks, where they were typed


class Hit(NamedTuple):
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
        self._names = Names(segment, list(counts))
        about = segment.about
        titles = {one["key"]: at for at, one in enumerate(about) if not one["name"]}
        owner = [titles[one["key"]] for one in about]
        self._owner = np.array(owner, dtype=np.int32)
        # What a result is made of, in lists: a request makes hundreds of them.
        self._shown = [(about[title], one["name"]) for title, one in zip(owner, about, strict=True)]
        priors = [0.0 if one["name"] else _prior(one) for one in about]
        self._prior = np.array(priors, dtype=np.float32)[self._owner]
        telling = [about[title]["kind"] in TELLING for title in owner]
        self._kind_share = np.where(telling, TELLING_SHARE, 1).astype(np.float32)
        self._acts = np.array([_act_bits(one["acts"]) for one in about], dtype=np.int64)
        languages = [about[title].get("language") for title in self._owner.tolist()]
        self._vietnamese = np.array([language != "en" for language in languages], dtype=bool)
        self._order_of_ties = self._ties()

    def hits(self, plan: Plan, *, english: bool) -> list[Hit]:
        """Pages in the order of their fit, each once; English ones only where asked for."""
        scores, which = np.zeros(self.size, dtype=np.float32), np.zeros(self.size, dtype=np.int8)
        if plan.readings:
            self._score(plan.readings, scores, which)
        self._lift_codes(plan.codes, scores)
        if not english:
            scores[~self._vietnamese] = 0
        least = max(LEAST_SCORE, LEAST_OF_BEST * min(float(scores.max(initial=0)), 1))
        found = np.flatnonzero(scores >= least)
        if len(found) > MOST_HITS:
            found = found[np.argpartition(-scores[found], MOST_HITS)[:MOST_HITS]]
        found = found[np.lexsort((self._order_of_ties[found], -scores[found].round(5)))]
        _, first = np.unique(self._owner[found], return_index=True)
        best = found[np.sort(first)]
        explained = [reading.explained for reading in plan.readings] or [()]
        values = (best.tolist(), scores[best].astype(float).round(5).tolist(), which[best].tolist())
        return [
            Hit(title["key"], title["group"], score, name, explained[way], title)
            for at, score, way in zip(*values, strict=True)
            for title, name in (self._shown[at],)
        ]

    def titles_of(self, entries: flat.Numbers) -> Iterator[Mapping[str, Any]]:
        """What is known of the pages that bear these names, each page once."""
        for at in np.unique(self._owner[entries]).tolist():
            yield self.segment.about[at]

    def _ties(self) -> Places:
        """The place of each name among names of equal fit: short titles first, then by key."""
        about = self.segment.about

        def rule(at: int) -> tuple[int, str, int]:
            title = about[self._owner[at]]
            return len(title["group"]), title["key"], about[at]["name"]

        places = np.empty(self.size, dtype=np.int64)
        places[sorted(range(self.size), key=rule)] = np.arange(self.size)
        return places

    def _lift_codes(self, codes: Sequence[str], scores: Scores) -> None:
        found = self.segment.find([("code", code) for code in codes])
        lifted: dict[int, float] = {}
        for code, (begin, end) in zip(codes, found, strict=True):
            for at in self.segment.entries[begin:end].tolist():
                own = self.segment.about[at]["key"].endswith(f":{code}")
                lifted[at] = max(lifted.get(at, 0), OFFICIAL_CODE if own else CITED_NUMBER)
        for at, worth in lifted.items():
            scores[at] += worth

    def _together(self, left: str, right: str) -> int:
        begin, end = self.segment.find([("tb", f"{left}_{right}")])[0]
        return end - begin

    def _score(self, readings: Sequence[Reading], scores: Scores, which: NDArray[np.int8]) -> None:
        """Write the score of every name worth weighing, and which reading gave it."""
        said = Asked(self._names, readings)
        trust = np.array([[reading.trust] for reading in readings], dtype=np.float32)
        shares, text = said.shares(), said.texts()
        bound = (trust * (shares + TEXT * text)).max(axis=0)
        among = np.flatnonzero(bound >= max(CANDIDATE_OF_BEST * float(bound.max(initial=0)), 1e-4))
        if len(among) > MOST_CANDIDATES:
            among = among[np.argpartition(-bound[among], MOST_CANDIDATES)[:MOST_CANDIDATES]]
        if not len(among):
            return
        some = Among(among, self.size)
        words, own_words = said.words(some)
        order, own_order = said.order(some)
        name = (words + PAIRS * order) / (1 + PAIRS)
        own = own_words * (1 - OWN_ORDER) + own_order * OWN_ORDER
        name *= (1 - OWN_COVER) + OWN_COVER * own
        fit = name + TEXT * text[:, self._owner[among]] * (1 - name)
        fit += self._prior[among] * (fit > 0) * np.maximum(1 - fit, PRIOR_FLOOR)
        fit -= UNASKED_ACT * self._unasked(readings, among)
        whole = self._whole(readings[0], some)
        right = whole[words[0, whole] > MARKS_RIGHT * shares[0, among[whole]]]
        said_whole = fit[0, right] + WHOLE_NAME
        fit *= trust * self._kind_share[among]
        fit[0, right] = said_whole
        scores[among], which[among] = fit.max(axis=0), fit.argmax(axis=0)

    def _unasked(self, readings: Sequence[Reading], among: Places) -> Any:
        """For each reading and name: whether the name is about an act nobody asked for."""
        asked = [[_act_bits(acts(one.folded, opening=None))] for one in readings]
        return (self._acts[among] & ~np.array(asked, dtype=np.int64)) != 0

    def _whole(self, reading: Reading, among: Among) -> Places:
        """The columns of names that are the query word for word."""
        begin, end = self.segment.find([("nm", whole_name(reading.folded))])[0]
        return among.of(self.segment.entries[begin:end])


def _act_bits(acts: Iterable[str]) -> int:
    return sum(1 << SPECIAL_ACTS.index(act) for act in acts)


def _prior(about: Mapping[str, Any]) -> float:
    level: float = max(
        (LEVEL_PRIOR.get(one, 0) for one in about["likely_levels"]), default=UNKNOWN_LEVEL_PRIOR
    )
    weight: int = max(-5, min(5, about["weight"]))
    return float(level + KIND_PRIOR.get(about["kind"], 0) + WEIGHT_PRIOR * weight)
