"""All pages with their open drafts, and the drafts of pages still to come, as one table."""

from sqlalchemy import (
    ColumnElement,
    Subquery,
    and_,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from content.models import ArticleRow, ContentItem, Draft, ProcedureRow
from portal.vietnamese import fold

_OPEN = Draft.closed_at.is_(None)
_SAME = and_(
    Draft.kind == ContentItem.kind,
    Draft.key == ContentItem.key,
    Draft.language == ContentItem.language,
    _OPEN,
)


def everything() -> Subquery:
    """One row for each page in each language."""
    of_draft = (
        Draft.id.label("draft_id"),
        Draft.stage,
        Draft.author,
        Draft.reviewer,
        Draft.changed_at,
        Draft.publish_at,
    )
    title = func.coalesce(
        func.nullif(Draft.title, ""), ProcedureRow.heading, ArticleRow.title, literal("")
    )
    pages = (
        select(
            ContentItem.id.label("item_id"),
            ContentItem.kind,
            ContentItem.key,
            ContentItem.language,
            ContentItem.state,
            ContentItem.version,
            ContentItem.keeper,
            ContentItem.review_on,
            ContentItem.unpublish_at,
            title.label("title"),
            ProcedureRow.folded,
            func.coalesce(ProcedureRow.sort_key, ArticleRow.sort_key, "").label("sort_key"),
            *of_draft,
        )
        .outerjoin(Draft, _SAME)
        .outerjoin(ProcedureRow, ProcedureRow.item_id == ContentItem.id)
        .outerjoin(ArticleRow, ArticleRow.item_id == ContentItem.id)
    )
    new = select(
        null().label("item_id"),
        Draft.kind,
        Draft.key,
        Draft.language,
        literal("").label("state"),
        literal(0).label("version"),
        literal("").label("keeper"),
        null().label("review_on"),
        null().label("unpublish_at"),
        Draft.title,
        literal("").label("folded"),
        literal("").label("sort_key"),
        *of_draft,
    ).where(_OPEN, ~select(ContentItem.id).where(_SAME).exists())
    return union_all(pages, new).subquery("everything")


def saying(db: Session, row: Subquery, words: str) -> ColumnElement[bool]:
    """Whose title or key holds these words, marks or none."""
    folded = fold(words)
    articles = db.execute(select(ArticleRow.item_id, ArticleRow.title))
    drafts = db.execute(select(Draft.id, Draft.title).where(_OPEN))
    return or_(
        row.c.folded.contains(folded, autoescape=True),
        row.c.key.contains(folded, autoescape=True),
        row.c.item_id.in_([one.item_id for one in articles if folded in fold(one.title)]),
        row.c.draft_id.in_([one.id for one in drafts if folded in fold(one.title)]),
    )
