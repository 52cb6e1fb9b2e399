"""Makers of facts for the tests of this room."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from feedback.counting import CaseFact

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
