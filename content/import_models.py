"""What is kept of an import: which file, what it would change, and what was decided about it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime


class RunState(StrEnum):
    """WAITING and APPLYING ones are the worker's; READY ones wait for a person."""

    WAITING = "waiting"
    READY = "ready"
    APPLYING = "applying"
    DONE = "done"
    FAILED = "failed"


class Found(StrEnum):
    """What an import means for one procedure.

    BENEATH: its record changed only where staff or the library say something else.
    """

    NEW = "new"
    CHANGED = "changed"
    BENEATH = "beneath"
    GONE = "gone"


class Verdict(StrEnum):
    """What was decided; STALE: the page has changed since the preview was made."""

    WAITING = "waiting"
    APPLIED = "applied"
    REJECTED = "rejected"
    STALE = "stale"


class ImportRun(Base):
    """One file of the national database. `file_key` names its copy under VAR/imports.

    `known` is how many procedures came from this source before, `done` how many lines were read so
    far, `problem` why the file as a whole was refused. `problems` lists lines that were refused and
    lines with something odd, as JSON.
    """

    __tablename__ = "import_runs"
    __table_args__ = (Index("ix_import_runs_state", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(Text, default="", server_default="")
    file_name: Mapped[str] = mapped_column(Text)
    file_key: Mapped[str] = mapped_column(Text, default="", server_default="")
    partial: Mapped[bool] = mapped_column(default=False, server_default=false())
    state: Mapped[str] = mapped_column(Text)
    problem: Mapped[str] = mapped_column(Text, default="", server_default="")
    problems: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    done: Mapped[int] = mapped_column(default=0, server_default="0")
    rejected: Mapped[int] = mapped_column(default=0, server_default="0")
    unchanged: Mapped[int] = mapped_column(default=0, server_default="0")
    elsewhere: Mapped[int] = mapped_column(default=0, server_default="0")
    known: Mapped[int] = mapped_column(default=0, server_default="0")
    made_by: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    applied_by: Mapped[str] = mapped_column(Text, default="", server_default="")
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ImportChange(Base):
    """What one line of the file would change. Procedures that stay as they are have no row.

    `parts` are the names of the parts people would see changed, `beneath` of those that change only
    under what staff say, `flags` the outdated words found; each parted by spaces. `before` and
    `after` are fingerprints: of what stood when this was found, and of the page as it would be.
    `text` is the record as the source now says it.
    """

    __tablename__ = "import_changes"
    __table_args__ = (
        UniqueConstraint("run_id", "code", name="uq_import_changes_run_id_code"),
        Index("ix_import_changes_run_id_found", "run_id", "found"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_runs.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    found: Mapped[str] = mapped_column(Text)
    elsewhere: Mapped[bool] = mapped_column(default=False, server_default=false())
    rescinded: Mapped[bool] = mapped_column(default=False, server_default=false())
    parts: Mapped[str] = mapped_column(Text, default="", server_default="")
    beneath: Mapped[str] = mapped_column(Text, default="", server_default="")
    flags: Mapped[str] = mapped_column(Text, default="", server_default="")
    text: Mapped[str] = mapped_column(Text, default="", server_default="")
    before: Mapped[str] = mapped_column(Text, default="", server_default="")
    after: Mapped[str] = mapped_column(Text, default="", server_default="")
    verdict: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text, default="", server_default="")
    decided_by: Mapped[str] = mapped_column(Text, default="", server_default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OldWords(Base):
    """Which outdated words a published procedure still uses, and in which text they were sought.

    `seen` is the fingerprint of that text with the rule that was used; `flags` parted by spaces.
    """

    __tablename__ = "procedure_old_words"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    seen: Mapped[str] = mapped_column(Text)
    flags: Mapped[str] = mapped_column(Text)
