"""What has been published so far, as a small row of numbers; also the sequence of changes."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.database import Base, lock_or_make

ONLY_ROW = 1


class Area(StrEnum):
    """What a public page can depend on."""

    FRAME = "frame"
    PROCEDURES = "procedures"
    GUIDES = "guides"
    PAGES = "pages"
    NEWS = "news"
    ANSWERS = "answers"
    FIGURES = "figures"
    UNITS = "units"


class Revision(Base):
    """One row. `sequence` counts all changes, the others the changes of their area."""

    __tablename__ = "revision"
    __table_args__ = (CheckConstraint("id = 1", name="only_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(default=0)
    frame: Mapped[int] = mapped_column(default=0)
    procedures: Mapped[int] = mapped_column(default=0)
    guides: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    news: Mapped[int] = mapped_column(default=0)
    answers: Mapped[int] = mapped_column(default=0)
    figures: Mapped[int] = mapped_column(default=0)
    units: Mapped[int] = mapped_column(default=0)


def advance(db: Session, *areas: Area) -> int:
    """Count one change of these areas and return its number in the sequence of all changes.

    The row stays locked until the transaction ends, so numbers are committed in their order and
    a reader that has seen number n has seen everything before it.
    """
    row = lock_or_make(db, Revision, ONLY_ROW, sequence=0, **{area.value: 0 for area in Area})
    row.sequence += 1
    for area in areas:
        setattr(row, area.value, getattr(row, area.value) + 1)
    db.flush()
    db.info["advanced"] = True
    return row.sequence


def current(db: Session) -> dict[Area, int]:
    """The number of each area; all 0 where nothing was ever published."""
    row = db.scalar(select(Revision))
    return {area: getattr(row, area.value) if row else 0 for area in Area}


def sequence(db: Session) -> int:
    """How many changes have been published in all."""
    return db.scalar(select(Revision.sequence)) or 0


class Committed:
    """How many publishing transactions this very process has committed; a hint to look again."""

    here = 0


@event.listens_for(Session, "after_commit")
def _count_commit(db: Session) -> None:
    if db.info.pop("advanced", False):
        Committed.here += 1
