"""A previewed import: its records, its run, applying it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import import_applying
from content.import_models import ImportChange, ImportRun
from portal.database import Database
from tests.content.exports import SERVES, take

Previews = Callable[..., int]


def rows(db: Session, run: int) -> dict[str, ImportChange]:
    db.expire_all()
    found = select(ImportChange).where(ImportChange.run_id == run).order_by(ImportChange.id)
    return {row.code: row for row in db.scalars(found)}


def run_of(db: Session, run: int) -> ImportRun:
    db.expire_all()
    found = db.get(ImportRun, run)
    assert found is not None
    return found


def apply(store: Database, run: int, ids: list[int] | None, now: datetime) -> Any:
    with store.write() as db:
        done = import_applying.apply(db, run, ids, by="duyet", now=now, serves=SERVES)
        db.commit()
    return done


def taken(store: Database, path: Path, now: datetime) -> None:
    with store.write() as db:
        take(db, path, now)
        db.commit()
