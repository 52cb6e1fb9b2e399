"""A file on its way in: kept, looked at without changing anything, then applied or not."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from content import import_gone, national_export, old_words
from content.errors import BadFile
from content.import_gone import Gone
from content.import_models import Found, ImportChange, ImportRun, RunState, Verdict
from content.import_taking import Noticed, take_records
from content.importing import Outcome, batches, finish
from content.models import Origin, Source
from content.publishing import Publication
from content.shapes import Procedure
from content.taking_in import Serves
from portal.database import Database, lock
from portal.vietnamese import fold

HELD_FOR = timedelta(minutes=2)
MOST_PROBLEMS_KEPT = 500


def begin(
    db: Session, *, by: str, file_name: str, now: datetime, file_key: str = "", partial: bool
) -> ImportRun:
    """Note a file that is to be looked at."""
    run = ImportRun(
        file_name=file_name,
        file_key=file_key,
        partial=partial,
        state=RunState.WAITING,
        made_by=by,
        made_at=now,
    )
    db.add(run)
    db.flush()
    return run


def hold(db: Session, run_id: int, now: datetime) -> bool:
    """Take the run to look at it; False where somebody else is at it, or it is done."""
    run = lock(db, ImportRun, run_id)
    if run is None or run.state != RunState.WAITING:
        return False
    if run.held_until is not None and run.held_until > now:
        return False
    run.held_until = now + HELD_FOR
    db.execute(delete(ImportChange).where(ImportChange.run_id == run_id))
    return True


def preview(
    store: Database, run_id: int, path: Path, *, now: datetime, serves: Serves, districts: bool
) -> None:
    """Find out what the file would change, by taking it in and throwing that away.

    Each few hundred records have a transaction of their own: nobody waits long, and how far it is
    can be seen. An attempt that was cut short is begun anew.
    """
    with store.write() as db:
        if not hold(db, run_id, now):
            return
        db.commit()
    outcome = Outcome()
    try:
        with national_export.opened(path) as (source, lines):
            outcome.source = source
            for batch in batches(source, lines, outcome):
                with store.write() as db:
                    noticed = _look(db, source, batch, now=now, serves=serves)
                    outcome.count(noticed)
                    _keep(db, run_id, noticed, districts=districts)
                    _advance(db, run_id, outcome, now)
                    db.commit()
        with store.write() as db:
            _finish(db, run_id, outcome)
            db.commit()
    except BadFile as refusal:
        with store.write() as db:
            _fail(db, run_id, str(refusal), outcome)
            db.commit()


def _look(
    db: Session, source: Source, batch: Sequence[Procedure], *, now: datetime, serves: Serves
) -> list[Noticed]:
    with db.begin_nested() as trial:
        noticed = take_records(Publication(db, now, Origin.IMPORT), source, batch, serves=serves)
        trial.rollback()
    return noticed


def _keep(db: Session, run_id: int, noticed: Iterable[Noticed], *, districts: bool) -> None:
    rows = [_row(run_id, one, districts=districts) for one in noticed if one.found is not None]
    if rows:
        db.execute(insert(ImportChange), rows)


def _row(run_id: int, one: Noticed, *, districts: bool) -> dict[str, object]:
    return {
        "run_id": run_id,
        "code": one.procedure.code,
        "name": one.procedure.name,
        "folded": fold(one.procedure.name),
        "verdict": Verdict.WAITING,
    } | described(one, districts=districts)


def described(one: Noticed, *, districts: bool) -> dict[str, object]:
    """What a preview says of one record."""
    return {
        "found": one.found,
        "elsewhere": one.elsewhere,
        "rescinded": one.rescinded,
        "parts": " ".join(one.parts),
        "beneath": " ".join(one.beneath),
        "flags": " ".join(old_words.found_in(one.text, districts=districts)),
        "text": one.text,
        "before": one.before,
        "after": one.after,
    }


def _advance(db: Session, run_id: int, outcome: Outcome, now: datetime) -> None:
    run = lock(db, ImportRun, run_id)
    if run is not None:
        run.source, run.done, run.rejected = outcome.source, outcome.read, outcome.rejected
        run.unchanged = outcome.unchanged - outcome.beneath
        run.elsewhere = outcome.elsewhere
        run.held_until = now + HELD_FOR


def _finish(db: Session, run_id: int, outcome: Outcome) -> None:
    run = lock(db, ImportRun, run_id)
    if run is None:
        return
    known = {} if run.partial else import_gone.known(db, outcome.source)
    finish(outcome, run.file_name, known)
    _note(run, outcome)
    run.state = RunState.READY
    propose_gone(db, run, outcome)


def _fail(db: Session, run_id: int, sentence: str, outcome: Outcome) -> None:
    db.execute(delete(ImportChange).where(ImportChange.run_id == run_id))
    run = lock(db, ImportRun, run_id)
    if run is not None:
        _note(run, outcome)
        run.state, run.problem = RunState.FAILED, sentence


def _note(run: ImportRun, outcome: Outcome) -> None:
    problems = [[line, "", reason] for line, reason in outcome.errors]
    problems += [[one.line, one.code, one.reason] for one in outcome.findings]
    run.source, run.known, run.done = outcome.source, outcome.known, outcome.read
    run.rejected, run.unchanged = outcome.rejected, outcome.unchanged - outcome.beneath
    run.elsewhere, run.held_until = outcome.elsewhere, None
    run.problems = json.dumps(problems[:MOST_PROBLEMS_KEPT], ensure_ascii=False)


def propose_gone(db: Session, run: ImportRun, outcome: Outcome) -> None:
    """Note what the source names no more, for a person to withdraw or to keep."""
    first = {"found": Found.GONE, "verdict": Verdict.WAITING, "rescinded": False}
    _note_procedures(db, run, outcome.gone, first)


def _note_procedures(
    db: Session, run: ImportRun, named: Iterable[Gone], first: dict[str, object]
) -> None:
    rows = [
        {"run_id": run.id, "code": one.code, "name": one.name, "folded": fold(one.name), **first}
        for one in named
    ]
    if rows:
        db.execute(insert(ImportChange), rows)


def counts(db: Session, run: ImportRun) -> dict[str, int]:
    """How many procedures the file means something for, and what."""
    rows = db.execute(
        select(ImportChange.found, func.count())
        .where(ImportChange.run_id == run.id)
        .group_by(ImportChange.found)
    ).all()
    found = {name.value: 0 for name in Found}
    found.update((name, number) for name, number in rows)
    others = {"unchanged": run.unchanged, "rejected": run.rejected, "elsewhere": run.elsewhere}
    return {"read": run.done, **found, **others}


def keep_applied(
    db: Session, outcome: Outcome, *, by: str, file_name: str, now: datetime, partial: bool
) -> ImportRun:
    """Note a file that was taken in at once, with what is left for a person to decide."""
    run = begin(db, by=by, file_name=file_name, now=now, partial=partial)
    _note(run, outcome)
    run.state, run.applied_by, run.closed_at = RunState.DONE, by, now
    propose_gone(db, run, outcome)
    applied = {"found": Found.CHANGED, "verdict": Verdict.APPLIED, "rescinded": True}
    _note_procedures(db, run, outcome.rescinded, applied | {"decided_by": by, "decided_at": now})
    return run


def waiting(db: Session) -> list[tuple[int, str, str]]:
    """Number, state and file of the runs the worker has to do something about."""
    found = select(ImportRun.id, ImportRun.state, ImportRun.file_key)
    wanted = found.where(ImportRun.state.in_((RunState.WAITING, RunState.APPLYING)))
    return [(row.id, row.state, row.file_key) for row in db.execute(wanted.order_by(ImportRun.id))]
