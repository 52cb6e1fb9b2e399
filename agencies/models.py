"""The register of units: communes, districts, departments, each with the days it existed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from agencies.contact_models import UnitContact
from portal.database import Base, UtcDateTime

__all__ = ["Level", "UnitAlias", "UnitContact", "UnitRow", "UnitSuccession"]


class Level(StrEnum):
    """Where in the government a unit stands, in the order in which lists show it."""

    PROVINCE = "province"
    CENTRE = "centre"
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"


class UnitRow(Base):
    """A unit as it stood: a new name, rank or parent begins a new row with its own code.

    `valid_to` is the first day on which it no longer existed. An empty `valid_from` means that it
    is older than this register, an empty `valid_to` that no end is known. `official_code` is the
    State's code, which later units inherit; `code` is ours and is never given twice. Latitude and
    longitude are those of the office, in degrees as text; what nobody has told is empty.
    """

    __tablename__ = "units"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_from < valid_to", name="dates"),
        Index("ix_units_sort_key", "sort_key"),
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    official_code: Mapped[str] = mapped_column(Text, default="")
    name: Mapped[str] = mapped_column(Text)
    short_name: Mapped[str] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(Text)
    level: Mapped[str] = mapped_column(Text)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("units.code"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(Text)
    office_address: Mapped[str | None] = mapped_column(Text)
    latitude: Mapped[str | None] = mapped_column(Text)
    longitude: Mapped[str | None] = mapped_column(Text)
    hours: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    def exists_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


class UnitAlias(Base):
    """Another way in which a unit's name is written."""

    __tablename__ = "unit_aliases"
    __table_args__ = (UniqueConstraint("unit_code", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("units.code"))
    name: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)


class UnitSuccession(Base):
    """On that day the successor took over the predecessor, whole or in part."""

    __tablename__ = "unit_successions"

    predecessor: Mapped[str] = mapped_column(ForeignKey("units.code"), primary_key=True)
    successor: Mapped[str] = mapped_column(ForeignKey("units.code"), primary_key=True)
    on: Mapped[date]
    source: Mapped[str] = mapped_column(Text)
