"""Vietnamese words without their marks, in the order of their alphabet, and in addresses."""

import re
import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# The order of tones in Vietnamese dictionaries: level, huyền, hỏi, ngã, sắc, nặng.
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
SORTED_LETTERS = 120

_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\ufe20-\ufe2f]")
_SPACE, _END = "01", "00"


def fold(text: str) -> str:
    """Small letters without marks, spaces squeezed: "Đăng  ký" → "dang ky"."""
    # Fold "đ" by hand: Unicode decomposition leaves it whole, and people type "d".
    spread = unicodedata.normalize("NFKD", text).lower().replace("đ", "d")
    return " ".join(_MARKS.sub("", spread).split())


def slug(text: str, limit: int = 80) -> str:
    """The text as part of an address, cut between words; may be empty."""
    whole = "-".join(re.findall(r"[a-z0-9]+", fold(text)))
    if len(whole) <= limit:
        return whole
    return whole[: limit + 1].rpartition("-")[0] or whole[:limit]


def sort_key(text: str) -> str:
    """Digits and small letters only, so that every database sorts it the same way.

    Letters come first (a ă â b c d đ e ê …), tones decide among equals, signs count as spaces. Only
    the first 120 letters count: names may be longer than a database can index.
    """
    ranks: list[str] = []
    tones: list[str] = []
    for character in unicodedata.normalize("NFC", text).lower()[:SORTED_LETTERS]:
        letter, tone = _parted(character)
        if letter.isalnum():
            ranks.append(_rank(letter))
            tones.append(str(tone))
        elif ranks and ranks[-1] != _SPACE:
            ranks.append(_SPACE)
    if ranks and ranks[-1] == _SPACE:
        ranks.pop()
    return "".join((*ranks, _END, *tones))


def _parted(character: str) -> tuple[str, int]:
    """A letter of the alphabet and its tone: "ế" → "ê" and 4."""
    spread = unicodedata.normalize("NFD", character)
    tone = next((TONES[mark] for mark in spread if mark in TONES), 0)
    rest = "".join(mark for mark in spread if mark not in TONES)
    return unicodedata.normalize("NFC", rest)[:1], tone


def _rank(letter: str) -> str:
    """Two signs, in order: digits, then the alphabet, then everything else by its number."""
    if letter.isascii() and letter.isdigit():
        return f"1{letter}"
    place = ALPHABET.find(letter)
    return f"{chr(ord('a') + place // 10)}{place % 10}" if place >= 0 else f"z{ord(letter):06x}"
