"""Reads the answers that are public."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from feedback.models import Answer
from portal.paging import Page
from search_index.analysis import fold


@dataclass(frozen=True)
class PublicAnswer:
    """What everybody may read."""

    slug: str
    title: str
    question: str
    answer: str
    field: str
    name: str
    published_at: datetime


def count(db: Session, field: str = "") -> int:
    return db.scalar(_public(select(func.count(Answer.case_id)), field)) or 0


def listed(db: Session, field: str, page: Page) -> list[PublicAnswer]:
    """One page of public answers, the newest first."""
    newest = _public(select(Answer), field).order_by(
        Answer.published_at.desc(), Answer.case_id.desc()
    )
    found = db.scalars(newest.offset(page.offset).limit(page.size))
    return [shown for shown in map(_shown, found) if shown is not None]


def fields(db: Session) -> list[str]:
    """The fields in which there are public answers, in Vietnamese order."""
    found = db.scalars(_public(select(Answer.public_field).distinct(), ""))
    return sorted((name for name in found if name), key=fold)


def moments(db: Session) -> list[tuple[str, datetime]]:
    """Every public answer's address and the moment it was published, the oldest first."""
    found = db.execute(
        select(Answer.slug, Answer.published_at)
        .where(Answer.published_at.is_not(None), Answer.unpublished_at.is_(None))
        .order_by(Answer.published_at)
    )
    return [(slug, at) for slug, at in found if slug and at]


def one(db: Session, slug: str) -> tuple[PublicAnswer, bool] | None:
    """The answer at this address, and whether it is still public; None if there never was one."""
    answer = db.scalar(select(Answer).where(Answer.slug == slug))
    shown = _shown(answer) if answer is not None else None
    return (shown, answer.unpublished_at is None) if answer is not None and shown else None


def _public(statement: Select[Any], field: str) -> Select[Any]:
    statement = statement.where(Answer.published_at.is_not(None), Answer.unpublished_at.is_(None))
    return statement.where(Answer.public_field == field) if field else statement


def _shown(answer: Answer) -> PublicAnswer | None:
    if answer.slug is None or answer.published_at is None:
        return None
    return PublicAnswer(
        slug=answer.slug,
        title=answer.title,
        question=answer.public_question,
        answer=answer.public_answer,
        field=answer.public_field,
        name=answer.public_name,
        published_at=answer.published_at,
    )
