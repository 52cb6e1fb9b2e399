"""Periods: every day belongs to exactly one month, quarter, half and year, by both rules."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.errors import BadDay, BadPeriod
from reports.periods import Period, Rule, Window, day_words, parse, parse_day, window

KINDS = (
    [f"{month:02}" for month in range(1, 13)],
    ["Q1", "Q2", "Q3", "Q4"],
    ["H1", "H2"],
    [""],
)
years = st.integers(2000, 2100)
rules = st.sampled_from(Rule)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026-Q1", "2025-12-15", "2026-03-14"),
        ("2026-Q2", "2026-03-15", "2026-06-14"),
        ("2026-Q3", "2026-06-15", "2026-09-14"),
        ("2026-Q4", "2026-09-15", "2026-12-14"),
        ("2026-11", "2026-10-15", "2026-11-14"),
        ("2026-01", "2025-12-15", "2026-01-14"),
        ("2026-H1", "2025-12-15", "2026-06-14"),
        ("2026-H2", "2026-06-15", "2026-12-14"),
        ("2026-9M", "2025-12-15", "2026-09-14"),
        ("2026", "2025-12-15", "2026-12-14"),
    ],
)
def test_the_decree_counts_from_the_15th_to_the_14th(written: str, first: str, last: str) -> None:
    period = parse(written)
    assert (period.from_day.isoformat(), period.to_day.isoformat()) == (first, last)
    assert period.name == written


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-H1", "2026-01-01", "2026-06-30"),
        ("2026-9M", "2026-01-01", "2026-09-30"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_the_calendar_counts_whole_months(written: str, first: str, last: str) -> None:
    period = parse(written, "calendar")
    assert (period.from_day.isoformat(), period.to_day.isoformat()) == (first, last)


def test_a_period_ends_with_its_last_vietnamese_day_which_is_17_hours_utc() -> None:
    period = parse("2026-Q4")
    assert period.end == datetime(2026, 12, 14, 17, tzinfo=UTC)
    assert period.start == datetime(2026, 9, 14, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "by", "label"),
    [
        ("2026-Q4", "nd09", "Quý IV năm 2026 (từ ngày 15/9/2026 đến ngày 14/12/2026)"),
        ("2026-02", "nd09", "Tháng 2 năm 2026 (từ ngày 15/01/2026 đến ngày 14/02/2026)"),
        ("2026-H1", "calendar", "6 tháng đầu năm 2026 (từ ngày 01/01/2026 đến ngày 30/6/2026)"),
        ("2026-H2", "nd09", "6 tháng cuối năm 2026 (từ ngày 15/6/2026 đến ngày 14/12/2026)"),
        ("2026-9M", "nd09", "9 tháng đầu năm 2026 (từ ngày 15/12/2025 đến ngày 14/9/2026)"),
        ("2026", "nd09", "Năm 2026 (từ ngày 15/12/2025 đến ngày 14/12/2026)"),
    ],
)
def test_a_label_says_the_period_and_its_days(written: str, by: str, label: str) -> None:
    assert parse(written, by).label == label


@given(years, rules)
def test_periods_of_a_kind_follow_each_other_without_gap_or_overlap(year: int, by: Rule) -> None:
    for parts in KINDS:
        row = [Period(y, part, by) for y in (year, year + 1) for part in parts]
        for earlier, later in pairwise(row):
            assert earlier.to_day + timedelta(days=1) == later.from_day
            assert earlier.end == later.start
            assert later.previous() == earlier


@given(years, rules)
def test_a_year_is_its_months_its_quarters_its_halves_and_nine_months_and_a_quarter(
    year: int, by: Rule
) -> None:
    whole = Period(year, "", by)
    for parts in (*KINDS, ["9M", "Q4"]):
        inside = [Period(year, part, by) for part in parts]
        assert (inside[0].start, inside[-1].end) == (whole.start, whole.end)
        spans = sum(((p.end - p.start) for p in inside), timedelta())
        assert spans == whole.end - whole.start


@given(st.dates(date(2001, 1, 1), date(2099, 12, 1)), rules)
def test_every_day_belongs_to_exactly_one_quarter(day: date, by: Rule) -> None:
    near = [Period(y, q, by) for y in (day.year, day.year + 1) for q in KINDS[1]]
    assert sum(period.from_day <= day <= period.to_day for period in near) == 1


@given(years, st.sampled_from([part for parts in (*KINDS, ["9M"]) for part in parts]), rules)
def test_what_a_period_is_called_reads_back_as_the_same_period(
    year: int, part: str, by: Rule
) -> None:
    period = Period(year, part, by)
    assert parse(f" {period.name.lower()} ", by) == period


def test_nine_months_come_after_nine_months_of_the_year_before() -> None:
    assert parse("2026-9M").previous() == parse("2025-9M")


@pytest.mark.parametrize(
    "written",
    ["", "2026-Q5", "2026-Q0", "2026-13", "2026-1", "2026-00", "26-Q1", "2026-Q4 2027-Q1",
     "2026–Q4", "٢٠٢٦-Q4", "\0", "x" * 5000, "2026-H3", "2026Q4", "-2026", "2026-12-01"],
)  # fmt: skip
def test_nonsense_is_answered_with_a_short_sentence_that_shows_how_to_write(written: str) -> None:
    with pytest.raises(BadPeriod) as refusal:
        parse(written)
    assert "2026-Q4 (quý)" in str(refusal.value)
    assert len(str(refusal.value)) < 250


@pytest.mark.parametrize("written", ["1999-Q4", "0000", "9999-12"])
def test_a_year_out_of_reach_is_refused(written: str) -> None:
    with pytest.raises(BadPeriod, match="từ 2000 đến 2100"):
        parse(written)


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(BadPeriod, match="nd09 hoặc calendar"):
        parse("2026-Q4", "lunar")


@pytest.mark.parametrize("written", ["2026-11-23", "23/11/2026", " 2026-11-23 "])
def test_a_day_is_read_both_ways(written: str) -> None:
    assert parse_day(written) == date(2026, 11, 23)


@pytest.mark.parametrize("written", ["", "2026-02-30", "31/04/2026", "hôm nay", "20261123", "\0"])
def test_a_day_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(BadDay, match="Không hiểu ngày"):
        parse_day(written)


def test_days_are_written_as_offices_write_them() -> None:
    assert day_words(date(2026, 2, 5)) == "05/02/2026"
    assert day_words(date(2026, 9, 15)) == "15/9/2026"


def test_an_unfinished_period_is_counted_up_to_today_and_says_so() -> None:
    found = window(parse("2026-Q4"), None, date(2026, 11, 23))
    assert found.as_of == date(2026, 11, 23)
    assert found.until == datetime(2026, 11, 23, 17, tzinfo=UTC)
    assert found.label.endswith("đến ngày 14/12/2026), tính đến ngày 23/11/2026")


def test_a_period_is_finished_on_the_day_after_its_last() -> None:
    period = parse("2026-Q4")
    assert window(period, None, date(2026, 12, 14)).as_of == date(2026, 12, 14)
    assert window(period, None, date(2026, 12, 15)) == Window(period)
    assert window(period, date(2026, 12, 14), date(2026, 12, 15)) == Window(period)


def test_a_past_period_can_be_looked_at_as_of_a_day_in_it() -> None:
    found = window(parse("2026-Q3"), date(2026, 7, 31), date(2026, 11, 23))
    assert found.as_of == date(2026, 7, 31)


@pytest.mark.parametrize("day", [date(2026, 9, 14), date(2026, 12, 15)])
def test_a_cut_off_outside_the_period_is_refused(day: date) -> None:
    with pytest.raises(BadDay, match="nằm ngoài kỳ"):
        window(parse("2026-Q4"), day, date(2027, 1, 1))


def test_a_cut_off_that_has_not_come_is_refused() -> None:
    with pytest.raises(BadDay, match="chưa tới"):
        window(parse("2026-Q4"), date(2026, 12, 1), date(2026, 11, 23))


def test_a_period_that_has_not_begun_is_refused() -> None:
    with pytest.raises(BadPeriod, match="chưa bắt đầu"):
        window(parse("2027-Q1"), None, date(2026, 11, 23))
