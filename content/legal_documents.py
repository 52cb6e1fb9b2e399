"""Publishes what the Centre enters about a legal document, and keeps the register in step."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import citing, instrument_numbers, instruments
from content.instrument_models import LegalInstrument, RegisteredBy
from content.instrument_search import document, path_of
from content.legal_document_shape import LegalDocument
from content.models import ContentItem, ContentVersion, Kind, State
from content.publishing import PUBLISHED_EVENT, Publication, new_version
from portal import events
from portal.canonical import canonical_text
from portal.database import lock
from portal.vietnamese import fold
from search_index import documents


def publish(publication: Publication, shape: LegalDocument) -> bool:
    """A new version, the row of the register, its place in search; False when nothing is new.

    Where the document has ended, the pages that cite it become tasks, on that day or at once.
    """
    db, text = publication.db, canonical_text(shape)
    if new_version(publication, Kind.LEGAL_DOCUMENT, shape.slug, "vi", text) is None:
        return False
    revision = publication.revision(Kind.LEGAL_DOCUMENT)
    changed = enter(db, shape)
    documents.put(db, map(document, changed), revision=revision)
    instruments.tell(db, publication.now)
    url = path_of(shape.slug)
    events.emit(db, PUBLISHED_EVENT, url=url, kind=Kind.LEGAL_DOCUMENT.value)
    return True


def published(db: Session, key: str) -> LegalDocument | None:
    """What the Centre itself says about a document; None where it says nothing."""
    text = db.scalar(
        select(ContentVersion.text)
        .join(ContentItem, ContentItem.id == ContentVersion.item_id)
        .where(
            ContentVersion.number == ContentItem.version,
            ContentItem.kind == Kind.LEGAL_DOCUMENT,
            ContentItem.key == key,
            ContentItem.state == State.PUBLISHED,
        )
    )
    return LegalDocument.model_validate_json(text) if text else None


def enter(db: Session, shape: LegalDocument) -> list[LegalInstrument]:
    """Make the register say what this document says; returns the rows that changed."""
    number = instrument_numbers.first(shape.number)
    assert number is not None
    heir = instrument_numbers.first(shape.successor)
    changed = []
    for one in filter(None, (number, heir)):
        if lock(db, LegalInstrument, one.key) is None:
            db.add(citing.stub(one, "", RegisteredBy.STAFF))
            db.flush()
            changed.append(db.get_one(LegalInstrument, one.key))
    row = db.get_one(LegalInstrument, number.key)
    if row.ended_on != shape.ended_on:
        row.told_at = None
    for name, value in _facts(shape, heir.key if heir else "").items():
        setattr(row, name, value)
    row.kind = shape.type or row.kind or number.kind
    row.issuer = shape.issuer or row.issuer or number.issuer
    row.year = number.year or (shape.signed_on.year if shape.signed_on else row.year)
    db.flush()
    return [row, *(one for one in changed if one is not row)]


def _facts(shape: LegalDocument, successor: str) -> dict[str, Any]:
    days = {name: getattr(shape, name) for name in ("signed_on", "effective_from", "ended_on")}
    return days | {
        "number": shape.number,
        "title": shape.title,
        "folded": fold(f"{shape.number} {shape.title}"),
        "successor": successor,
        "note": shape.note,
        "link": shape.link,
        "source": shape.source,
        "evidence": shape.evidence,
        "registered_by": RegisteredBy.STAFF.value,
    }
