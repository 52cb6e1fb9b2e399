"""Publishing rooms write what can be searched; the newest word counts, withdrawn pages stay out."""

import time
from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from search_index.documents import SearchDocument, document_of, put, withdraw
from search_index.models import SearchRow

Procedure = Callable[..., SearchDocument]


def test_a_document_comes_back_as_it_was_put(db: Session, procedure: Procedure) -> None:
    document = procedure("1.001193", aliases=("giấy khai sinh",), text="Nộp tờ khai.", weight=2)
    assert put(db, [document], revision=1) == 1
    kept = document_of(db.get_one(SearchRow, document.key))
    assert kept.title == document.title
    assert kept.names == [document.title, "giấy khai sinh"]
    assert (kept.weight, tuple(kept.codes)) == (2, ("1.001193",))


def test_putting_again_replaces_and_the_last_of_two_counts(
    db: Session, procedure: Procedure
) -> None:
    put(db, [procedure("1.001193", "Cũ")], revision=1)
    first = db.get_one(SearchRow, "procedure:1.001193")
    put(db, [procedure("1.001193", "Giữa"), procedure("1.001193", "Mới")], revision=2)
    assert (first.title, first.revision) == ("Mới", 2)
    assert db.scalar(select(func.count()).select_from(SearchRow)) == 1


def test_withdrawing_leaves_a_tombstone_and_putting_brings_it_back(
    db: Session, procedure: Procedure
) -> None:
    put(db, [procedure("1.001193"), procedure("1.000894")], revision=1)
    assert withdraw(db, ["procedure:1.001193", "procedure:0.000000"], revision=2) == 1
    assert withdraw(db, ["procedure:1.001193"], revision=3) == 0
    row = db.get_one(SearchRow, "procedure:1.001193")
    assert (row.withdrawn, row.revision) == (True, 2)
    put(db, [procedure("1.001193")], revision=4)
    assert not row.withdrawn


def test_what_the_caller_changed_before_is_not_lost(db: Session, procedure: Procedure) -> None:
    put(db, [procedure("1.001193")], revision=1)
    row = db.get_one(SearchRow, "procedure:1.001193")
    row.summary = "Sửa"
    put(db, [procedure("1.000894")], revision=2)
    db.expire_all()
    assert row.summary == "Sửa"


def test_text_is_composed_and_free_of_nul(db: Session, procedure: Procedure) -> None:
    put(db, [procedure("1.001193", "Đăng ky\u0301\0 khai sinh", text="\0")], revision=1)
    row = db.get_one(SearchRow, "procedure:1.001193")
    assert row.title == "Đăng ký  khai sinh"
    assert " dang ki khai sinh " in row.folded_title


def test_nothing_put_is_nothing_done(db: Session) -> None:
    assert put(db, [], revision=1) == 0
    assert withdraw(db, [], revision=1) == 0


def test_eight_thousand_documents_are_written_in_seconds(db: Session, procedure: Procedure) -> None:
    many = [procedure(f"9.{n:06}", f"Thủ tục số {n}", text="Chữ. " * 200) for n in range(8000)]
    started = time.perf_counter()
    put(db, many, revision=1)
    assert time.perf_counter() - started < 20
    assert db.scalar(select(func.count()).select_from(SearchRow)) == 8000
