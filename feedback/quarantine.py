"""The second look: a doubtful message is entered in the register, or set aside, by a person."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback import cases, deadlines, intake, register
from feedback.cases import Clerk, required
from feedback.kinds import Kind
from feedback.models import Case
from feedback.states import Move
from portal import clock

SPAM = "spam"


def release(db: Session, case: Case, clerk: Clerk) -> None:
    """Enter the case in today's register; its deadline counts from the day it was received."""
    cases.target(case, Move.RELEASE, clerk)
    register.enter(case, register.locked(db, clock.local_date(clerk.now).year))
    received = clock.local_date(case.received_at)
    due = deadlines.on_receipt(Kind(case.kind), received, clerk.calendar)
    case.due_on, case.due_rule = due.due_on, due.rule
    cases.step(db, case, Move.RELEASE, clerk)
    intake.tell(db, case, clerk.now)


def set_aside(db: Session, case: Case, *, reason: str, clerk: Clerk) -> None:
    """Keep the case outside the register for good: no number, no deadline, in no figure."""
    reason = required(reason, _("Hãy ghi vì sao không ghi sổ."))
    cases.target(case, Move.SET_ASIDE, clerk)
    case.outcome = SPAM
    told = _("Trung tâm đã xem và không ghi nội dung này vào sổ tiếp nhận.")
    cases.step(db, case, Move.SET_ASIDE, clerk, note=reason, message=told)
