"""Keeps the files that are handed in, and has the worker look at them and apply them."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask, current_app
from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from content import flagging, import_applying, import_runs
from content.editorial import withdrawing
from content.editorial.clerk import Clerk
from content.errors import BadFile, ImportRefused
from content.import_models import Found, ImportChange, ImportRun, RunState, Verdict
from content.models import Ending, Kind
from portal import chores, clock
from portal.database import Database, database, lock
from portal.profile import Profile, profile
from portal.staff import audit

LARGEST_FILE_BYTES = 60 * 1024 * 1024
CHUNK_BYTES = 1024 * 1024
LONGEST_FILE_NAME = 120
LOOK_EVERY = timedelta(seconds=2)
TIDY_EVERY = timedelta(hours=6)
KEPT_FOR = timedelta(days=180)
LEFT_OVER_AFTER = timedelta(days=1)


def folder(var: Path) -> Path:
    """Where files lie until they have been looked at."""
    return var / "imports"


def hand_in(
    db: Session, where: Path, upload: FileStorage, *, clerk: Clerk, partial: bool
) -> ImportRun:
    """Copy the file to the disk piece by piece and have it looked at. Raises BadFile."""
    name = Path((upload.filename or "").replace("\\", "/")).name[:LONGEST_FILE_NAME]
    key = secrets.token_hex(16)
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    _copy(upload, where / key)
    run = import_runs.begin(
        db, by=clerk.name, file_name=name, file_key=key, now=clerk.now, partial=partial
    )
    audit.record(
        db,
        actor=clerk.name,
        action="content.import-hand-in",
        subject=f"import:{run.id}",
        at=clerk.now,
        detail={"file": name, "partial": partial},
    )
    return run


def withdraw(
    db: Session, clerk: Clerk, run_id: int, ids: Sequence[int], *, words: str
) -> list[str]:
    """Take procedures away that the source no longer names or says are rescinded; the codes."""
    rows = db.scalars(
        select(ImportChange)
        .where(ImportChange.run_id == run_id, ImportChange.id.in_(ids))
        .with_for_update()
    ).all()
    codes = []
    for row in rows:
        if not (row.found == Found.GONE or row.rescinded) or row.verdict == Verdict.REJECTED:
            raise ImportRefused(_("Thủ tục %(code)s không được đề nghị gỡ.", code=row.code))
        withdrawing.withdraw(
            db, clerk, Kind.PROCEDURE, row.code, "vi", ending=Ending.ENDED, words=words
        )
        import_applying.settle(db, row, Verdict.APPLIED, words=words, by=clerk.name, now=clerk.now)
        codes.append(row.code)
    return codes


def has_districts(now: datetime) -> bool:
    """Whether there still are districts where this site is."""
    return _districts(profile(), now)


def work(store: Database, where: Path, kept: Profile, now: datetime) -> None:
    """Do what is to be done for every import; a file on another machine's disk is left to it."""
    with store.read() as db:
        waiting = import_runs.waiting(db)
    for run_id, state, key in waiting:
        if state == RunState.APPLYING:
            _apply(store, run_id, kept, now)
        elif (path := where / key).is_file() and key:
            import_runs.preview(
                store,
                run_id,
                path,
                now=now,
                serves=kept.is_local_or_national,
                districts=_districts(kept, now),
            )
            path.unlink(missing_ok=True)


def tidy(db: Session, where: Path, now: datetime) -> None:
    """Forget imports of long ago, and files that nobody came back for."""
    db.execute(delete(ImportRun).where(ImportRun.made_at < now - KEPT_FOR))
    before = (now - LEFT_OVER_AFTER).timestamp()
    for path in where.glob("*"):
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


def join(app: Flask) -> None:
    settings = app.extensions["portal"].settings
    where = folder(settings.var)

    def look(now: datetime) -> None:
        work(database(), where, current_app.extensions["portal"].profile, now)

    def forget(now: datetime) -> None:
        with database().write() as db:
            tidy(db, where, now)
            db.commit()

    def flag(now: datetime) -> None:
        flagging.refresh(database(), districts=has_districts(now))

    chores.add(app, "imports", LOOK_EVERY, look, everywhere=True)
    chores.add(app, "old imports", TIDY_EVERY, forget, everywhere=True)
    chores.add(app, "old words", flagging.LOOK_EVERY, flag)


def _apply(store: Database, run_id: int, kept: Profile, now: datetime) -> None:
    serves = kept.is_local_or_national
    try:
        with store.write() as db:
            run = lock(db, ImportRun, run_id)
            if run is None or run.state != RunState.APPLYING:
                return
            import_applying.apply(db, run_id, None, by=run.applied_by, now=now, serves=serves)
            db.commit()
    except ImportRefused as refusal:
        with store.write() as db:
            run = lock(db, ImportRun, run_id)
            if run is not None:
                run.state, run.problem = RunState.READY, str(refusal)
            db.commit()


def _copy(upload: FileStorage, path: Path) -> None:
    size = 0
    with path.open("xb") as file:
        while chunk := upload.stream.read(CHUNK_BYTES):
            size += len(chunk)
            if size > LARGEST_FILE_BYTES:
                break
            file.write(chunk)
    if not 0 < size <= LARGEST_FILE_BYTES:
        path.unlink()
        limit = LARGEST_FILE_BYTES // 2**20
        raise BadFile(
            _("Tệp rỗng.")
            if not size
            else _("Tệp lớn hơn mức cho phép là %(size)s MB.", size=limit)
        )


def _districts(kept: Profile, now: datetime) -> bool:
    return any(one.level == "district" for one in kept.levels_on(clock.local_date(now)))
