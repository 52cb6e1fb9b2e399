"""Turns a query as typed into what is looked for: mended, explained, weighted."""

import itertools
import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search_index.analysis import Keys, codes_in, has_marks, keys_of, pairs, words
from search_index.spelling import Vocabulary, mend, without_vni
from search_index.synonyms import Match, Meaning, Synonyms

LONGEST_QUERY = 500  # characters; official names are long, what stands behind is left out
MOST_WORDS = 80
MOST_READINGS = 6
QUESTION_WEIGHT = 0.25
OWN_WORDS_BESIDE_SYNONYM = 0.9
OWN_WORDS_ALL_REPLACED = 0.6

# Words by which people ask. Without marks fewer of them: "ban sao" is no question.
ASKING = (
    "thủ tục làm xin cho như thế nào ở đâu tại về việc cần gì có được để của và các những một "
    "hồ sơ hỏi hướng dẫn giấy tờ tôi muốn mình em anh chị khi thì là này nếu phải bao lâu "
    "nhiêu nhiều không bị bạn ai sao vì trong với từ đến nhận nộp hay rồi đang giờ mất mấy "
    "ngày cách ra quy định trường hợp thực hiện bằng gồm"
)
ASKING_WITHOUT_MARKS = (
    "thu tuc lam xin cho nhu the nao o dau tai ve viec can gi co duoc de cua va cac nhung mot "
    "ho so hoi huong dan giay to toi muon minh khi thi la nay neu phai bao lau nhieu khong bi ai "
    "vi trong voi nhan nop hay truong hop thuc hien gom qui dinh"
)
QUESTION_WORDS = frozenset(keys_of(word)[0] for word in ASKING.split())
FOLDED_QUESTION_WORDS = frozenset(ASKING_WITHOUT_MARKS.split())


@dataclass(frozen=True)
class Reading:
    """One way to understand the query: its words, each with its weight.

    `explained` are the phrases replaced: (what was typed, what it means).
    """

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    marked: tuple[bool, ...]
    weights: tuple[float, ...]
    trust: float
    explained: tuple[tuple[str, str], ...] = ()

    @property
    def sure(self) -> tuple[str, ...]:
        """The exact keys of words typed with their marks."""
        return tuple(itertools.compress(self.exact, self.marked))

    def words(self) -> Iterator[tuple[str, str, bool, float]]:
        """Each word once: folded key, exact key, whether its marks count, weight."""
        yield from dict.fromkeys(
            zip(self.folded, self.exact, self.marked, self.weights, strict=True)
        )

    def pairs(self) -> dict[str, float]:
        """Each pair of neighbours once, with its weight."""
        weights = map(min, itertools.pairwise(self.weights))
        return dict(zip(pairs(self.folded), weights, strict=True))


@dataclass(frozen=True)
class Plan:
    """What to look for. `mended` is the query with slips corrected, None where there were none."""

    readings: tuple[Reading, ...]
    codes: tuple[str, ...]
    mended: str | None = None

    @property
    def empty(self) -> bool:
        return not self.readings and not self.codes


def clean(text: str) -> str:
    """A query as one line of at most LONGEST_QUERY characters, without control characters."""
    line = "".join(
        " " if unicodedata.category(c) in {"Cc", "Zs", "Zl", "Zp"} else c for c in text[:4000]
    )
    composed = unicodedata.normalize("NFC", " ".join(line.split()))
    return "".join(c for c in composed if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"})[
        :LONGEST_QUERY
    ].strip()


def make(text: str, vocabulary: Vocabulary, synonyms: Synonyms, *, mending: bool = True) -> Plan:
    text = clean(text)
    codes = tuple(codes_in(text))

    def label(word: str) -> bool:
        return word in vocabulary.counts or word in synonyms.words

    typed = words(without_vni(text, label))[:MOST_WORDS]
    if not typed:
        return Plan((), codes)
    changed = [False] * len(typed)
    if mending:
        typed, changed = mend(typed, vocabulary, synonyms.words)
        typed, changed = typed[:MOST_WORDS], changed[:MOST_WORDS]
    keys, marked = _keys(typed, changed, synonyms)
    ways = synonyms.matches(keys, marked)
    meant = [_replaced(keys, marked, way) for way in ways]
    # One of each way in turn, so that no way crowds the others out.
    in_turn = [reading for rank in itertools.zip_longest(*meant) for reading in rank if reading]
    readings = (_own(keys, marked, ways), *in_turn[: MOST_READINGS - 1])
    return Plan(readings, codes, " ".join(typed) if any(changed) else None)


def _keys(
    typed: Sequence[str], changed: Sequence[bool], synonyms: Synonyms
) -> tuple[Keys, list[bool]]:
    """The keys of the words, abbreviations written out, and whose marks can be relied on."""
    exact: list[str] = []
    folded: list[str] = []
    marked: list[bool] = []
    for word, mended in zip(typed, changed, strict=True):
        written = synonyms.written(*keys_of(word))
        exact += written.exact
        folded += written.folded
        long = len(written.folded) > 1
        marked += [long or (has_marks(word) and not mended)] * len(written.folded)
    return Keys(tuple(exact), tuple(folded)), marked


def weight_of(exact: str, folded: str, *, marked: bool) -> float:
    asks = exact in QUESTION_WORDS if marked else folded in FOLDED_QUESTION_WORDS
    return QUESTION_WEIGHT if asks else 1.0


def _weights(keys: Keys, marked: Sequence[bool]) -> tuple[float, ...]:
    words = zip(keys.exact, keys.folded, marked, strict=True)
    return tuple(weight_of(exact, folded, marked=sure) for exact, folded, sure in words)


def _own(keys: Keys, marked: Sequence[bool], ways: Sequence[Sequence[Match]]) -> Reading:
    replaced = {at for way in ways for match in way for at in range(match.start, match.end)}
    weights = _weights(keys, marked)
    left = [at for at, weight in enumerate(weights) if at not in replaced and weight == 1]
    trust = 1.0
    if ways:
        trust = OWN_WORDS_BESIDE_SYNONYM if left else OWN_WORDS_ALL_REPLACED
    return Reading(keys.exact, keys.folded, tuple(marked), weights, trust)


def _replaced(keys: Keys, marked: Sequence[bool], matches: Sequence[Match]) -> list[Reading]:
    """Readings with every phrase replaced, the most trusted combinations first."""
    choices = itertools.islice(itertools.product(*(match.meanings for match in matches)), 64)
    ranked = sorted(choices, key=lambda chosen: -math.prod(one.weight for one in chosen))
    return [_reading(keys, marked, matches, chosen) for chosen in ranked[: MOST_READINGS - 1]]


def _reading(
    keys: Keys, marked: Sequence[bool], matches: Sequence[Match], chosen: Sequence[Meaning]
) -> Reading:
    typed = list(zip(keys.exact, keys.folded, marked, _weights(keys, marked), strict=True))
    parts: list[tuple[str, str, bool, float]] = []
    position = 0
    for match, meaning in zip(matches, chosen, strict=True):
        parts += typed[position : match.start]
        meant = zip(meaning.keys.exact, meaning.keys.folded, strict=True)
        parts += [(exact, folded, True, 1.0) for exact, folded in meant]
        position = match.end
    parts += typed[position:]
    exact, folded, sure, weights = zip(*parts, strict=True)
    return Reading(
        exact=exact,
        folded=folded,
        marked=sure,
        weights=weights,
        trust=math.prod(meaning.weight for meaning in chosen),
        explained=tuple(
            (match.typed, meaning.text) for match, meaning in zip(matches, chosen, strict=True)
        ),
    )
