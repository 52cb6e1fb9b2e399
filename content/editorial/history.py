"""Reads what a page said before: versions, saves of drafts, and any two of them side by side."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import differences
from content.differences import Change
from content.editorial import desk_words, texts
from content.errors import NoSuchPage
from content.models import ContentItem, ContentVersion, Draft, DraftRevision, Origin
from content.shapes import Shape

LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class PageKey:
    """Which page, in which language."""

    kind: str
    key: str
    language: str


@dataclass(frozen=True)
class Text:
    """One text of a page, published once or only saved; `name` stands in addresses."""

    name: str
    title: str
    at: datetime
    author: str
    text: str


@dataclass(frozen=True)
class Compared:
    old: Text
    new: Text
    changes: tuple[Change, ...]


def item(db: Session, page: PageKey) -> ContentItem | None:
    """What is kept of a page; None for one that was never published."""
    return db.scalar(
        select(ContentItem).where(
            ContentItem.kind == page.kind,
            ContentItem.key == page.key,
            ContentItem.language == page.language,
        )
    )


def versions(db: Session, item_id: int) -> list[ContentVersion]:
    """All versions, the newest first."""
    of_page = select(ContentVersion).where(ContentVersion.item_id == item_id)
    return list(db.scalars(of_page.order_by(ContentVersion.number.desc())))


def saves(db: Session, draft_id: int) -> list[DraftRevision]:
    """All saves of a draft, the newest first."""
    of_draft = select(DraftRevision).where(DraftRevision.draft_id == draft_id)
    return list(db.scalars(of_draft.order_by(DraftRevision.number.desc())))


def version(db: Session, page: PageKey, number: int) -> ContentVersion:
    """One version of a page. Raises NoSuchPage."""
    found = db.scalar(
        select(ContentVersion)
        .join(ContentItem, ContentItem.id == ContentVersion.item_id)
        .where(
            ContentItem.kind == page.kind,
            ContentItem.key == page.key,
            ContentItem.language == page.language,
            ContentVersion.number == min(number, LARGEST_NUMBER),
        )
    )
    if found is None:
        raise NoSuchPage(_("Trang này không có phiên bản %(number)s.", number=number))
    return found


def text(db: Session, page: PageKey, name: str) -> Text:
    """The text an address names: "3" is the third version, "12.4" the fourth save of draft 12."""
    parts = name.split(".")
    numbers = all(one.isascii() and one.isdigit() and len(one) < 10 for one in parts)
    if not numbers or len(parts) > 2:
        raise NoSuchPage(_("Địa chỉ này không chỉ đúng hai bản để so sánh."))
    if len(parts) == 1:
        found = version(db, page, int(parts[0]))
        title = str(_("Phiên bản %(number)s", number=found.number))
        who = found.author or _who(found.origin)
        return Text(name, title, found.published_at, who, found.text)
    save = _save(db, page, int(parts[0]), int(parts[1]))
    title = str(_("Bản nháp, lần lưu %(number)s", number=save.number))
    return Text(name, title, save.saved_at, save.author, save.text)


def compare(db: Session, page: PageKey, old: str, new: str) -> Compared:
    """Two texts of a page side by side. Raises NoSuchPage, and BadText where one is not whole."""
    before, after = text(db, page, old), text(db, page, new)
    return Compared(before, after, differences.between(_shape(page, before), _shape(page, after)))


def _shape(page: PageKey, found: Text) -> Shape:
    return texts.parse(page.kind, page.language, found.text)


def _who(origin: str) -> str:
    return str(desk_words.ORIGINS[Origin(origin)])


def _save(db: Session, page: PageKey, draft_id: int, number: int) -> DraftRevision:
    found = db.scalar(
        select(DraftRevision)
        .join(Draft, Draft.id == DraftRevision.draft_id)
        .where(
            Draft.id == draft_id,
            Draft.kind == page.kind,
            Draft.language == page.language,
            DraftRevision.number == number,
        )
    )
    if found is None:
        raise NoSuchPage(_("Trang này không có bản nháp và lần lưu ấy."))
    return found
