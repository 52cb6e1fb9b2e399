"""How the national database spells levels, audiences and ways of submitting, and what is meant."""

import re
from datetime import date

from content.shapes import Audience, Channel, Decided, Level
from portal.vietnamese import fold

LEVELS = {
    "cap xa": Level.COMMUNE,
    "cap huyen": Level.DISTRICT,
    "cap tinh": Level.PROVINCE,
    "cap bo": Level.MINISTRY,
    "cap bo/nganh": Level.MINISTRY,
    "co quan khac": Level.OTHER,
}
CHANNELS = {
    "truc tiep": Channel.DIRECT,
    "truc tuyen": Channel.ONLINE,
    "dich vu buu chinh": Channel.POST,
}
# "Cán bộ, công chức, viên chức" was torn at its commas by whoever made the export.
OFFICIALS = {"can bo", "cong chuc", "vien chuc", "can bo, cong chuc, vien chuc"}
# The first beginning that fits says who is meant.
AUDIENCES = (
    ("cong dan viet nam", Audience.CITIZEN),
    ("nguoi viet nam dinh cu o nuoc ngoai", Audience.OVERSEAS),
    ("nguoi nuoc ngoai", Audience.FOREIGNER),
    ("doanh nghiep", Audience.BUSINESS),
    ("hop tac xa", Audience.COOPERATIVE),
    ("to chuc", Audience.ORGANISATION),
    ("dang vien", Audience.OTHER),
)
DECIDED = {
    "new": Decided.NEW,
    "moi": Decided.NEW,
    "moi ban hanh": Decided.NEW,
    "ban hanh moi": Decided.NEW,
    "modified": Decided.MODIFIED,
    "sua doi": Decided.MODIFIED,
    "bo sung": Decided.MODIFIED,
    "sua doi, bo sung": Decided.MODIFIED,
    "duoc sua doi, bo sung": Decided.MODIFIED,
    "thay the": Decided.MODIFIED,
    "rescinded": Decided.RESCINDED,
    "abolished": Decided.RESCINDED,
    "bai bo": Decided.RESCINDED,
    "bi bai bo": Decided.RESCINDED,
    "het hieu luc": Decided.RESCINDED,
}
# That a procedure holds says nothing about the latest decision.
HOLDS = {"active", "con hieu luc", "dang co hieu luc", "dang ap dung", "cong khai"}
NOT_SAID = {"n/a", "khong co thong tin", "null", "none", "---"}
LONGEST_NOTHING = 40

_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?=$|[T ])")
_LOCAL_DAY = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?=$| )")
_TACKED_ON = re.compile(r"^(Theo mô tả|Không quy định|.*[.)]) ngày$", re.DOTALL | re.IGNORECASE)
_FEE_LABELS = re.compile(r"lệ phí|phí|đồng|[\W\d_]", re.IGNORECASE)


def level(text: str) -> Level | None:
    """The level meant, None for a spelling nobody has seen yet."""
    return LEVELS.get(fold(text))


def channel(text: str) -> Channel | None:
    return CHANNELS.get(fold(text))


def decided(text: str) -> Decided | None:
    return DECIDED.get(fold(text))


def day(text: str) -> date | None:
    """A day written 2026-07-01, 1/7/2026 or 01-07-2026, with or without an hour behind it."""
    if found := _ISO_DAY.match(text):
        year, month, number = found.groups()
    elif found := _LOCAL_DAY.match(text):
        number, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        return None


def holds(text: str) -> bool:
    return fold(text) in HOLDS


def audience(text: str) -> Audience | None:
    folded = fold(text)
    if folded in OFFICIALS:
        return Audience.OFFICIAL
    return next((meant for start, meant in AUDIENCES if folded.startswith(start)), None)


def said(text: str) -> str:
    """The text, or nothing where it only says that nothing is known."""
    return "" if len(text) <= LONGEST_NOTHING and fold(text) in NOT_SAID else text


def time(text: str) -> str:
    """A period as written, without the unit the portal tacks on to whole sentences."""
    found = _TACKED_ON.match(said(text).strip())
    return found.group(1) if found else said(text).strip()


def fee(text: str) -> str:
    """A fee word for word; a label without any amount or word ("Phí :  Đồng") says nothing."""
    has_amount = any(character.isdigit() for character in text)
    return said(text).strip() if has_amount or _FEE_LABELS.sub("", text) else ""
