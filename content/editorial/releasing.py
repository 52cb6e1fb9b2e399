"""Publishes a draft whose text was settled: that text to the letter, as the page's next version."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.editorial import checks, drafts, keys, reviewing, texts
from content.editorial.errors import BaseMoved, NothingNew, NotReady, WrongStage
from content.editorial.models import Draft
from content.editorial.stages import Stage
from content.models import ContentItem, ContentVersion, Kind, Origin, State
from content.overtaking import EDITED_OVER_IMPORT, LIBRARY_NEWER
from content.publishing import Credits, Publication
from content.shapes import Shape
from portal import tasks
from portal.canonical import digest
from portal.database import lock

PUBLISH_FAILED = "publish-failed"
ANSWERED = (
    EDITED_OVER_IMPORT,
    LIBRARY_NEWER,
    PUBLISH_FAILED,
    reviewing.REVIEW_PAGE,
    reviewing.REVIEW_OVERDUE,
)


def release(db: Session, draft: Draft, *, now: datetime) -> ContentVersion:
    """Publish the text that was approved, and close the draft; the draft is locked already.

    Raises WrongStage where the text is another one, BadText, NotReady, NothingNew, and BaseMoved
    where the page was published anew since the draft was begun.
    """
    text = drafts.current(db, draft)
    if not draft.approved_sha256 or text.sha256 != draft.approved_sha256:
        raise WrongStage(_("Chữ trong bản nháp không còn là chữ đã duyệt."))
    shape = ready(db, draft)
    check_base(db, draft)
    who = Credits(
        author=text.author or draft.author,
        approver=draft.approver,
        forced_reason=draft.forced_reason,
        note=draft.note,
        rolled_back_to=draft.rolled_back_to,
    )
    version = put(db, draft, shape, who, now=now)
    if version.number != draft.based_on + 1 or version.sha256 != draft.approved_sha256:
        raise BaseMoved(version.number)
    _settle_item(db, version, draft)
    draft.stage, draft.closed_at, draft.changed_at = Stage.PUBLISHED, now, now
    draft.editing_by, draft.editing_until = "", None
    db.flush()
    return version


def put(
    db: Session, place: Draft | ContentItem, shape: Shape, who: Credits, *, now: datetime
) -> ContentVersion:
    """Make `shape` the next version of a page and show it, also where the page was taken away."""
    kind, key, language = Kind(place.kind), place.key, place.language
    item = keys.item(db, kind, key, language)
    if item is not None:
        _bring_back(item)
        db.flush()
    publication = Publication(db, now, Origin.EDITOR, who)
    texts.facts_of(kind, language).publish(publication, shape)
    db.flush()
    item = keys.item(db, kind, key, language)
    assert item is not None
    db.refresh(item)
    subject = texts.address_of(kind, key, language)
    for task in ANSWERED:
        tasks.close(db, kind=task, subject=subject, now=now)
    newest = select(ContentVersion).where(ContentVersion.item_id == item.id)
    return db.scalars(newest.where(ContentVersion.number == item.version)).one()


def ready(db: Session, draft: Draft) -> Shape:
    """The page a draft describes. Raises BadText, and NotReady with all that is to be mended."""
    return holding(db, draft.kind, draft.language, drafts.current(db, draft).text)


def holding(db: Session, kind: str, language: str, text: str) -> Shape:
    """The page of a text in which nothing has to be mended. Raises BadText, NotReady."""
    shape = texts.parse(kind, language, text)
    if found := checks.findings(db, kind, language, shape):
        raise NotReady(found)
    return shape


def check_base(db: Session, draft: Draft) -> None:
    """Raises BaseMoved where the page went on without the draft, NothingNew where both agree."""
    known = keys.item(db, draft.kind, draft.key, draft.language)
    item = lock(db, ContentItem, known.id) if known else None
    if (item.version if item else 0) != draft.based_on:
        raise BaseMoved(item.version if item else 0)
    if item is not None and item.version:
        check_new(db, item, drafts.current(db, draft).text)


def check_new(db: Session, item: ContentItem, text: str) -> None:
    """Raises NothingNew where the newest version says just this."""
    newest = select(ContentVersion.sha256).where(
        ContentVersion.item_id == item.id, ContentVersion.number == item.version
    )
    if db.scalar(newest) == digest(text):
        raise NothingNew


def _bring_back(item: ContentItem) -> None:
    item.reason = item.ending = item.leads_to = ""
    item.withdrawn_at = None
    if item.kind == Kind.PROCEDURE and item.language == texts.VIETNAMESE:
        # What is out of several sources is shown only where its page is.
        item.state = State.PUBLISHED


def _settle_item(db: Session, version: ContentVersion, draft: Draft) -> None:
    item = db.get_one(ContentItem, version.item_id)
    item.keeper = item.keeper or draft.author
    item.unpublish_at = draft.unpublish_at
    reviewing.renew(item, version.published_at)
