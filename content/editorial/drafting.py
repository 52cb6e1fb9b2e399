"""Drafts in the making: begun from what is published, saved without losing anybody's words."""

from typing import cast

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from content import english, merging, staff_edits
from content.editorial import drafts, holding, keys, texts
from content.editorial.clerk import Clerk
from content.editorial.drafts import current
from content.editorial.errors import BadKey, BadText, KeyTaken, Overtaken, Problem
from content.editorial.models import Draft
from content.editorial.stages import EDITORS, Stage, Step
from content.models import ContentItem, ContentVersion, Kind
from content.shapes import Procedure
from portal.canonical import canonical_text, digest
from portal.errors import NotFound


def start(db: Session, clerk: Clerk, kind: str, key: str, language: str) -> Draft:
    """The open draft of a page, begun now from its newest version where there is none.

    A page that does not exist yet begins empty. Raises BadKey, NotAllowed, and NotFound for an
    English page whose original was never published.
    """
    drafts.allow(clerk, EDITORS)
    texts.facts_of(kind, language)
    known = drafts.open_draft(db, kind, key, language)
    if known is not None:
        return known
    item = keys.item(db, kind, key, language)
    version = item.version if item else 0
    if item is None:
        keys.check_form(kind, key)
    text = _first_text(db, kind, key, language, item)
    draft = _begun(db, clerk, (kind, key, language), text, version)
    drafts.note_down(db, clerk, "start", draft, {"based_on": version})
    return draft


def start_new(db: Session, clerk: Clerk, kind: str, key: str, language: str) -> Draft:
    """A draft of a page that does not exist yet. Raises KeyTaken where one does."""
    keys.check_free(db, kind, key, language)
    return start(db, clerk, kind, key, language)


def save(
    db: Session, clerk: Clerk, draft_id: int, *, seen: int, text: str, title: str, note: str = ""
) -> Draft:
    """Keep a text as the newest save; whatever was approved has to be read again.

    The key of a page that was never published may change with it. A procedure's part that somebody
    empties gets the record's word again, in the very text the second person will read. Sending the
    same save twice changes nothing. Raises Overtaken (nothing is written), BadText, BadKey,
    KeyTaken.
    """
    draft = drafts.take(db, clerk, draft_id, Step.SAVE)
    newest = current(db, draft)
    kept = _kept_text(db, draft, text)
    sha256 = digest(kept)
    is_same = (newest.sha256, draft.title, draft.note) == (sha256, title, note)
    if seen == draft.revision - 1 and is_same and newest.author == clerk.name:
        return draft
    if seen != draft.revision:
        raise Overtaken(newest)
    if is_same:
        return draft
    _rename(db, draft, kept)
    draft.title, draft.note = title, note
    drafts.add_revision(db, draft, kept, author=clerk.name, now=clerk.now)
    drafts.back_to_draft(draft)
    holding.keep(draft, clerk)
    db.flush()
    drafts.note_down(db, clerk, Step.SAVE, draft)
    return draft


def rebase(db: Session, clerk: Clerk, draft_id: int) -> Draft:
    """Take the newest version as what a draft is based on, and the draft back to its beginning.

    Its text stays; of a procedure, the parts nobody touched become those of the newest version.
    """
    draft = drafts.take(db, clerk, draft_id, Step.SAVE)
    item = keys.item(db, draft.kind, draft.key, draft.language)
    if item is None or item.version == draft.based_on:
        return draft
    text = _carried_over(db, draft, item)
    if digest(text) != current(db, draft).sha256:
        drafts.add_revision(db, draft, text, author=clerk.name, now=clerk.now)
    was, draft.based_on = draft.based_on, item.version
    drafts.back_to_draft(draft)
    db.flush()
    drafts.note_down(db, clerk, "rebase", draft, {"from": was, "to": item.version})
    return draft


def _first_text(db: Session, kind: str, key: str, language: str, item: ContentItem | None) -> str:
    if item is not None and item.version:
        return version_text(db, item, item.version)
    if language != texts.VIETNAMESE:
        original = keys.item(db, kind, key, texts.VIETNAMESE)
        if original is None or not original.version:
            raise NotFound(_("Hãy đăng bản tiếng Việt trước: bản tiếng Anh cần có bản gốc."))
    record = staff_edits.sources_of(db, key) if kind == Kind.PROCEDURE else {}
    if record and language == texts.VIETNAMESE:
        return texts.text_of(merging.effective(record))
    blank = texts.blank(kind, language, key)
    return texts.text_of(blank)


def version_text(db: Session, item: ContentItem, number: int) -> str:
    """The text of one version of a page. Raises NotFound."""
    found = db.scalar(
        select(ContentVersion.text).where(
            ContentVersion.item_id == item.id, ContentVersion.number == number
        )
    )
    if found is None:
        raise NotFound(_("Không có bản số %(number)s.", number=number))
    return found


def base_text(db: Session, draft: Draft) -> str:
    """What a draft is compared with: the version it is based on, or what it began with."""
    item = keys.item(db, draft.kind, draft.key, draft.language)
    if draft.based_on and item is not None:
        return version_text(db, item, draft.based_on)
    return drafts.revision(db, draft, 0).text


def _begun(
    db: Session, clerk: Clerk, place: tuple[str, str, str], text: str, version: int
) -> Draft:
    """The open draft of a page, made by one process only where two ask at once."""
    kind, key, language = place
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    values = {
        "kind": kind,
        "key": key,
        "language": language,
        "title": _title_in(text),
        "based_on": version,
        "revision": 0,
        "stage": Stage.DRAFT,
        "author": clerk.name,
        "made_at": clerk.now,
        "changed_at": clerk.now,
    }
    made = db.scalar(insert(Draft).values(values).on_conflict_do_nothing().returning(Draft.id))
    draft = drafts.open_draft(db, *place)
    assert draft is not None
    if made is not None:
        db.add(drafts.new_revision(draft, text, author="", now=clerk.now))
    db.flush()
    return draft


def _title_in(text: str) -> str:
    found = texts.mapping(text)
    title = found.get("title") or found.get("name") or ""
    return title if isinstance(title, str) else ""


def _kept_text(db: Session, draft: Draft, text: str) -> str:
    """A text as it is kept: canonical, in its own place, with what the sources give back."""
    found = texts.mapping(text)
    wanted = {"kind": draft.kind, "language": draft.language}
    if draft.kind in texts.ARTICLES and any(found.get(n, v) != v for n, v in wanted.items()):
        raise BadText([Problem("kind", _("bản nháp này là của trang khác"))])
    if draft.kind == Kind.PROCEDURE and draft.language == texts.ENGLISH:
        found["source_digest"] = english.current_digest(db, draft.key)
        text = canonical_text(found)
    kept = texts.normal(draft.kind, draft.language, text)
    if draft.kind == Kind.PROCEDURE and draft.language == texts.VIETNAMESE:
        return _settled(db, draft, kept)
    return kept


def _settled(db: Session, draft: Draft, text: str) -> str:
    wanted, base = _procedure(text), _procedure(base_text(db, draft))
    if wanted is None or base is None:
        return text
    return texts.text_of(staff_edits.settled(db, wanted, base))


def _procedure(text: str) -> Procedure | None:
    try:
        return cast(Procedure, texts.parse(Kind.PROCEDURE, texts.VIETNAMESE, text))
    except BadText:
        return None


def _rename(db: Session, draft: Draft, text: str) -> None:
    """Follow the key in the text, as long as the page was never published."""
    key = texts.key_of(draft.kind, draft.language, text)
    if key == draft.key:
        return
    if draft.based_on or draft.language != texts.VIETNAMESE:
        raise BadKey(_("Địa chỉ của trang đã đăng không đổi được."))
    keys.check_free(db, draft.kind, key, draft.language, but=draft.id)
    draft.key = key
    try:
        with db.begin_nested():
            db.flush()
    except IntegrityError as error:
        raise KeyTaken(_("Đã có bản nháp khác ở địa chỉ này.")) from error


def _carried_over(db: Session, draft: Draft, item: ContentItem) -> str:
    text = current(db, draft).text
    if draft.kind != Kind.PROCEDURE or draft.language != texts.VIETNAMESE:
        return text
    newest = _procedure(version_text(db, item, item.version))
    wanted, base = _procedure(text), _procedure(base_text(db, draft))
    if wanted is None or base is None or newest is None:
        return text
    return texts.text_of(staff_edits.carried_over(wanted, base, newest))
