"""Publishes what staff wrote of a procedure: only what differs is kept, over the other sources."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import merging
from content.models import ProcedureSource, Source
from content.publishing import Publication
from content.shapes import Procedure
from content.taking_in import Change, take_in


def publish_procedure(publication: Publication, procedure: Procedure) -> bool:
    """Publish a procedure as staff wrote it; the parts they did not change stay the sources'."""
    edited = merging.difference(procedure, beneath(publication.db, procedure.code))
    changes = take_in(publication, Source.EDITED, [edited], serves=_everybody)
    return changes[procedure.code] is not Change.UNCHANGED


def beneath(db: Session, code: str) -> Procedure | None:
    """What all sources but the staff say; None where nobody else says anything."""
    sources = sources_of(db, code)
    sources.pop(Source.EDITED, None)
    return merging.effective(sources) if sources else None


def sources_of(db: Session, code: str) -> dict[Source, Procedure]:
    rows = db.execute(
        select(ProcedureSource.source, ProcedureSource.text).where(ProcedureSource.code == code)
    )
    return {Source(source): Procedure.model_validate_json(text) for source, text in rows}


def settled(db: Session, wanted: Procedure, started_from: Procedure | None) -> Procedure:
    """`wanted` with the record's word in the parts that somebody has just emptied."""
    record = beneath(db, wanted.code)
    if record is None or started_from is None:
        return wanted
    given_back: Mapping[str, object] = {
        name: getattr(record, name)
        for name in Procedure.model_fields
        if _is_emptied(wanted, started_from, merging.group_of(name))
    }
    return wanted.model_copy(update=dict(given_back))


def carried_over(draft: Procedure, started_from: Procedure, newest: Procedure) -> Procedure:
    """The newest version with the parts in which a draft differs from what it started from."""
    changed = {
        name: getattr(draft, name)
        for name in Procedure.model_fields
        if any(getattr(draft, one) != getattr(started_from, one) for one in merging.group_of(name))
    }
    return newest.model_copy(update=changed)


def _is_emptied(wanted: Procedure, before: Procedure, names: tuple[str, ...]) -> bool:
    was_known = any(merging.is_known(getattr(before, name)) for name in names)
    return was_known and not any(merging.is_known(getattr(wanted, name)) for name in names)


def _everybody(_issuing_agency: str) -> bool:
    """What staff of the Centre edit is meant for the people of this site."""
    return True
