"""Counts what is searched and opened, beside the page: gathered here, written a little later."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock, Timer
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.database import Database
from search_index.models import SearchClick, SearchQuery

log = logging.getLogger(__name__)

WRITE_AFTER_SECONDS = 5.0
MOST_WAITING = 2_000
MOST_OF_ONE_ASKER = 200  # different terms a day; beyond that a machine is asking
MOST_OF_ONE_DAY = 30_000
CLICK_TRIES = 3

NOTHING, FOUND, REPAIRED = "nothing", "found", "repaired"


@dataclass(frozen=True)
class Asked:
    """One search: the term as kept, its mark, and who asked only as a daily fingerprint."""

    day: date
    asker: str
    mark: str
    term: str
    results: int
    outcome: str


@dataclass(frozen=True)
class Clicked:
    """One result opened, at which place; tried again while its search is not yet written."""

    day: date
    asker: str
    mark: str
    key: str
    place: int
    tries: int = CLICK_TRIES


class Recorder:
    """Takes notes at no cost for the page and writes them together in a transaction of its own.

    What waits is lost when the process is killed, and what does not fit is dropped: these are
    counts. `after=None` leaves the writing to whoever calls `write`.
    """

    def __init__(self, database: Database, after: float | None = WRITE_AFTER_SECONDS) -> None:
        self._database, self._after = database, after
        self._asked: dict[tuple[date, str, str], tuple[Asked, int]] = {}
        self._clicked: list[Clicked] = []
        self._lock = Lock()
        self._timer: Timer | None = None

    def asked(self, one: Asked) -> None:
        key = (one.day, one.asker, one.mark)
        with self._lock:
            times = self._asked[key][1] if key in self._asked else 0
            if times or len(self._asked) < MOST_WAITING:
                self._asked[key] = (one, times + 1)
            self._write_soon()

    def clicked(self, one: Clicked) -> None:
        with self._lock:
            if len(self._clicked) < MOST_WAITING:
                self._clicked.append(one)
            self._write_soon()

    def write(self) -> None:
        """Write what waits; a database that is away costs these notes and nothing else."""
        with self._lock:
            self._timer = None
            asked, self._asked = self._asked, {}
            clicked, self._clicked = self._clicked, []
        try:
            with self._database.write() as db:
                write_searches(db, asked.values())
                early = write_clicks(db, clicked)
                db.commit()
        except SQLAlchemyError as error:
            log.warning("searches were not counted: %s", type(error).__name__)
            return
        for one in early:
            if one.tries > 1:
                self.clicked(replace(one, tries=one.tries - 1))

    def _write_soon(self) -> None:
        if self._after is not None and self._timer is None:
            self._timer = Timer(self._after, self.write)
            self._timer.daemon = True
            self._timer.start()


def write_searches(db: Session, asked: Iterable[tuple[Asked, int]]) -> None:
    """Add these searches to the counts of their day; those of machines are left out."""
    waiting = sorted(asked, key=lambda pair: (pair[0].day, pair[0].asker, pair[0].mark))
    full = _full(db, [one for one, _times in waiting])
    rows = [vars(one) | {"times": times} for one, times in waiting]
    rows = [row for row in rows if row["asker"] not in full]
    if not rows:
        return
    statement = _insert(db, SearchQuery)
    new = statement.excluded
    changed = {
        "times": SearchQuery.times + new.times,
        "results": new.results,
        "outcome": new.outcome,
    }
    upsert = statement.on_conflict_do_update(index_elements=["day", "asker", "mark"], set_=changed)
    db.execute(upsert, rows)


def write_clicks(db: Session, clicked: Iterable[Clicked]) -> list[Clicked]:
    """Count these clicks, one per asker, term and day; returns those whose search is not there."""
    early = []
    for one in sorted(clicked, key=lambda click: (click.day, click.asker, click.mark)):
        of_search = (
            SearchQuery.day == one.day,
            SearchQuery.asker == one.asker,
            SearchQuery.mark == one.mark,
        )
        known = db.scalar(select(SearchQuery.clicked).where(*of_search).with_for_update())
        if known is None:
            early.append(one)
        elif not known:
            db.execute(update(SearchQuery).where(*of_search).values(clicked=True))
            _count_click(db, one)
    return early


def _count_click(db: Session, one: Clicked) -> None:
    statement = _insert(db, SearchClick).values(
        day=one.day, mark=one.mark, key=one.key, n=1, places=one.place
    )
    counted = {"n": SearchClick.n + 1, "places": SearchClick.places + one.place}
    db.execute(statement.on_conflict_do_update(index_elements=["mark", "key", "day"], set_=counted))


def _full(db: Session, asked: list[Asked]) -> set[str]:
    """Whose searches are not counted any more today."""
    if not asked:
        return set()
    days = {one.day for one in asked}
    rows = db.scalar(select(func.count()).where(SearchQuery.day.in_(days))) or 0
    askers = {one.asker for one in asked}
    if rows > MOST_OF_ONE_DAY * len(days):
        return askers
    busy = (
        select(SearchQuery.asker)
        .where(SearchQuery.day.in_(days), SearchQuery.asker.in_(askers))
        .group_by(SearchQuery.day, SearchQuery.asker)
        .having(func.count() >= MOST_OF_ONE_ASKER)
    )
    return set(db.scalars(busy))


def _insert(db: Session, model: type[SearchQuery] | type[SearchClick]) -> Any:
    dialect = db.get_bind().dialect.name
    return (sqlite.insert if dialect == "sqlite" else postgresql.insert)(model)
