"""Fixtures of the content room: export files, a published procedure, the real files."""

import csv
import gzip
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from content import import_runs, importing, national_export
from content.models import Origin, Source
from content.publishing import Publication
from content.shapes import Procedure
from content.taking_in import take_in
from portal.database import Database
from tests.content.exports import SERVES, SHARED, Publish, Record, as_bytes
from tests.content.previewing import Previews
from tests.content.procedure_visits import Show


@pytest.fixture
def detailed(tmp_path: Path) -> Callable[..., Path]:
    """`detailed(record, …)` writes a packed JSONL file; text and bytes go in as they are."""

    def write(*lines: Record | str | bytes, name: str = "procedures.jsonl.gz") -> Path:
        raw = b"".join(as_bytes(line) + b"\n" for line in lines)
        path = tmp_path / name
        path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
        return path

    return write


@pytest.fixture
def catalogue(tmp_path: Path) -> Callable[..., Path]:
    """`catalogue(row, …)` writes a CSV file as the national database gives it."""

    def write(*rows: dict[str, str], name: str = "catalogue.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, national_export.COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


@pytest.fixture
def publishing(app: Flask) -> Iterator[Session]:
    """A writing session on the database of the running application."""
    with app.extensions["portal"].database.write() as session:
        yield session


@pytest.fixture
def publish(publishing: Session, detailed: Callable[..., Path], now: datetime) -> Publish:
    """`publish(record, …)` imports these records into the running site."""

    def take(*records: object) -> None:
        path = detailed(*records)
        importing.import_procedures(publishing, path, now=now, serves=SERVES, partial=True)
        publishing.commit()

    return take


@pytest.fixture
def real_files() -> Sequence[Path]:
    """Both files of the national database; skipped where nobody has them."""
    files = [SHARED / "procedures.jsonl.gz", SHARED / "catalogue.csv"]
    if not all(file.exists() for file in files):
        pytest.skip("Không có dữ liệu quốc gia ở ../shared/data/tthc; bỏ qua.")
    return files


@pytest.fixture
def show(publishing: Session, now: datetime) -> Show:
    """`show(procedure, at=…)` publishes it into the running site."""

    def take(procedure: Procedure, at: datetime = now, origin: Origin = Origin.EDITOR) -> None:
        take_in(Publication(publishing, at, origin), Source.LIBRARY, [procedure], serves=SERVES)
        publishing.commit()

    return take


@pytest.fixture
def previews(store: Database, now: datetime) -> Previews:
    """`previews(path)` looks at a file and gives the number of the run."""

    def look(path: Path, *, partial: bool = True) -> int:
        with store.write() as db:
            run = import_runs.begin(
                db, by="bien-tap", file_name=path.name, now=now, partial=partial
            ).id
            db.commit()
        import_runs.preview(store, run, path, now=now, serves=SERVES, districts=True)
        return run

    return look
