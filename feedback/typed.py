"""Cleans what people type: composed letters, no invisible control signs, nothing lost."""

import re
import unicodedata

# Signs that turn the direction of writing: they can make a text look like another one.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
EMAIL = re.compile(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\".]+(?:\.[^\s@,;<>\".]+)+")
ADDRESS_ON_SITE = re.compile(r"(?:/|https?://)[^\s<>\"]*")


def lines(text: str | None) -> str:
    """A text of several lines, without control signs and without blanks at its ends."""
    return _clean(text, keep="\n\t").strip()


def line(text: str | None) -> str:
    """One line: every run of blanks becomes one space."""
    return " ".join(_clean(text, keep="\n\t").split())


def is_phone(text: str) -> bool:
    """8 to 15 digits, whatever stands between them."""
    digits = re.sub(r"[\s.\-()+]", "", text)
    return digits.isascii() and digits.isdigit() and 8 <= len(digits) <= 15


def is_email(text: str) -> bool:
    return len(text) <= 254 and EMAIL.fullmatch(text) is not None


def is_page_address(text: str) -> bool:
    """A path on this site, or a web address."""
    return ADDRESS_ON_SITE.fullmatch(text) is not None


def _clean(text: str | None, *, keep: str) -> str:
    composed = unicodedata.normalize("NFC", text or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign
        for sign in composed
        if sign in keep or not (unicodedata.category(sign) in {"Cc", "Cs"} or sign in TURNING)
    )
