"""Canonical text, events, tasks, limits, paging, the clock: each in a few sentences."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from portal import clock, events, limits, tasks
from portal.canonical import canonical_text, digest
from portal.paging import paginate

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_canonical_text_is_stable(value: Any) -> None:
    assert canonical_text(value) == canonical_text(value)


def test_the_order_of_keys_and_the_form_of_letters_do_not_matter() -> None:
    composed, decomposed = "hòa", "ho\u0300a"
    assert canonical_text({"b": 1, "a": composed}) == canonical_text({"a": decomposed, "b": 1})


def test_moments_are_written_in_utc() -> None:
    hanoi = datetime(2026, 12, 15, 0, 0, tzinfo=timezone(timedelta(hours=7)))
    assert canonical_text({"at": hanoi}) == '{"at":"2026-12-14T17:00:00.000000Z"}'


@pytest.mark.parametrize("value", [1.5, {1, 2}, b"x", object()])
def test_what_has_no_one_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_text({"a": value})


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        canonical_text(datetime(2026, 1, 1))  # noqa: DTZ001 # the point


def test_the_fingerprint_is_sha256() -> None:
    assert digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_day_in_viet_nam_begins_at_17_utc() -> None:
    day = date(2026, 12, 15)
    assert clock.day_start(day) == datetime(2026, 12, 14, 17, 0, tzinfo=UTC)
    assert clock.local_date(datetime(2026, 12, 14, 16, 59, 59, tzinfo=UTC)) == date(2026, 12, 14)
    assert clock.local_date(clock.day_start(day)) == day


def test_subscribers_hear_in_order_and_once(db: Session) -> None:
    heard: list[str] = []

    def first(db: Session, **payload: Any) -> None:
        heard.append(f"first {payload['url']}")

    def second(db: Session, **payload: Any) -> None:
        heard.append("second")

    for handler in (first, second, first):
        events.connect("test.small-floor", handler)
    events.emit(db, "test.small-floor", url="/x")
    events.emit(db, "test.nobody-listens")
    assert heard == ["first /x", "second"]


def test_work_asked_for_twice_is_one_task(db: Session, now: datetime) -> None:
    page = {"kind": "mend-page", "subject": "/thu-tuc/1.001193"}
    first = tasks.open_task(db, **page, origin="PAKN.1", now=now)
    assert tasks.open_task(db, **page, origin="PAKN.1", now=now).id == first.id
    other = tasks.open_task(db, **page, origin="PAKN.2", now=now)
    tasks.open_task(db, kind="mend-page", subject="/khac", origin="PAKN.3", now=now)
    assert [task.id for task in tasks.close(db, **page, now=now)] == [first.id, other.id]
    assert [task.subject for task in tasks.waiting(db)] == ["/khac"]


def test_only_what_happened_within_the_window_counts(db: Session, now: datetime) -> None:
    def hit(scope: str, key: str, at: datetime) -> int:
        return limits.hit(db, scope=scope, key=key, window=timedelta(minutes=10), now=at)

    assert hit("send", "a", now - timedelta(minutes=11)) == 1
    assert hit("send", "a", now) == 1
    assert hit("send", "a", now) == 2
    assert hit("send", "b", now) == 1
    assert hit("look", "a", now) == 1
    limits.forget(db, scope="send", key="a")
    assert hit("send", "a", now) == 1
    limits.sweep(db, now + timedelta(days=3))
    assert limits.count(db, scope="look", key="a", window=timedelta(days=9), now=now) == 0


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (None, 1),
        ("", 1),
        ("2", 2),
        ("0", 1),
        ("-5", 1),
        ("99", 3),
        ("x", 1),
        ("²", 1),
        ("9" * 99, 3),
    ],
)
def test_any_page_number_leads_somewhere(asked: str | None, number: int) -> None:
    assert paginate(25, asked, 10).number == number


def test_an_empty_list_has_one_page() -> None:
    page = paginate(0, "7", 10)
    assert (page.pages, page.offset, page.previous, page.next) == (1, 0, None, None)
