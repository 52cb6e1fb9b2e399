"""What is kept of editing: drafts with every save, remarks, links for outside experts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime

_IS_OPEN = text("closed_at IS NULL")


class Draft(Base):
    """What is to become the next version of a page; a page has at most one that is open.

    `based_on` is the version it started from (0: a new page), `revision` the number of its newest
    save. `approved_sha256` is the fingerprint of the text that was approved, and the only one that
    may be published. `reviewer` is who was asked to read it, empty for whoever comes first.
    `editing_by` and `editing_until` say who has it open at present. `rolled_back_to` is the earlier
    version whose text this draft repeats.
    """

    __tablename__ = "content_drafts"
    __table_args__ = (
        Index(
            "uq_content_drafts_open",
            "kind",
            "key",
            "language",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_content_drafts_stage_publish_at", "stage", "publish_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    based_on: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0)
    stage: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)
    reviewer: Mapped[str] = mapped_column(Text, default="", server_default="")
    approver: Mapped[str] = mapped_column(Text, default="", server_default="")
    approved_sha256: Mapped[str] = mapped_column(Text, default="", server_default="")
    forced_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    rolled_back_to: Mapped[int | None]
    publish_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unpublish_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    editing_by: Mapped[str] = mapped_column(Text, default="", server_default="")
    editing_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DraftRevision(Base):
    """One save of a draft, exactly as it was written; never changed, so no text is ever lost."""

    __tablename__ = "content_draft_revisions"
    __table_args__ = (
        UniqueConstraint("draft_id", "number", name="uq_content_draft_revisions_draft_id_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("content_drafts.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ExpertLink(Base):
    """A link by which somebody without an account may read one save of a draft and remark on it.

    The link itself is signed, not kept: `nonce` ties it to this row. `expert` says for whom it was
    made, in the words of whoever made it.
    """

    __tablename__ = "content_expert_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("content_drafts.id", ondelete="CASCADE"))
    revision: Mapped[int]
    expert: Mapped[str] = mapped_column(Text)
    nonce: Mapped[str] = mapped_column(Text, unique=True)
    made_by: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Remark(Base):
    """What somebody said about one save of a draft; `link_id` where an outside expert did."""

    __tablename__ = "content_remarks"
    __table_args__ = (Index("ix_content_remarks_draft_id", "draft_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("content_drafts.id", ondelete="CASCADE"))
    revision: Mapped[int]
    link_id: Mapped[int | None] = mapped_column(ForeignKey("content_expert_links.id"))
    author: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
