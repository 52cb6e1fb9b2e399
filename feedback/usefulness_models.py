"""Votes on whether a page was useful: one per page, day and asker, who stays unknown."""

from datetime import date

from sqlalchemy import Date, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base


class PageVote(Base):
    """One click. `asker` is a fingerprint of the address that means something for that day alone
    and is erased after it; `words` is the optional sentence, without numbers and addresses."""

    __tablename__ = "page_votes"
    __table_args__ = (
        UniqueConstraint("path", "day", "asker"),
        Index("ix_page_votes_day", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(500))
    version: Mapped[int]
    day: Mapped[date] = mapped_column(Date)
    asker: Mapped[str | None] = mapped_column(String(64))
    useful: Mapped[bool]
    words: Mapped[str] = mapped_column(Text, default="", server_default="")
