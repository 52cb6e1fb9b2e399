"""Finds words that the law has left behind: old identity cards, household books, districts.

They are shown to a person, never rewritten: now and then an old paper is still the right one.
"""

import re
from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Flag(StrEnum):
    ID_CARD = "id-card"
    HOUSEHOLD_BOOK = "household-book"
    DISTRICT = "district"


LABELS = {
    Flag.ID_CARD: _l("Còn nêu chứng minh nhân dân (CMND)"),
    Flag.HOUSEHOLD_BOOK: _l("Còn nêu sổ hộ khẩu, sổ tạm trú"),
    Flag.DISTRICT: _l("Còn nêu cấp huyện"),
}

_WORDS = {
    Flag.ID_CARD: re.compile(r"\bCMND\b|chứng minh (?:thư )?nhân dân|chứng minh thư\b", re.I),
    Flag.HOUSEHOLD_BOOK: re.compile(r"\bsổ (?:hộ khẩu|tạm trú)\b", re.I),
    Flag.DISTRICT: re.compile(
        r"\bcấp huyện\b|\b(?:UBND|[uủ][ỷy] ban nhân dân) (?:các )?(?:huyện|quận)\b"
        r"|\bphòng(?: [\w,-]+){1,8} (?:cấp )?huyện\b|\"district\"",
        re.I,
    ),
}


def found_in(text: str, *, districts: bool) -> tuple[Flag, ...]:
    """What of these the canonical text of a procedure names; `districts`: there still are any."""
    sought = [flag for flag in Flag if not (districts and flag is Flag.DISTRICT)]
    return tuple(flag for flag in sought if _WORDS[flag].search(text))
