"""A question to the sender: the clock stands still until it is answered or the case goes on."""

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import cases
from feedback.cases import Clerk, required
from feedback.models import Case, CaseQuestion
from feedback.states import Move
from portal import clock, events


def ask(db: Session, case: Case, *, words: str, clerk: Clerk) -> CaseQuestion:
    """Ask the sender on the status page; no working day counts until the answer comes."""
    words = required(words, _("Hãy ghi câu hỏi gửi người gửi."))
    cases.target(case, Move.ASK, clerk)
    question = CaseQuestion(
        case_id=case.id, asked_by=clerk.staff.username, words=words, asked_at=clerk.now
    )
    db.add(question)
    case.waiting_since = clock.local_date(clerk.now)
    cases.step(db, case, Move.ASK, clerk, message=words)
    events.emit(db, "feedback.asked", code=case.code)
    return question


def open_question(db: Session, case: Case) -> CaseQuestion | None:
    """What the sender has been asked and has not answered."""
    asked = select(CaseQuestion).where(
        CaseQuestion.case_id == case.id, CaseQuestion.replied_at.is_(None)
    )
    return db.scalar(asked.order_by(CaseQuestion.id.desc()).limit(1))


def questions(db: Session, case: Case) -> list[CaseQuestion]:
    """All that was asked of the sender, the first one first."""
    asked = select(CaseQuestion).where(CaseQuestion.case_id == case.id).order_by(CaseQuestion.id)
    return list(db.scalars(asked))
