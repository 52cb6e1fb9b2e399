"""Answers a query: from the index in force, or by titles alone where there is none."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from search_index import flat, folders, plan, synonyms
from search_index.analysis import fold
from search_index.documents import SearchDocument, document_of
from search_index.models import SearchRow
from search_index.plan import Plan
from search_index.ranking import Hit, Ranker
from search_index.synonyms import Synonyms

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 0.2
MOST_TITLES = 100
# What results can be narrowed by, and what it is called in the index.
FACETS = {
    "kind": "kind",
    "level": "levels",
    "field": "fields",
    "audience": "audience",
    "online": "online",
}


@dataclass(frozen=True)
class Question:
    """What was asked: the words, and what the results are narrowed to (facet → value)."""

    text: str
    narrowed: Mapping[str, str] = field(default_factory=dict)
    english: bool = False
    mending: bool = True


@dataclass(frozen=True)
class Group:
    """Pages of the same name, the best first."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Answer:
    """Everything found, in order. `by_title`: the index was out of use.

    `hits` are the pages found before anything was `narrowed`.
    """

    plan: Plan
    groups: tuple[Group, ...]
    hits: Sequence[Hit] = ()
    narrowed: Mapping[str, str] = field(default_factory=dict)
    by_title: bool = False

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """For each facet how many pages each value would leave."""
        return _counts(self.hits, self.narrowed)


class Engine:
    """The index in force as this process sees it; looks for a newer one every 0.2 s at most."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._ranker: Ranker | None = None
        self._seen: tuple[int, int, int] | None = None
        self._next_look = 0.0
        self._lock = threading.Lock()

    def ranker(self) -> Ranker | None:
        """The opened index; None while there is none that can be used."""
        if time.monotonic() >= self._next_look and self._lock.acquire(blocking=False):
            try:
                self._look()
                self._next_look = time.monotonic() + LOOK_EVERY_SECONDS
            finally:
                self._lock.release()
        return self._ranker

    def look_again(self) -> None:
        """Look for a newer index at the next query, without waiting."""
        self._next_look = 0.0

    def _look(self) -> None:
        try:
            told = (self._root / folders.POINTER).stat()
        except OSError:
            self._seen = self._ranker = None
            return
        stamp = (told.st_mtime_ns, told.st_ino, told.st_size)
        if stamp == self._seen:
            return
        opened = self._opened()
        if opened:
            # Swapped, never refreshed: requests under way keep the one they began with.
            self._ranker, self._seen = opened, stamp

    def _opened(self) -> Ranker | None:
        state = folders.state(self._root)
        if state is None or not folders.can_be_read(state):
            return None
        try:
            return Ranker(folders.load(self._root, state))
        except flat.Damaged as error:
            log.warning("the search index cannot be opened: %s", error)
            return None


def answer(
    db: Session, ranker: Ranker | None, question: Question, table: Synonyms | None = None
) -> Answer:
    """What the question finds, read with this table of synonyms, or with the shipped one."""
    if ranker is None:
        return _by_title(db, question)
    known = table or synonyms.shipped()
    asked = plan.make(question.text, ranker.vocabulary, known, mending=question.mending)
    hits = [] if asked.empty else ranker.hits(asked, english=question.english)
    kept = [hit for hit in hits if _fits(hit, question.narrowed)]
    return Answer(asked, tuple(_grouped(kept)), hits, question.narrowed)


def documents(db: Session, keys: Iterable[str]) -> dict[str, SearchDocument]:
    """The documents of these keys that are still published."""
    wanted = select(SearchRow).where(SearchRow.key.in_(list(keys)), SearchRow.withdrawn.is_(False))
    return {row.key: document_of(row) for row in db.scalars(wanted)}


def values(hit: Hit, facet: str) -> Sequence[str]:
    """The values of a page under a facet."""
    found: Sequence[str] = hit.about[FACETS[facet]]
    return (found,) if isinstance(found, str) else found


def _fits(hit: Hit, narrowed: Mapping[str, str]) -> bool:
    return all(value in values(hit, facet) for facet, value in narrowed.items())


def _counts(hits: Sequence[Hit], narrowed: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """How many groups each value would leave, the other facets staying as they are."""
    seen: dict[str, set[tuple[str, str]]] = {facet: set() for facet in FACETS}
    for hit in hits:
        amiss = [facet for facet, value in narrowed.items() if value not in values(hit, facet)]
        if len(amiss) > 1:
            continue
        for facet in amiss or FACETS:
            seen[facet].update((hit.group, value) for value in values(hit, facet))
    counts: dict[str, dict[str, int]] = {}
    for facet, pairs in seen.items():
        tally = Counter(value for _, value in pairs)
        counts[facet] = dict(sorted(tally.items(), key=lambda pair: (-pair[1], pair[0])))
    return counts


def _grouped(hits: Iterable[Hit]) -> Iterable[Group]:
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.group, []).append(hit)
    return (Group(tuple(members)) for members in groups.values())


def _by_title(db: Session, question: Question) -> Answer:
    """Published pages whose title or alias has every word of the query."""
    asked = Plan((), ())
    words = [word for word in fold(plan.clean(question.text)).split() if word][: plan.MOST_WORDS]
    content = [word for word in words if word not in plan.FOLDED_QUESTION_WORDS] or words
    if not content:
        return Answer(asked, (), by_title=True)
    wanted = select(SearchRow).where(SearchRow.withdrawn.is_(False))
    if not question.english:
        wanted = wanted.where(SearchRow.language == "vi")
    for word in content:
        wanted = wanted.where(SearchRow.folded_title.contains(f" {word} ", autoescape=True))
    rows = db.scalars(wanted.order_by(SearchRow.key).limit(MOST_TITLES))
    documents = sorted(
        (document_of(row) for row in rows), key=lambda one: (len(one.title), one.key)
    )
    hits = [_title_hit(document) for document in documents]
    kept = [hit for hit in hits if _fits(hit, question.narrowed)]
    return Answer(asked, tuple(_grouped(kept)), hits, question.narrowed, by_title=True)


def _title_hit(document: SearchDocument) -> Hit:
    about = document.described()
    return Hit(document.key, about["group"], 0.0, 0, (), about)
