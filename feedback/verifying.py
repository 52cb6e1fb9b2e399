"""Checks that the history of all cases is whole and that nobody changed a past step."""

import json
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.history import CHAIN, body_of
from feedback.models import Case, CaseEvent
from portal import chain
from portal.canonical import canonical_text
from portal.chain import Broken, ChainLink
from portal.keys import KeyRing

LINKS_AT_ONCE = 1000
PERSONAL = ("note", "message", "text")


def verify(db: Session, ring: KeyRing) -> int:
    """Walk the chain, compare every step with its link, and return the number of steps.

    Raises portal.chain.Broken, which names the first link or step that does not fit.
    """
    count = chain.verify(db, CHAIN)
    for start in range(1, count + 1, LINKS_AT_ONCE):
        _compare_some(db, start, ring)
    steps = db.scalar(select(func.count(CaseEvent.id))) or 0
    if steps != count:
        raise Broken(_("Có %(steps)s bước, sổ ghi %(count)s mắt xích.", steps=steps, count=count))
    return count


def _compare_some(db: Session, start: int, ring: KeyRing) -> None:
    links = select(ChainLink.body).where(
        ChainLink.chain == CHAIN,
        ChainLink.position >= start,
        ChainLink.position < start + LINKS_AT_ONCE,
    )
    bodies = [json.loads(body) for body in db.scalars(links.order_by(ChainLink.position))]
    joined = select(Case, CaseEvent).join(Case, Case.id == CaseEvent.case_id)
    numbers = [body["event"] for body in bodies]
    found = {
        step.id: (case, step) for case, step in db.execute(joined.where(CaseEvent.id.in_(numbers)))
    }
    for body in bodies:
        if body["event"] not in found:
            raise Broken(_("Thiếu bước %(step)s trong lịch sử phản ánh.", step=body["event"]))
        _compare(*found[body["event"]], body, ring)
    db.expunge_all()


def _compare(case: Case, step: CaseEvent, written: dict[str, Any], ring: KeyRing) -> None:
    expected = json.loads(canonical_text({**body_of(case, step, ring), "at": step.at}))
    if case.salt is None:
        for name in PERSONAL:
            expected.pop(name, None)
            written.pop(name, None)
    if expected != written:
        raise Broken(_("Bước %(step)s của %(code)s đã bị sửa.", step=step.id, code=case.code))
