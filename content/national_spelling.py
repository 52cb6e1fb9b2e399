"""How the national database spells levels, audiences and ways of submitting, and what is meant."""

import re

from content.shapes import Audience, Channel, Level
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
NOT_SAID = {"n/a", "khong co thong tin", "null", "none", "---"}
LONGEST_NOTHING = 40

_TACKED_ON = re.compile(r"^(Theo mô tả|Không quy định|.*[.)]) ngày$", re.DOTALL | re.IGNORECASE)
_FEE_LABELS = re.compile(r"lệ phí|phí|đồng|[\W\d_]", re.IGNORECASE)


def level(text: str) -> Level | None:
    """The level meant, None for a spelling nobody has seen yet."""
    return LEVELS.get(fold(text))


def channel(text: str) -> Channel | None:
    return CHANNELS.get(fold(text))


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
