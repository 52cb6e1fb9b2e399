"""What staff entered about the office of a unit, each fact with its source and its day."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime


class Part(StrEnum):
    """What can be told of an office; the value is what stands in files and addresses."""

    ADDRESS = "dia-chi"
    PHONE = "dien-thoai"
    EMAIL = "thu-dien-tu"
    HOURS = "gio-lam-viec"
    PLACE = "toa-do"
    SERVICES = "viec-lam-tai-day"


class UnitContact(Base):
    """One fact about one office. Address, phone, e-mail, hours and place also stand in the row of
    the unit, from which pages and machines read them.
    """

    __tablename__ = "unit_contacts"
    __table_args__ = (
        CheckConstraint(f"part IN ({', '.join(repr(part.value) for part in Part)})", name="part"),
    )

    unit_code: Mapped[str] = mapped_column(ForeignKey("units.code"), primary_key=True)
    part: Mapped[str] = mapped_column(Text, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    checked_on: Mapped[date]
    entered_by: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
