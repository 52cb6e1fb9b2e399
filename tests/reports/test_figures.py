"""The figures of form II.05a: worked examples first, then every identity over random cases."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.counting import CaseFact
from feedback.kinds import KINDS, Kind
from reports import figures, form
from reports.record import NO_FIELD
from tests.reports.making import BEFORE, END, START, a_fact, a_question

FORM = form.load("II.05a")
KEYS = {column.number: column.key for column in FORM.figures}


def counted(before: list[CaseFact], after: list[CaseFact]) -> dict[str, int]:
    """The figures of the total row that are not 0."""
    found = figures.count(before, after, START)
    _rows, total = figures.rows(FORM, found.cases)
    assert FORM.broken(total.values) == []
    return {key: number for key, number in total.values.items() if number}


def columns(*numbers: int, **notes: int) -> dict[str, int]:
    return dict.fromkeys((KEYS[number] for number in numbers), 1) | notes


REGULATION: dict[str, Any] = {
    "kind": "rule", "conduct": False, "regulation": True, "triage": "K2",
}  # fmt: skip
BOTH: dict[str, Any] = {"conduct": True, "regulation": True, "triage": "K2"}
ELSEWHERE: dict[str, Any] = {"competence": "other", "triage": "K3"}


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (a_fact(), columns(2, 3, 7, 8, 12, 13)),
        (a_fact(finished=True), columns(2, 3, 7, 8, 9, 10)),
        (a_fact(finished=True, published=True), columns(2, 3, 7, 8, 9, 10, 16)),
        (a_fact(**REGULATION), columns(2, 4, 7, 8, 12, 14)),
        (a_fact(**REGULATION, finished=True), columns(2, 4, 7, 8, 9, 11)),
        (a_fact(**BOTH), columns(2, 5, 7, 8, 12, dang_ca_hai=1)),
        (a_fact(**BOTH, finished=True), columns(2, 5, 7, 8, 9, xong_ca_hai=1)),
        (a_fact(**ELSEWHERE, transferred=True), columns(2, 3, 7, 15)),
        (a_fact(**ELSEWHERE, transferred=True, finished=True), columns(2, 3, 7, 15)),
        (a_fact(**ELSEWHERE), columns(2, 3, 7, cho_chuyen=1)),
        (a_fact(triage=None, competence="undecided"), columns(2, 3, 7, chua_phan_loai=1)),
        (a_fact(triage="K1", competence="undecided"), columns(2, 3, 7, chua_phan_loai=1)),
        (a_fact(triage="K0", competence="undecided"), columns(2, 3, 7, khong_tiep_nhan=1)),
        (a_fact(withdrawn=True), columns(2, 3, 7, da_rut=1)),
        (a_fact(kind="idea", conduct=False, triage="K0"), columns(2, 4, 7, khong_tiep_nhan=1)),
        (a_question(), {}),
        (a_question(kind="praise", finished=True), {}),
    ],
)
def test_a_new_case_counts_where_the_form_wants_it(
    fact: CaseFact, expected: dict[str, int]
) -> None:
    assert counted([], [fact]) == expected


OPEN_BEFORE = a_fact(received_at=BEFORE)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {}, columns(2, 3, 6, 8, 12, 13)),
        ({}, {"finished": True}, columns(2, 3, 6, 8, 9, 10)),
        ({}, ELSEWHERE | {"transferred": True}, columns(2, 3, 6, 15)),
        ({"triage": None, "competence": "undecided"}, {}, columns(2, 3, 6, 8, 12, 13)),
        (ELSEWHERE, {}, columns(2, 3, 6, 8, 12, 13)),
        ({"finished": True}, {"finished": True}, {}),
        ({"finished": True}, {"finished": True, "published": True}, {}),
        ({"transferred": True}, {"transferred": True}, {}),
        ({"triage": "K0"}, {"triage": "K0"}, {}),
        ({"withdrawn": True}, {"withdrawn": True}, {}),
        ({"triage": "K0"}, {"finished": True}, {}),
    ],
)
def test_column_6_is_what_was_open_when_the_period_began(
    before: dict[str, Any], after: dict[str, Any], expected: dict[str, int]
) -> None:
    earlier = a_fact(received_at=BEFORE, **before)
    later = a_fact(received_at=BEFORE, **after)
    assert counted([earlier], [later]) == expected


def test_a_case_received_in_the_first_moment_is_new_and_one_moment_earlier_it_is_not() -> None:
    moment_before = START - timedelta(microseconds=1)
    earlier = a_fact(code="A", received_at=moment_before)
    assert counted([earlier], [earlier, a_fact(code="B", received_at=START)])["tn_ky_truoc"] == 1
    assert counted([], [a_fact(received_at=START)])["tn_moi"] == 1


def test_fields_stand_in_alphabetical_order_and_the_unknown_one_last() -> None:
    names = ["Y tế", "", "Đất đai", "Đất  đai ", "Đầu tư", "An toàn thực phẩm", "  "]
    facts = [a_fact(code=str(n), field=name) for n, name in enumerate(names)]
    rows, total = figures.rows(FORM, figures.count([], facts, START).cases)
    assert [(row.field, row.values["tn_tong"]) for row in rows] == [
        ("An toàn thực phẩm", 1), ("Đất đai", 2), ("Đầu tư", 1), ("Y tế", 1), (NO_FIELD, 2),
    ]  # fmt: skip
    assert total.values["tn_tong"] == 7


def test_without_cases_there_is_only_a_total_of_zeros() -> None:
    rows, total = figures.rows(FORM, figures.count([], [], START).cases)
    assert rows == ()
    assert set(total.values.values()) == {0}


def test_each_cell_knows_its_cases() -> None:
    facts = [
        a_fact(code="A"), a_fact(code="B", finished=True), a_fact(code="C", field="Hộ tịch"),
    ]  # fmt: skip
    cases = figures.count([], facts, START).cases
    assert [line.code for line in cases.behind(FORM, "tq_dang", None)] == ["A", "C"]
    assert [line.code for line in cases.behind(FORM, "tq_dang", "Đất đai")] == ["A"]


def test_other_kinds_are_counted_apart_each_by_its_name() -> None:
    before = [a_question(code="Q0", received_at=BEFORE)]
    after = [
        a_question(code="Q0", received_at=BEFORE, finished=True),
        a_question(code="Q1"),
        a_question(code="Q2", finished=True),
        a_question(code="P1", kind="praise"),
        a_question(code="I1", kind="info_request", withdrawn=True),
        a_fact(code="noise"),
    ]
    annex = {row.kind: row for row in figures.annex(figures.count(before, after, START).cases)}
    assert list(annex) == [kind for kind, facts in KINDS.items() if not facts.petition]
    asked = annex["question"]
    assert (asked.new, asked.carried, asked.done, asked.open) == (2, 1, 2, 1)
    assert (annex["praise"].new, annex["praise"].open) == (1, 1)
    assert (annex["info_request"].withdrawn, annex["website"].new) == (1, 0)


def test_what_changed_since_the_last_report_is_named_case_by_case() -> None:
    before = [
        a_fact(code="stays", received_at=BEFORE),
        a_question(code="joins", received_at=BEFORE),
        a_fact(code="goes", received_at=BEFORE),
        a_fact(code="again", received_at=BEFORE, triage="K0"),
        a_fact(code="shown", received_at=BEFORE, finished=True),
    ]
    after = [
        a_fact(code="stays", received_at=BEFORE),
        a_fact(code="joins", received_at=BEFORE),
        a_question(code="goes", received_at=BEFORE),
        a_fact(code="again", received_at=BEFORE),
        a_fact(code="shown", received_at=BEFORE, finished=True, published=True),
    ]
    bridge = figures.count(before, after, START).bridge
    assert bridge.left_open == 2
    assert (bridge.joined, bridge.gone) == (("joins",), ("goes",))
    assert (bridge.reopened, bridge.published_late) == (("again",), ("shown",))


petition_kinds = st.sampled_from([kind for kind, facts in KINDS.items() if facts.petition])
other_kinds = st.sampled_from([kind for kind, facts in KINDS.items() if not facts.petition])


@st.composite
def snapshots(draw: st.DrawFn, code: str, received: datetime) -> CaseFact:
    """A case as it may stand at some moment, in every combination, sensible or not."""
    petition = draw(st.booleans())
    kind: Kind = draw(petition_kinds if petition else other_kinds)
    return a_fact(
        code=code,
        kind=kind.value,
        petition=petition,
        field=draw(st.sampled_from(["", "Đất đai", "Hộ tịch", "=1+1"])),
        conduct=draw(st.booleans()),
        regulation=draw(st.booleans()),
        received_at=received,
        triage=draw(st.sampled_from([None, "K0", "K1", "K2", "K3"])),
        competence=draw(st.sampled_from(["own", "other", "undecided"])),
        finished=draw(st.booleans()),
        transferred=draw(st.booleans()),
        published=draw(st.booleans()),
        withdrawn=draw(st.booleans()),
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[CaseFact], list[CaseFact]]:
    """Every case as it stood when the period began, and at its end."""
    before: list[CaseFact] = []
    after: list[CaseFact] = []
    for number in range(draw(st.integers(0, 12))):
        moment = START + timedelta(minutes=draw(st.integers(-50_000, 130_000)))
        if moment < START:
            before.append(draw(snapshots(f"C{number}", moment)))
        after.append(draw(snapshots(f"C{number}", moment)))
    return before, after


@given(histories())
def test_every_identity_holds_in_every_row_whatever_the_cases(
    history: tuple[list[CaseFact], list[CaseFact]],
) -> None:
    before, after = history
    found = figures.count(before, after, START)
    rows, total = figures.rows(FORM, found.cases)
    for row in (*rows, total):
        assert FORM.broken(row.values) == []
    for key in FORM.counted:
        assert sum(row.values[key] for row in rows) == total.values[key]
        codes = [line.code for line in found.cases.behind(FORM, key, None)]
        assert len(codes) == len(set(codes)) == total.values[key]
    new_petitions = sum(fact.petition and fact.received_at >= START for fact in after)
    assert total.values["tn_moi"] == new_petitions
    bridge = found.bridge
    expected = bridge.left_open + len(bridge.joined) - len(bridge.gone)
    assert total.values["tn_ky_truoc"] == expected
    for row in figures.annex(found.cases):
        assert row.new + row.carried == row.done + row.transferred + row.withdrawn + row.open


@given(histories())
def test_what_one_period_leaves_open_is_what_the_next_begins_with(
    history: tuple[list[CaseFact], list[CaseFact]],
) -> None:
    before, after = history
    _rows, this = figures.rows(FORM, figures.count(before, after, START).cases)
    following = figures.count(after, after, END)
    _rows, then = figures.rows(FORM, following.cases)
    left = this.values["tq_dang"] + this.values["chua_phan_loai"] + this.values["cho_chuyen"]
    again = set(figures.count(before, after, START).bridge.reopened)
    codes = {line.code for line in following.cases.petitions}
    assert then.values["tn_ky_truoc"] == left + len(again & codes)
    assert following.bridge.left_open == then.values["tn_ky_truoc"]
