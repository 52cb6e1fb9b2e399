"""What is known of the links that lead out of this site."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime


class OutsideLink(Base):
    """One address outside this site that a page of ours links to.

    `status` is the last HTTP status, None where nothing answered; `trouble` says why, and is empty
    while the link works. `failed_days` counts the local days in a row on which it failed, from
    `first_failed_at` to `last_failed_at`.
    """

    __tablename__ = "outside_links"
    __table_args__ = (
        CheckConstraint("failed_days >= 0", name="failed_days"),
        Index("ix_outside_links_checked_at", "checked_at"),
    )

    url: Mapped[str] = mapped_column(Text, primary_key=True)
    host: Mapped[str] = mapped_column(Text)
    status: Mapped[int | None]
    trouble: Mapped[str] = mapped_column(Text, default="", server_default="")
    failed_days: Mapped[int] = mapped_column(default=0, server_default="0")
    first_failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
