"""The cases that a leaver still has in hand, and passing them on."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from feedback import history
from feedback.errors import FeedbackRefused
from feedback.models import Case
from feedback.states import Move, State
from feedback.triage import officers
from portal import revisions
from portal.keys import ring
from portal.revisions import Area
from portal.staff.accounts import OpenWork
from portal.staff.audit import record

DONE = frozenset(
    {
        State.ANSWERED, State.PUBLISHED, State.TRANSFERRED, State.NOT_ACCEPTED, State.WITHDRAWN,
        State.CLOSED,
    }
)  # fmt: skip


def tell(db: Session, **payload: Any) -> None:
    """Answers the question what somebody still has in hand."""
    count = len(db.scalars(_in_hand(payload["username"])).all())
    if count:
        payload["found"].append(OpenWork(_("phản ánh, kiến nghị đang xử lý"), count))


def handed_over(db: Session, **payload: Any) -> None:
    """Somebody hands everything over: this room's part of it."""
    hand_over(db, **payload)


def hand_over(db: Session, *, username: str, to: str, by: str, now: datetime) -> None:
    """Put the heir in charge of every open case, each with a step of its own in its history.

    Raises FeedbackRefused where the heir is not among those who may handle a case of its unit.
    """
    cases = list(db.scalars(_in_hand(username).order_by(Case.id).with_for_update()))
    for case in cases:
        if to not in {name for name, _label in officers(db, case.unit_code)}:
            raise FeedbackRefused(
                _("Người nhận không xử lý được phản ánh %(code)s của đơn vị đó.", code=case.code)
            )
        case.officer = to
        case.version += 1
        note = _("Bàn giao từ %(username)s.", username=username)
        history.add(db, case, Move.NOTE, actor=by, ring=ring(), now=now, note=note)
    if cases:
        revisions.advance(db, Area.FIGURES)
        detail = {"to": to, "moved": len(cases)}
        record(db, actor=by, action="case.hand-over", subject=username, at=now, detail=detail)


def _in_hand(username: str) -> Select[Case]:
    return select(Case).where(Case.officer == username, Case.state.not_in(DONE))
