"""Reads the numbers of legal instruments as people and databases write them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from portal.vietnamese import fold, slug

FIRST_YEAR, LAST_YEAR = 1945, 2100
LONGEST_TEXT = 200_000

_TYPES = {
    "NĐ": "Nghị định",
    "NQLT": "Nghị quyết liên tịch",
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "TTLT": "Thông tư liên tịch",
    "TT": "Thông tư",
    "CT": "Chỉ thị",
    "PL": "Pháp lệnh",
    "VBHN": "Văn bản hợp nhất",
}
_ISSUERS = {
    "CP": "Chính phủ",
    "TTG": "Thủ tướng Chính phủ",
    "VPCP": "Văn phòng Chính phủ",
    "BTP": "Bộ Tư pháp",
    "BCA": "Bộ Công an",
    "BTC": "Bộ Tài chính",
    "BYT": "Bộ Y tế",
    "BXD": "Bộ Xây dựng",
    "BCT": "Bộ Công Thương",
    "BNV": "Bộ Nội vụ",
    "BNG": "Bộ Ngoại giao",
    "BQP": "Bộ Quốc phòng",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BGTVT": "Bộ Giao thông vận tải",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn",
    "NHNN": "Ngân hàng Nhà nước Việt Nam",
}
_NATIONAL_ASSEMBLY = {"QH": "Quốc hội", "UBTVQH": "Ủy ban Thường vụ Quốc hội"}
_ACTS = ("Bộ luật", "Luật", "Nghị quyết", "Pháp lệnh", "Hiến pháp")

_CODE = r"[A-ZĐ][A-Za-zĐđ0-9]*"
# Types may stand apart from their issuer ("QĐ - UBND"); "NĐ" is often typed "ND".
_TYPE = r"(?:N[ĐD]|NQLT|NQ|Q[ĐD]|TTLT|TT|CT|PL|VBHN)"
_NUMBER = re.compile(
    r"(?<![\w/.])"
    r"(?:TT)?(?P<zeros>0*)(?P<serial>\d{1,5}(?:\.\d{1,2}|\.?[a-z])?)\.?\s?/\s?"
    r"(?:(?P<year>\d{4})\s?/\s?)?"
    rf"(?P<tail>{_TYPE}\s?[-/]\s?{_CODE}(?:[-/]{_CODE})*|(?:UBTV)?QH\d{{1,2}})"
)


@dataclass(frozen=True)
class Number:
    """The number of an instrument; `key` is the same however it was written."""

    written: str
    key: str
    kind: str
    issuer: str
    year: int


def first(*texts: str) -> Number | None:
    """The first number in the first of these texts that has one."""
    return next((number for text in texts for number in every(text)), None)


def every(text: str) -> Iterator[Number]:
    """All numbers in a text, in their order; one that is named twice comes twice."""
    text = unicodedata.normalize("NFC", text[:LONGEST_TEXT])
    for found in _NUMBER.finditer(text):
        year = int(found["year"] or 0)
        if not year or FIRST_YEAR <= year <= LAST_YEAR:
            yield _number(found, year)


def act_named(title: str) -> str:
    """What a title says an act of the National Assembly is: its number does not tell."""
    return next((act for act in _ACTS if fold(title).startswith(fold(act))), "")


def _number(found: re.Match[str], year: int) -> Number:
    tail = re.sub(r"\s", "", found["tail"])
    tail = re.sub(r"^([NQ])D(?=[-/])", r"\1Đ", tail)
    serial = found["zeros"] + found["serial"]
    written = "/".join(filter(None, (serial, found["year"], tail)))
    key = slug("-".join(filter(None, (found["serial"], found["year"], tail))))
    kind, issuer = _said_by(tail)
    return Number(written, key, kind, issuer, year)


def _said_by(tail: str) -> tuple[str, str]:
    """What kind of instrument it is, and who issued it, as far as the number tells."""
    parts = re.split(r"[-/]", tail)
    assembly = re.fullmatch(r"((?:UBTV)?QH)\d+", parts[-1])
    if assembly:
        return _TYPES.get(parts[0], ""), _NATIONAL_ASSEMBLY[assembly[1]]
    named = _ISSUERS.get(parts[1].upper(), "") if len(parts) == 2 else ""
    return _TYPES[parts[0]], named
