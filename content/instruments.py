"""The register of legal instruments: filled from the library, ended by staff, watched daily."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from content import citing, instrument_numbers
from content.errors import BadRecord
from content.instrument_models import InstrumentCitation, LegalInstrument, RegisteredBy
from content.instrument_numbers import Number
from content.instrument_search import document
from content.models import ContentItem, Kind, ProcedureRow, State
from portal import clock, revisions, tasks
from portal.database import lock
from search_index import documents


def load(db: Session, lines: list[dict[str, Any]]) -> int:
    """Enter what the register ships; what staff changed stays. Returns how many are new or other.

    Nothing is locked where nothing changes; else one machine after the other.
    """
    if not _changes(db, lines):
        return 0
    number = revisions.advance(db, revisions.Area.PROCEDURES)
    changed = []
    for facts, row in _changes(db, lines):
        kept = row or LegalInstrument(key=facts["key"])
        if row is None:
            db.add(kept)
        elif row.ended_on != facts["ended_on"]:
            kept.told_at = None
        for name, value in facts.items():
            setattr(kept, name, value)
        changed.append(kept)
    db.flush()
    documents.put(db, map(document, changed), revision=number)
    return len(changed)


def end(
    db: Session, number: str, *, on: date, successor: str, now: datetime
) -> tuple[LegalInstrument, int]:
    """Write down that an instrument ends on a day, and what replaces it; the pages that cite it
    become tasks on that day. Returns it, and how many pages cite it.

    Raises BadRecord where a number cannot be read or the days contradict each other.
    """
    ended, heir = _readable(number), _readable(successor) if successor else None
    if heir and heir.key == ended.key:
        raise BadRecord("Một văn bản không thể tự thay chính nó.")
    revision = revisions.advance(db, revisions.Area.PROCEDURES)
    for one in filter(None, (ended, heir)):
        if lock(db, LegalInstrument, one.key) is None:
            db.add(citing.stub(one, "", RegisteredBy.STAFF))
            db.flush()
    row = db.get_one(LegalInstrument, ended.key)
    if row.effective_from and on < row.effective_from:
        raise BadRecord(f"{row.name} có hiệu lực từ {row.effective_from:%d/%m/%Y}, sau ngày này.")
    if row.ended_on != on:
        row.told_at = None
    row.ended_on, row.registered_by = on, RegisteredBy.STAFF
    row.successor = heir.key if heir else row.successor
    db.flush()
    keys = [one.key for one in (ended, heir) if one]
    found = db.scalars(select(LegalInstrument).where(LegalInstrument.key.in_(keys)))
    documents.put(db, map(document, found), revision=revision)
    tell(db, now)
    return row, len(citing_pages(db, row.key))


def tell(db: Session, now: datetime) -> int:
    """Make tasks of the pages that cite an instrument which has ended, once for each instrument.

    Run daily, and twice without harm; returns how many tasks were opened.
    """
    today = clock.local_date(now)
    due = select(LegalInstrument.key).where(
        LegalInstrument.ended_on <= today, LegalInstrument.told_at.is_(None)
    )
    opened = 0
    for key in list(db.scalars(due.order_by(LegalInstrument.key))):
        row = lock(db, LegalInstrument, key)
        if row is None or row.told_at is not None:
            continue
        for subject in citing_pages(db, key):
            tasks.open_task(db, kind=citing.CHECK_BASIS, subject=subject, origin=key, now=now)
            opened += 1
        row.told_at = now
    db.flush()
    return opened


def citing_pages(db: Session, key: str) -> list[str]:
    """The addresses of the pages that cite an instrument, as tasks about them stand."""
    rows = db.execute(
        select(ContentItem.kind, ContentItem.key, ContentItem.language)
        .join(InstrumentCitation, InstrumentCitation.item_id == ContentItem.id)
        .outerjoin(ProcedureRow, ProcedureRow.item_id == ContentItem.id)
        .where(InstrumentCitation.key == key, ContentItem.state == State.PUBLISHED)
        .where(or_(ContentItem.kind != Kind.PROCEDURE, ProcedureRow.listed))
        .order_by(ContentItem.kind, ContentItem.key, ContentItem.language)
    )
    return [citing.subject_of(*row) for row in rows]


def _readable(text: str) -> Number:
    number = instrument_numbers.first(text)
    if number is None:
        raise BadRecord(f"«{text[:80]}» không phải số hiệu văn bản.")
    return number


def _changes(
    db: Session, lines: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], LegalInstrument | None]]:
    """The lines that say something new, each with the row it changes."""
    fresh = select(LegalInstrument).execution_options(populate_existing=True)
    rows = {row.key: row for row in db.scalars(fresh)}
    return [(facts, row) for facts in lines if _is_news(facts, row := rows.get(facts["key"]))]


def _is_news(facts: dict[str, Any], row: LegalInstrument | None) -> bool:
    if row is None:
        return True
    if row.registered_by == RegisteredBy.STAFF:
        return False
    return any(getattr(row, name) != value for name, value in facts.items())
