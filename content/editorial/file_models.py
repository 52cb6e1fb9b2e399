"""Which files were taken in for a draft, and which a published page shows."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime


class DraftFile(Base):
    """A file that somebody uploaded while writing a draft, under the name people will see."""

    __tablename__ = "content_draft_files"
    __table_args__ = (UniqueConstraint("draft_id", "sha256", name="uq_content_draft_files_file"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("content_drafts.id", ondelete="CASCADE"))
    sha256: Mapped[str] = mapped_column(Text, index=True)
    name: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text, default="", server_default="")
    uploaded_by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ContentFile(Base):
    """A file that the newest version of a page shows or offers; only these are for everybody."""

    __tablename__ = "content_files"
    __table_args__ = (Index("ix_content_files_sha256", "sha256"),)

    item_id: Mapped[int] = mapped_column(
        ForeignKey("content_items.id", ondelete="CASCADE"), primary_key=True
    )
    sha256: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
