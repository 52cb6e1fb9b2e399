"""The register of legal instruments, and which page cites which of them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime


class Evidence(StrEnum):
    """How well the dates of an instrument are known, the best first."""

    TEXT = "text"
    SECONDARY = "secondary"
    UNCHECKED = "unchecked"


class RegisteredBy(StrEnum):
    """Who entered an instrument: the starter library, a page that cites it, or staff."""

    LIBRARY = "library"
    CITATION = "citation"
    STAFF = "staff"


def _one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class LegalInstrument(Base):
    """A law, decree, circular or decision. `key` is its number folded, and its address.

    `ended_on` is the first day on which it no longer held; `successor` the key of what replaced it;
    `told_at` the moment at which the pages citing it became tasks because it had ended. Empty text
    and empty dates mean: not known to us.
    """

    __tablename__ = "legal_instruments"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR effective_from <= ended_on", name="dates"),
        _one_of("evidence", Evidence),
        _one_of("registered_by", RegisteredBy),
        Index("ix_legal_instruments_order", "year", "key"),
    )

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    issuer: Mapped[str] = mapped_column(Text)
    year: Mapped[int]
    signed_on: Mapped[date | None]
    effective_from: Mapped[date | None]
    ended_on: Mapped[date | None]
    successor: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)
    registered_by: Mapped[str] = mapped_column(Text)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def name(self) -> str:
        """As people say it: "Nghị định 42/2022/NĐ-CP"."""
        return f"{self.kind} {self.number}".strip()


class InstrumentCitation(Base):
    """A published page cites an instrument, by its key; made anew with each publication."""

    __tablename__ = "instrument_citations"
    __table_args__ = (Index("ix_instrument_citations_key_item_id", "key", "item_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("content_items.id"), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
