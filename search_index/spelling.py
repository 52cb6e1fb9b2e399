"""Mends what was typed: Telex and VNI keys left in the text, words run together, slips."""

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from search_index.analysis import keys_of

LONGEST_MENDED = 9
LONGEST_SPLIT = 20
LONGEST_SYLLABLE = 7
CONTEXT = 30.0  # a neighbour seen in a title says more than how common the syllable is

INITIALS = "b c d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x ch"
RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et eu en enh i ia ich iec iem "
    "ien ieng iep iet ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay "
    "oc oe oen oeo oet oi om on ong op ot u ua uan uang uat uay uc ue uech uen uenh ui um un ung "
    "uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uynh uyt y yem yen yet yeu"
)
POSSIBLE = {
    keys_of(start + rest)[1] for start in ["", *INITIALS.split()] for rest in RHYMES.split()
}

_VNI = re.compile(r"[a-z]+[0-9][a-z0-9]*")
_DOUBLED = (("aa", "a"), ("ee", "e"), ("oo", "o"), ("w", ""))


@dataclass(frozen=True)
class Vocabulary:
    """The syllables of all titles with their counts, and how often two stand side by side."""

    counts: Mapping[str, int]
    surfaces: Mapping[str, str]
    together: Callable[[str, str], int]

    @cached_property
    def neighbours(self) -> dict[str, list[str]]:
        """Syllables by what is left of them when one letter is missing."""
        found: dict[str, list[str]] = {}
        for syllable, count in self.counts.items():
            if count >= 2 and syllable.isalpha() and len(syllable) <= LONGEST_MENDED:
                for shorter in _one_less(syllable):
                    found.setdefault(shorter, []).append(syllable)
        return found

    def knows(self, folded: str) -> bool:
        return folded in self.counts or folded in POSSIBLE


def mend(
    words: list[str], vocabulary: Vocabulary, protected: Collection[str]
) -> tuple[list[str], list[bool]]:
    """The words with unknown ones mended, and for each word whether it was.

    `protected` are folded words that are meant as typed although no title has them ("gplx").
    A word with digits is VNI typing ("d9a8ng") unless it is a known label ("kt3").
    """
    mended: list[str] = []
    changed: list[bool] = []
    for position, word in enumerate(words):
        folded = keys_of(word)[1]
        if folded in vocabulary.counts or folded in protected or not _mendable(word):
            better = [word]
        else:
            left = keys_of(mended[-1])[1] if mended else ""
            right = keys_of(words[position + 1])[1] if position + 1 < len(words) else ""
            better = _better(word, (left, right), vocabulary, protected)
        mended += better
        changed += [better != [word]] * len(better)
    return mended, changed


def without_vni(text: str, keep: Callable[[str], bool]) -> str:
    """The text with VNI digits taken out of words: "d9a8ng ky1" → "dang ky"."""

    def plain(match: re.Match[str]) -> str:
        word = match.group()
        return word if keep(word) else re.sub(r"[0-9]", "", word)

    return _VNI.sub(plain, unicodedata.normalize("NFC", text).lower())


def _mendable(word: str) -> bool:
    return word.isalpha() and len(word) <= LONGEST_SPLIT


def _better(
    word: str, between: tuple[str, str], vocabulary: Vocabulary, protected: Collection[str]
) -> list[str]:
    folded = keys_of(word)[1]
    candidates = {key: 1.0 for key in _telex(word) if key in vocabulary.counts or key in protected}
    if not candidates and folded not in POSSIBLE:
        if known := _undoubled(folded, vocabulary, protected) or _parted(folded, vocabulary):
            return known
        candidates = _close(folded, vocabulary)
    if not candidates or folded in POSSIBLE:
        return [word]

    def likelihood(key: str) -> tuple[float, str]:
        score = vocabulary.counts.get(key, 1) ** 0.5
        for pair in ((between[0], key), (key, between[1])):
            score += CONTEXT * vocabulary.together(*pair) ** 0.5 if all(pair) else 0
        return score * candidates[key], key

    best = max(candidates, key=likelihood)
    return [vocabulary.surfaces.get(best, best)]


def _close(folded: str, vocabulary: Vocabulary) -> dict[str, float]:
    """Known syllables one letter away; two letters swapped are the likelier slip."""
    if len(folded) > LONGEST_MENDED:
        return {}
    close = {near for cut in _one_less(folded) for near in vocabulary.neighbours.get(cut, ())}
    return {near: 2.0 if sorted(near) == sorted(folded) else 1.0 for near in close}


def _telex(word: str) -> Iterator[str]:
    """What a word typed with Telex keys may stand for, without marks: "ddawng" → dang."""
    if not word.isascii() or not word.isalpha():
        return
    stems = [
        word,
        *(word[:at] + word[at + 1 :] for at in range(1, len(word)) if word[at] in "sfrxjz"),
    ]
    for stem in stems:
        plain = re.sub(r"d{2,}", "d", stem)
        for doubled, single in _DOUBLED:
            plain = plain.replace(doubled, single)
        late = re.match(r"^(.*?)([aeo])([a-z]+)\2$", plain)  # "diene": the mark typed last
        for form in (plain, *([late.group(1, 2, 3)] if late else [])):
            key = keys_of("".join(form))[1]
            if key != word:
                yield key
        if len(plain) > 2 and plain[0] == plain[-1] == "d":  # "dangd"
            yield keys_of(plain[:-1])[1]


def _undoubled(folded: str, vocabulary: Vocabulary, protected: Collection[str]) -> list[str]:
    """The syllable without letters that a finger held too long: "kett" → ket."""
    once = keys_of(re.sub(r"(.)\1+", r"\1", folded))[1]
    known = once in vocabulary.counts or once in protected
    return [vocabulary.surfaces.get(once, once)] if known else []


def _parted(folded: str, vocabulary: Vocabulary) -> list[str]:
    """Syllables run together, if titles have them side by side: the fewest, then the usual."""
    # By where they end: the best way to part all before, for each last syllable.
    ways: list[dict[str, tuple[int, float, list[str]]]] = [{} for _ in range(len(folded) + 1)]
    for end in range(1, len(folded) + 1):
        for start in range(max(0, end - LONGEST_SYLLABLE), end):
            last = keys_of(folded[start:end])[1]
            if last not in vocabulary.counts or len(last) == 1:
                continue
            for before, (count, usual, parts) in ways[start].items():
                if often := vocabulary.together(before, last):
                    way = (count - 1, usual + math.log(often), [*parts, last])
                    ways[end][last] = max(way, ways[end].get(last, way))
            if not start:
                ways[end][last] = (-1, 0.0, [last])
    best = max(ways[-1].values(), default=(0, 0.0, []))[2]
    return [vocabulary.surfaces.get(key, key) for key in best]


def _one_less(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
