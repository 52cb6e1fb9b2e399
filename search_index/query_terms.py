"""What of a query may be kept: folded, without long numbers, dates and mail addresses."""

import re
import unicodedata

from portal.keys import KeyRing
from search_index import plan
from search_index.analysis import fold

LONGEST_TERM = 100
MARK_LETTERS = 24

_MAIL = re.compile(r"[^\s@]*\s?@\s?\S*")
_DATE = re.compile(r"\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}")
# Six digits and more, also where they are grouped ("0905 123 456"); "42/2022" may stay.
_LONG_NUMBER = re.compile(r"\d(?:[\s.,_()+-]*\d){5,}")
_DIGITS = re.compile(r"\d{6,}")


def kept(text: str) -> str:
    """The query as the log knows it; an empty text where nothing of it may be kept."""
    said = unicodedata.normalize("NFKC", plan.clean(text))
    for personal in (_MAIL, _LONG_NUMBER, _DATE):
        said = personal.sub(" ", said)
    words: list[str] = []
    for word in fold(said).split():
        if _DIGITS.search(word) or sum(map(len, words)) + len(words) + len(word) > LONGEST_TERM:
            break
        words.append(word)
    return " ".join(words)


def mark_of(term: str, ring: KeyRing) -> str:
    """A fingerprint that stands for a term where its words should not be written."""
    return ring.blind(term, purpose="search term")[:MARK_LETTERS]
