"""How often something happened lately, counted in the database for all processes together."""

from datetime import datetime, timedelta

from sqlalchemy import Index, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.database import Base, UtcDateTime

KEEP = timedelta(days=2)


class Hit(Base):
    """One occurrence; `key` is a fingerprint, never an address or a name."""

    __tablename__ = "limit_hits"
    __table_args__ = (Index("ix_limit_hits_recent", "scope", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def hit(db: Session, *, scope: str, key: str, window: timedelta, now: datetime) -> int:
    """Count one more and say how many there were within the window, this one included."""
    db.add(Hit(scope=scope, key=key, at=now))
    db.flush()
    return count(db, scope=scope, key=key, window=window, now=now)


def count(db: Session, *, scope: str, key: str, window: timedelta, now: datetime) -> int:
    """How many there were within the window."""
    recent = select(func.count(Hit.id)).where(
        Hit.scope == scope, Hit.key == key, Hit.at > now - window
    )
    return db.scalar(recent) or 0


def forget(db: Session, *, scope: str, key: str) -> None:
    """Start again, for example after a successful sign-in."""
    db.execute(delete(Hit).where(Hit.scope == scope, Hit.key == key))


def sweep(db: Session, now: datetime) -> None:
    """Drop what no window looks at any more."""
    db.execute(delete(Hit).where(Hit.at < now - KEEP))
