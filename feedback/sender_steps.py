"""What a sender may still do after sending: reply, add files, take back, reopen once, rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback import asking, cases, deadlines, history, receipts, states
from feedback.cases import required
from feedback.deadlines import WorkingDays
from feedback.errors import FeedbackRefused
from feedback.kinds import Kind
from feedback.models import Answer, Case, CaseFile, CaseRating, PastAnswer
from feedback.states import Move, State
from portal import clock, events, revisions
from portal.database import lock
from portal.keys import KeyRing
from portal.revisions import Area

WORDS_LENGTH = 2_000
FILES_OF_A_CASE = 10
SENDER = ""


@dataclass(frozen=True)
class Sender:
    """Who holds code and secret, at this moment, with what the rules need."""

    ring: KeyRing
    calendar: WorkingDays
    now: datetime


def take(db: Session, code: str, secret: str, ring: KeyRing) -> Case | None:
    """The case locked for its sender; None where code and secret do not belong together."""
    case_id = db.scalar(select(Case.id).where(Case.code == receipts.plain_code(code)))
    case = lock(db, Case, case_id) if case_id is not None else None
    stored = case.secret_digest if case is not None else None
    return case if ring.matches(receipts.plain_secret(secret), stored) else None


def reply(db: Session, case: Case, words: str, sender: Sender) -> None:
    """Answer the officer's question; the clock runs again from today."""
    words = _said(words, _("Hãy viết câu trả lời."))
    target = states.check_sender(State(case.state), Move.REPLY)
    question = asking.open_question(db, case)
    if question is None:
        raise FeedbackRefused(_("Không có câu hỏi nào đang chờ trả lời."))
    question.reply, question.replied_at = words, sender.now
    _step(db, case, Move.REPLY, target, sender)
    events.emit(db, "feedback.replied", code=case.code)


def add_files(db: Session, case: Case, files: Sequence[CaseFile], sender: Sender) -> None:
    """Keep further files with the case; one that is there already is left as it is."""
    target = states.check_sender(State(case.state), Move.ADD_FILES)
    have = set(db.scalars(select(CaseFile.sha256).where(CaseFile.case_id == case.id)))
    new = [file for file in files if file.sha256 not in have]
    if len(have) + len(new) > FILES_OF_A_CASE:
        raise FeedbackRefused(_("Một phản ánh có nhiều nhất %(most)s tệp.", most=FILES_OF_A_CASE))
    for file in new:
        file.case_id = case.id
        db.add(file)
    if new:
        _step(db, case, Move.ADD_FILES, target, sender)


def take_back(db: Session, case: Case, sender: Sender) -> None:
    """The sender needs no answer any more; the case stays in the register."""
    target = states.check_sender(State(case.state), Move.TAKE_BACK)
    case.due_on, case.due_rule = None, ""
    _step(db, case, Move.TAKE_BACK, target, sender)
    revisions.advance(db, Area.FIGURES)


def reopen(db: Session, case: Case, reason: str, sender: Sender) -> None:
    """Open an answered case once more, with a new deadline; the answer given so far is kept."""
    reason = _said(reason, _("Hãy viết vì sao cần xem xét lại."))
    target = states.check_sender(State(case.state), Move.REOPEN)
    if case.reopened or case.register_number is None:
        raise FeedbackRefused(
            _("Phản ánh này đã được mở lại một lần. Ông/bà có thể gửi một phản ánh mới.")
        )
    _keep_answer(db, case)
    case.reopened, case.finished_at = True, None
    today = clock.local_date(sender.now)
    due = deadlines.on_receipt(Kind(case.kind), today, sender.calendar)
    case.due_on, case.due_rule = due.due_on, due.rule
    _step(db, case, Move.REOPEN, target, sender, note=reason)
    events.emit(db, "feedback.reopened", code=case.code)
    revisions.advance(db, Area.FIGURES)


def rate(db: Session, case: Case, score: int, words: str, sender: Sender) -> None:
    """Say once how satisfying the answer was, from 1 to 5."""
    target = states.check_sender(State(case.state), Move.RATE)
    if not 1 <= score <= 5:
        raise FeedbackRefused(_("Hãy chọn một mức từ 1 đến 5."))
    if db.get(CaseRating, case.id) is not None:
        raise FeedbackRefused(_("Ông/bà đã đánh giá phản ánh này."))
    kept = words.strip()[:WORDS_LENGTH]
    db.add(CaseRating(case_id=case.id, score=score, words=kept, rated_at=sender.now))
    _step(db, case, Move.RATE, target, sender)


def past_answers(db: Session, case: Case) -> list[PastAnswer]:
    """The answers given before the case was opened again."""
    found = select(PastAnswer).where(PastAnswer.case_id == case.id).order_by(PastAnswer.number)
    return list(db.scalars(found))


def _keep_answer(db: Session, case: Case) -> None:
    """Put the answer that was sent aside, so that a new one can be written and approved."""
    answer = lock(db, Answer, case.id)
    if answer is None or answer.sent_at is None:
        return
    count = select(func.count(PastAnswer.id)).where(PastAnswer.case_id == case.id)
    db.add(
        PastAnswer(
            case_id=case.id,
            number=(db.scalar(count) or 0) + 1,
            text=answer.text,
            drafter=answer.drafter,
            approver=answer.approver,
            sent_at=answer.sent_at,
            sent_digest=answer.sent_digest,
        )
    )
    answer.approver, answer.approved_at, answer.approved_digest = "", None, ""
    answer.sent_at, answer.sent_digest = None, ""


def _step(
    db: Session, case: Case, move: Move, target: State, sender: Sender, *, note: str = ""
) -> None:
    cases.go(case, target, calendar=sender.calendar, now=sender.now)
    case.version += 1
    history.add(db, case, move, actor=SENDER, ring=sender.ring, now=sender.now, note=note)


def _said(words: str, sentence: str) -> str:
    words = required(words, sentence)
    if len(words) > WORDS_LENGTH:
        raise FeedbackRefused(_("Dài quá: nhiều nhất %(most)s ký tự.", most=WORDS_LENGTH))
    return words
