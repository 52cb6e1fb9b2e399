"""Suggests names of published pages while somebody types: any word of a name may begin it."""

import logging
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread

import numpy as np
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from portal.database import Database
from search_index import analysis, plan, synonyms
from search_index.analysis import analyse, fold, without_brackets
from search_index.documents import document_of
from search_index.models import SearchRow
from search_index.ranking import Ranker
from search_index.spelling import mend, without_vni

log = logging.getLogger(__name__)

NEVER = Path(__file__).with_name("never_suggested.txt")
KINDS = ("procedure", "guide")
MOST = 8
SHORTEST = 2  # letters typed
LONGEST = 80
LONGEST_NAME = 120
RENEW_EVERY_SECONDS = 10.0
MOST_WORDS = 16
LOOKED_THROUGH = 200  # names of other languages and of the same page among these are passed over
AFTER_ALL = "\uffff"


@dataclass(frozen=True)
class Name:
    """A title or everyday name that may be suggested, and the page that bears it."""

    text: str
    weight: int
    english: bool = False
    page: str = ""


class Names:
    """Every name, found by how any of its words begins. Made once, then only read."""

    def __init__(self, names: Iterable[Name]) -> None:
        known: dict[tuple[str, bool], tuple[Name, str]] = {}
        for name in sorted(names, key=_rank):
            folded = fold(name.text)
            if folded and len(name.text) <= LONGEST_NAME:
                known.setdefault((folded, name.english), (name, folded + " "))
        self._names = [name for name, _folded in known.values()]
        self._folded = [folded for _name, folded in known.values()]
        starts = [
            (at, start) for at, folded in enumerate(self._folded) for start in _starts(folded)
        ]
        starts.sort(key=self._rest)
        self._starts = starts
        count = len(self._names)
        places = [at if start == 0 else at + count for at, start in starts]
        self._places = np.array(places, dtype=np.int32)

    def __len__(self) -> int:
        return len(self._names)

    def beginning(self, typed: str, *, english: bool = False) -> list[str]:
        """At most MOST names, those that begin so first, then by weight and length, one a page."""
        looked_for = fold(typed[:LONGEST])
        if len(looked_for) < SHORTEST:
            return []
        if typed[:LONGEST].endswith(" "):
            looked_for += " "
        first = bisect_left(self._starts, looked_for, key=self._rest)
        last = bisect_left(self._starts, looked_for + AFTER_ALL, key=self._rest)
        places = self._places[first:last]
        if len(places) > LOOKED_THROUGH:
            places = np.partition(places, LOOKED_THROUGH)[:LOOKED_THROUGH]
        found: dict[str, str] = {}
        for place in np.sort(places).tolist():
            name = self._names[place % len(self._names)]
            if english or not name.english:
                found.setdefault(name.page or name.text, name.text)
            if len(found) == MOST:
                break
        return list(found.values())

    def _rest(self, start: tuple[int, int]) -> str:
        at, begin = start
        return self._folded[at][begin:]


class Suggester:
    """The names that this process suggests, made anew beside its work when the index changes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names: Names | None = None
        self._made_for: object = None
        self._next = 0.0
        self._lock = Lock()

    def suggest(self, typed: str, generation: object, *, english: bool) -> list[str]:
        """Suggestions; none while there is no index (`generation` is what identifies it)."""
        if generation is None:
            return []
        if generation is not self._made_for and time.monotonic() >= self._next:
            self._renew(generation)
        names = self._names
        if names is None:
            return []
        begun = plan.clean(typed) + _ending(typed)
        found = names.beginning(begun, english=english)
        for other in () if found else _mended(begun, generation):
            found = found or names.beginning(other, english=english)
        return found

    def _renew(self, generation: object) -> None:
        if not self._lock.acquire(blocking=False):
            return
        if self._names is None:
            self._make(generation)
        else:
            Thread(target=self._make, args=(generation,), daemon=True).start()

    def _make(self, generation: object) -> None:
        try:
            self._names = Names(published(self._database))
            self._made_for = generation
        except SQLAlchemyError as error:
            log.warning("suggestions were not made anew: %s", type(error).__name__)
        finally:
            self._next = time.monotonic() + RENEW_EVERY_SECONDS
            self._lock.release()


def _mended(begun: str, generation: object) -> Iterator[str]:
    """What was typed with its slips undone: every word, or all but the one still being typed."""
    if not isinstance(generation, Ranker):
        return
    vocabulary, known = generation.vocabulary, synonyms.shipped().words
    typed = analysis.words(without_vni(begun[:LONGEST], lambda word: word in known))[:MOST_WORDS]
    for kept in (0, 1) if len(typed) > 1 else (0,):
        settled, last = typed[: len(typed) - kept], typed[len(typed) - kept :]
        better, _changed = mend(settled, vocabulary, known)
        other = " ".join([*better, *last])
        if fold(other) != fold(begun):
            yield other + _ending(begun)


def published(database: Database) -> list[Name]:
    """Titles and everyday names of published procedures and guides that may be suggested."""
    wanted = select(SearchRow).where(SearchRow.withdrawn.is_(False), SearchRow.kind.in_(KINDS))
    names = []
    with database.read() as db:
        rows = db.scalars(wanted.execution_options(yield_per=200))
        for row in rows:
            document = document_of(row)
            db.expunge(row)
            for text in (without_brackets(document.title), *document.aliases):
                if may_suggest(text):
                    names.append(
                        Name(text, document.weight, document.language == "en", document.key)
                    )
    return names


def may_suggest(text: str) -> bool:
    """Whether a name holds none of the words that are never suggested."""
    said = f" {' '.join(analyse(text).exact)} "
    return not any(f" {phrase} " in said for phrase in never())


@lru_cache(maxsize=1)
def never() -> Sequence[str]:
    lines = (line.strip() for line in NEVER.read_text("utf-8").splitlines())
    return [" ".join(analyse(line).exact) for line in lines if line and not line.startswith("#")]


def _rank(name: Name) -> tuple[int, int, str]:
    return -name.weight, len(name.text), name.text


def _starts(folded: str) -> list[int]:
    return [at for at in range(len(folded) - 1) if at == 0 or folded[at - 1] == " "]


def _ending(typed: str) -> str:
    return " " if typed[-1:].isspace() else ""
