"""Letters that wait to be carried, were carried, or could not be."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime


class Standing(StrEnum):
    """What became of a letter; DEAD ones wait for a person."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


class OutboxLetter(Base):
    """One letter. Who gets it is sealed; its text must not say what strangers may not read.

    `channel` is the way it goes ("email"); `origin` what it is about, for example a case's code.
    `nonce` makes the message id, so that a letter carried twice can be told by the receiver.
    """

    __tablename__ = "outbox_letters"
    __table_args__ = (
        CheckConstraint("standing IN ('waiting', 'sent', 'dead')", name="standing"),
        Index("ix_outbox_letters_standing_next_at", "standing", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nonce: Mapped[str] = mapped_column(String(40), unique=True)
    channel: Mapped[str] = mapped_column(String(10))
    recipient: Mapped[bytes] = mapped_column(LargeBinary)
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    origin: Mapped[str] = mapped_column(String(200))
    standing: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    trouble: Mapped[str] = mapped_column(String(300), default="", server_default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
