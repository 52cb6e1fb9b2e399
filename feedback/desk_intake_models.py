"""Contacts that were only a question and were answered at once; nothing of who asked is kept."""

from datetime import date

from sqlalchemy import Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base


class DeskContact(Base):
    """One call or visit. `seconds` is how long it took, where the officer said so; `nonce` is the
    one-time name of the form, so that a button pressed twice counts once."""

    __tablename__ = "desk_contacts"
    __table_args__ = (Index("ix_desk_contacts_day", "day", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(Date)
    channel: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    field: Mapped[str] = mapped_column(String(120), default="", server_default="")
    seconds: Mapped[int | None]
    officer: Mapped[str] = mapped_column(String(60))
    nonce: Mapped[str] = mapped_column(String(64), unique=True)
