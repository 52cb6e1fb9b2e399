"""Turns Vietnamese text into the two keys of each syllable: as written, and without its marks."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

# Raise it whenever a rule below changes: an index made under another number is rebuilt.
ANALYSIS_VERSION = 2

TONES = {"\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3", "\u0323": "5"}

# Numbers keep their inner signs (1.001193, 42/2022); short labels stay whole (A1, KT3).
OPENING_WORDS = 8  # of a name tell what it is about
_ACTS = (
    "cap lai|cap doi|doi|gia han|dieu chinh|thu hoi|cham dut|dinh chinh|dang ki lai|luu dong|xoa|"
    "dung|tam dung|tam ngung|tiep tuc|giai the|chuyen noi|chuyen doi|huy|thay doi|bo sung|sua doi|"
    "khoi phuc|tra lai|lay y kien|uy quyen|tach|sap nhap|khoa|mo khoa|khong thuoc dien"
)
# Services of the armed forces for their own people: what a citizen means is the civil one.
ARMED_FORCES = "quan doi"
_ARMED_WORDS = (
    "quoc phong|quan doi|quan nhan|tong cuc chinh tri|bo tong tham muu|quan chung|quan khu|"
    "bo tham muu|bo tu lenh|trung doan"
)
_ARMED = _ARMED_WORDS.split("|")
SPECIAL_ACTS = (*_ACTS.split("|"), ARMED_FORCES)

# Words around a name that are not part of it: "tôi muốn làm thủ tục …", "… ở đâu".
_AROUND_A_NAME = "thu tuc lam xin toi em minh can muon hoi ve viec o dau nhu the nao la gi"
_AROUND = frozenset(_AROUND_A_NAME.split())

_TOKEN = re.compile(r"\d+(?:[./-]\d+)*|[^\W\d_]{1,2}\d{1,2}(?![^\W_])|[^\W\d_]+")
_FINAL_Y = re.compile(r"^(?:[^aeiouy\W\d]|qu|gh|kh|nh|ph|th|tr|ch)?y$")
_PLACE = re.compile(
    r"\([^()]*\b(?:cấp|Cấp)\s+(?:xã|huyện|tỉnh|tinh|bộ|Xã|Tỉnh|Bộ|trung ương)[^()]*\)"
)
_CODE = re.compile(r"\d+(?:[./-][^\W_]+)+")


@dataclass(frozen=True)
class Keys:
    """The syllables of a text, in order: `exact` with marks, `folded` without."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]


def words(text: str) -> list[str]:
    """The words of a text in lower case; hyphens part them, numbers keep their inner signs."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=50_000)
def keys_of(word: str) -> tuple[str, str]:
    """The exact and the folded key of one lower-case word.

    The tone moves to the end as a digit, so "hòa" and "hoà" are one; "ký" and "kí" are one too.
    """
    tone = ""
    marked: list[str] = []
    plain: list[str] = []
    for character in unicodedata.normalize("NFD", word):
        if character in TONES:
            tone = TONES[character]
            continue
        marked.append(character)
        if not unicodedata.combining(character):
            # Fold "đ" by hand: Unicode decomposition leaves it whole, and people type "d".
            plain.append("d" if character == "đ" else character)
    exact, folded = unicodedata.normalize("NFC", "".join(marked)), "".join(plain)
    if _FINAL_Y.match(folded):
        exact, folded = exact[:-1] + "i", folded[:-1] + "i"
    return exact + tone, folded


def analyse(text: str) -> Keys:
    pairs = [keys_of(word) for word in words(text)]
    return Keys(tuple(exact for exact, _ in pairs), tuple(folded for _, folded in pairs))


def fold(text: str) -> str:
    """The text as its folded keys parted by single spaces: what names are compared by."""
    return " ".join(keys_of(word)[1] for word in words(text))


def pairs(keys: Sequence[str]) -> list[str]:
    """Each key joined with the next: they stand for the order of words in the index."""
    return [f"{left}_{right}" for left, right in pairwise(keys)]


def has_marks(word: str) -> bool:
    """Whether the writer typed Vietnamese marks in this word."""
    return any(c == "đ" or unicodedata.combining(c) for c in unicodedata.normalize("NFD", word))


@lru_cache(maxsize=20_000)
def fold_code(code: str) -> str:
    """An official number without marks and spaces: "42/2022/NĐ-CP" → 42/2022/nd-cp."""
    lowered = unicodedata.normalize("NFKC", code).lower().replace("đ", "d")
    kept = (c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return "".join("".join(kept).split())


def code_keys(codes: Iterable[str]) -> list[str]:
    """What each code is found by: the whole of it, and its leading digits ("42/2022")."""
    found: dict[str, None] = {}
    for code in codes:
        whole = fold_code(code)
        if whole:
            found[whole] = None
            digits = re.match(r"\d+(?:[./-]\d+)+", whole)
            if digits:
                found[digits.group()] = None
    return list(found)


def codes_in(text: str) -> list[str]:
    """The codes and numbers of instruments that a query names, in the form of `code_keys`."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("đ", "d")
    found = [fold_code(match) for match in _CODE.findall(folded)]
    bare = re.findall(r"(?<!\d)([1-3])(\d{6})(?!\d)", folded)
    return list(dict.fromkeys([*found, *(f"{head}.{tail}" for head, tail in bare)]))


def spell(exact: str) -> str:
    """How an exact key is usually written: "ki1" → ký, "hoa2" → hòa."""
    letters = exact.rstrip("12345")
    tone = next((mark for mark, digit in TONES.items() if exact == letters + digit), "")
    if re.fullmatch(r"(?:[klm]|qu|)i", letters):
        letters = letters[:-1] + "y"
    if not tone or not letters.isalpha():
        return letters if letters.isalpha() else exact
    at = _tone_bearer(letters)
    return unicodedata.normalize("NFC", letters[: at + 1] + tone + letters[at + 1 :])


def _tone_bearer(letters: str) -> int:
    """Which letter carries the tone: the one with a quality mark, else by the old placement."""
    start = 2 if letters.startswith("qu") or re.match(r"gi[aeouâăêôơư]", letters) else 0
    vowels = [at for at in range(start, len(letters)) if keys_of(letters[at])[1] in "aeiouy"]
    if not vowels:
        return len(letters) - 1
    marked = [at for at in vowels if letters[at] in "âăêôơư"]
    if marked:
        return marked[-1]
    if len(vowels) == 1 or vowels[-1] < len(letters) - 1:
        return vowels[-1]
    return vowels[-2]


def whole_name(folded: Sequence[str]) -> str:
    """A name as one term, by which it is found when it is asked for word for word."""
    at = [at for at, key in enumerate(folded) if key not in _AROUND]
    kept = folded[at[0] : at[-1] + 1] if at else folded
    return hashlib.blake2b(" ".join(kept).encode(), digest_size=8).hexdigest()


def without_brackets(title: str) -> str:
    """A title without "(thực hiện tại cấp tỉnh)" and the like; unchanged if nothing is left."""
    bare = " ".join(re.sub(r"\([^()]*\)", " ", title).split())
    return bare if len(words(bare)) > 1 else title


def without_place(title: str) -> str:
    """A title without the level at which it is done: "(thực hiện tại cấp xã)", "(cấp Tỉnh)"."""
    bare = " ".join(_PLACE.sub(" ", title).split())
    return bare if len(words(bare)) > 1 else title


def acts(folded: Sequence[str], *, opening: int | None = OPENING_WORDS) -> list[str]:
    """What a name is about beyond the usual first issue: revoking, amending, doing again …"""
    text = f" {' '.join(folded[:opening])} "
    found = [act for act in SPECIAL_ACTS if f" {act} " in text]
    armed = ARMED_FORCES not in found and any(f" {word} " in text for word in _ARMED)
    return [*found, ARMED_FORCES] if armed else found


def of_armed_forces(agency: str) -> bool:
    """Whether everyone who handles it belongs to the armed forces."""
    parts = [f" {fold(part)} " for part in re.split(r"[,;]", agency) if fold(part)]
    return bool(parts) and all(any(f" {word} " in part for word in _ARMED) for part in parts)
