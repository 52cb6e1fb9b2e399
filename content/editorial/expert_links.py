"""Links by which somebody without an account may read one save of a draft, and remark on it."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.editorial import drafts
from content.editorial.clerk import Clerk
from content.editorial.errors import EditingRefused, LinkRefused, NoSuchDraft
from content.editorial.models import Draft, DraftRevision, ExpertLink, Remark
from content.editorial.stages import EDITORS
from portal.database import lock
from portal.keys import ring
from portal.staff.audit import record

LONGEST = timedelta(days=30)
LONGEST_NAME = 120
LONGEST_REMARK = 5_000
REMARKS_A_LINK = 5
OUTSIDER = "khach-moi"  # who stands in the log for somebody whose name is not written there


@dataclass(frozen=True)
class Opened:
    """What a link leads to."""

    link: ExpertLink
    draft: Draft
    revision: DraftRevision


def make(db: Session, clerk: Clerk, draft_id: int, *, expert: str, lasts: timedelta) -> str:
    """The token of a new link to the newest save. It is signed, shown once and kept nowhere.

    Raises EditingRefused without a name, or for longer than 30 days.
    """
    drafts.allow(clerk, EDITORS)
    draft = lock(db, Draft, draft_id)
    if draft is None or draft.closed_at is not None:
        raise NoSuchDraft
    name = " ".join(expert.split())
    if not name or len(name) > LONGEST_NAME:
        raise EditingRefused(_("Hãy ghi mời ai đọc, không quá 120 ký tự."))
    if not timedelta() < lasts <= LONGEST:
        raise EditingRefused(_("Đường dẫn dùng được từ 1 đến 30 ngày."))
    link = ExpertLink(
        draft_id=draft.id,
        revision=draft.revision,
        expert=name,
        nonce=secrets.token_urlsafe(16),
        made_by=clerk.name,
        made_at=clerk.now,
        expires_at=(clerk.now + lasts).replace(microsecond=0),
    )
    db.add(link)
    db.flush()
    drafts.note_down(db, clerk, "invite", draft, {"link": link.id})
    return _token(link.nonce, int(link.expires_at.timestamp()))


def read(db: Session, token: str, now: datetime) -> Opened:
    """The save a link was made for. Raises LinkRefused, whatever is wrong with the link."""
    nonce, expires = _signed(token, now)
    link = db.scalar(select(ExpertLink).where(ExpertLink.nonce == nonce))
    if link is None or link.revoked_at is not None or link.expires_at != expires:
        raise LinkRefused
    draft = db.get(Draft, link.draft_id)
    if draft is None or draft.closed_at is not None:
        raise LinkRefused
    return Opened(link, draft, drafts.revision(db, draft, link.revision))


def remark(db: Session, token: str, words: str, now: datetime) -> Remark:
    """What the expert says; at most five times through one link. Raises EditingRefused."""
    opened = read(db, token, now)
    said = words.strip()
    if not said or len(said) > LONGEST_REMARK:
        raise EditingRefused(_("Hãy viết nhận xét, không quá 5.000 ký tự."))
    lock(db, ExpertLink, opened.link.id)
    if remarks_made(db, opened.link) >= REMARKS_A_LINK:
        raise EditingRefused(_("Đường dẫn này đã gửi đủ 5 nhận xét."))
    made = Remark(
        draft_id=opened.draft.id,
        revision=opened.link.revision,
        link_id=opened.link.id,
        author=opened.link.expert,
        words=said,
        at=now,
    )
    db.add(made)
    db.flush()
    subject = f"{opened.draft.kind}:{opened.draft.key}:{opened.draft.language}"
    detail = {"draft": opened.draft.id, "link": opened.link.id}
    record(
        db, actor=OUTSIDER, action="content.expert-remark", subject=subject, at=now, detail=detail
    )
    return made


def remarks_made(db: Session, link: ExpertLink) -> int:
    """How many remarks came through a link."""
    made = select(func.count()).select_from(Remark).where(Remark.link_id == link.id)
    return db.scalar(made) or 0


def of(db: Session, draft: Draft) -> list[ExpertLink]:
    """The links made for a draft, the newest first."""
    made = select(ExpertLink).where(ExpertLink.draft_id == draft.id)
    return list(db.scalars(made.order_by(ExpertLink.id.desc())))


def revoke(db: Session, clerk: Clerk, draft_id: int, link_id: int) -> None:
    """Close a link before its time; closing it again changes nothing. Raises NoSuchDraft."""
    drafts.allow(clerk, EDITORS)
    link = lock(db, ExpertLink, link_id)
    if link is None or link.draft_id != draft_id:
        raise NoSuchDraft
    if link.revoked_at is None:
        link.revoked_at = clerk.now
        db.flush()
        drafts.note_down(db, clerk, "revoke", drafts.find(db, draft_id), {"link": link.id})


def _token(nonce: str, expires: int) -> str:
    return f"{nonce}.{expires}.{_mac(nonce, expires)}"


def _mac(nonce: str, expires: int) -> str:
    return ring().mac("stamp", f"expert-link\n{nonce}\n{expires}")


def _signed(token: str, now: datetime) -> tuple[str, datetime]:
    """Nonce and end of a token that was signed here and still runs."""
    nonce, dot, rest = token.partition(".")
    until, second_dot, given = rest.partition(".")
    if not (dot and second_dot and until.isascii() and until.isdigit() and len(until) <= 12):
        raise LinkRefused
    is_ours = hmac.compare_digest(_mac(nonce, int(until)).encode(), given.encode())
    if not is_ours or int(until) <= now.timestamp():
        raise LinkRefused
    return nonce, datetime.fromtimestamp(int(until), UTC)
