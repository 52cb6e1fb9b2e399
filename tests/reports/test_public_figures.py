"""What everybody may read: received, answered, on time; unknown where nothing is known."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from feedback.counting import CaseFact
from portal import clock
from portal.keys import KeyRing
from reports import chart, joining, public_figures
from reports.periods import Period
from reports.public_figures import PublicFigures
from tests.reports.making import IN_PERIOD, a_fact, a_question, keep_case
from tests.support.pages import StrictClient, text_of

TODAY = date(2026, 11, 23)
Q4 = Period(2026, "Q4")
NOON = timedelta(hours=5)
SVG = "{http://www.w3.org/2000/svg}"


def at(day: date) -> datetime:
    return clock.day_start(day) + NOON


def counted(period: Period, facts: list[CaseFact]) -> PublicFigures:
    return public_figures.of(period, public_figures.tally(facts, TODAY), TODAY)


ANSWERED = {"finished": True, "finished_at": at(date(2026, 11, 10))}


@pytest.mark.parametrize(
    ("fact", "due", "on_time"),
    [
        (a_fact(due_on=date(2026, 11, 10), **ANSWERED), 1, 1),
        (a_fact(due_on=date(2026, 11, 9), **ANSWERED), 1, 0),
        (a_fact(due_on=None, **ANSWERED), 0, 0),
        (a_fact(due_on=date(2026, 11, 22)), 1, 0),
        (a_fact(due_on=date(2026, 11, 23)), 0, 0),
        (a_fact(due_on=date(2026, 11, 22), withdrawn=True), 0, 0),
        (a_fact(due_on=date(2026, 11, 22), transferred=True), 0, 0),
        (a_fact(due_on=date(2026, 11, 22), triage="K0"), 0, 0),
        (a_question(due_on=date(2026, 11, 22)), 1, 0),
    ],
)
def test_an_open_overdue_case_counts_as_late(fact: CaseFact, due: int, on_time: int) -> None:
    found = counted(Q4, [fact])
    assert (found.due, found.on_time) == (due, on_time)
    assert found.on_time_percent == (100 * on_time if due else None)


def test_one_late_answer_among_many_never_reads_as_a_hundred_percent() -> None:
    good = [a_fact(due_on=date(2026, 11, 10), **ANSWERED)] * 999
    late = a_fact(due_on=date(2026, 11, 1), **ANSWERED)
    assert counted(Q4, [*good, late]).on_time_percent == 99


@given(
    st.lists(
        st.tuples(
            st.integers(0, 340), st.none() | st.integers(0, 60), st.none() | st.integers(0, 30)
        ),
        max_size=20,
    )
)
def test_parts_add_up_to_the_year_and_only_what_belongs_is_counted(
    cases: list[tuple[int, int | None, int | None]],
) -> None:
    first = Period(2026, "").from_day
    facts = []
    for came, took, allowed in cases:
        received = first + timedelta(days=came)
        done = received + timedelta(days=took) if took is not None else None
        finished = done is not None and done <= TODAY
        if received <= TODAY:
            facts.append(
                a_fact(
                    received_at=at(received),
                    finished=finished,
                    finished_at=at(done) if finished and done else None,
                    due_on=received + timedelta(days=allowed) if allowed is not None else None,
                )
            )
    for period in (Period(2026, ""), Q4, Period(2026, "03")):
        found = counted(period, facts)
        inside = [fact for fact in facts if period.start <= fact.received_at < period.end]
        ended = [fact for fact in facts if fact.finished_at is not None]
        ended = [fact for fact in ended if period.start <= fact.finished_at < period.end]
        assert (found.received, found.answered) == (len(inside), len(ended))
        assert found.on_time <= found.due
    year = counted(Period(2026, ""), facts)
    parts = [counted(Period(2026, f"Q{n}"), facts) for n in range(1, 5)]
    for name in ("received", "answered", "due", "on_time"):
        assert sum(getattr(part, name) for part in parts) == getattr(year, name)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_day_falls_into_the_month_whose_days_hold_it(day: date) -> None:
    year, month = public_figures.month_of(day)
    period = Period(year, f"{month:02}")
    assert period.from_day <= day <= period.to_day


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 23, 3, tzinfo=UTC))


@pytest.mark.usefixtures("today")
def test_without_cases_nothing_reads_as_zero_or_a_hundred_percent(client: StrictClient) -> None:
    page = client.get("/so-lieu").page
    assert page.h1 == "Số liệu phản ánh, kiến nghị"
    assert page.text.count("chưa có số liệu") >= 6
    assert "%" not in page.text
    assert not page.all(f"{SVG}svg")


@pytest.mark.usefixtures("today")
def test_the_page_shows_the_year_the_quarter_and_how_it_was_counted(
    app: Flask, client: StrictClient, ring: KeyRing
) -> None:
    with app.extensions["portal"].database.write() as db:
        due = {"due_on": date(2026, 11, 20)}
        keep_case(db, ring, a_fact(finished=True, **due), IN_PERIOD, at(date(2026, 11, 2)))
        keep_case(db, ring, a_fact(finished=True, **due), IN_PERIOD, at(date(2026, 11, 21)))
        keep_case(db, ring, a_question(**due), at(date(2026, 3, 2)))
        db.commit()
    answer = client.get("/so-lieu")
    page = answer.page
    shown = [text_of(value) for box in page.all("dl", class_="figures") for value in box.iter("dd")]
    assert shown == [
        "3", "2", "33%1 trong 3 lượt có hạn", "2", "2", "33%1 trong 3 lượt có hạn",
    ]  # fmt: skip
    assert "tính đến ngày 23/11/2026" in page.text
    assert "từ ngày 15/12/2025" in page.text
    assert "Ý kiến còn mở đã quá hạn được tính là chưa đúng hạn" in page.text
    assert len(page.all(f"{SVG}svg")) == 1
    values = [text_of(label) for label in page.all(f"{SVG}text", class_="value")]
    assert values == ["0", "0", "1", "0", "0", "0", "0", "0", "0", "2", "0", "0"]
    months = [text_of(cell) for cell in page.all("th", scope="row")][:12]
    assert months[0] == "Tháng 1/202615/12/2025 – 14/01/2026"
    assert months[-1] == "Tháng 12/202615/11/2026 – 23/11/2026"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.usefixtures("today")
def test_the_page_is_there_in_english_too(client: StrictClient) -> None:
    assert client.get("/en/so-lieu").status_code == 200


@pytest.mark.usefixtures("today")
def test_the_home_page_gets_the_year_and_a_new_message_is_counted_at_once(
    app: Flask, ring: KeyRing
) -> None:
    for expected in (0, 1, 2):
        with app.test_request_context("/"):
            found = app.jinja_env.globals["public_figures"]()  # type: ignore[operator]
        assert (found.received, found.label) == (expected, "Năm 2026")
        assert found.on_time_percent is None
        assert found.note == "Năm 2026, tính từ ngày 15/12/2025 đến ngày 23/11/2026."
        first = str(expected) if expected else "chưa có số liệu"
        assert [value for _label, value, _note in found.entries] == [
            first, "0" if expected else first, "chưa có số liệu",
        ]  # fmt: skip
        with app.extensions["portal"].database.write() as db:
            keep_case(db, ring, a_question(), IN_PERIOD)
            db.commit()


@pytest.mark.usefixtures("today")
def test_the_home_page_shows_them(app: Flask, client: StrictClient, ring: KeyRing) -> None:
    assert "chưa có số liệu" in client.get("/").page.text
    with app.extensions["portal"].database.write() as db:
        keep_case(db, ring, a_question(), IN_PERIOD)
        db.commit()
    figures = client.get("/").page.one("dl", class_="figures")
    assert [text_of(value) for value in figures.iter("dd")] == ["1", "0", "chưa có số liệu"]


@pytest.mark.usefixtures("today")
def test_figures_are_counted_once_for_each_change(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.test_request_context("/"):
        first = joining.overview()
        monkeypatch.setattr(public_figures, "facts_at", pytest.fail)
        assert joining.overview() is first


@pytest.mark.parametrize(
    ("today", "year", "quarter"),
    [
        (date(2026, 12, 14), "Năm 2026", "Quý IV năm 2026"),
        (date(2026, 12, 15), "Năm 2027", "Quý I năm 2027"),
        (date(2026, 3, 15), "Năm 2026", "Quý II năm 2026"),
    ],
)
def test_the_reporting_year_turns_on_the_15th_of_december(
    app: Flask, today: date, year: str, quarter: str
) -> None:
    with app.test_request_context("/"), app.extensions["portal"].database.read() as db:
        found = public_figures.overview(db, today)
        assert (found.year.label, found.quarter.label) == (year, quarter)
        assert found.months[-1].cut_off == today


def test_bars_stand_on_the_floor_and_none_with_a_value_is_invisible() -> None:
    made = chart.bars([("1", 10_000), ("2", 1), ("3", 0)], 12)
    heights = [bar.height for bar in made.bars]
    assert heights[0] > heights[1] == 1 > heights[2] == 0
    assert all(bar.y + bar.height == made.floor for bar in made.bars)
    assert all(bar.x >= 0 and bar.x + bar.width <= made.width for bar in made.bars)
    assert chart.bars([], 12).bars == ()
