"""Notices and draft consultations, by whether their days have begun and ended."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import versions
from content.models import ArticleRow, ContentItem, ContentVersion, Kind
from content.projecting import article_path
from content.shapes import Article

FAR = date.max


class Standing(StrEnum):
    """Where a day stands between the first and the last day of an article."""

    COMING = "coming"
    NOW = "now"
    PAST = "past"


@dataclass(frozen=True)
class DatedEntry:
    """A notice or consultation in a list; `days_left` counts from the day to the last, 0 on it."""

    article: Article
    path: str
    standing: Standing
    days_left: int | None


def standing(article: Article, day: date) -> Standing:
    if article.starts_on and day < article.starts_on:
        return Standing.COMING
    if article.ends_on and article.ends_on < day:
        return Standing.PAST
    return Standing.NOW


def entry(article: Article, day: date) -> DatedEntry:
    left = (article.ends_on - day).days if article.ends_on and day <= article.ends_on else None
    return DatedEntry(article, article_path(article), standing(article, day), left)


def entries(db: Session, kind: Kind, language: str, day: date) -> tuple[DatedEntry, ...]:
    """All of a kind, each in this language or else in Vietnamese, in the order in which people
    need them: what holds now, what is to come, what is over."""
    chosen = (
        select(ContentVersion.text)
        .join(ContentItem, versions.newest())
        .join(ArticleRow, ArticleRow.item_id == ContentItem.id)
        .where(ArticleRow.kind == kind, ArticleRow.language.in_({"vi", language}))
        .order_by(ArticleRow.sort_key)
    )
    found = [Article.model_validate_json(text) for text in db.scalars(chosen)]
    own = {article.slug for article in found if article.language == language}
    shown = [one for one in found if one.language == language or one.slug not in own]
    return tuple(sorted((entry(one, day) for one in shown), key=_order))


def _order(found: DatedEntry) -> tuple[int, int]:
    """Of what holds now, that which ends first; of what is to come, that which begins first; of
    what is over, that which ended last. A notice without days stands by its date, newest first."""
    article = found.article
    place = (Standing.NOW, Standing.COMING, Standing.PAST).index(found.standing)
    if found.standing is Standing.COMING:
        return place, (article.starts_on or FAR).toordinal()
    if found.standing is Standing.PAST:
        return place, -(article.ends_on or FAR).toordinal()
    if Kind(article.kind) is Kind.CONSULTATION:
        return place, (article.ends_on or FAR).toordinal()
    return place, -(article.published_on or article.starts_on or date.min).toordinal()
