"""Questions and answers as people read them: gathered by field, each with its source."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import reading
from content.leaf_shapes import Question
from content.listing import Entry
from content.models import ArticleRow, ContentItem, ContentVersion, Kind
from content.projecting import ARTICLE_PATHS
from content.versions import newest
from portal.vietnamese import slug as slug_of
from portal.vietnamese import sort_key

UNSORTED = "khac"


@dataclass(frozen=True)
class QuestionEntry:
    title: str
    summary: str
    path: str


@dataclass(frozen=True)
class Field:
    """The questions of one field; an empty name gathers those without."""

    name: str
    word: str
    entries: tuple[QuestionEntry, ...]


@dataclass(frozen=True)
class QuestionPage:
    """A question with its answer, its procedures and other questions of its field."""

    question: Question
    path: str
    procedures: tuple[Entry, ...]
    others: tuple[QuestionEntry, ...]


def questions(db: Session) -> tuple[Field, ...]:
    """All questions by field in Vietnamese order, those without a field last."""
    chosen = (
        select(ContentVersion.text)
        .join(ContentItem, ContentItem.id == ContentVersion.item_id)
        .join(ArticleRow, ArticleRow.item_id == ContentItem.id)
        .where(newest(), ArticleRow.kind == Kind.QUESTION)
        .order_by(ArticleRow.position, ArticleRow.sort_key)
    )
    by_field: dict[str, list[QuestionEntry]] = {}
    for text in db.scalars(chosen):
        question = Question.model_validate_json(text)
        by_field.setdefault(question.field, []).append(_entry(question))
    ordered = sorted(by_field, key=lambda name: (not name, sort_key(name)))
    return tuple(Field(name, slug_of(name) or UNSORTED, tuple(by_field[name])) for name in ordered)


def question(db: Session, slug: str) -> QuestionPage:
    """One question. Raises NoSuchPage and Withdrawn."""
    shown = Question.model_validate_json(reading.leaf_text(db, Kind.QUESTION, slug))
    same = [field for field in questions(db) if field.name == shown.field]
    own = _entry(shown)
    return QuestionPage(
        question=shown,
        path=own.path,
        procedures=reading.named(db, shown.procedures),
        others=tuple(entry for field in same for entry in field.entries if entry != own),
    )


def _entry(question: Question) -> QuestionEntry:
    path = f"{ARTICLE_PATHS[Kind.QUESTION]}{question.slug}"
    return QuestionEntry(question.title, question.summary, path)
