"""Synonyms and pins kept by editors as the running site uses them, looked up once a second."""

import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from search_index import synonyms
from search_index.editor_models import SearchPin, SearchSynonym
from search_index.synonyms import MEANS, Synonyms

LOOK_EVERY_SECONDS = 1.0
BOTH_WAYS = "both"

Stamp = tuple[int, ...]


@dataclass(frozen=True)
class Pin:
    document: str
    position: int
    until: date


@dataclass(frozen=True)
class Kept:
    """The table of synonyms in force, and the pins of each folded query by position."""

    table: Synonyms
    pins: Mapping[str, Sequence[Pin]]


class _Seen:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.stamp: Stamp = ()
        self.kept = Kept(synonyms.shipped(), {})
        self.next_look = 0.0


_seen: WeakKeyDictionary[Engine, _Seen] = WeakKeyDictionary()


def current(db: Session) -> Kept:
    """What editors have put in force; at most a second old."""
    engine = db.get_bind().engine
    seen = _seen.setdefault(engine, _Seen())
    if time.monotonic() >= seen.next_look and seen.lock.acquire(blocking=False):
        try:
            _look(db, seen)
            seen.next_look = time.monotonic() + LOOK_EVERY_SECONDS
        finally:
            seen.lock.release()
    return seen.kept


def look_again(db: Session) -> None:
    """Read anew at the next query, without waiting for the second to pass."""
    _seen.setdefault(db.get_bind().engine, _Seen()).next_look = 0.0


def table(db: Session, more: Iterable[str] = ()) -> Synonyms:
    """The shipped table with the synonyms of editors, and these further lines."""
    return Synonyms([*_shipped_lines(), *_lines(db), *more])


def line(phrase: str, meaning: str, weight: int) -> str:
    """One line as `synonyms.tsv` has it."""
    return f"{phrase}\t{MEANS}\t{meaning}\t{weight / 100}"


def _look(db: Session, seen: _Seen) -> None:
    stamp = _stamp(db)
    if stamp == seen.stamp:
        return
    edited = stamp[:2] != (0, 0)
    seen.kept = Kept(table(db) if edited else synonyms.shipped(), _pins(db))
    seen.stamp = stamp


def _stamp(db: Session) -> Stamp:
    """Differs after every change: entries are only ever added or put out of force."""
    counts: list[int] = []
    for model in (SearchSynonym, SearchPin):
        newest = select(func.coalesce(func.max(model.id), 0)).scalar_subquery()
        active = select(func.count()).select_from(model).where(model.active).scalar_subquery()
        counts += db.execute(select(newest, active)).one()
    return tuple(counts)


def _shipped_lines() -> list[str]:
    return synonyms.TABLE.read_text("utf-8").splitlines()


def _lines(db: Session) -> Iterable[str]:
    active = select(SearchSynonym).where(SearchSynonym.active).order_by(SearchSynonym.id)
    for row in db.scalars(active):
        yield line(row.phrase, row.meaning, row.weight)
        if row.direction == BOTH_WAYS:
            yield line(row.meaning, row.phrase, row.weight)


def _pins(db: Session) -> dict[str, list[Pin]]:
    pins: dict[str, list[Pin]] = {}
    active = select(SearchPin).where(SearchPin.active).order_by(SearchPin.position, SearchPin.id)
    for row in db.scalars(active):
        pins.setdefault(row.folded, []).append(Pin(row.document, row.position, row.until))
    return pins
