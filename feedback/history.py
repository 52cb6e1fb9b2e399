"""The history of a case: every step as a row for counting and as a link of the hash chain."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Case, CaseEvent
from feedback.states import SENDER_WORDS, Move, State
from portal import chain
from portal.keys import KeyRing

CHAIN = "cases"
SNAPSHOT = (
    "state",
    "kind",
    "triage",
    "competence",
    "content_types",
    "field",
    "unit_code",
    "officer",
    "transferred",
    "published",
    "due_on",
    "finished_at",
)


def add(
    db: Session,
    case: Case,
    move: Move,
    *,
    actor: str,
    ring: KeyRing,
    now: datetime,
    note: str = "",
    message: str = "",
) -> CaseEvent:
    """Write down a step just taken: the case as it now is, who did it, and what was said.

    A clock that was set back never puts a step before the one it follows.
    """
    at = max(now, case.changed_at)
    case.changed_at = at
    snapshot = {name: getattr(case, name) for name in SNAPSHOT}
    event = CaseEvent(
        case_id=case.id, at=at, actor=actor, move=move, note=note, message=message, **snapshot
    )
    db.add(event)
    db.flush()
    chain.append(db, chain=CHAIN, body=body_of(case, event, ring), at=at)
    return event


def body_of(case: Case, event: CaseEvent, ring: KeyRing) -> dict[str, Any]:
    """What the chain keeps of a step; personal text only as a fingerprint."""
    body: dict[str, Any] = {name: getattr(event, name) for name in SNAPSHOT}
    body |= {"event": event.id, "case": case.code, "actor": event.actor, "move": event.move}
    # A quarantined case gets its number later: what was written before did not know it.
    held = event.state == State.QUARANTINED
    body["register"] = "" if held else f"{case.register_year}/{case.register_number}"
    for name in ("note", "message"):
        body[name] = _fingerprint(getattr(event, name), case.salt, ring)
    if event.move == Move.RECEIVE:
        body["text"] = _fingerprint(case.text, case.salt, ring)
    return body


def _fingerprint(text: str, salt: bytes | None, ring: KeyRing) -> str:
    return ring.salted(text, salt) if text and salt else ""


def of(db: Session, case: Case) -> list[CaseEvent]:
    """All steps of a case, the first one first."""
    steps = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
    return list(db.scalars(steps))


@dataclass(frozen=True)
class SenderStep:
    """One line of the sender's timeline."""

    at: datetime
    words: str
    message: str


def for_sender(db: Session, case: Case) -> list[SenderStep]:
    """The timeline in plain words. Notes and names of staff are not even read from the table."""
    columns = select(CaseEvent.at, CaseEvent.state, CaseEvent.message)
    steps: list[SenderStep] = []
    for at, state, message in db.execute(
        columns.where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
    ):
        words = str(SENDER_WORDS[State(state)])
        if message or not steps or steps[-1].words != words:
            steps.append(SenderStep(at=at, words=words, message=message))
    return steps
