"""Work that waits for a person: what kind, about which page or case, and until when."""

from datetime import datetime

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.database import Base, UtcDateTime


class Task(Base):
    """One piece of work. `origin` says what asked for it, for example a case code."""

    __tablename__ = "tasks"
    __table_args__ = (Index("ix_tasks_open", "kind", "subject", "closed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(500))
    origin: Mapped[str] = mapped_column(String(200), default="")
    due: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def open_task(
    db: Session,
    *,
    kind: str,
    subject: str,
    origin: str,
    now: datetime,
    due: datetime | None = None,
) -> Task:
    """Ask for work; asking again for the same thing from the same origin finds the open task."""
    for task in _open(db, kind=kind, subject=subject):
        if task.origin == origin:
            return task
    task = Task(kind=kind, subject=subject, origin=origin, due=due, opened_at=now)
    db.add(task)
    db.flush()
    return task


def close(db: Session, *, kind: str, subject: str, now: datetime) -> list[Task]:
    """The work is done: close every open task of this kind about this subject."""
    done = _open(db, kind=kind, subject=subject)
    for task in done:
        task.closed_at = now
    db.flush()
    return done


def waiting(db: Session) -> list[Task]:
    """Open tasks, the oldest first."""
    found = select(Task).where(Task.closed_at.is_(None)).order_by(Task.opened_at, Task.id)
    return list(db.scalars(found))


def _open(db: Session, *, kind: str, subject: str) -> list[Task]:
    found = select(Task).where(Task.kind == kind, Task.subject == subject, Task.closed_at.is_(None))
    return list(db.scalars(found.order_by(Task.id)))
