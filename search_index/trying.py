"""Tries a synonym or a name before it is kept: the results before and after, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from search_index import evaluation, judging, kept, searching
from search_index.analysis import fold
from search_index.evaluation import Judged
from search_index.ranking import Ranker
from search_index.searching import Question
from search_index.synonyms import Synonyms

MOST_RESULTS = 10
MOST_JUDGED = 60


@dataclass(frozen=True)
class Line:
    """One result; `before` is the place it had without the change, 0 if beyond the tenth."""

    place: int
    key: str
    title: str
    url: str
    before: int


@dataclass(frozen=True)
class Change:
    """A judged query whose right answer moves; place 0 means beyond the tenth."""

    query: str
    before: int
    after: int


@dataclass(frozen=True)
class Tried:
    before: Sequence[Line]
    after: Sequence[Line]
    judged: int
    changes: Sequence[Change]


def compare(
    db: Session, ranker: Ranker, query: str, phrases: Sequence[str], lines: Sequence[str]
) -> Tried:
    """Rank the query without and with these further lines of the table of synonyms.

    Judged queries that hold one of the phrases are ranked both ways too.
    """
    without, with_them = kept.current(db).table, kept.table(db, lines)
    before = _ranked(db, ranker, query, without, {})
    places = {line.key: line.place for line in before}
    after = _ranked(db, ranker, query, with_them, places)
    touched = [one for one in judging.judged(db) if _holds(one.query, phrases)][:MOST_JUDGED]
    changes = []
    for one in touched:
        old = _place(db, ranker, one, without)
        new = _place(db, ranker, one, with_them)
        if old != new:
            changes.append(Change(one.query, old, new))
    return Tried(before, after, len(touched), changes)


def _ranked(
    db: Session, ranker: Ranker, query: str, table: Synonyms, places: dict[str, int]
) -> list[Line]:
    found = searching.answer(db, ranker, Question(query), table)
    keys = [group.hits[0].key for group in found.groups[:MOST_RESULTS]]
    pages = searching.documents(db, keys)
    return [
        Line(place, key, pages[key].title, pages[key].url, places.get(key, 0))
        for place, key in enumerate(keys, start=1)
        if key in pages
    ]


def _place(db: Session, ranker: Ranker, judged: Judged, table: Synonyms) -> int:
    found = searching.answer(db, ranker, Question(judged.query), table)
    return evaluation.rank(found, judged.relevant)


def _holds(query: str, phrases: Sequence[str]) -> bool:
    words = f" {fold(query)} "
    return any(f" {fold(phrase)} " in words for phrase in phrases)
