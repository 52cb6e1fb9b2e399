"""Fills the content room for shows: leaders, counters, notices, a draft in each stage."""

from datetime import timedelta

from sqlalchemy.orm import Session

from content import demo_texts
from content.editorial import texts, workflow
from content.editorial.clerk import Clerk
from content.models import Kind, Origin
from content.publishing import Publication, publish_article
from content.shapes import Article
from portal import clock
from portal.demonstration import APPROVER, EDITOR, Stage

SCHEDULED_IN = timedelta(days=2)
UNPUBLISHED_IN = timedelta(days=30)
WAY = ("draft", "in-review", "approved", "scheduled")


def fill(db: Session, stage: Stage) -> str:
    """Publish the invented pages once, and leave one draft in each stage."""
    today = clock.local_date(stage.now)
    publication = Publication(db, stage.now, Origin.EDITOR)
    pages = (demo_texts.organisation(), demo_texts.counters(), *demo_texts.dated(today))
    if stage.batch > 1:
        return "Nội dung: giữ nguyên."
    for page in pages:
        publish_article(publication, page)
    for page, way in zip(demo_texts.drafts(today), WAY, strict=True):
        _draft(db, stage, page, way)
    return f"Nội dung: {len(pages)} trang, {len(WAY)} bản thảo ở các bước."


def _draft(db: Session, stage: Stage, page: Article, until: str) -> None:
    """A draft taken along its way as far as `until`."""
    editor = Clerk(stage.staff[EDITOR], stage.now)
    approver = Clerk(stage.staff[APPROVER], stage.now)
    begun = workflow.start_new(db, editor, Kind.NOTICE, page.slug, "vi")
    text = texts.text_of(page)
    kept = workflow.save(db, editor, begun.id, seen=begun.revision, text=text, title=page.title)
    workflow.let_go(db, editor, kept.id)
    if until == "draft":
        return
    workflow.submit(db, editor, kept.id, seen=kept.revision, reviewer=approver.name)
    if until == "in-review":
        return
    workflow.approve(db, approver, kept.id, seen=kept.revision)
    if until == "scheduled":
        at = stage.now + SCHEDULED_IN
        workflow.schedule(db, approver, kept.id, publish_at=at, unpublish_at=at + UNPUBLISHED_IN)
