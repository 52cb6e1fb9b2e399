"""Files of drafts and pages: taken in from editors, and told apart by who may see them."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from content.editorial.clerk import Clerk
from content.editorial.file_models import ContentFile, DraftFile
from content.editorial.models import Draft
from content.leaf_shapes import FileRef
from content.models import ContentItem, ContentVersion, Kind, State
from content.rendering import Size
from portal.errors import NotFound
from portal.files import keeping
from portal.files.keeping import Cabinet
from portal.files.kinds import FileKind
from portal.files.models import StoredFile
from portal.files.sending import STAFF_LIMIT
from portal.staff.audit import record

SHORT = 16
_NAMED = re.compile(r'/tep/([0-9a-f]{16,64})/([^\s)>"/?#\\]+)')
_SHA256 = re.compile(r"[0-9a-f]{16,64}")


@dataclass(frozen=True)
class Uploaded:
    """A file of a draft: its name, kind and size, and the Markdown that puts it into a text."""

    ref: FileRef
    words: str
    at: datetime

    @property
    def is_picture(self) -> bool:
        return self.ref.media_type in {FileKind.JPEG.value, FileKind.PNG.value}

    @property
    def path(self) -> str:
        return f"/tep/{self.ref.sha256[:SHORT]}/{quote(self.ref.name)}"

    @property
    def markdown(self) -> str:
        words = re.sub(r"[\[\]\\\s]+", " ", self.words or self.ref.name).strip()
        return f"{'!' if self.is_picture else ''}[{words}]({self.path})"


def take_in(
    db: Session, cabinet: Cabinet, clerk: Clerk, draft: Draft, *, data: bytes, name: str, words: str
) -> Uploaded:
    """Keep a file for a draft; `words` describe a picture. Raises FileRefused."""
    kept = keeping.keep(db, cabinet, data, name, limit=STAFF_LIMIT, now=clerk.now)
    known = select(DraftFile).where(DraftFile.draft_id == draft.id, DraftFile.sha256 == kept.sha256)
    row = db.scalar(known)
    if row is None:
        row = DraftFile(draft_id=draft.id, sha256=kept.sha256, uploaded_by=clerk.name)
        db.add(row)
    row.name, row.words, row.at = kept.name, words, clerk.now
    db.flush()
    subject = f"{draft.kind}:{draft.key}:{draft.language}"
    detail: dict[str, object] = {"draft": draft.id, "file": kept.sha256}
    record(
        db, actor=clerk.name, action="content.upload", subject=subject, at=clerk.now, detail=detail
    )
    ref = FileRef(sha256=kept.sha256, name=kept.name, media_type=kept.kind.value, size=kept.size)
    return Uploaded(ref, words, clerk.now)


def of_draft(db: Session, draft_id: int) -> tuple[Uploaded, ...]:
    """What was uploaded for a draft, the newest first."""
    rows = db.execute(
        select(DraftFile, StoredFile)
        .join(StoredFile, StoredFile.sha256 == DraftFile.sha256)
        .where(DraftFile.draft_id == draft_id)
        .order_by(DraftFile.at.desc(), DraftFile.id.desc())
    )
    return tuple(
        Uploaded(
            FileRef(sha256=file.sha256, name=row.name, media_type=file.media_type, size=file.size),
            row.words,
            row.at,
        )
        for row, file in rows
    )


def published(db: Session, fingerprint: str, name: str) -> StoredFile:
    """A file that a published page shows under this name. Raises NotFound."""
    chosen = (
        select(ContentFile.sha256)
        .join(ContentItem, ContentItem.id == ContentFile.item_id)
        .where(
            ContentItem.state == State.PUBLISHED,
            ContentFile.name == name,
            _begins(ContentFile.sha256, fingerprint),
        )
        .limit(1)
    )
    return _stored(db, db.scalar(chosen))


def of_staff(db: Session, fingerprint: str, name: str) -> StoredFile:
    """A file that a draft or a page names so, published or not. Raises NotFound."""
    for table in (DraftFile, ContentFile):
        chosen = select(table.sha256).where(table.name == name, _begins(table.sha256, fingerprint))
        if found := db.scalar(chosen.limit(1)):
            return _stored(db, found)
    raise NotFound


def size_of(db: Session, fingerprint: str) -> Size | None:
    """Width and height of a kept picture, by the beginning of its fingerprint."""
    row = db.execute(
        select(StoredFile.width, StoredFile.height)
        .where(_begins(StoredFile.sha256, fingerprint))
        .limit(1)
    ).one_or_none()
    return (row.width, row.height) if row and row.width and row.height else None


def note_published(db: Session, **said: Any) -> None:
    """Write down anew which files the versions of a page in all its languages name."""
    kind, url = str(said["kind"]), str(said["url"])
    if kind == Kind.PROCEDURE:
        return  # a procedure shows no files of its own, and imports bring thousands of them
    is_newest = (ContentVersion.item_id == ContentItem.id) & (
        ContentVersion.number == ContentItem.version
    )
    key = url.rstrip("/").rpartition("/")[2]
    chosen = (
        select(ContentItem.id, ContentVersion.text)
        .join(ContentVersion, is_newest)
        .where(ContentItem.kind == kind, ContentItem.key == key)
    )
    for item_id, text in db.execute(chosen).all():
        db.execute(delete(ContentFile).where(ContentFile.item_id == item_id))
        found = sorted(_named(db, text))
        if found:
            named = [{"item_id": item_id, "sha256": one, "name": name} for one, name in found]
            db.execute(insert(ContentFile), named)


def _named(db: Session, text: str) -> set[tuple[str, str]]:
    """Fingerprint and name of every file that a canonical text names."""
    if '"sha256":' not in text and "/tep/" not in text:
        return set()
    found = set(_refs(json.loads(text)))
    for short, name in _NAMED.findall(text):
        whole = db.scalar(
            select(StoredFile.sha256).where(_begins(StoredFile.sha256, short)).limit(1)
        )
        if whole:
            found.add((whole, unquote(name)))
    return found


def _refs(thing: object) -> list[tuple[str, str]]:
    if isinstance(thing, list):
        return [ref for one in thing for ref in _refs(one)]
    if not isinstance(thing, dict):
        return []
    own = [(thing["sha256"], thing["name"])] if {"sha256", "name"} <= thing.keys() else []
    return own + [ref for one in thing.values() for ref in _refs(one)]


def _begins(column: InstrumentedAttribute[str], fingerprint: str) -> ColumnElement[bool]:
    """As a range, so that the key's own index finds it in every database."""
    if not _SHA256.fullmatch(fingerprint):
        raise NotFound
    return column.between(fingerprint, fingerprint.ljust(64, "f"))


def _stored(db: Session, sha256: str | None) -> StoredFile:
    stored = db.get(StoredFile, sha256) if sha256 else None
    if stored is None:
        raise NotFound
    return stored
