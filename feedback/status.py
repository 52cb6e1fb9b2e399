"""Shows a sender what became of a message, and nothing to anybody without the secret."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import asking, deadlines, history, receipts, sender_steps, states
from feedback.deadlines import Rule
from feedback.history import SenderStep
from feedback.kinds import Kind
from feedback.models import Answer, Case, CaseFile, CaseRating
from feedback.states import FOLLOWED, Move, State
from portal import clock, limits
from portal.keys import KeyRing

WINDOW = timedelta(minutes=15)
FREE_FAILURES = 5
SECONDS_PER_FAILURE = 0.1
LONGEST_DELAY_SECONDS = 1.0
SCOPE_CODE = "feedback.status.code"
SCOPE_ADDRESS = "feedback.status.address"


@dataclass(frozen=True)
class Asked:
    """A question of the desk's and what the sender replied, if anything yet."""

    words: str
    at: datetime
    reply: str


@dataclass(frozen=True)
class CaseStatus:
    """What the sender sees: no note, no name of staff, nothing of who sent it."""

    code: str
    kind: Kind
    text: str
    received_at: datetime
    state: State
    open: bool
    due_on: date | None
    rule: Rule | None
    steps: list[SenderStep]
    answer: str
    answered_at: datetime | None
    public_slug: str
    moves: tuple[Move, ...]
    questions: tuple[Asked, ...]
    files: tuple[str, ...]
    past_answers: tuple[tuple[datetime, str], ...]


def look_up(db: Session, code: str, secret: str, *, ring: KeyRing) -> CaseStatus | None:
    """The case of this code if the secret is its own; None for everything else.

    An unknown code costs the same query and the same comparison as a wrong secret.
    """
    case = db.scalar(select(Case).where(Case.code == receipts.plain_code(code)))
    stored = case.secret_digest if case is not None else None
    if not ring.matches(receipts.plain_secret(secret), stored) or case is None:
        return None
    return _status(db, case)


def _status(db: Session, case: Case) -> CaseStatus:
    answer = db.get(Answer, case.id)
    sent = answer is not None and answer.sent_at is not None
    state, received = State(case.state), clock.local_date(case.received_at)
    return CaseStatus(
        code=case.code,
        kind=Kind(case.kind),
        text=case.text,
        received_at=case.received_at,
        state=state,
        open=state in FOLLOWED,
        due_on=case.due_on,
        rule=deadlines.rule_on(case.due_rule, received),
        steps=history.for_sender(db, case),
        answer=answer.text if answer is not None and sent else "",
        answered_at=answer.sent_at if answer is not None and sent else None,
        public_slug=(answer.slug or "") if answer is not None and case.published else "",
        moves=_moves(db, case),
        questions=tuple(
            Asked(one.words, one.asked_at, one.reply) for one in asking.questions(db, case)
        ),
        files=tuple(
            db.scalars(
                select(CaseFile.name).where(CaseFile.case_id == case.id).order_by(CaseFile.id)
            )
        ),
        past_answers=tuple((one.sent_at, one.text) for one in sender_steps.past_answers(db, case)),
    )


def _moves(db: Session, case: Case) -> tuple[Move, ...]:
    """What the sender may do now; opening again and rating are done once."""
    done = set()
    if case.reopened or case.register_number is None:
        done.add(Move.REOPEN)
    if db.get(CaseRating, case.id) is not None:
        done.add(Move.RATE)
    return tuple(move for move in states.senders_possible(State(case.state)) if move not in done)


def delay(db: Session, code_key: str, address_key: str, *, now: datetime) -> float:
    """Seconds to wait before the next attempt is answered; never more than one, never for ever."""
    failures = max(
        limits.count(db, scope=scope, key=key, window=WINDOW, now=now)
        for scope, key in ((SCOPE_CODE, code_key), (SCOPE_ADDRESS, address_key))
    )
    return min(LONGEST_DELAY_SECONDS, max(0, failures - FREE_FAILURES) * SECONDS_PER_FAILURE)


def count_failure(db: Session, code_key: str, address_key: str, *, now: datetime) -> None:
    for scope, key in ((SCOPE_CODE, code_key), (SCOPE_ADDRESS, address_key)):
        limits.hit(db, scope=scope, key=key, window=WINDOW, now=now)
