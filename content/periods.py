"""Reads how long a procedure takes as a number and a unit, and refuses what is not plainly that."""

import re
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from content.shapes import Method, TimeUnit

# More than this is a slip of typing: no procedure takes ten years.
LONGEST = {
    TimeUnit.HOURS: 2_000,
    TimeUnit.WORKING_HOURS: 2_000,
    TimeUnit.DAYS: 3_000,
    TimeUnit.WORKING_DAYS: 2_000,
    TimeUnit.MONTHS: 100,
}
UNITS = {
    "giờ": TimeUnit.HOURS,
    "giờ làm việc": TimeUnit.WORKING_HOURS,
    "ngày": TimeUnit.DAYS,
    "ngày làm việc": TimeUnit.WORKING_DAYS,
    "tháng": TimeUnit.MONTHS,
}
_BEFORE = r"(?:(?:trong thời hạn|trong vòng|trong)\s+)?(?:(?:không quá|tối đa|chậm nhất)\s+)?"
_AFTER = (
    r"(?:,?\s*(?:kể từ|tính từ)(?: ngày| khi)? (?:nhận|nhận được|tiếp nhận|nhận đủ|nhận được đủ)"
    r"(?: đủ)? hồ sơ(?: hợp lệ| đầy đủ| đầy đủ, hợp lệ| đầy đủ và hợp lệ)?)?"
)
# The national record ends every period with its unit, so "Không quá 20 ngày làm việc. ngày" occurs.
_PLAIN = re.compile(
    rf"{_BEFORE}(\d{{1,4}}(?:[.,]\d{{1,2}})?)\s*({'|'.join(sorted(UNITS, key=len, reverse=True))})"
    rf"{_AFTER}\.?(?: ngày)?"
)
_SAME_DAY = re.compile(r"(?:ngay )?trong ngày(?: làm việc)?(?: nhận(?: đủ)? hồ sơ)?\.?")


@dataclass(frozen=True)
class Period:
    """A length of time; 0 working days is "within the day". Halves of a day occur."""

    amount: Decimal
    unit: TimeUnit

    @property
    def whole(self) -> int:
        """The amount rounded up: half a day more is a day more to whoever waits."""
        return ceil(self.amount)


SAME_DAY = Period(Decimal(0), TimeUnit.WORKING_DAYS)


def read(text: str) -> Period | None:
    """The period a text states, or None for a range, a condition, or anything not plainly one.

    "0 ngày" is how the record writes what nobody has filled in, so it says nothing.
    """
    said = " ".join(text.lower().split())
    if _SAME_DAY.fullmatch(said):
        return SAME_DAY
    found = _PLAIN.fullmatch(said)
    if found is None:
        return None
    amount, unit = Decimal(found[1].replace(",", ".")), UNITS[found[2]]
    return Period(amount, unit) if 0 < amount <= LONGEST[unit] else None


def of_method(method: Method) -> Period | None:
    """The period of a way of submitting: as an editor has read it, else as its text says."""
    if method.amount is None or method.unit is None:
        return read(method.time)
    if method.amount > LONGEST[method.unit]:
        return None
    return Period(Decimal(method.amount), method.unit)
