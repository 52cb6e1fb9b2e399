"""The periods of a report: from which day to which day, by either of the two official rules.

Decree 09/2019/NĐ-CP, Article 12, counts a month from the 15th of the month before to the 14th; the
national index counts calendar months. Quarters, halves and years follow the same two ways.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from flask_babel import gettext as _

from portal import clock
from reports.errors import BadDay, BadPeriod

FIRST_YEAR, LAST_YEAR = 2000, 2100
ROMAN = ("I", "II", "III", "IV")
SHOWN_LETTERS = 20

_WRITTEN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]|Q[1-4]|H[12]|9M))?")


class Rule(StrEnum):
    """How days fall into periods."""

    ND09 = "nd09"
    CALENDAR = "calendar"


@dataclass(frozen=True)
class Period:
    """One period: whole months of one year, `part` as it is written ("Q4", "11", "" for all)."""

    year: int
    part: str
    by: Rule = Rule.ND09

    @classmethod
    def named(cls, name: str, by: str) -> "Period":
        """The period whose `name` was kept; what people type goes through `parse`."""
        year, _dash, part = name.partition("-")
        return cls(int(year), part, Rule(by))

    @property
    def name(self) -> str:
        """As it is typed and stands in file names: 2026-Q4."""
        return f"{self.year}-{self.part}" if self.part else str(self.year)

    @property
    def months(self) -> tuple[int, int]:
        """The first and the last month."""
        part, number = self.part, self.part[-1:]
        if part.startswith("Q"):
            return 3 * int(number) - 2, 3 * int(number)
        if part.startswith("H"):
            return 6 * int(number) - 5, 6 * int(number)
        if part == "9M":
            return 1, 9
        return (int(part), int(part)) if part else (1, 12)

    @property
    def from_day(self) -> date:
        first = date(self.year, self.months[0], 1)
        if self.by is Rule.CALENDAR:
            return first
        return (first - timedelta(days=1)).replace(day=15)

    @property
    def to_day(self) -> date:
        """The last day that belongs to it."""
        last = self.months[1]
        if self.by is Rule.ND09:
            return date(self.year, last, 14)
        following = date(self.year + last // 12, last % 12 + 1, 1)
        return following - timedelta(days=1)

    @property
    def start(self) -> datetime:
        """The first moment, in UTC."""
        return clock.day_start(self.from_day)

    @property
    def end(self) -> datetime:
        """The first moment that no longer belongs to it, in UTC."""
        return clock.day_start(self.to_day + timedelta(days=1))

    @property
    def title(self) -> str:
        """As it stands in documents, which are Vietnamese in every language: Quý IV năm 2026."""
        return f"{self._part_words} năm {self.year}" if self.part else f"Năm {self.year}"

    @property
    def _part_words(self) -> str:
        if self.part.startswith("Q"):
            return f"Quý {ROMAN[int(self.part[1]) - 1]}"
        if self.part.startswith("H"):
            return "6 tháng đầu" if self.part == "H1" else "6 tháng cuối"
        return "9 tháng đầu" if self.part == "9M" else f"Tháng {int(self.part)}"

    @property
    def days(self) -> str:
        return f"từ ngày {day_words(self.from_day)} đến ngày {day_words(self.to_day)}"

    @property
    def label(self) -> str:
        """Title and days: Quý IV năm 2026 (từ ngày 15/9/2026 đến ngày 14/12/2026)."""
        return f"{self.title} ({self.days})"

    def previous(self) -> "Period":
        """The period of the same kind before this one."""
        part, year = self.part, self.year
        if part in {"", "9M"}:
            return Period(year - 1, part, self.by)
        if part.isdigit():
            number, prefix, last, width = int(part), "", 12, 2
        else:
            number, prefix, last, width = int(part[1]), part[0], 4 if part[0] == "Q" else 2, 1
        earlier = (year, number - 1) if number > 1 else (year - 1, last)
        return Period(earlier[0], f"{prefix}{earlier[1]:0{width}}", self.by)

    def unfinished(self, today: date) -> bool:
        """Whether its last day has not passed yet."""
        return today <= self.to_day


@dataclass(frozen=True)
class Window:
    """A period as far as it is counted: to its end, or to the close of the day `as_of`."""

    period: Period
    as_of: date | None = None

    @property
    def last_day(self) -> date:
        """The last day that is counted."""
        return self.as_of or self.period.to_day

    @property
    def until(self) -> datetime:
        """The first moment that is not counted any more."""
        return clock.day_start(self.last_day + timedelta(days=1))

    @property
    def label(self) -> str:
        """The period's label, and up to when it was counted where it is not whole."""
        if self.as_of is None:
            return self.period.label
        return f"{self.period.label}, tính đến ngày {day_words(self.as_of)}"


def parse(text: str, by: str = Rule.ND09) -> Period:
    """The period written 2026-11, 2026-Q4, 2026-H1, 2026-9M or 2026; raises BadPeriod."""
    if by not in set(Rule):
        raise BadPeriod(
            _("Cách tính kỳ phải là nd09 hoặc calendar, không phải «%(by)s».", by=_cut(by))
        )
    found = _WRITTEN.fullmatch(text.strip().upper())
    if found is None:
        raise BadPeriod(
            _(
                "Không hiểu kỳ báo cáo «%(text)s». Hãy viết 2026-11 (tháng), 2026-Q4 (quý), "
                "2026-H1 hoặc 2026-H2 (nửa năm), 2026-9M (9 tháng) hoặc 2026 (cả năm).",
                text=_cut(text),
            )
        )
    year = int(found[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadPeriod(
            _("Năm báo cáo phải từ %(first)s đến %(last)s.", first=FIRST_YEAR, last=LAST_YEAR)
        )
    return Period(year, found[2] or "", Rule(by))


def parse_day(text: str) -> date:
    """A day written 2026-11-23 or 23/11/2026; raises BadDay."""
    text = text.strip()
    turned = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text)
    plain = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    try:
        if turned:
            return date(int(turned[3]), int(turned[2]), int(turned[1]))
        if plain:
            return date(int(plain[1]), int(plain[2]), int(plain[3]))
    except ValueError:
        pass
    raise BadDay(
        _("Không hiểu ngày «%(text)s». Hãy viết 2026-11-23 hoặc 23/11/2026.", text=_cut(text))
    )


def window(period: Period, as_of: date | None, today: date) -> Window:
    """What of the period is counted on that day; an unfinished one only up to today.

    Raises BadPeriod for a period that has not begun, BadDay for a cut-off outside it.
    """
    if today < period.from_day:
        raise BadPeriod(_("%(label)s chưa bắt đầu.", label=period.label))
    if as_of is None:
        return Window(period, today if period.unfinished(today) else None)
    if not period.from_day <= as_of <= period.to_day:
        raise BadDay(
            _(
                "Ngày chốt %(day)s nằm ngoài kỳ báo cáo: %(label)s.",
                day=day_words(as_of),
                label=period.label,
            )
        )
    if as_of > today:
        raise BadDay(_("Ngày chốt %(day)s chưa tới.", day=day_words(as_of)))
    whole = as_of == period.to_day and not period.unfinished(today)
    return Window(period, None if whole else as_of)


def day_words(day: date) -> str:
    """15/9/2026, 05/02/2026: days under 10 and the months 1 and 2 take a 0 (Decree 30/2020)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def _cut(text: str) -> str:
    shown = "".join(letter for letter in text if letter.isprintable())
    return shown if len(shown) <= SHOWN_LETTERS else shown[:SHOWN_LETTERS] + "…"
