"""Finds what could give a person away in a text that is to be published, and hides every hit."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


class Trace(StrEnum):
    """What sort of personal data was found."""

    EMAIL = "email"
    PHONE = "phone"
    IDENTITY = "identity"
    NUMBER = "number"
    PLATE = "plate"
    ADDRESS = "address"
    NAME = "name"
    CODE = "code"


MASKS = {
    Trace.EMAIL: "[đã ẩn thư điện tử]",
    Trace.PHONE: "[đã ẩn số điện thoại]",
    Trace.IDENTITY: "[đã ẩn số giấy tờ]",
    Trace.NUMBER: "[đã ẩn dãy số]",
    Trace.PLATE: "[đã ẩn biển số xe]",
    Trace.ADDRESS: "[đã ẩn địa chỉ]",
    Trace.NAME: "[đã ẩn tên]",
    Trace.CODE: "[đã ẩn mã hồ sơ]",
}
TRACE_LABELS: dict[Trace, LazyString] = {
    Trace.EMAIL: _l("thư điện tử"),
    Trace.PHONE: _l("số điện thoại"),
    Trace.IDENTITY: _l("số giấy tờ tùy thân"),
    Trace.NUMBER: _l("dãy số dài"),
    Trace.PLATE: _l("biển số xe"),
    Trace.ADDRESS: _l("địa chỉ"),
    Trace.NAME: _l("tên người"),
    Trace.CODE: _l("mã hồ sơ, mã phản ánh"),
}


@dataclass(frozen=True)
class Hit:
    """A piece of the cleaned text, from `start` up to `end`."""

    start: int
    end: int
    trace: Trace


_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_CAPITAL = rf"[{_UPPER}]\w{{0,15}}"
_NAMES = rf"{_CAPITAL}(?:[ ]{_CAPITAL}){{0,4}}"
_NUMBER = r"\d[\w/]{0,12}"
_SPELLED = r"(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín)"

PATTERNS: tuple[tuple[Trace, re.Pattern[str]], ...] = (
    (
        Trace.EMAIL,
        re.compile(r"[\w.+%-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"),
    ),
    (Trace.CODE, re.compile(r"\bPAKN[.\s-]?\d{8}[.\s-]?\d{4,8}\b", re.IGNORECASE)),
    (Trace.CODE, re.compile(r"\b\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}-\d{6}-\d{4}\b", re.IGNORECASE)),
    (Trace.CODE, re.compile(r"\bH\d{2}(?:\.\d{1,3}){1,3}-\d{6}-\d{3,6}\b", re.IGNORECASE)),
    (Trace.PLATE, re.compile(r"\b\d{2}[A-Z][A-Z\d]?[-\s.]{0,3}\d{3}[.\s]?\d{2}\b")),
    (Trace.PHONE, re.compile(rf"\b{_SPELLED}(?:[\s,.-]+{_SPELLED}){{7,}}\b", re.IGNORECASE)),
    (
        Trace.ADDRESS,
        re.compile(
            rf"\b(?i:số nhà|nhà số|kiệt|hẻm|ngõ|ngách|tổ dân phố|tổ)\s+(?i:số\s+)?{_NUMBER}"
            rf"(?:[ ,]+(?i:đường|phố|kiệt|hẻm|ngõ|tổ|thôn|khối phố|ấp)\s+(?:{_NUMBER}|{_NAMES}))*"
            rf"(?:[ ,]+{_NAMES})?"
        ),
    ),
    (Trace.ADDRESS, re.compile(rf"\b(?:(?i:số)\s+)?{_NUMBER}[ ,]+(?i:đường|phố)\s+{_NAMES}")),
    (Trace.ADDRESS, re.compile(rf"\b(?:(?i:số)\s+)?\d{{1,5}}(?:/\d{{1,5}}){{1,4}}\s+{_NAMES}")),
    (Trace.ADDRESS, re.compile(rf"\b(?i:thôn|ấp|khối phố)\s+(?:\d+|{_NAMES})")),
    (
        Trace.NAME,
        re.compile(rf"\b(?i:ông|bà|anh|chị|cô|chú|em)\s+({_CAPITAL}(?:[ ]{_CAPITAL}){{1,4}})"),
    ),
    (Trace.NAME, re.compile(rf"\b(?i:tôi tên(?: là)?|tên tôi là|họ tên|họ và tên)[ :]+({_NAMES})")),
)
DIGITS = re.compile(r"(?<!\d)\+?\(?\d(?:[ \t\u00a0]?[.\-/_()]?[ \t\u00a0]?\d){7,}")
HARMLESS = (
    re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}"),
    re.compile(r"(?:19|20)\d{2}\s?[-/]\s?(?:19|20)\d{2}"),
)
MONEY = re.compile(r"\d{1,3}(?:[. ]\d{3})+")
MONEY_WORD = re.compile(r"\s?(?:đồng|đ|vnđ|vnd)\b", re.IGNORECASE)
INVISIBLE = {"Cf", "Cc", "Cs", "Co", "Cn"}


def clean(text: str) -> str:
    """Composed letters, no invisible signs that could split a number; lines stay lines."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in INVISIBLE
    )


def find(text: str, *, known: Iterable[str] = (), allowed: Iterable[str] = ()) -> list[Hit]:
    """Every hit in a cleaned text, in order, none overlapping.

    `known` are the sender's own name, address, phone and so on, hidden however they are accented;
    `allowed` are the Centre's own phones and addresses, which stay.
    """
    spared = {_shadow(value) for value in allowed if value}
    hits = [*_by_pattern(text, spared), *_by_digits(text, spared), *_by_knowledge(text, known)]
    return _without_overlap(hits)


def mask(text: str, *, known: Iterable[str] = (), allowed: Iterable[str] = ()) -> str:
    """The cleaned text with every hit replaced by what sort of data stood there."""
    cleaned = clean(text)
    parts, last = [], 0
    for hit in find(cleaned, known=known, allowed=allowed):
        parts += [cleaned[last : hit.start], MASKS[hit.trace]]
        last = hit.end
    return "".join([*parts, cleaned[last:]])


def _by_pattern(text: str, spared: set[str]) -> Iterable[Hit]:
    for trace, pattern in PATTERNS:
        for found in pattern.finditer(text):
            group = 1 if pattern.groups else 0
            if _shadow(found[group]) not in spared:
                yield Hit(*found.span(group), trace)


def _by_digits(text: str, spared: set[str]) -> Iterable[Hit]:
    for found in DIGITS.finditer(text):
        run = found[0]
        harmless = any(pattern.fullmatch(run) for pattern in HARMLESS)
        money = MONEY.fullmatch(run) and MONEY_WORD.match(text, found.end())
        if not harmless and not money and _shadow(run) not in spared:
            yield Hit(*found.span(), _sort_of_number(re.sub(r"\D", "", run), run))


def _sort_of_number(digits: str, run: str) -> Trace:
    if run.startswith("+") or (digits[0] == "0" and len(digits) in {10, 11}):
        return Trace.PHONE
    if digits.startswith("84") and len(digits) in {11, 12}:
        return Trace.PHONE
    return Trace.IDENTITY if len(digits) in {9, 12} else Trace.NUMBER


def _by_knowledge(text: str, known: Iterable[str]) -> Iterable[Hit]:
    folded = _folded(text)
    for value in known:
        wanted = _folded(clean(value).strip())
        if len(wanted) < 3:
            continue
        words = r"\s+".join(re.escape(word) for word in wanted.split())
        for found in re.finditer(rf"(?<!\w){words}(?!\w)", folded):
            yield Hit(*found.span(), Trace.NAME if not wanted[0].isdigit() else Trace.NUMBER)


def _folded(text: str) -> str:
    """Lower case without marks, letter for letter, so that positions stay."""
    return "".join(_plain_letter(sign) for sign in text)


def _plain_letter(sign: str) -> str:
    letter = unicodedata.normalize("NFD", sign)[0].lower()[0]
    return "d" if letter == "đ" else letter


def _shadow(value: str) -> str:
    return re.sub(r"[^\w@]", "", value).lower()


def _without_overlap(hits: Iterable[Hit]) -> list[Hit]:
    """Overlapping hits become one, which keeps the sort of the one that began first."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if kept and hit.start < kept[-1].end:
            end = max(kept[-1].end, hit.end)
            kept[-1] = Hit(kept[-1].start, end, kept[-1].trace)
        else:
            kept.append(hit)
    return kept
