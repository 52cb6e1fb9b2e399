"""Working days: worked examples by hand, then what must hold for any day."""

import json
import subprocess
import sys
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from portal import workdays
from portal.database import Database
from portal.errors import RefusedInput
from portal.workdays import Calendar, CalendarOverride

PLAIN = Calendar()

# Received on, working days, due on, why.
EXAMPLES = [
    ("2026-11-16", 5, "2026-11-23", "one plain week"),
    ("2026-11-20", 1, "2026-11-23", "over a weekend"),
    ("2026-11-21", 1, "2026-11-23", "received on a Saturday"),
    ("2026-11-23", 5, "2026-12-01", "over Ngày Văn hóa Việt Nam, 24/11"),
    ("2024-02-07", 1, "2024-02-15", "over Tết Giáp Thìn, 8 to 14 February"),
    ("2024-02-09", 1, "2024-02-15", "received on 30 Tết"),
    ("2026-02-13", 1, "2026-02-23", "over Tết Bính Ngọ, 16 to 20 February"),
    ("2026-02-02", 15, "2026-03-02", "fifteen days over Tết Bính Ngọ"),
    ("2027-02-03", 1, "2027-02-11", "over Tết Đinh Mùi, 4 to 10 February"),
    ("2026-04-24", 1, "2026-04-28", "Giỗ Tổ on a Sunday, Monday in its place"),
    ("2026-04-29", 1, "2026-05-04", "over 30/4 and 1/5"),
    ("2025-04-25", 1, "2025-04-26", "a make-up Saturday is worked"),
    ("2025-04-29", 1, "2025-05-05", "the Friday that Saturday was worked for"),
    ("2026-08-21", 2, "2026-08-24", "a make-up Saturday, then Monday"),
    ("2026-08-28", 1, "2026-09-03", "over 2/9 with the swapped Monday"),
    ("2025-12-31", 1, "2026-01-05", "1/1/2026 with the swapped Friday"),
    ("2026-01-09", 1, "2026-01-10", "the Saturday that Friday was swapped with"),
    ("2026-12-31", 1, "2027-01-04", "a year's end"),
    ("2026-11-23", 0, "2026-11-23", "no days at all"),
]


@pytest.mark.parametrize(("received", "days", "due", "why"), EXAMPLES)
def test_the_examples_worked_by_hand(received: str, days: int, due: str, why: str) -> None:
    start, end = date.fromisoformat(received), date.fromisoformat(due)
    assert PLAIN.add(start, days) == end, why
    assert PLAIN.between(start, end) == days, why
    assert PLAIN.between(end, start) == -days, why


@pytest.mark.parametrize("day", ["2023-01-21", "2024-02-09", "2025-01-28", "2026-02-16"])
def test_the_eve_of_tet_is_free_be_it_the_29th_or_the_30th(day: str) -> None:
    eve = date.fromisoformat(day)
    assert not any(PLAIN.is_working(eve + timedelta(days=n)) for n in range(5))


def test_a_period_across_tet_2027_counts_only_days_worked() -> None:
    assert PLAIN.between(date(2026, 12, 14), date(2027, 3, 14)) == 64 - 1 - 5


def test_staff_corrections_outrank_every_other_source(store: Database) -> None:
    saturday, monday, swapped = date(2026, 11, 28), date(2026, 11, 30), date(2026, 1, 2)
    with store.write() as db:
        workdays.decide(db, saturday, working=True, source="Thông báo số 1", note="Làm bù")
        workdays.decide(db, monday, working=False, source="Thông báo số 1")
        workdays.decide(db, swapped, working=True, source="Thông báo số 2")
        db.commit()
    with store.read() as db:
        calendar = workdays.load(db)
    assert calendar.is_working(saturday)
    assert not calendar.is_working(monday)
    assert calendar.is_working(swapped)
    assert calendar.add(date(2026, 11, 27), 2) == date(2026, 12, 1)
    assert not PLAIN.is_working(saturday)


def test_deciding_a_day_twice_keeps_the_last_word(db: Session) -> None:
    day = date(2026, 12, 24)
    workdays.decide(db, day, working=False, source="Thông báo số 1")
    workdays.decide(db, day, working=True, source=" Thông báo số 2 ", note="Đính chính")
    row = db.get_one(CalendarOverride, day)
    assert (row.working, row.source, row.note) == (True, "Thông báo số 2", "Đính chính")


def test_a_correction_without_a_source_is_refused(db: Session) -> None:
    with pytest.raises(RefusedInput, match="căn cứ"):
        workdays.decide(db, date(2026, 12, 24), working=False, source="  ")
    assert db.get(CalendarOverride, date(2026, 12, 24)) is None


@pytest.mark.parametrize("days", [-1, workdays.MOST_WORKING_DAYS + 1, 10**12])
def test_an_absurd_number_of_days_is_refused_at_once(days: int) -> None:
    with pytest.raises(RefusedInput):
        PLAIN.add(date(2026, 11, 23), days)


def test_the_holiday_library_is_not_loaded_before_a_day_is_asked_for() -> None:
    asked = "import sys, portal.workdays as w; w.Calendar(); sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


days = st.dates(date(2022, 1, 1), date(2031, 12, 31))
calendars = st.dictionaries(days, st.booleans(), max_size=40).map(Calendar)


@settings(deadline=None, max_examples=150)
@given(calendars, days, st.integers(0, 90))
def test_between_undoes_add_and_the_due_day_is_worked(
    calendar: Calendar, start: date, count: int
) -> None:
    due = calendar.add(start, count)
    assert calendar.between(start, due) == count
    assert calendar.between(due, start) == -count
    assert count == 0 or calendar.is_working(due)
    assert calendar.add(start, count + 1) > due


@settings(deadline=None, max_examples=150)
@given(calendars, days, st.integers(0, 60), st.integers(0, 60))
def test_days_add_up_and_a_later_start_is_never_due_earlier(
    calendar: Calendar, start: date, first: int, second: int
) -> None:
    assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)
    later = start + timedelta(days=first)
    assert calendar.add(later, second) >= calendar.add(start, second)
    assert calendar.between(start, later) + calendar.between(
        later, calendar.add(later, second)
    ) == calendar.between(start, calendar.add(later, second))


def test_a_notice_is_entered_and_listed_from_the_command_line(app: Flask) -> None:
    runner = app.test_cli_runner()
    day = ["calendar", "set", "31/12/2026", "--off", "--source", "Thông báo số 1", "--note", "Bù"]
    assert runner.invoke(args=day).output == "Ngày 31/12/2026: nghỉ.\n"
    assert "1 ngày" in runner.invoke(args=["calendar", "list"]).output
    listed = json.loads(runner.invoke(args=["calendar", "list", "--json"]).output)
    assert listed == [
        {"day": "2026-12-31", "working": False, "note": "Bù", "source": "Thông báo số 1"}
    ]
    for wrong in (["hôm nay", "--off", "--source", "x"], ["2026-12-30", "--off", "--source", " "]):
        assert runner.invoke(args=["calendar", "set", *wrong]).exit_code != 0
    assert runner.invoke(args=["calendar", "set", "2026-12-30", "--source", "x"]).exit_code != 0
    assert "1 ngày" in runner.invoke(args=["calendar", "list"]).output
