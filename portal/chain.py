"""Records that cannot be changed unseen: each carries the fingerprint of the one before it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import String, Text, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.canonical import canonical_text, digest
from portal.database import Base, UtcDateTime, lock_or_make

FIRST = "0" * 64
BATCH = 1000


class Broken(Exception):
    """A link was changed, removed or put in between."""


class ChainHead(Base):
    """Where a chain ends; locked last in each transaction that makes it longer."""

    __tablename__ = "chain_heads"

    chain: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(String(64), default=FIRST)


class ChainLink(Base):
    """One record, its text kept exactly as it was hashed."""

    __tablename__ = "chain_links"

    chain: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def append(db: Session, *, chain: str, body: Mapping[str, Any], at: datetime) -> None:
    """Add a record to the chain; it is written when the transaction commits, after all else."""
    text = canonical_text({**body, "at": at})
    db.connection()  # a rollback is only heard of once the transaction has begun
    db.info.setdefault("chain_waiting", []).append((chain, text, at))


def verify(db: Session, chain: str) -> int:
    """Walk the whole chain and return how many links it has; raises Broken."""
    previous, count = FIRST, 0
    for link in _links(db, chain):
        count += 1
        whole = link.position == count and link.previous == previous
        if not whole or link.hash != _hash(chain, count, previous, link.body):
            raise Broken(f"{chain}: mắt xích {count} không khớp")
        previous = link.hash
    head = db.get(ChainHead, chain)
    end = (head.position, head.hash) if head else (0, FIRST)
    if end != (count, previous):
        raise Broken(f"{chain}: chuỗi có {count} mắt xích, sổ ghi {end[0]}")
    return count


def _links(db: Session, chain: str) -> Iterator[ChainLink]:
    seen = 0
    while True:
        after = select(ChainLink).where(ChainLink.chain == chain, ChainLink.position > seen)
        batch = db.scalars(after.order_by(ChainLink.position).limit(BATCH)).all()
        yield from batch
        if len(batch) < BATCH:
            return
        seen = batch[-1].position


def _hash(chain: str, position: int, previous: str, body: str) -> str:
    return digest(f"{chain}\n{position}\n{previous}\n{body}")


@event.listens_for(Session, "before_commit")
def _write_waiting(db: Session) -> None:
    waiting: list[tuple[str, str, datetime]] = db.info.pop("chain_waiting", [])
    if not waiting:
        return
    db.flush()
    for chain in sorted({entry[0] for entry in waiting}):
        head = lock_or_make(db, ChainHead, chain, position=0, hash=FIRST)
        for body, at in ((text, at) for name, text, at in waiting if name == chain):
            position = head.position + 1
            new = _hash(chain, position, head.hash, body)
            db.add(
                ChainLink(
                    chain=chain, position=position, body=body, previous=head.hash, hash=new, at=at
                )
            )
            head.position, head.hash = position, new
    db.flush()


@event.listens_for(Session, "after_rollback")
def _forget_waiting(db: Session) -> None:
    db.info.pop("chain_waiting", None)
