"""The steps of a draft, as the desk takes them: begun, saved, read by a second person, published.

Every step locks the draft, asks the table of stages who may take it from where, and is written into
the log. Callers commit.
"""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.editorial import drafts, releasing, texts
from content.editorial.clerk import Clerk
from content.editorial.drafting import base_text, rebase, save, start, start_new, version_text
from content.editorial.drafts import authors, current, find, open_draft, revision, take
from content.editorial.errors import EditingRefused, SecondPersonNeeded
from content.editorial.holding import Held, hold, let_go
from content.editorial.models import Draft, Remark
from content.editorial.stages import EDITORS, WAYS, Step
from content.models import ContentVersion
from portal.database import lock
from portal.staff.models import StaffAccount

__all__ = [  # steps told next door
    "Held", "authors", "base_text", "current", "find", "hold", "let_go", "open_draft", "rebase",
    "revision", "save", "start", "start_new", "version_text",
]  # fmt: skip

SHORTEST_REASON = 10
LONGEST_WORDS = 5_000


def submit(db: Session, clerk: Clerk, draft_id: int, *, seen: int, reviewer: str = "") -> Draft:
    """Ask a second person to read a draft: `reviewer`, or whoever comes first.

    Raises BadText where the page is not complete, BaseMoved, NothingNew.
    """
    draft = take(db, clerk, draft_id, Step.SUBMIT, seen)
    texts.parse(draft.kind, draft.language, current(db, draft).text)
    releasing.check_base(db, draft)
    draft.reviewer = _reader(db, draft, reviewer)
    return _moved(db, clerk, Step.SUBMIT, draft, {"reviewer": draft.reviewer})


def send_back(
    db: Session, clerk: Clerk, draft_id: int, *, words: str, seen: int | None = None
) -> Draft:
    """Give a draft back to be changed; the words say why."""
    draft = take(db, clerk, draft_id, Step.SEND_BACK, seen)
    _add_remark(db, clerk, draft, words)
    drafts.back_to_draft(draft)
    return _moved(db, clerk, Step.SEND_BACK, draft)


def approve(db: Session, clerk: Clerk, draft_id: int, *, seen: int) -> Draft:
    """Say that a text may be published as it stands, by somebody who wrote nothing of it.

    Raises SecondPersonNeeded, BadText, NotReady, BaseMoved, NothingNew.
    """
    draft = take(db, clerk, draft_id, Step.APPROVE, seen)
    if clerk.name in authors(db, draft):
        raise SecondPersonNeeded
    releasing.ready(db, draft)
    releasing.check_base(db, draft)
    _settle(db, clerk, draft)
    return _moved(db, clerk, Step.APPROVE, draft)


def schedule(
    db: Session,
    clerk: Clerk,
    draft_id: int,
    *,
    publish_at: datetime,
    unpublish_at: datetime | None = None,
    seen: int | None = None,
) -> Draft:
    """Have an approved draft published by itself, and perhaps taken away again."""
    draft = take(db, clerk, draft_id, Step.SCHEDULE, seen)
    if publish_at <= clerk.now:
        raise EditingRefused(_("Giờ đăng phải ở phía trước; muốn đăng ngay thì bấm «Đăng ngay»."))
    _check_end(publish_at, unpublish_at)
    draft.publish_at, draft.unpublish_at = publish_at, unpublish_at
    return _moved(db, clerk, Step.SCHEDULE, draft, {"publish_at": publish_at})


def unschedule(db: Session, clerk: Clerk, draft_id: int) -> Draft:
    draft = take(db, clerk, draft_id, Step.UNSCHEDULE)
    draft.publish_at = None
    return _moved(db, clerk, Step.UNSCHEDULE, draft)


def publish(
    db: Session, clerk: Clerk, draft_id: int, *, seen: int, unpublish_at: datetime | None = None
) -> ContentVersion:
    """Publish the approved text now. Raises BaseMoved, NotReady, NothingNew."""
    draft = take(db, clerk, draft_id, Step.PUBLISH, seen)
    _check_end(clerk.now, unpublish_at)
    draft.unpublish_at = unpublish_at or draft.unpublish_at
    return _released(db, clerk, Step.PUBLISH, draft)


def force(db: Session, clerk: Clerk, draft_id: int, *, seen: int, reason: str) -> ContentVersion:
    """Publish without a second person. The reason stays with the version, for everybody at the desk
    to read. Raises what `publish` raises.
    """
    draft = take(db, clerk, draft_id, Step.FORCE, seen)
    reason = " ".join(reason.split())
    if sum(letter.isalpha() for letter in reason) < SHORTEST_REASON:
        raise EditingRefused(_("Hãy ghi rõ vì sao không chờ người thứ hai (ít nhất 10 chữ cái)."))
    _settle(db, clerk, draft)
    draft.forced_reason = reason
    return _released(db, clerk, Step.FORCE, draft, {"forced": True})


def discard(db: Session, clerk: Clerk, draft_id: int) -> Draft:
    """Close a draft without publishing it; its saves are kept."""
    draft = take(db, clerk, draft_id, Step.DISCARD)
    draft.closed_at, draft.publish_at = clerk.now, None
    return _moved(db, clerk, Step.DISCARD, draft)


def remark(db: Session, clerk: Clerk, draft_id: int, words: str) -> Remark:
    """Say something about the newest save; changes nothing of the draft."""
    drafts.allow(clerk, EDITORS)
    draft = lock(db, Draft, drafts.find(db, draft_id).id)
    assert draft is not None
    made = _add_remark(db, clerk, draft, words)
    drafts.note_down(db, clerk, "remark", draft)
    return made


def remarks(db: Session, draft: Draft) -> list[Remark]:
    """All that was said about a draft, the oldest first."""
    said = select(Remark).where(Remark.draft_id == draft.id).order_by(Remark.id)
    return list(db.scalars(said))


def _moved(
    db: Session, clerk: Clerk, step: Step, draft: Draft, detail: dict[str, object] | None = None
) -> Draft:
    draft.stage, draft.changed_at = WAYS[step][1], clerk.now
    db.flush()
    drafts.note_down(db, clerk, step, draft, detail)
    return draft


def _released(
    db: Session, clerk: Clerk, step: Step, draft: Draft, detail: dict[str, object] | None = None
) -> ContentVersion:
    version = releasing.release(db, draft, now=clerk.now)
    drafts.note_down(db, clerk, step, draft, {"version": version.number, **(detail or {})})
    return version


def _settle(db: Session, clerk: Clerk, draft: Draft) -> None:
    draft.approver, draft.approved_sha256 = clerk.name, current(db, draft).sha256
    draft.forced_reason = ""


def _reader(db: Session, draft: Draft, reviewer: str) -> str:
    """Whoever is asked must be able to read it as a second person."""
    if not reviewer:
        return ""
    account = db.scalar(select(StaffAccount).where(StaffAccount.username == reviewer))
    if account is None or not account.active or not account.roles & EDITORS:
        raise EditingRefused(_("Người này không đọc duyệt được: tài khoản hoặc vai trò không hợp."))
    if reviewer in authors(db, draft):
        raise EditingRefused(_("Người đã viết vào bản nháp không thể là người thứ hai."))
    return reviewer


def _add_remark(db: Session, clerk: Clerk, draft: Draft, words: str) -> Remark:
    words = words.strip()
    if not words:
        raise EditingRefused(_("Hãy viết điều cần nói."))
    if len(words) > LONGEST_WORDS:
        raise EditingRefused(_("Lời ghi dài quá 5.000 ký tự."))
    made = Remark(
        draft_id=draft.id,
        revision=draft.revision,
        author=clerk.name,
        words=words,
        at=clerk.now,
    )
    db.add(made)
    db.flush()
    return made


def _check_end(begins: datetime, ends: datetime | None) -> None:
    if ends is not None and ends <= begins:
        raise EditingRefused(_("Giờ gỡ xuống phải sau giờ đăng."))
