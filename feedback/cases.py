"""Finding a case, taking it in hand for a change, and writing each step down."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import history, permission, states
from feedback.deadlines import WorkingDays
from feedback.errors import FeedbackRefused, NotYourCase, Stale
from feedback.models import Case
from feedback.states import Move, State
from portal import clock
from portal.database import lock
from portal.errors import NotFound
from portal.keys import KeyRing
from portal.staff.models import StaffMember


@dataclass(frozen=True)
class Clerk:
    """Who acts at the desk, when, and with which keys and calendar."""

    staff: StaffMember
    now: datetime
    ring: KeyRing
    calendar: WorkingDays


def find(db: Session, code: str, staff: StaffMember) -> Case:
    """The case for reading; raises NotFound, or NotYourCase where another unit has it."""
    case = db.scalar(select(Case).where(Case.code == code))
    if case is None:
        raise NotFound(_("Không có phản ánh nào mang mã này."))
    if not permission.sees(staff, case):
        raise NotYourCase(_("Phản ánh này do đơn vị khác xử lý."))
    return case


def take(db: Session, code: str, version: int, staff: StaffMember) -> Case:
    """The case locked for a change; raises Stale if it changed since the page was opened."""
    case = lock(db, Case, find(db, code, staff).id)
    assert case is not None
    if not permission.sees(staff, case):
        raise NotYourCase(_("Phản ánh này do đơn vị khác xử lý."))
    if case.version != version:
        raise Stale
    return case


def step(
    db: Session, case: Case, move: Move, clerk: Clerk, *, note: str = "", message: str = ""
) -> None:
    """Make a move the table allows and write it down; raises MoveNotAllowed."""
    go(case, target(case, move, clerk), calendar=clerk.calendar, now=clerk.now)
    case.version += 1
    actor = clerk.staff.username
    history.add(
        db, case, move, actor=actor, ring=clerk.ring, now=clerk.now, note=note, message=message
    )


def go(case: Case, state: State, *, calendar: WorkingDays, now: datetime) -> None:
    """Change the state; a case that waited for its sender gets those working days back."""
    if case.waiting_since is not None and state is not State.WAITING:
        waited = calendar.between(case.waiting_since, clock.local_date(now))
        case.waiting_since = None
        if waited > 0 and state is not State.WITHDRAWN:
            case.paused_days += waited
            case.due_on = calendar.add(case.due_on, waited) if case.due_on else None
    case.state = state


def target(case: Case, move: Move, clerk: Clerk) -> State:
    """Where the move would lead; raises MoveNotAllowed before anything is changed."""
    return states.check(State(case.state), move, clerk.staff.roles)


def required(text: str, sentence: str) -> str:
    """A reason or message that must not be empty; raises FeedbackRefused with the sentence."""
    if not text.strip():
        raise FeedbackRefused(sentence)
    return text.strip()
