"""Published answers and procedures that may already say what somebody is about to ask."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from search_index import searching
from search_index.analysis import fold
from search_index.documents import SearchDocument
from search_index.ranking import Ranker
from search_index.searching import Question

MOST_OF_A_KIND = 3
WORDS_READ = 25
ANSWER, PROCEDURE = "answer", "procedure"


@dataclass(frozen=True)
class Similar:
    """Up to three of each, the nearest first."""

    answers: tuple[SearchDocument, ...]
    procedures: tuple[SearchDocument, ...]

    def has(self, procedure: str) -> bool:
        """Whether one of these procedures bears exactly this name, or this code."""
        wanted = fold(procedure)
        return any(
            wanted in {*map(fold, one.names), *map(fold, one.codes)} for one in self.procedures
        )

    def __bool__(self) -> bool:
        return bool(self.answers or self.procedures)


def find(
    db: Session, ranker: Ranker | None, *, text: str, procedure: str, english: bool
) -> Similar:
    """What is near to the beginning of a message, and to the procedure it names if it does."""
    said = " ".join(text.split()[:WORDS_READ])
    return Similar(
        answers=tuple(_pages(db, ranker, ANSWER, said, english=english)),
        procedures=tuple(_pages(db, ranker, PROCEDURE, procedure or said, english=english)),
    )


def _pages(
    db: Session, ranker: Ranker | None, kind: str, words: str, *, english: bool
) -> Iterator[SearchDocument]:
    question = Question(words, {"kind": kind}, english=english)
    groups = searching.answer(db, ranker, question).groups[:MOST_OF_A_KIND]
    known = searching.documents(db, [group.hits[0].key for group in groups])
    for group in groups:
        if group.hits[0].key in known:
            yield known[group.hits[0].key]
