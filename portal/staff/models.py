"""Staff accounts, their sessions, and what they did."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime


class Role(StrEnum):
    """What somebody may do; one person can hold several."""

    OFFICER = "officer"
    APPROVER = "approver"
    EDITOR = "editor"
    ADMIN = "admin"


class StaffAccount(Base):
    """One person. `unit_code` names the unit whose cases an officer sees; None: the Centre."""

    __tablename__ = "staff_accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role_names: Mapped[str] = mapped_column(String(120))
    unit_code: Mapped[str | None] = mapped_column(String(40))
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(name) for name in self.role_names.split())

    @roles.setter
    def roles(self, roles: frozenset[Role]) -> None:
        self.role_names = " ".join(sorted(roles))


class StaffSession(Base):
    """A signed-in browser; the cookie holds a token of which only the fingerprint is kept."""

    __tablename__ = "staff_sessions"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_accounts.id", ondelete="CASCADE"))
    content: Mapped[str] = mapped_column(Text, default="{}")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffAction(Base):
    """What somebody did, for reading and filtering; the chain "staff" holds the same text."""

    __tablename__ = "staff_actions"
    __table_args__ = (Index("ix_staff_actions_at", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text, default="{}")


@dataclass(frozen=True)
class StaffMember:
    """Whoever is signed in, as the rooms see them."""

    id: int
    username: str
    name: str
    roles: frozenset[Role]
    unit_code: str | None
    must_change_password: bool = False

    def has(self, *roles: Role) -> bool:
        return bool(self.roles & set(roles))
