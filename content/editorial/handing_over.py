"""What a leaver still has in hand at the editing desk, and passing all of it on in one step."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from content.editorial import drafts
from content.editorial.errors import EditingRefused
from content.editorial.models import Draft
from content.editorial.stages import EDITORS
from content.models import ContentItem
from portal.staff.accounts import OpenWork
from portal.staff.audit import record
from portal.staff.models import StaffAccount


def open_work(db: Session, username: str) -> list[OpenWork]:
    """The drafts somebody writes or is to read, and the pages that are theirs; nothing: empty."""
    counted = (
        (_("bản nháp đang viết"), _count(db, _writing(username))),
        (_("bản nháp chờ đọc duyệt"), _count(db, _reading(username))),
        (_("trang phụ trách"), _count(db, _kept(username))),
    )
    return [OpenWork(words, count) for words, count in counted if count]


def tell(db: Session, **payload: Any) -> None:
    """Answers the question what somebody still has in hand."""
    payload["found"].extend(open_work(db, payload["username"]))


def handed_over(db: Session, **payload: Any) -> None:
    """Somebody hands everything over: this room's part of it."""
    hand_over(db, **payload)


def hand_over(db: Session, *, username: str, to: str, by: str, now: datetime) -> None:
    """Pass drafts, review duties and pages on. A draft the heir has written into is read by whoever
    comes first. Raises EditingRefused where the heir cannot work at this desk.
    """
    found = open_work(db, username)
    if not found:
        return
    heir = db.scalar(select(StaffAccount).where(StaffAccount.username == to))
    if heir is None or not heir.active or not heir.roles & EDITORS:
        raise EditingRefused(_("Người nhận cần vai trò biên tập viên hoặc người duyệt."))
    for draft in db.scalars(_writing(username).order_by(Draft.id).with_for_update()):
        draft.author = to if draft.author == username else draft.author
        if draft.editing_by == username:
            draft.editing_by, draft.editing_until = "", None
    for draft in db.scalars(_reading(username).order_by(Draft.id).with_for_update()):
        draft.reviewer = "" if to in drafts.authors(db, draft) else to
    for item in db.scalars(_kept(username).order_by(ContentItem.id).with_for_update()):
        item.keeper = to
    db.flush()
    detail = {"to": to, "moved": sum(one.count for one in found)}
    record(db, actor=by, action="content.hand-over", subject=username, at=now, detail=detail)


def _writing(username: str) -> Select[Draft]:
    return select(Draft).where(
        Draft.closed_at.is_(None), (Draft.author == username) | (Draft.editing_by == username)
    )


def _reading(username: str) -> Select[Draft]:
    return select(Draft).where(Draft.closed_at.is_(None), Draft.reviewer == username)


def _kept(username: str) -> Select[ContentItem]:
    return select(ContentItem).where(ContentItem.keeper == username)


def _count(db: Session, chosen: Select[Draft] | Select[ContentItem]) -> int:
    return db.scalar(select(func.count()).select_from(chosen.subquery())) or 0
