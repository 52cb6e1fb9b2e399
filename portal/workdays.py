"""Counts working days in Việt Nam: weekends, holidays, make-up days, and staff's corrections.

Three sources, the later outranking the earlier: the public holidays of the `holidays` library (Tết
by the moon, compensatory days, the make-up Saturdays it knows of); `swapped_days.csv` with notices
that library does not carry; the table `calendar_overrides`, which staff keep. Swaps of days and the
exact days around Tết are decided by a notice each year: until it is out, a future year is a guess.
"""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.database import Base, lock
from portal.errors import RefusedInput

SWAPPED_DAYS = Path(__file__).with_name("swapped_days.csv")
SATURDAY = 5
ONE_DAY = timedelta(days=1)
# Ten years of working days and more: nothing the law asks for comes near, a typing slip does.
MOST_WORKING_DAYS = 3_000


class CalendarOverride(Base):
    """A day that is, or is not, a working day whatever the computed calendar says."""

    __tablename__ = "calendar_overrides"

    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    note: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text)


class _Year(NamedTuple):
    off: frozenset[date]
    made_up: frozenset[date]


class Calendar:
    """Which days are worked. Corrections are given once; the calendar never changes afterwards."""

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        self._decided = {**_swapped(), **(overrides or {})}

    def is_working(self, day: date) -> bool:
        decided = self._decided.get(day)
        if decided is not None:
            return decided
        year = _year(day.year)
        if day in year.made_up:
            return True
        return day.weekday() < SATURDAY and day not in year.off

    def add(self, day: date, n: int) -> date:
        """The day on which `n` working days have passed; the day itself does not count.

        `add(friday, 1)` is Monday; `add(day, 0)` is the day itself. Raises RefusedInput for a
        negative number and for more than MOST_WORKING_DAYS.
        """
        if not 0 <= n <= MOST_WORKING_DAYS:
            raise RefusedInput(f"Số ngày làm việc phải từ 0 đến {MOST_WORKING_DAYS}.")
        for _ in range(n):
            day += ONE_DAY
            while not self.is_working(day):
                day += ONE_DAY
        return day

    def between(self, a: date, b: date) -> int:
        """Working days after `a` up to and with `b`; negative when `b` comes first."""
        if b < a:
            return -self.between(b, a)
        days = range(1, (b - a).days + 1)
        return sum(self.is_working(a + timedelta(days=number)) for number in days)


def load(db: Session) -> Calendar:
    """The calendar with the corrections staff have entered so far."""
    rows = db.execute(select(CalendarOverride.day, CalendarOverride.working))
    return Calendar({row.day: row.working for row in rows})


def decide(db: Session, day: date, *, working: bool, source: str, note: str = "") -> None:
    """Enter what a notice decides about a day, or replace what was entered before.

    Raises RefusedInput where no source is named.
    """
    if not source.strip():
        raise RefusedInput("Cần ghi văn bản hoặc thông báo làm căn cứ cho ngày này.")
    row = lock(db, CalendarOverride, day)
    if row is None:
        row = CalendarOverride(day=day)
        db.add(row)
    row.working, row.note, row.source = working, note.strip(), source.strip()
    db.flush()


@lru_cache(maxsize=1)
def _swapped() -> Mapping[date, bool]:
    with SWAPPED_DAYS.open(encoding="utf-8", newline="") as lines:
        return {
            date.fromisoformat(row["day"]): row["working"] == "yes" for row in csv.DictReader(lines)
        }


@lru_cache(maxsize=64)
def _year(year: int) -> _Year:
    # Imported late: it takes a sixth of a second that no start of the site should pay.
    from holidays.countries.vietnam import Vietnam

    # The neighbours too: a holiday at a year's end can move its make-up day across it.
    around = (year - 1, year, year + 1)
    found = Vietnam(years=around, expand=False)  # type: ignore[no-untyped-call] # ships no types
    return _Year(
        frozenset(day for day in found if day.year == year),
        frozenset(day for day in found.weekend_workdays if day.year == year),
    )
