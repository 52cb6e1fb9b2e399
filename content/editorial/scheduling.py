"""Publishes and takes away by the clock: each in its turn, once, also after a day of standstill."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from content.editorial import drafts, keys, releasing, texts, withdrawing
from content.editorial.clerk import Clerk
from content.editorial.errors import EditingRefused
from content.editorial.models import Draft
from content.editorial.stages import APPROVERS, Stage
from content.models import ContentItem, Origin, State
from content.publishing import Publication
from portal.database import Database, lock
from portal.errors import NotFound, PortalError
from portal.staff.audit import record
from portal.tasks import open_task

BY_THE_CLOCK = "hen-gio"  # whose name stands in the log for what happens by itself
LONGEST_ORIGIN = 200


@dataclass(frozen=True)
class Done:
    """What became of one piece of work that was due; `words` say why it failed."""

    subject: str
    words: str = ""


def publish_due(store: Database, now: datetime) -> list[Done]:
    """Publish every draft whose hour has come, the earliest first, each in its own transaction.

    Two workers take turns: the first due draft is locked, and whoever waited finds it closed. One
    that cannot be published goes back to those approved and becomes a task; the others go on.
    """
    due = (
        select(Draft.id)
        .where(Draft.stage == Stage.SCHEDULED, Draft.publish_at <= now)
        .order_by(Draft.publish_at, Draft.id)
        .limit(1)
    )
    return _all(store, due, lambda db, draft_id: _publish(db, draft_id, now), now)


def unpublish_due(store: Database, now: datetime) -> list[Done]:
    """Take away every page whose time is over, the earliest first, each in its own transaction."""
    due = (
        select(ContentItem.id)
        .where(ContentItem.unpublish_at <= now)
        .order_by(ContentItem.unpublish_at, ContentItem.id)
        .limit(1)
    )
    return _all(store, due, lambda db, item_id: _take_away(db, item_id, now), now)


def unpublish_on(
    db: Session, clerk: Clerk, kind: str, key: str, language: str, *, at: datetime | None
) -> ContentItem:
    """Have a published page taken away at a moment to come, or not at all."""
    drafts.allow(clerk, APPROVERS)
    found = keys.item(db, kind, key, language)
    item = lock(db, ContentItem, found.id) if found else None
    if item is None or item.state != State.PUBLISHED:
        raise NotFound(_("Trang này hiện không đăng."))
    if at is not None and at <= clerk.now:
        raise EditingRefused(_("Giờ gỡ xuống phải ở phía trước; muốn gỡ ngay thì bấm «Gỡ»."))
    item.unpublish_at = at
    db.flush()
    subject = f"{kind}:{key}:{language}"
    detail = {"unpublish_at": at}
    record(
        db,
        actor=clerk.name,
        action="content.unpublish-on",
        subject=subject,
        at=clerk.now,
        detail=detail,
    )
    return item


def _all(
    store: Database,
    due: Select[int],
    work: Callable[[Session, int], Done | None],
    now: datetime,
) -> list[Done]:
    done: list[Done] = []
    while True:
        with store.write() as db:
            found = db.scalar(due)
            if found is None:
                return done
            one = work(db, found)
            db.commit()
        if one is not None:
            done.append(one)


def _publish(db: Session, draft_id: int, now: datetime) -> Done | None:
    draft = lock(db, Draft, draft_id)
    if draft is None or draft.stage != Stage.SCHEDULED or not _is_due(draft.publish_at, now):
        return None
    subject = f"{draft.kind}:{draft.key}:{draft.language}"
    try:
        with db.begin_nested():
            version = releasing.release(db, draft, now=now)
    except OperationalError:
        raise
    except Exception as error:  # whatever it is, it must not keep the others waiting
        return _failed(db, draft_id, error, now)
    detail = {"draft": draft.id, "version": version.number, "approver": draft.approver}
    record(db, actor=BY_THE_CLOCK, action="content.publish", subject=subject, at=now, detail=detail)
    return Done(subject)


def _failed(db: Session, draft_id: int, error: Exception, now: datetime) -> Done:
    """Back to those approved, with a task that says why."""
    db.expire_all()
    draft = lock(db, Draft, draft_id)
    assert draft is not None
    words = str(error) if isinstance(error, PortalError) else _("Lỗi của hệ thống.")
    draft.stage, draft.publish_at = Stage.APPROVED, None
    address = texts.address_of(draft.kind, draft.key, draft.language)
    origin = words[:LONGEST_ORIGIN]
    open_task(db, kind=releasing.PUBLISH_FAILED, subject=address, origin=origin, now=now)
    subject = f"{draft.kind}:{draft.key}:{draft.language}"
    detail = {"draft": draft.id, "why": type(error).__name__}
    action = "content.publish-failed"
    record(db, actor=BY_THE_CLOCK, action=action, subject=subject, at=now, detail=detail)
    return Done(subject, words)


def _take_away(db: Session, item_id: int, now: datetime) -> Done | None:
    item = lock(db, ContentItem, item_id)
    if item is None or not _is_due(item.unpublish_at, now):
        return None
    item.unpublish_at = None
    if item.state != State.PUBLISHED:
        return None
    publication = Publication(db, now, Origin.EDITOR)
    reason = _("Trang đã hết thời gian đăng.")
    for one in (item, *withdrawing.variants(db, item)):
        withdrawing.take_away(publication, one, State.UNPUBLISHED, reason)
    subject = f"{item.kind}:{item.key}:{item.language}"
    record(db, actor=BY_THE_CLOCK, action="content.unpublish", subject=subject, at=now)
    return Done(subject)


def _is_due(at: datetime | None, now: datetime) -> bool:
    return at is not None and at <= now
