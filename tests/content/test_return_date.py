"""By which day there is an answer: worked examples, and what holds for every day and period."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import office_hours, periods, return_date
from content.periods import LONGEST, Period
from content.shapes import TimeUnit
from portal.workdays import Calendar

CALENDAR = Calendar()
READ = office_hours.read("7h30 - 11h30, 13h30 - 17h")
assert READ is not None
HOURS = READ

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
moments = st.builds(datetime.combine, days, st.times())
amounts = st.builds(
    Period,
    st.decimals(Decimal("0.5"), Decimal(90), places=1),
    st.sampled_from([unit for unit in TimeUnit if unit is not TimeUnit.MONTHS]),
) | st.builds(Period, st.integers(1, 24).map(Decimal), st.just(TimeUnit.MONTHS))


@pytest.mark.parametrize(
    ("handed_in", "period", "received", "result"),
    [
        # A Monday: the day of receipt does not count.
        ("2026-12-07 09:00", "3 ngày làm việc", "2026-12-07", "2026-12-10"),
        ("2026-12-07 06:00", "3 ngày làm việc", "2026-12-07", "2026-12-10"),
        # After closing, and at the minute of closing: received on the next working day.
        ("2026-12-07 17:00", "3 ngày làm việc", "2026-12-08", "2026-12-11"),
        ("2026-12-11 18:30", "1 ngày làm việc", "2026-12-14", "2026-12-15"),
        # In the lunch break the office has not closed for the day.
        ("2026-12-07 12:15", "1 ngày làm việc", "2026-12-07", "2026-12-08"),
        # The Day of Culture, 24/11, is a day off.
        ("2026-11-23 09:00", "1 ngày làm việc", "2026-11-23", "2026-11-25"),
        # A weekend.
        ("2026-12-12 10:00", "5 ngày làm việc", "2026-12-14", "2026-12-21"),
        # Days by the calendar that end on a Sunday end on Monday.
        ("2026-12-07 09:00", "6 ngày", "2026-12-07", "2026-12-14"),
        ("2026-12-07 09:00", "Ngay trong ngày", "2026-12-07", "2026-12-07"),
        ("2026-12-07 19:00", "Ngay trong ngày", "2026-12-08", "2026-12-08"),
        # Half a day more is a day more.
        ("2026-12-07 09:00", "2.5 ngày làm việc", "2026-12-07", "2026-12-10"),
        # Tết 2026: off from 16/02 to 20/02, first day of work 23/02; 16/02 is the 29th of the
        # last month, which has no 30th in that year.
        ("2026-02-13 09:00", "1 ngày làm việc", "2026-02-13", "2026-02-23"),
        ("2026-02-13 18:00", "1 ngày làm việc", "2026-02-23", "2026-02-24"),
        ("2026-02-16 09:00", "3 ngày", "2026-02-23", "2026-02-26"),
        # The make-up Saturday 10/01/2026 is a day of work, the Friday it was given for is not.
        ("2026-01-09 09:00", "1 ngày làm việc", "2026-01-09", "2026-01-10"),
        ("2026-01-10 09:00", "1 ngày làm việc", "2026-01-10", "2026-01-12"),
        ("2025-12-31 09:00", "1 ngày làm việc", "2025-12-31", "2026-01-05"),
        # Months.
        ("2026-12-07 09:00", "1 tháng", "2026-12-07", "2027-01-07"),
        ("2027-12-31 09:00", "2 tháng", "2027-12-31", "2028-02-29"),
        # Hours by the wall clock, and hours of work (seven and a half a day here).
        ("2026-12-07 09:00", "4 giờ", "2026-12-07", "2026-12-07"),
        ("2026-12-07 15:00", "4 giờ", "2026-12-07", "2026-12-08"),
        ("2026-12-11 15:00", "24 giờ", "2026-12-11", "2026-12-14"),
        ("2026-12-07 07:30", "7 giờ làm việc", "2026-12-07", "2026-12-07"),
        ("2026-12-07 16:00", "2 giờ làm việc", "2026-12-07", "2026-12-08"),
        ("2026-12-07 07:30", "24 giờ làm việc", "2026-12-07", "2026-12-10"),
    ],
)
def test_worked_examples(handed_in: str, period: str, received: str, result: str) -> None:
    read = periods.read(period)
    assert read is not None
    found = return_date.estimate(read, datetime.fromisoformat(handed_in), CALENDAR, HOURS)
    assert (found.received_on.isoformat(), found.result_on.isoformat()) == (received, result)


def test_the_thirtieth_of_the_last_month_is_a_day_off() -> None:
    """09/02/2024 was 30 Tết; offices opened again on 15/02."""
    read = periods.read("2 ngày làm việc")
    assert read is not None
    found = return_date.estimate(read, datetime(2024, 2, 7, 9, 0), CALENDAR, HOURS)  # noqa: DTZ001
    assert found.result_on == date(2024, 2, 16)
    eve = return_date.by_the_day(read, date(2024, 2, 9), CALENDAR)
    assert (eve.received_on, eve.result_on) == (date(2024, 2, 15), date(2024, 2, 19))


def test_a_correction_by_staff_moves_the_day() -> None:
    read = periods.read("1 ngày làm việc")
    assert read is not None
    storm = Calendar({date(2026, 12, 8): False})
    assert return_date.by_the_day(read, date(2026, 12, 7), storm).result_on == date(2026, 12, 9)


@given(amounts, moments)
def test_nothing_is_received_or_answered_on_a_day_off(period: Period, handed_in: datetime) -> None:
    found = return_date.estimate(period, handed_in, CALENDAR, HOURS)
    assert CALENDAR.is_working(found.received_on)
    assert CALENDAR.is_working(found.result_on)
    assert handed_in.date() <= found.received_on <= found.result_on


@given(amounts, st.lists(moments, min_size=2, max_size=6).map(sorted))
def test_who_comes_later_is_never_answered_earlier(period: Period, moments: list[datetime]) -> None:
    found = [return_date.estimate(period, one, CALENDAR, HOURS).result_on for one in moments]
    assert all(first <= second for first, second in pairwise(found))


@given(amounts, days)
def test_where_hours_are_unknown_after_closing_is_never_earlier(period: Period, day: date) -> None:
    in_hours = return_date.by_the_day(period, day, CALENDAR)
    late = return_date.by_the_day(period, day, CALENDAR, after_closing=True)
    assert in_hours.received_on < late.received_on or not CALENDAR.is_working(day)
    assert in_hours.result_on <= late.result_on
    assert CALENDAR.is_working(late.result_on)


@given(amounts, days)
def test_the_day_alone_never_promises_more_than_the_hour(period: Period, day: date) -> None:
    """Not knowing the hours may cost a day in the estimate; it never wins one."""
    if period.unit is TimeUnit.WORKING_HOURS:
        return
    known = return_date.estimate(period, datetime.combine(day, time(7, 30)), CALENDAR, HOURS)
    assert known.result_on <= return_date.by_the_day(period, day, CALENDAR).result_on


@given(st.sampled_from(list(TimeUnit)), days)
def test_the_longest_period_is_counted(unit: TimeUnit, day: date) -> None:
    period = Period(Decimal(LONGEST[unit]), unit)
    assert return_date.by_the_day(period, day, CALENDAR).result_on > day


@given(days, st.integers(0, 60))
def test_a_month_later_is_the_same_day_or_the_last_of_its_month(day: date, months: int) -> None:
    later = return_date.months_later(day, months)
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
