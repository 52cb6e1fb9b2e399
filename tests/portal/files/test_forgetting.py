"""A file is forgotten only when nobody names it and nobody else had brought it before."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from feedback.models import WaitingFile
from portal.files import keeping
from portal.files.forgetting import forget
from portal.files.keeping import Cabinet
from portal.files.models import StoredFile
from tests.conftest import NOW
from tests.support import good_files as good

MB = 1024 * 1024


def kept(db: Session, folder: Path) -> str:
    cabinet = Cabinet(folder)
    return keeping.keep(db, cabinet, good.pdf(), "a.pdf", limit=MB, now=NOW).sha256


def test_an_unnamed_file_is_forgotten_and_its_bytes_go_with_the_sweep(
    db: Session, tmp_path: Path
) -> None:
    sha256 = kept(db, tmp_path)
    assert forget(db, sha256, since=NOW)
    assert db.get(StoredFile, sha256) is None
    assert keeping.sweep(db, Cabinet(tmp_path), NOW + timedelta(days=9999)) == 1
    assert not forget(db, sha256, since=NOW)


def test_a_file_that_was_there_before_is_somebody_elses(db: Session, tmp_path: Path) -> None:
    assert not forget(db, kept(db, tmp_path), since=NOW + timedelta(seconds=1))


def test_a_file_that_any_table_names_stays(db: Session, tmp_path: Path) -> None:
    sha256 = kept(db, tmp_path)
    named = {"sha256": sha256, "name": "a.pdf", "media_type": "application/pdf", "size": 1}
    db.add(WaitingFile(nonce="n", came_at=NOW, **named))
    db.flush()
    assert not forget(db, sha256, since=NOW)
    assert db.get(StoredFile, sha256) is not None
