"""Cases, the sealed identities beside them, their history, their answers and the register."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from feedback.desk_intake_models import DeskContact
from feedback.usefulness_models import PageVote
from portal.database import Base, UtcDateTime

__all__ = ["DeskContact", "PageVote"]  # declared next door

TEXT_LENGTH = 5_000


class CaseRegister(Base):
    """The last number given in a year; locked by each intake, so that no number is missing."""

    __tablename__ = "case_registers"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int] = mapped_column(default=0)


class Case(Base):
    """One message and where it stands. Nothing in this table says who sent it.

    `about_unit` is what the sender chose, `unit_code` the unit in charge; `version` counts every
    change, so that a form filled in on an old page is noticed. `salt` goes when the personal data
    are erased: the fingerprints of personal text in the chain then mean nothing any more.

    A quarantined case has no register number; it gets one when it is released. `outcome` says how
    a case ended, apart from its state. `locked`: a denunciation, opened only by who may. `alarm`
    names the danger its text speaks of. `waiting_since` is the day on which the clock stopped for
    a question to the sender, `paused_days` how many working days it has stood in all; `reopened`
    is true once the sender had it opened again, which can be done once.
    """

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("register_year", "register_number"),
        CheckConstraint("register_number > 0", name="numbered_from_one"),
        Index("ix_cases_waiting", "state", "due_on"),
        Index("ix_cases_unit", "unit_code", "state"),
        Index("ix_cases_received", "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(30), unique=True)
    register_year: Mapped[int | None]
    register_number: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(20))
    chosen_kind: Mapped[str] = mapped_column(String(20))
    sender_kind: Mapped[str] = mapped_column(String(12))
    channel: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(Text)
    search_text: Mapped[str] = mapped_column(Text)
    about_unit: Mapped[str] = mapped_column(String(200), default="")
    procedure: Mapped[str] = mapped_column(String(300), default="")
    page_url: Mapped[str] = mapped_column(String(500), default="")
    dossier_code: Mapped[str] = mapped_column(String(60), default="")
    state: Mapped[str] = mapped_column(String(20))
    triage: Mapped[str | None] = mapped_column(String(2))
    competence: Mapped[str] = mapped_column(String(10))
    content_types: Mapped[str] = mapped_column(String(20), default="")
    field: Mapped[str] = mapped_column(String(120), default="")
    unit_code: Mapped[str | None] = mapped_column(String(40))
    officer: Mapped[str] = mapped_column(String(60), default="", index=True)
    transferred: Mapped[bool] = mapped_column(default=False)
    published: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date | None] = mapped_column(Date)
    due_rule: Mapped[str] = mapped_column(String(40), default="")
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(30), default="", server_default="")
    locked: Mapped[bool] = mapped_column(default=False, server_default=false())
    alarm: Mapped[str] = mapped_column(String(20), default="", server_default="")
    waiting_since: Mapped[date | None] = mapped_column(Date)
    paused_days: Mapped[int] = mapped_column(default=0, server_default="0")
    reopened: Mapped[bool] = mapped_column(default=False, server_default=false())
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stamp_nonce: Mapped[str] = mapped_column(String(64), unique=True)
    content_digest: Mapped[str] = mapped_column(String(64), index=True)
    possible_duplicate_of: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    secret_digest: Mapped[str] = mapped_column(String(64))
    publish_name: Mapped[bool] = mapped_column(default=False)
    ask_afterwards: Mapped[bool] = mapped_column(default=False)
    notice_version: Mapped[str] = mapped_column(String(20))
    quarantine_score: Mapped[int] = mapped_column(default=0)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)


class CaseIdentity(Base):
    """Who sent a case, sealed value by value; found again only by two blind indexes."""

    __tablename__ = "case_identities"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    name: Mapped[bytes | None] = mapped_column(LargeBinary)
    address: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone: Mapped[bytes | None] = mapped_column(LargeBinary)
    email: Mapped[bytes | None] = mapped_column(LargeBinary)
    organisation: Mapped[bytes | None] = mapped_column(LargeBinary)
    tax_code: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_index: Mapped[str | None] = mapped_column(String(64), index=True)
    email_index: Mapped[str | None] = mapped_column(String(64), index=True)


class CaseEvent(Base):
    """One step in the life of a case, never changed afterwards.

    `note` is for the desk alone, `message` for the sender. The other columns are the case as it
    stood after the step, so that any past moment can be counted again.
    """

    __tablename__ = "case_events"
    __table_args__ = (
        Index("ix_case_events_case", "case_id", "id"),
        Index("ix_case_events_at", "at", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(60))
    move: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    message: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    triage: Mapped[str | None] = mapped_column(String(2))
    competence: Mapped[str] = mapped_column(String(10))
    content_types: Mapped[str] = mapped_column(String(20))
    field: Mapped[str] = mapped_column(String(120))
    unit_code: Mapped[str | None] = mapped_column(String(40))
    officer: Mapped[str] = mapped_column(String(60))
    transferred: Mapped[bool]
    published: Mapped[bool]
    due_on: Mapped[date | None] = mapped_column(Date)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Answer(Base):
    """The answer to a case: draft, approval, what was sent, and what is public of it.

    `approved_digest` and `sent_digest` are fingerprints of the text: only the approved text can be
    sent. A withdrawn public answer keeps its address and says that it was withdrawn.
    """

    __tablename__ = "case_answers"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    text: Mapped[str] = mapped_column(Text)
    drafter: Mapped[str] = mapped_column(String(60))
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approver: Mapped[str] = mapped_column(String(60), default="")
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_digest: Mapped[str] = mapped_column(String(64), default="")
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_digest: Mapped[str] = mapped_column(String(64), default="")
    slug: Mapped[str | None] = mapped_column(String(120), unique=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    public_question: Mapped[str] = mapped_column(Text, default="")
    public_answer: Mapped[str] = mapped_column(Text, default="")
    public_field: Mapped[str] = mapped_column(String(120), default="")
    public_name: Mapped[str] = mapped_column(String(200), default="")
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    unpublished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unpublished_reason: Mapped[str] = mapped_column(Text, default="")


class PastAnswer(Base):
    """An answer that was sent and after which the sender had the case opened again."""

    __tablename__ = "case_past_answers"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    drafter: Mapped[str] = mapped_column(String(60))
    approver: Mapped[str] = mapped_column(String(60))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_digest: Mapped[str] = mapped_column(String(64))


class CaseQuestion(Base):
    """What an officer asked the sender, and the reply given on the status page."""

    __tablename__ = "case_questions"
    __table_args__ = (Index("ix_case_questions_case_id", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    asked_by: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reply: Mapped[str] = mapped_column(Text, default="", server_default="")
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CaseFile(Base):
    """A file that came with a case; its bytes are kept by the floor under their fingerprint."""

    __tablename__ = "case_files"
    __table_args__ = (
        UniqueConstraint("case_id", "sha256"),
        Index("ix_case_files_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    sha256: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WaitingFile(Base):
    """A file chosen in a form that has not been sent; opened by nobody, gone after two hours."""

    __tablename__ = "case_waiting_files"
    __table_args__ = (
        UniqueConstraint("nonce", "sha256"),
        Index("ix_case_waiting_files_came_at", "came_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nonce: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    came_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CaseRating(Base):
    """How satisfied the sender was, from 1 to 5; never shown to the officer who had the case."""

    __tablename__ = "case_ratings"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="score"),)

    case_id: Mapped[int] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    score: Mapped[int]
    words: Mapped[str] = mapped_column(Text, default="", server_default="")
    rated_at: Mapped[datetime] = mapped_column(UtcDateTime)
