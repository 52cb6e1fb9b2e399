"""Reports as they are kept: a draft can still be thrown away, an issued one never changes."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Date, String, Text, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from portal.database import Base, UtcDateTime


class State(StrEnum):
    """Whether a report has left the house."""

    DRAFT = "draft"
    ISSUED = "issued"


class Report(Base):
    """One frozen report.

    `figures` and `cases` are canonical JSON, `digest` the fingerprint of `figures`, which carry
    the fingerprint of `cases`. `number` counts the issues of one period: 1 is the report, 2 its
    first amendment. `scope` names whose figures they are.
    """

    __tablename__ = "reports"
    __table_args__ = (
        UniqueConstraint("scope", "kind", "period", "by", "number"),
        CheckConstraint("(state = 'issued') = (number IS NOT NULL)", name="issued_is_numbered"),
        CheckConstraint("state = 'draft' OR as_of IS NULL", name="issued_is_finished"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    period: Mapped[str] = mapped_column(String(10))
    by: Mapped[str] = mapped_column(String(10))
    from_day: Mapped[date] = mapped_column(Date)
    to_day: Mapped[date] = mapped_column(Date)
    as_of: Mapped[date | None] = mapped_column(Date)
    scope: Mapped[str] = mapped_column(String(40))
    figures: Mapped[str] = mapped_column(Text)
    cases: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(10), default=State.DRAFT)
    number: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(60))
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    issued_by: Mapped[str] = mapped_column(String(60), default="")


class IssuedReportChanged(RuntimeError):
    """Something tried to change what has been issued."""


FROZEN_FROM_THE_START = (
    "kind", "period", "by", "from_day", "to_day", "as_of", "scope", "figures", "cases", "digest",
    "created_at", "created_by",
)  # fmt: skip


@event.listens_for(Report, "before_update")
def _refuse_change(_mapper: Mapper[Any], _connection: object, report: Report) -> None:
    state = inspect(report)
    changed = {name for name in FROZEN_FROM_THE_START if state.attrs[name].history.has_changes()}
    was = state.attrs["state"].history
    issued_before = State.ISSUED in (*was.deleted, *was.unchanged)
    if changed or (issued_before and state.modified):
        raise IssuedReportChanged(f"report {report.id} is frozen")


@event.listens_for(Report, "before_delete")
def _refuse_deletion(_mapper: Mapper[Any], _connection: object, report: Report) -> None:
    if report.state == State.ISSUED:
        raise IssuedReportChanged(f"report {report.id} was issued and stays")
