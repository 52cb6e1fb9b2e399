"""What a sender may still do after sending, and what that does to the clock and the figures."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import answering, asking, cases, counting, sender_steps, status, triage
from feedback.errors import FeedbackRefused, MoveNotAllowed
from feedback.models import Case, CaseFile, CaseRating
from feedback.sender_steps import Sender
from feedback.states import MOVES, Move, State, senders_possible
from portal.keys import KeyRing
from portal.staff.models import Role
from tests.feedback.makers import CALENDAR, NOW, a_case, a_clerk, a_receipt, answered, classified


def the_sender(ring: KeyRing, *, days: int = 0) -> Sender:
    return Sender(ring=ring, calendar=CALENDAR, now=NOW + timedelta(days=days))


def asked(db: Session, ring: KeyRing) -> Case:
    case = classified(db, a_case(db, ring), a_clerk(ring))
    asking.ask(db, case, words="Số hồ sơ trên giấy hẹn là bao nhiêu?", clerk=a_clerk(ring))
    return case


def test_only_code_and_secret_together_open_a_case(db: Session, ring: KeyRing) -> None:
    one, other = a_receipt(db, ring), a_receipt(db, ring, text="Việc khác hẳn.")
    assert sender_steps.take(db, one.code, one.secret, ring) is not None
    assert sender_steps.take(db, one.code, other.secret, ring) is None
    assert sender_steps.take(db, "PAKN.20260101.0000", one.secret, ring) is None


def test_a_question_stops_the_clock_until_it_is_answered(db: Session, ring: KeyRing) -> None:
    case = asked(db, ring)
    due = case.due_on
    assert case.state == State.WAITING
    sender_steps.reply(db, case, "Số 000.00.00.H47-230901-0001", the_sender(ring, days=7))
    assert case.state == State.ASSIGNED
    assert due is not None
    # 24 November is a holiday, and a weekend lies between: four working days.
    assert (case.paused_days, case.due_on) == (4, CALENDAR.add(due, 4))
    (question,) = asking.questions(db, case)
    assert question.reply.startswith("Số 000")
    with pytest.raises(MoveNotAllowed):
        sender_steps.reply(db, case, "Thêm nữa", the_sender(ring, days=8))


def test_an_officer_may_go_on_without_the_reply_and_the_clock_runs(
    db: Session, ring: KeyRing
) -> None:
    case = asked(db, ring)
    clerk = a_clerk(ring, now=NOW + timedelta(days=2))
    triage.assign(db, case, unit_code=None, officer="", clerk=clerk)
    assert (case.state, case.paused_days, case.waiting_since) == (State.ASSIGNED, 1, None)


def test_an_answered_case_is_opened_again_once_with_its_answer_kept(
    db: Session, ring: KeyRing
) -> None:
    case = answered(db, a_case(db, ring), ring)
    later = the_sender(ring, days=3)
    sender_steps.reopen(db, case, "Vẫn chưa nhận được kết quả.", later)
    assert (case.state, case.finished_at, case.reopened) == (State.REOPENED, None, True)
    assert case.due_on == CALENDAR.add((NOW + timedelta(days=3)).date(), 15)
    (kept,) = sender_steps.past_answers(db, case)
    assert kept.text == "Hồ sơ đã có kết quả, mời đến nhận."
    officer, approver = a_clerk(ring, name="an"), a_clerk(ring, Role.APPROVER, name="binh")
    with pytest.raises(MoveNotAllowed):
        answering.send(db, case, clerk=officer)
    answering.draft(db, case, text="Đã xem xét lại.", clerk=officer)
    answering.approve(db, case, clerk=approver)
    answering.send(db, case, clerk=officer)
    with pytest.raises(FeedbackRefused, match="mở lại một lần"):
        sender_steps.reopen(db, case, "Lần nữa.", later)


def test_a_reopened_case_counts_once_in_the_period_of_its_first_receipt(
    db: Session, ring: KeyRing
) -> None:
    case = answered(db, a_case(db, ring), ring)
    sender_steps.reopen(db, case, "Chưa xong.", the_sender(ring, days=40))
    (fact,) = counting.facts_at(db, NOW + timedelta(days=60))
    assert (fact.received_at, fact.finished) == (NOW, False)


def test_what_is_taken_back_stays_in_the_register_without_a_deadline(
    db: Session, ring: KeyRing
) -> None:
    case = a_case(db, ring)
    sender_steps.take_back(db, case, the_sender(ring))
    assert (case.state, case.due_on) == (State.WITHDRAWN, None)
    (fact,) = counting.facts_at(db, NOW + timedelta(days=1))
    assert fact.withdrawn
    with pytest.raises(MoveNotAllowed):
        sender_steps.take_back(db, case, the_sender(ring))


def test_a_rating_is_given_once_and_never_stands_in_the_history(db: Session, ring: KeyRing) -> None:
    case = answered(db, a_case(db, ring), ring)
    sender_steps.rate(db, case, 2, "Trả lời chậm.", the_sender(ring))
    assert db.scalars(select(CaseRating.score)).all() == [2]
    with pytest.raises(FeedbackRefused, match="đã đánh giá"):
        sender_steps.rate(db, case, 5, "", the_sender(ring))
    told = status.look_up(db, case.code, "sai", ring=ring)
    assert told is None


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_outside_one_to_five_is_refused(db: Session, ring: KeyRing, score: int) -> None:
    case = answered(db, a_case(db, ring), ring)
    with pytest.raises(FeedbackRefused, match="từ 1 đến 5"):
        sender_steps.rate(db, case, score, "", the_sender(ring))


def test_files_are_added_once_each_and_not_without_end(db: Session, ring: KeyRing) -> None:
    case = a_case(db, ring)

    def file(number: int) -> CaseFile:
        return CaseFile(
            sha256=f"{number:064d}", name="anh.jpg", media_type="image/jpeg", size=1, added_at=NOW
        )

    sender_steps.add_files(db, case, [file(1), file(2)], the_sender(ring))
    sender_steps.add_files(db, case, [file(2)], the_sender(ring))
    db.flush()
    assert len(db.scalars(select(CaseFile)).all()) == 2
    with pytest.raises(FeedbackRefused, match="nhiều nhất"):
        sender_steps.add_files(db, case, [file(n) for n in range(3, 13)], the_sender(ring))


def test_empty_and_endless_words_are_refused(db: Session, ring: KeyRing) -> None:
    case = asked(db, ring)
    for words in ("", "   ", "x" * 2_001):
        with pytest.raises(FeedbackRefused):
            sender_steps.reply(db, case, words, the_sender(ring))
    assert case.state == State.WAITING


def test_the_senders_moves_are_no_ones_at_the_desk(db: Session, ring: KeyRing) -> None:
    for row in MOVES:
        if not row.roles:
            with pytest.raises(MoveNotAllowed):
                case = a_case(db, ring)
                case.state = row.sources[0]
                cases.target(case, row.move, a_clerk(ring))
    assert Move.RATE in senders_possible(State.ANSWERED)
    assert Move.RATE not in senders_possible(State.REGISTERED)
