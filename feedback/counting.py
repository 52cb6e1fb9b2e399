"""Gives reports every case as it stood at any past moment, rebuilt from the history."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from feedback.kinds import CONDUCT_TYPE, KINDS, Kind, unpack
from feedback.models import Case, CaseEvent
from feedback.states import State


@dataclass(frozen=True)
class CaseFact:
    """One case at one moment, with nothing of who sent it.

    `conduct` and `regulation` come from the content types (1, and 2 to 8). `finished`: an answer
    was sent by then. `transferred`: it had gone to another agency and was not taken back. A case
    that was not accepted has triage "K0" and is neither finished nor open.
    """

    code: str
    kind: str
    petition: bool
    field: str
    unit_code: str | None
    conduct: bool
    regulation: bool
    received_at: datetime
    triage: str | None
    competence: str
    finished: bool
    transferred: bool
    published: bool
    withdrawn: bool
    due_on: date | None
    finished_at: datetime | None


def facts_at(db: Session, until: datetime) -> list[CaseFact]:
    """Every registered case received before `until`, as it stood then, in the register's order."""
    last = (
        select(func.max(CaseEvent.id).label("id"))
        .where(CaseEvent.at < until)
        .group_by(CaseEvent.case_id)
        .subquery()
    )
    columns = (Case.code, Case.received_at, *_SNAPSHOT)
    found = (
        select(*columns)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .join(last, last.c.id == CaseEvent.id)
        .where(Case.register_number.is_not(None), CaseEvent.state != State.QUARANTINED)
        .order_by(Case.register_year, Case.register_number)
    )
    return [_fact(row) for row in db.execute(found)]


_SNAPSHOT = (
    CaseEvent.state,
    CaseEvent.kind,
    CaseEvent.triage,
    CaseEvent.competence,
    CaseEvent.content_types,
    CaseEvent.field,
    CaseEvent.unit_code,
    CaseEvent.transferred,
    CaseEvent.published,
    CaseEvent.due_on,
    CaseEvent.finished_at,
)


def _fact(row: Row[*tuple[Any, ...]]) -> CaseFact:
    types = unpack(row.content_types)
    return CaseFact(
        code=row.code,
        kind=row.kind,
        petition=KINDS[Kind(row.kind)].petition,
        field=row.field,
        unit_code=row.unit_code,
        conduct=CONDUCT_TYPE in types,
        regulation=any(number != CONDUCT_TYPE for number in types),
        received_at=row.received_at,
        triage=row.triage,
        competence=row.competence,
        finished=row.finished_at is not None,
        transferred=row.transferred,
        published=row.published,
        withdrawn=row.state == State.WITHDRAWN,
        due_on=row.due_on,
        finished_at=row.finished_at,
    )
