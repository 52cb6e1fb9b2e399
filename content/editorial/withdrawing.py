"""Takes a page away with its reason: its address says why or leads on; and brings it back."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import hiding, merging, staff_edits
from content.editorial import checks_links, drafting, drafts, keys, releasing, texts
from content.editorial.clerk import Clerk
from content.editorial.errors import EditingRefused
from content.editorial.stages import APPROVERS, Stage
from content.models import ContentItem, ContentVersion, Ending, Kind, Origin, ProcedureRow, State
from content.projecting import path_of
from content.publishing import Credits, Publication
from portal import tasks
from portal.database import lock
from portal.errors import NotFound
from portal.staff.audit import record

SUPERSEDING = frozenset({Ending.REPLACED, Ending.MERGED})
GONE = frozenset({State.WITHDRAWN, State.SUPERSEDED})
LONGEST_REASON = 1_000
_PROCEDURE = re.compile(r"/thu-tuc/(\d\.\d{6})(?:-[a-z0-9-]*)?")


def withdraw(
    db: Session,
    clerk: Clerk,
    kind: str,
    key: str,
    language: str,
    *,
    ending: Ending,
    words: str,
    leads_to: str = "",
) -> ContentItem:
    """Take a page away, with its English variant; `words` are read by whoever opens its address,
    unless `leads_to` names the page of this site to which that address then leads.

    Raises EditingRefused without words, or where the address leads nowhere or back to the page.
    """
    drafts.allow(clerk, APPROVERS)
    item = _locked(db, kind, key, language)
    if item.state != State.PUBLISHED:
        raise EditingRefused(_("Trang này hiện không đăng nên không gỡ được."))
    reason = words.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise EditingRefused(_("Hãy ghi vì sao gỡ trang, không quá 1.000 ký tự."))
    target = _target(db, item, leads_to)
    publication = Publication(db, clerk.now, Origin.EDITOR)
    state = State.SUPERSEDED if ending in SUPERSEDING else State.WITHDRAWN
    for one in [item, *variants(db, item)]:
        take_away(publication, one, state, reason)
        one.ending, one.leads_to = ending, target
        _stop_drafts(db, one)
        _log(db, clerk, "withdraw", one, {"ending": ending, "leads_to": target})
    if target:
        _flatten(publication, item, target)
    db.flush()
    return item


def take_away(publication: Publication, item: ContentItem, state: State, reason: str) -> None:
    """Hide a page that was shown, under this state and with this reason."""
    address = texts.address_of(item.kind, item.key, item.language)
    hiding.hide(publication, item, address)
    item.state, item.reason, item.withdrawn_at = state, reason, publication.now
    item.unpublish_at = item.review_on = item.escalated_at = None
    for task in releasing.ANSWERED:
        tasks.close(publication.db, kind=task, subject=address, now=publication.now)
    publication.db.flush()


def restore(db: Session, clerk: Clerk, kind: str, key: str, language: str) -> ContentItem:
    """Show a page again that was taken away: its newest text, of a procedure as its sources now
    say; with it the English variant that went at the same moment.
    """
    drafts.allow(clerk, APPROVERS)
    item = _locked(db, kind, key, language)
    if item.state == State.PUBLISHED or item.withdrawn_at is None:
        raise EditingRefused(_("Trang này chưa bị gỡ."))
    went_at = item.withdrawn_at
    _show_again(db, clerk, item)
    for one in variants(db, item, at=went_at):
        _show_again(db, clerk, one)
    return item


def roll_back(  # noqa: PLR0917 # a version is named by the page's place and its number
    db: Session, clerk: Clerk, kind: str, key: str, language: str, number: int, *, reason: str
) -> ContentVersion:
    """Make the text of an earlier version the newest one, to the letter. Raises NotReady where
    that text no longer holds, NothingNew where it is what is shown, NotFound.
    """
    drafts.allow(clerk, APPROVERS)
    item = _locked(db, kind, key, language)
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise EditingRefused(_("Hãy ghi vì sao quay lại bản cũ, không quá 1.000 ký tự."))
    text = drafting.version_text(db, item, number)
    earlier = version(db, item, number)
    shape = releasing.holding(db, kind, language, text)
    releasing.check_new(db, item, texts.text_of(shape))
    who = Credits(
        author=earlier.author,
        approver=clerk.name,
        forced_reason=earlier.forced_reason,
        note=reason,
        rolled_back_to=number,
    )
    made = releasing.put(db, item, shape, who, now=clerk.now)
    _log(db, clerk, "roll-back", item, {"to": number, "version": made.number})
    return made


def version(db: Session, item: ContentItem, number: int) -> ContentVersion:
    chosen = select(ContentVersion).where(
        ContentVersion.item_id == item.id, ContentVersion.number == number
    )
    return db.scalars(chosen).one()


def _locked(db: Session, kind: str, key: str, language: str) -> ContentItem:
    found = keys.item(db, kind, key, language)
    item = lock(db, ContentItem, found.id) if found else None
    if item is None or not item.version:
        raise NotFound(_("Không có trang này."))
    return item


def variants(db: Session, item: ContentItem, at: datetime | None = None) -> list[ContentItem]:
    """The English page that goes with a Vietnamese one: shown now, or gone since this moment."""
    if item.language != texts.VIETNAMESE:
        return []
    found = keys.item(db, item.kind, item.key, texts.ENGLISH)
    locked = lock(db, ContentItem, found.id) if found else None
    if locked is None:
        return []
    goes_along = locked.withdrawn_at == at if at else locked.state == State.PUBLISHED
    return [locked] if goes_along else []


def _show_again(db: Session, clerk: Clerk, item: ContentItem) -> None:
    newest = version(db, item, item.version)
    shape = texts.parse(item.kind, item.language, newest.text)
    if item.kind == Kind.PROCEDURE and item.language == texts.VIETNAMESE:
        shape = merging.effective(staff_edits.sources_of(db, item.key))
    who = Credits(
        author=newest.author,
        approver=clerk.name,
        forced_reason=newest.forced_reason,
        note=_("Đưa trở lại."),
    )
    releasing.put(db, item, shape, who, now=clerk.now)
    _log(db, clerk, "restore", item, {})


def _stop_drafts(db: Session, item: ContentItem) -> None:
    """What was approved for a page that is shown must not bring it back by itself."""
    open_one = drafts.open_draft(db, item.kind, item.key, item.language)
    if open_one is not None and open_one.stage in (Stage.APPROVED, Stage.SCHEDULED):
        drafts.back_to_draft(open_one)


def _target(db: Session, item: ContentItem, leads_to: str) -> str:
    """The address to lead to, as it is written today; empty where there is none."""
    wanted = leads_to.strip()
    if not wanted:
        return ""
    parts = urlsplit(wanted)
    path = parts.path.removeprefix("/en") if parts.path.startswith("/en/") else parts.path
    is_ours = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    if not is_ours or parts.query or parts.fragment or not checks_links.is_alive(db, path):
        raise EditingRefused(_("Không có trang nào đang đăng ở địa chỉ «%(path)s».", path=wanted))
    if _is_at(item, path):
        raise EditingRefused(_("Trang không thể chuyển đến chính nó."))
    return _as_written_today(db, path)


def _as_written_today(db: Session, path: str) -> str:
    found = _PROCEDURE.fullmatch(path)
    if found is None:
        return path.rstrip("/") or "/"
    heading = db.scalar(select(ProcedureRow.heading).where(ProcedureRow.code == found[1]))
    return path_of(found[1], heading or "")


def _is_at(item: ContentItem, path: str) -> bool:
    found = _PROCEDURE.fullmatch(path)
    if found:
        return item.kind == Kind.PROCEDURE and item.key == found[1]
    return path.rstrip("/") == texts.address_of(item.kind, item.key)


def _flatten(publication: Publication, item: ContentItem, target: str) -> None:
    """Pages that led to this one lead on to where it leads: one step from any old address."""
    leading = select(ContentItem).where(ContentItem.leads_to != "", ContentItem.state.in_(GONE))
    for one in publication.db.scalars(leading.order_by(ContentItem.id).with_for_update()):
        if one.id != item.id and _is_at(item, one.leads_to):
            one.leads_to = target
            publication.revision(Kind(one.kind))


def _log(
    db: Session, clerk: Clerk, step: str, item: ContentItem, detail: dict[str, object]
) -> None:
    subject = f"{item.kind}:{item.key}:{item.language}"
    record(
        db, actor=clerk.name, action=f"content.{step}", subject=subject, at=clerk.now, detail=detail
    )
