"""Applies what a preview found, refusing every page that has changed since; or turns it down."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.citing import subject_of
from content.errors import ImportRefused
from content.import_models import Found, ImportChange, ImportRun, RunState, Verdict
from content.import_runs import described
from content.import_taking import RECORDS_AT_ONCE, Noticed, fingerprints, take_records
from content.models import Kind, Origin, Source
from content.publishing import Publication
from content.shapes import Procedure
from content.taking_in import Serves
from portal import tasks
from portal.database import lock
from portal.staff import audit

WITHDRAW_PROPOSED = "withdraw-proposed"
LONGEST_WORDS = 1000


@dataclass
class Applied:
    """The codes that were applied, and those whose page has changed since the preview."""

    codes: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)


def apply(
    db: Session,
    run_id: int,
    ids: Sequence[int] | None,
    *,
    by: str,
    now: datetime,
    serves: Serves,
) -> Applied:
    """Apply these changes of a preview, or with None all that still wait; one revision for all.

    Pages that are no longer as the preview saw them are left alone and marked. Raises ImportRefused
    where the preview itself no longer holds.
    """
    run = _held(db, run_id)
    publication = Publication(db, now, Origin.IMPORT)
    done = Applied()
    waiting = _waiting(db, run_id, ids)
    for start in range(0, len(waiting), RECORDS_AT_ONCE):
        part = waiting[start : start + RECORDS_AT_ONCE]
        _apply_some(publication, Source(run.source), part, done, by=by, serves=serves)
    _close_if_settled(db, run, by, now)
    _record(db, run, "content.import-apply", by, now, applied=len(done.codes), stale=done.stale)
    return done


def ask_to_apply(db: Session, run_id: int, *, by: str, now: datetime) -> None:
    """Have the worker apply everything that waits."""
    run = _held(db, run_id)
    run.state, run.applied_by = RunState.APPLYING, by
    _record(db, run, "content.import-accept", by, now)


def reject(
    db: Session, run_id: int, ids: Sequence[int], *, words: str, by: str, now: datetime
) -> list[str]:
    """Leave these procedures as they are, and say why; the codes."""
    run = _existing(db, run_id)
    rows = db.scalars(
        select(ImportChange)
        .where(
            ImportChange.run_id == run_id,
            ImportChange.id.in_(ids),
            ImportChange.verdict.in_((Verdict.WAITING, Verdict.STALE)),
        )
        .order_by(ImportChange.code)
        .with_for_update()
    ).all()
    for row in rows:
        settle(db, row, Verdict.REJECTED, words=words, by=by, now=now)
    codes = [row.code for row in rows]
    _close_if_settled(db, run, by, now)
    _record(db, run, "content.import-reject", by, now, codes=codes, words=words)
    return codes


def settle(
    db: Session, row: ImportChange, verdict: Verdict, *, words: str, by: str, now: datetime
) -> None:
    """Note what was decided, and close the task that asked for it."""
    row.verdict, row.words, row.decided_by, row.decided_at = verdict, words, by, now
    tasks.close(db, kind=WITHDRAW_PROPOSED, subject=subject(row.code), now=now)


def look_again(db: Session, run_id: int, *, now: datetime, serves: Serves, districts: bool) -> int:
    """Compare what is stale with how the pages are now; how many wait again."""
    run = _held(db, run_id)
    stale = db.scalars(
        select(ImportChange)
        .where(ImportChange.run_id == run_id, ImportChange.verdict == Verdict.STALE)
        .order_by(ImportChange.id)
        .limit(RECORDS_AT_ONCE)
        .with_for_update()
    ).all()
    procedures = [Procedure.model_validate_json(row.text) for row in stale]
    with db.begin_nested() as trial:
        publication = Publication(db, now, Origin.IMPORT)
        noticed = take_records(publication, Source(run.source), procedures, serves=serves)
        trial.rollback()
    for row, one in zip(stale, noticed, strict=True):
        for name, value in described(one, districts=districts).items():
            setattr(row, name, value if name != "found" else one.found or Found.BENEATH)
        row.verdict = Verdict.WAITING
    db.flush()
    return len(stale)


def propose_withdrawals(db: Session, run: ImportRun, now: datetime) -> None:
    """Ask a person about what the source names no more or says is rescinded."""
    gone = (ImportChange.found == Found.GONE) & (ImportChange.verdict == Verdict.WAITING)
    ended = ImportChange.rescinded & (ImportChange.verdict == Verdict.APPLIED)
    for code in db.scalars(
        select(ImportChange.code).where(ImportChange.run_id == run.id, gone | ended)
    ):
        origin = f"import:{run.id}"
        tasks.open_task(db, kind=WITHDRAW_PROPOSED, subject=subject(code), origin=origin, now=now)


def _close_if_settled(db: Session, run: ImportRun, by: str, now: datetime) -> None:
    """What is gone may be decided later: each is a task of its own."""
    if run.state not in (RunState.READY, RunState.APPLYING):
        return
    db.flush()
    left = select(func.count()).where(
        ImportChange.run_id == run.id,
        ImportChange.verdict.in_((Verdict.WAITING, Verdict.STALE)),
        ImportChange.found != Found.GONE,
    )
    run.state = RunState.READY
    if not db.scalar(left):
        run.state, run.applied_by, run.closed_at = RunState.DONE, by, now
        propose_withdrawals(db, run, now)


def subject(code: str) -> str:
    return subject_of(Kind.PROCEDURE, code, "vi")


def _apply_some(
    publication: Publication,
    source: Source,
    rows: Sequence[ImportChange],
    done: Applied,
    *,
    by: str,
    serves: Serves,
) -> None:
    db, now = publication.db, publication.now
    stand = fingerprints(db, [row.code for row in rows], hold=True)
    fresh = [row for row in rows if stand[row.code] == row.before]
    for row in rows:
        if stand[row.code] != row.before:
            row.verdict = Verdict.STALE
            done.stale.append(row.code)
    procedures = [Procedure.model_validate_json(row.text) for row in fresh]
    noticed = take_records(publication, source, procedures, serves=serves)
    for row, one in zip(fresh, noticed, strict=True):
        _check(row, one)
        row.verdict, row.decided_by, row.decided_at = Verdict.APPLIED, by, now
        done.codes.append(row.code)


def _check(row: ImportChange, one: Noticed) -> None:
    """What is published is to the letter what was looked at."""
    if one.after != row.after:
        raise ImportRefused(
            _(
                "Cách ghép nguồn đã thay đổi từ khi xem trước (mã %(code)s); chưa áp dụng gì. "
                "Hãy nạp lại tệp để xem trước lần nữa.",
                code=row.code,
            )
        )


def _waiting(db: Session, run_id: int, ids: Sequence[int] | None) -> Sequence[ImportChange]:
    wanted = select(ImportChange).where(
        ImportChange.run_id == run_id,
        ImportChange.verdict == Verdict.WAITING,
        ImportChange.found != Found.GONE,
    )
    if ids is not None:
        wanted = wanted.where(ImportChange.id.in_(ids))
    return db.scalars(wanted.order_by(ImportChange.id).with_for_update()).all()


def _existing(db: Session, run_id: int) -> ImportRun:
    run = lock(db, ImportRun, run_id)
    if run is None:
        raise ImportRefused(_("Không còn lần nhập này."))
    return run


def _held(db: Session, run_id: int) -> ImportRun:
    run = _existing(db, run_id)
    if run.state not in (RunState.READY, RunState.APPLYING):
        raise ImportRefused(_("Lần nhập này không chờ áp dụng."))
    return run


def _record(
    db: Session, run: ImportRun, action: str, by: str, now: datetime, **detail: object
) -> None:
    audit.record(db, actor=by, action=action, subject=f"import:{run.id}", at=now, detail=detail)
