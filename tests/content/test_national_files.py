"""The whole of the national export, where somebody has it."""

import csv
import gzip
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from content import import_applying, import_runs
from portal import revisions
from portal.database import Base, Database
from portal.revisions import Area
from tests.content.exports import SERVES, state, take


@pytest.mark.real_data
def test_the_whole_national_export_is_loaded(
    db: Session, real_files: Sequence[Path], now: datetime
) -> None:
    details, rows = real_files
    first = take(db, details, now)
    second = take(db, rows, now)
    assert (first.read, first.created, first.rejected) == (2234, 2234, 0)
    assert (second.read, second.created, second.rejected) == (5608, 3413, 0)
    assert [one.code for one in second.findings] == ["1.0133611", "1.014955-Xoa", "2.009182739"]
    assert second.elsewhere == 873
    assert revisions.current(db)[Area.PROCEDURES] == 2


@pytest.mark.real_data
def test_both_orders_end_alike_and_repeating_changes_nothing(
    tmp_path: Path, real_files: Sequence[Path], now: datetime
) -> None:
    files = _sample(real_files, tmp_path)
    ends = []
    for name, order in (("a", files), ("b", files[::-1])):
        store = Database(f"sqlite:///{tmp_path / name}")
        Base.metadata.create_all(store.engine)
        with store.write() as db:
            for path in order:
                take(db, path, now)
            ends.append(state(db))
            again = [take(db, path, now + timedelta(days=1)) for path in order]
            assert [(one.created, one.updated, one.rejected) for one in again] == [(0, 0, 0)] * 2
            assert state(db) == ends[-1]
        store.dispose()
    assert ends[0] == ends[1]


def _sample(files: Sequence[Path], folder: Path) -> list[Path]:
    """Every fourth detailed record, and the catalogue rows of those and of every ninth code."""
    details, rows = files
    with gzip.open(details, "rt", encoding="utf-8") as lines:
        kept = list(lines)[::4]
    codes = {json.loads(line)["code"] for line in kept}
    few_details, few_rows = folder / "few.jsonl", folder / "few.csv"
    few_details.write_text("".join(kept), "utf-8")
    with rows.open(encoding="utf-8", newline="") as file:
        found = [row for at, row in enumerate(csv.reader(file)) if row[0] in codes or at % 9 == 0]
    with few_rows.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(found)
    return [few_details, few_rows]


@pytest.mark.real_data
def test_previewing_and_applying_both_files_ends_where_taking_them_in_ends(
    tmp_path: Path, real_files: Sequence[Path], now: datetime
) -> None:
    ends = []
    for name in ("direct", "previewed"):
        store = Database(f"sqlite:///{tmp_path / name}")
        Base.metadata.create_all(store.engine)
        for path in real_files:
            if name == "direct":
                with store.write() as db:
                    take(db, path, now)
                    db.commit()
            else:
                _preview_and_apply(store, path, now)
        with store.read() as db:
            ends.append(state(db))
        store.dispose()
    assert ends[0] == ends[1]


def _preview_and_apply(store: Database, path: Path, now: datetime) -> None:
    with store.write() as db:
        run = import_runs.begin(db, by="thu", file_name=path.name, now=now, partial=False).id
        db.commit()
    import_runs.preview(store, run, path, now=now, serves=SERVES, districts=True)
    with store.write() as db:
        done = import_applying.apply(db, run, None, by="thu", now=now, serves=SERVES)
        db.commit()
    assert done.codes
    assert done.stale == []
