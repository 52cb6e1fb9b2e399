"""Files are kept once, whole, outside the web root and for the site's own user only."""

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.database import Database
from portal.errors import NotFound
from portal.files import keeping
from portal.files.errors import FileRefused
from portal.files.keeping import Cabinet
from portal.files.kinds import FileKind
from portal.files.models import StoredFile
from tests.conftest import NOW
from tests.support import good_files
from tests.support.hostile import EICAR

LIMIT = 20 * 1024 * 1024


@pytest.fixture
def cabinet(tmp_path: Path) -> Cabinet:
    return Cabinet(tmp_path / "var" / "files")


def keep(db: Session, cabinet: Cabinet, data: bytes, name: str = "đơn.pdf") -> keeping.Kept:
    return keeping.keep(db, cabinet, data, name, limit=LIMIT, now=NOW)


def on_disk(cabinet: Cabinet) -> list[Path]:
    return [file for file in cabinet.folder.rglob("*") if file.is_file()]


def test_a_document_is_kept_as_it_came(db: Session, cabinet: Cabinet) -> None:
    kept = keep(db, cabinet, good_files.pdf())
    row = db.get_one(StoredFile, kept.sha256)
    assert (kept.kind, kept.name) == (FileKind.PDF, "đơn.pdf")
    assert (row.media_type, row.size, row.width) == ("application/pdf", kept.size, None)
    assert keeping.read(cabinet, kept.sha256) == good_files.pdf()


def test_a_picture_is_kept_redrawn_with_its_size(db: Session, cabinet: Cabinet) -> None:
    kept = keep(db, cabinet, good_files.jpeg(3000, 30, comment=b"Nha toi"), "ảnh.jpeg")
    assert (kept.width, kept.height, kept.name) == (2000, 20, "ảnh.jpeg")
    assert b"Nha toi" not in keeping.read(cabinet, kept.sha256)


def test_a_small_copy_of_a_picture_is_a_file_of_its_own(db: Session, cabinet: Cabinet) -> None:
    kept = keep(db, cabinet, good_files.png(900, 90), "a.png")
    small = keeping.keep_small(db, cabinet, kept.sha256, now=NOW)
    assert (small.width, small.height) == (480, 48)
    assert db.scalar(select(func.count()).select_from(StoredFile)) == 2


def test_the_same_bytes_are_kept_once(db: Session, cabinet: Cabinet) -> None:
    first = keep(db, cabinet, good_files.pdf(), "a.pdf")
    again = keep(db, cabinet, good_files.pdf(), "b.pdf")
    assert (first.sha256, first.name, again.name) == (again.sha256, "a.pdf", "b.pdf")
    assert len(on_disk(cabinet)) == 1


def test_two_at_the_same_time_keep_it_once(store: Database, cabinet: Cabinet) -> None:
    from threading import Barrier, Thread

    together, failed = Barrier(4), []

    def one() -> None:
        together.wait()
        try:
            with store.write() as db:
                keep(db, cabinet, good_files.pdf())
                db.commit()
        except Exception as error:  # whatever it is, the test must hear of it
            failed.append(error)

    threads = [Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(on_disk(cabinet)) == 1


def test_only_the_sites_own_user_can_read_them(db: Session, cabinet: Cabinet) -> None:
    path = cabinet.path(keep(db, cabinet, good_files.pdf()).sha256)
    modes = [oct(one.stat().st_mode & 0o777) for one in (path, path.parent, cabinet.folder)]
    assert modes == ["0o600", "0o700", "0o700"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_and_leaves_nothing(
    db: Session, cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def full(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileRefused, match="hết chỗ"):
        keep(db, cabinet, good_files.pdf())
    assert on_disk(cabinet) == []
    assert db.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_what_the_scanner_cannot_see_is_not_kept(db: Session, tmp_path: Path) -> None:
    cabinet = Cabinet(tmp_path / "files", clamd="127.0.0.1:1")
    with pytest.raises(FileRefused, match="Chưa kiểm tra"):
        keep(db, cabinet, good_files.jpeg() + EICAR)
    assert on_disk(cabinet) == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 64])
def test_what_is_not_there_is_not_found(cabinet: Cabinet, name: str) -> None:
    with pytest.raises(NotFound):
        keeping.read(cabinet, name)


def test_what_a_crash_left_is_swept_after_a_day(db: Session, cabinet: Cabinet) -> None:
    kept = cabinet.path(keep(db, cabinet, good_files.pdf()).sha256)
    forgotten = kept.parent / ("0" * 62)
    unfinished = kept.parent / f"{keeping.UNFINISHED}abc"
    for file in (forgotten, unfinished):
        file.write_bytes(b"x")
    now = datetime.now(UTC)
    assert keeping.sweep(db, cabinet, now) == 0
    assert keeping.sweep(db, cabinet, now + timedelta(days=2)) == 2
    assert on_disk(cabinet) == [kept]
