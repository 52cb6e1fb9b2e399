"""Transactions: nothing is lost when four processes write at once, on either database."""

import multiprocessing
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import String, select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Mapped, mapped_column

from portal import chain, limits, revisions
from portal.database import Base, Database, lock
from portal.limits import Hit
from portal.revisions import Area

PROCESSES = 4
ROUNDS = 25


def add_round(url: str, name: str, ready: "multiprocessing.synchronize.Barrier") -> None:
    """One process: read then update the counter row, the chain and the revision, many times."""
    store = Database(url)
    ready.wait()
    for number in range(ROUNDS):
        with store.write() as db:
            row = lock(db, Hit, 1)
            assert row is not None
            row.scope = str(int(row.scope) + 1)
            chain.append(db, chain="test", body={"n": number, "by": name}, at=datetime.now(UTC))
            revisions.advance(db, Area.NEWS)
            db.commit()
    store.dispose()


def test_four_processes_lose_nothing(store: Database) -> None:
    with store.write() as db:
        db.add(Hit(id=1, scope="0", key="counter", at=datetime.now(UTC)))
        db.commit()
    store.dispose()
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Barrier(PROCESSES)
    url = store.url.render_as_string(hide_password=False)
    workers = [
        spawn.Process(target=add_round, args=(url, f"p{n}", ready)) for n in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES
    whole = PROCESSES * ROUNDS
    with store.read() as db:
        assert db.scalar(select(Hit.scope).where(Hit.id == 1)) == str(whole)
        assert chain.verify(db, "test") == whole
        assert revisions.current(db)[Area.NEWS] == whole
        assert revisions.sequence(db) == whole


class Moment(Base):
    __tablename__ = "test_moments"
    name: Mapped[str] = mapped_column(String(10), primary_key=True)
    at: Mapped[datetime] = mapped_column(limits.UtcDateTime)


def test_a_moment_comes_back_aware_and_in_utc(store: Database) -> None:
    hanoi = datetime(2026, 12, 15, 0, 0, tzinfo=timezone(timedelta(hours=7)))
    with store.write() as db:
        db.add(Moment(name="a", at=hanoi))
        db.commit()
    with store.read() as db:
        found = db.scalars(select(Moment.at)).one()
    assert found == hanoi
    assert found.utcoffset() == timedelta(0)


def test_a_naive_moment_is_refused(store: Database) -> None:
    with store.write() as db, pytest.raises(StatementError, match="time zone"):
        db.add(Moment(name="a", at=datetime(2026, 12, 15)))  # noqa: DTZ001 # the point
        db.flush()


def test_a_transaction_that_is_not_committed_leaves_nothing(store: Database) -> None:
    with store.write() as db:
        db.add(Hit(scope="a", key="b", at=datetime.now(UTC)))
        db.flush()
    with store.read() as db:
        assert db.scalars(select(Hit)).all() == []


def test_a_row_is_not_locked_outside_a_writing_transaction(store: Database) -> None:
    with store.read() as db, pytest.raises(RuntimeError, match="outside a writing"):
        lock(db, Hit, 1)
