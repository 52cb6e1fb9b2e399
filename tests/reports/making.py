"""Makers of facts for the tests of this room."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback import history
from feedback.counting import CaseFact
from feedback.models import Case
from feedback.states import Move, State
from portal import profile, revisions
from portal.keys import KeyRing
from portal.revisions import Area
from reports import building, form
from reports.periods import Period, Window
from reports.record import Frozen

START = datetime(2026, 9, 14, 17, tzinfo=UTC)
END = datetime(2026, 12, 14, 17, tzinfo=UTC)
IN_PERIOD = START + timedelta(days=20)
BEFORE = START - timedelta(days=20)

A_FACT = CaseFact(
    code="PAKN-1",
    kind="conduct",
    petition=True,
    field="Đất đai",
    unit_code="STNMT",
    conduct=True,
    regulation=False,
    received_at=IN_PERIOD,
    triage="K1",
    competence="own",
    finished=False,
    transferred=False,
    published=False,
    withdrawn=False,
    due_on=None,
    finished_at=None,
)


def a_fact(**different: Any) -> CaseFact:
    """A petition about conduct, received in the fourth quarter of 2026, own and open."""
    if different.get("finished") and "finished_at" not in different:
        different["finished_at"] = END - timedelta(days=5)
    return replace(A_FACT, **different)


def a_question(**different: Any) -> CaseFact:
    """A message that is no petition."""
    said: dict[str, Any] = {
        "kind": "question", "petition": False, "conduct": False, "triage": None,
        "competence": "undecided",
    }  # fmt: skip
    return a_fact(**(said | different))


def keep_case(db: Session, ring: KeyRing, fact: CaseFact, *moments: datetime) -> None:
    """A case in the database that stands like `fact`, with a step at each of these moments.

    The first moment is its receipt. Earlier steps show it as merely registered.
    """
    number = 1 + (db.scalar(select(func.max(Case.register_number))) or 0)
    code = f"PAKN-{number:06}"
    case = Case(
        code=code, register_year=2026, register_number=number, kind=fact.kind,
        chosen_kind=fact.kind, sender_kind="person", channel="web", language="vi",
        text="Nội dung riêng của người gửi", search_text="", state=State.REGISTERED, triage=None,
        competence="undecided", content_types=_types(fact), field="", officer="",
        transferred=False, published=False, due_on=fact.due_on, due_rule="",
        received_at=moments[0], finished_at=None, changed_at=moments[0],
        stamp_nonce=f"nonce-{number}", content_digest="", secret_digest="", notice_version="1",
        quarantine_score=0, salt=b"0" * 16, version=1, unit_code=None,
    )  # fmt: skip
    db.add(case)
    db.flush()
    history.add(db, case, Move.RECEIVE, actor="", ring=ring, now=moments[0])
    if len(moments) > 1:
        case.state = State.WITHDRAWN if fact.withdrawn else State.ASSIGNED
        for name in ("triage", "competence", "field", "transferred", "published", "unit_code"):
            setattr(case, name, getattr(fact, name))
        case.finished_at = moments[-1] if fact.finished else None
        history.add(db, case, Move.NOTE, actor="lan", ring=ring, now=moments[-1])
    revisions.advance(db, Area.FIGURES)


def _types(fact: CaseFact) -> str:
    return ",".join(["1"] * fact.conduct + ["6"] * fact.regulation)


def a_frozen(
    before: Sequence[CaseFact] = (),
    after: Sequence[CaseFact] = (),
    *,
    as_of: date | None = None,
    tenant: str = "quangnam",
) -> Frozen:
    """A report of the fourth quarter of 2026 made of these facts, without a database."""
    with patch.object(building, "facts_at", side_effect=[list(before), list(after)]):
        return building.build(
            None,  # type: ignore[arg-type] # nothing is read from it here
            kind="feedback",
            window=Window(Period(2026, "Q4"), as_of),
            form=form.load("II.05a"),
            profile=profile.load(tenant),
        )
