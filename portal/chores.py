"""Work that comes round by itself: what, how often, and on how many machines at once."""

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from os import getpid
from threading import Event

from flask import Flask
from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.database import Base, Database, UtcDateTime, lock_or_make

LONGEST_SLEEP_SECONDS = 0.25
HOLDER = f"{socket.gethostname()}:{getpid()}"


class Lease(Base):
    """Who does a chore at present where several machines could; it runs out by itself."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    holder: Mapped[str] = mapped_column(String(120))
    until: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass
class Chore:
    """`everywhere` chores run on each machine, the others on one machine at a time."""

    name: str
    every: timedelta
    work: Callable[[datetime], None]
    everywhere: bool = False
    next_run: float = field(default=0.0, compare=False)


def add(
    app: Flask,
    name: str,
    every: timedelta,
    work: Callable[[datetime], None],
    *,
    everywhere: bool = False,
) -> None:
    """Have the worker do this again and again; called while the application is joined."""
    chores: list[Chore] = app.extensions.setdefault("chores", [])
    chores.append(Chore(name=name, every=every, work=work, everywhere=everywhere))


def run(app: Flask, stop: Event) -> None:
    """Do what is due until told to stop; a chore that fails is logged and tried again later."""
    chores: list[Chore] = app.extensions.get("chores", [])
    while not stop.is_set():
        for chore in chores:
            if chore.next_run <= time.monotonic() and not stop.is_set():
                run_once(app, chore, clock.now())
        soonest = min((chore.next_run for chore in chores), default=time.monotonic() + 1)
        stop.wait(min(LONGEST_SLEEP_SECONDS, max(0.01, soonest - time.monotonic())))


def run_once(app: Flask, chore: Chore, now: datetime) -> None:
    chore.next_run = time.monotonic() + chore.every.total_seconds()
    store: Database = app.extensions["portal"].database
    try:
        with app.app_context():
            if chore.everywhere or _mine(store, chore, now):
                chore.work(now)
    except Exception:
        app.logger.exception("chore %s failed", chore.name)


def hold(db: Session, name: str, *, holder: str, lasts: timedelta, now: datetime) -> bool:
    """Take or keep the lease; False while somebody else holds it."""
    lease = lock_or_make(db, Lease, name, holder=holder, until=now)
    if lease.holder != holder and lease.until > now:
        return False
    lease.holder, lease.until = holder, now + lasts
    db.flush()
    return True


def _mine(store: Database, chore: Chore, now: datetime) -> bool:
    with store.write() as db:
        held = hold(db, chore.name, holder=HOLDER, lasts=chore.every * 3, now=now)
        db.commit()
        return held
