"""Keeps pages from growing old: each has somebody who keeps it and a day to read it again."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import versions
from content.citing import subject_of
from content.editorial import drafts
from content.editorial.clerk import Clerk
from content.editorial.errors import EditingRefused
from content.editorial.stages import EDITORS
from content.models import ContentItem, ContentVersion, Kind, Origin, State
from portal import clock, tasks
from portal.database import lock
from portal.errors import NotFound
from portal.staff.audit import record
from portal.staff.models import StaffAccount

REVIEW_PAGE = "review-page"
REVIEW_OVERDUE = "review-overdue"
APPROVERS_OF_THE_CENTRE = "nguoi-duyet"
A_YEAR = timedelta(days=365)
HALF_A_YEAR = timedelta(days=182)
ASKED_BEFORE = timedelta(days=14)
ESCALATED_AFTER = timedelta(days=14)
LOOK_EVERY = timedelta(hours=1)

# What follows the national record or the councils changes most often; what is dated is never old.
PERIODS: dict[Kind, timedelta | None] = {
    Kind.PROCEDURE: HALF_A_YEAR,
    Kind.FORM: HALF_A_YEAR,
    Kind.GUIDE: A_YEAR,
    Kind.PAGE: A_YEAR,
    Kind.QUESTION: A_YEAR,
    Kind.LIFE_EVENT: A_YEAR,
    Kind.LEGAL_DOCUMENT: A_YEAR,
    Kind.NEWS: None,
    Kind.NOTICE: None,
    Kind.CONSULTATION: None,
}


def renew(item: ContentItem, read_at: datetime) -> None:
    """Set the day on which a page that was read now has to be read again."""
    period = PERIODS[Kind(item.kind)]
    item.review_on = clock.local_date(read_at) + period if period else None
    item.escalated_at = None


def reviewed(db: Session, clerk: Clerk, kind: str, key: str, language: str) -> ContentItem:
    """Somebody has read the whole page and found it still true."""
    item = _locked(db, clerk, kind, key, language)
    renew(item, clerk.now)
    _close_tasks(db, item, clerk.now)
    _log(db, clerk, "reviewed", item, {"next": item.review_on})
    return item


def keep(  # a page is named by kind, key and language
    db: Session,
    clerk: Clerk,
    kind: str,
    key: str,
    language: str,
    *,
    keeper: str,
    review_on: date | None,
) -> ContentItem:
    """Say whose page this is and when it has to be read again. Raises EditingRefused where that
    person cannot change pages, or the day is past.
    """
    item = _locked(db, clerk, kind, key, language)
    if keeper and keeper != item.keeper and not _can_keep(db, keeper):
        raise EditingRefused(_("Người này không giữ trang được: tài khoản hoặc vai trò không hợp."))
    if review_on != item.review_on and review_on and review_on < clock.local_date(clerk.now):
        raise EditingRefused(_("Ngày xem lại phải từ hôm nay trở đi."))
    if review_on != item.review_on:
        item.review_on, item.escalated_at = review_on, None
        _close_tasks(db, item, clerk.now)
    item.keeper = keeper
    _log(db, clerk, "keep", item, {"keeper": keeper, "review_on": review_on})
    return item


def look(db: Session, now: datetime) -> int:
    """Give a day to pages that have none, ask for pages that are due, escalate what was ignored.

    Run daily or more often, and twice without harm; returns how many tasks were opened.
    """
    today, opened = clock.local_date(now), 0
    _give_days(db)
    for item in _due(db, today + ASKED_BEFORE):
        assert item.review_on is not None
        opened += _ask(db, item, REVIEW_PAGE, item.review_on.isoformat(), now)
        if item.review_on + ESCALATED_AFTER <= today and item.escalated_at is None:
            item.escalated_at = now
            opened += _ask(db, item, REVIEW_OVERDUE, _unit_of(db, item.keeper), now)
    db.flush()
    return opened


def _give_days(db: Session) -> None:
    """What came by import is the national record's to keep; everything else is ours."""
    dated = [kind for kind, period in PERIODS.items() if period]
    missing = (
        select(ContentItem, ContentVersion.published_at)
        .join(ContentVersion, versions.newest())
        .where(
            ContentItem.state == State.PUBLISHED,
            ContentItem.review_on.is_(None),
            ContentItem.kind.in_(dated),
            ContentVersion.origin != Origin.IMPORT,
        )
    )
    for item, published_at in db.execute(missing.with_for_update(of=ContentItem)).all():
        renew(item, published_at)
    db.flush()


def _due(db: Session, until: date) -> Iterator[ContentItem]:
    chosen = select(ContentItem).where(
        ContentItem.state == State.PUBLISHED, ContentItem.review_on <= until
    )
    yield from db.scalars(chosen.order_by(ContentItem.id).with_for_update())


def _ask(db: Session, item: ContentItem, kind: str, origin: str, now: datetime) -> bool:
    assert item.review_on is not None
    subject = subject_of(item.kind, item.key, item.language)
    due = clock.day_start(item.review_on)
    task = tasks.open_task(db, kind=kind, subject=subject, origin=origin, now=now, due=due)
    return task.opened_at == now


def _unit_of(db: Session, keeper: str) -> str:
    """Who has to know that a page was left alone: the keeper's unit, or the Centre's approvers."""
    unit = db.scalar(select(StaffAccount.unit_code).where(StaffAccount.username == keeper))
    return unit or APPROVERS_OF_THE_CENTRE


def _can_keep(db: Session, username: str) -> bool:
    account = db.scalar(select(StaffAccount).where(StaffAccount.username == username))
    return account is not None and account.active and bool(account.roles & EDITORS)


def _close_tasks(db: Session, item: ContentItem, now: datetime) -> None:
    subject = subject_of(item.kind, item.key, item.language)
    for kind in (REVIEW_PAGE, REVIEW_OVERDUE):
        tasks.close(db, kind=kind, subject=subject, now=now)


def _locked(db: Session, clerk: Clerk, kind: str, key: str, language: str) -> ContentItem:
    drafts.allow(clerk, EDITORS)
    found = db.scalar(
        select(ContentItem.id).where(
            ContentItem.kind == kind, ContentItem.key == key, ContentItem.language == language
        )
    )
    item = lock(db, ContentItem, found) if found else None
    if item is None or item.state != State.PUBLISHED:
        raise NotFound(_("Trang này hiện không đăng."))
    return item


def _log(
    db: Session, clerk: Clerk, step: str, item: ContentItem, detail: dict[str, object]
) -> None:
    db.flush()
    subject = f"{item.kind}:{item.key}:{item.language}"
    record(
        db, actor=clerk.name, action=f"content.{step}", subject=subject, at=clerk.now, detail=detail
    )
