"""What each kind needs, and until when it must be answered."""

from datetime import date

import pytest

from feedback import deadlines, kinds
from feedback.kinds import CONTENT_TYPES, KINDS, Kind
from portal import workdays

CALENDAR = workdays.Calendar()
MONDAY = date(2026, 10, 5)


def test_every_kind_has_its_own_address_word() -> None:
    assert set(KINDS) == set(Kind)
    assert len({facts.slug for facts in KINDS.values()}) == len(Kind)
    assert all(kinds.from_words(facts.slug) is kind for kind, facts in KINDS.items())


def test_only_four_kinds_are_petitions_under_decree_20() -> None:
    petitions = {kind for kind, facts in KINDS.items() if facts.petition}
    assert petitions == {Kind.RULE, Kind.CONDUCT, Kind.LATE, Kind.IDEA}
    assert all(KINDS[kind].content_types for kind in petitions)


def test_conduct_and_lateness_are_content_type_1_and_ideas_type_8() -> None:
    assert KINDS[Kind.CONDUCT].content_types == KINDS[Kind.LATE].content_types == (1,)
    assert KINDS[Kind.IDEA].content_types == (8,)
    assert set(CONTENT_TYPES) == set(range(1, 9))


def test_an_english_petition_is_taken_as_a_question() -> None:
    assert kinds.filed_as(Kind.LATE, language="en", text="My file is late") is Kind.QUESTION
    assert kinds.filed_as(Kind.LATE, language="en", text="Hồ sơ trễ") is Kind.LATE
    assert kinds.filed_as(Kind.LATE, language="vi", text="Ho so tre") is Kind.LATE
    assert kinds.filed_as(Kind.PRAISE, language="en", text="Thanks") is Kind.PRAISE


def test_content_types_are_stored_sorted_and_once() -> None:
    assert kinds.pack([6, 1, 6]) == "1,6"
    assert kinds.unpack("1,6") == (1, 6)
    assert kinds.unpack("") == ()


def test_an_answer_is_due_after_15_working_days_without_the_day_of_receipt() -> None:
    found = deadlines.on_receipt(Kind.LATE, MONDAY, CALENDAR)
    assert found.due_on == date(2026, 10, 26)
    assert found.rule == "answer"


def test_a_transfer_is_due_after_5_working_days() -> None:
    assert deadlines.by_rule("transfer", MONDAY, CALENDAR).due_on == date(2026, 10, 12)


def test_information_is_due_after_3_and_complex_information_after_15() -> None:
    assert deadlines.on_receipt(Kind.INFO_REQUEST, MONDAY, CALENDAR).due_on == date(2026, 10, 8)
    complex_one = deadlines.by_rule("information_complex", MONDAY, CALENDAR)
    assert complex_one.due_on == date(2026, 10, 26)


def test_a_request_about_own_data_has_a_clock_of_its_own_and_is_no_petition() -> None:
    found = deadlines.on_receipt(Kind.OWN_DATA, MONDAY, CALENDAR)
    assert (found.due_on, found.rule) == (date(2026, 10, 19), "own_data")
    rule = deadlines.rule_on(found.rule, MONDAY)
    assert rule is not None
    assert not rule.traced
    assert "91/2025/QH15" in str(rule.source)
    facts = kinds.KINDS[Kind.OWN_DATA]
    assert facts.named and not facts.petition
    assert Kind.OWN_DATA not in deadlines.PETITIONS


def test_praise_is_never_due() -> None:
    assert deadlines.on_receipt(Kind.PRAISE, MONDAY, CALENDAR) == deadlines.Deadline(None, "")


def test_tet_does_not_count() -> None:
    before_tet = date(2026, 2, 12)
    due = deadlines.by_rule("transfer", before_tet, CALENDAR).due_on
    assert due is not None
    assert due > date(2026, 2, 23)


def test_a_rule_without_an_article_says_so() -> None:
    rule = deadlines.rule_on("answer", MONDAY)
    assert rule is not None
    assert not rule.traced
    assert "chưa xác định được điều khoản" in str(rule.source)


def test_a_rule_does_not_hold_before_its_first_day() -> None:
    assert deadlines.rule_on("information", date(2018, 6, 30)) is None
    assert deadlines.by_rule("information", date(2018, 6, 30), CALENDAR).due_on is None


@pytest.mark.parametrize(
    ("due", "words", "tone"),
    [
        (None, "không hạn", "neutral"),
        (date(2026, 10, 5), "hôm nay", "warn"),
        (date(2026, 10, 7), "còn 2 ngày làm việc", "warn"),
        (date(2026, 10, 12), "còn 5 ngày làm việc", "good"),
        (date(2026, 10, 2), "quá hạn 1 ngày làm việc", "bad"),
        (date(2026, 9, 30), "quá hạn 3 ngày làm việc", "bad"),
    ],
)
def test_a_deadline_is_said_in_words(due: date | None, words: str, tone: str) -> None:
    assert deadlines.in_words(due, MONDAY, CALENDAR) == deadlines.DueWords(words, tone)
