"""The index follows what is published, and survives whatever is done to its folder."""

import fcntl
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.database import Database
from search_index import analysis, folders, indexing
from search_index.documents import SearchDocument
from search_index.indexing import Outcome
from search_index.searching import Engine, Question, answer

Publish = Callable[..., int]
Procedure = Callable[..., SearchDocument]


def found(store: Database, folder: Path, text: str) -> list[str]:
    """The keys found by a process that has just opened the index."""
    with store.read() as db:
        return keys(db, Engine(folder), text)


def keys(db: Session, engine: Engine, text: str) -> list[str]:
    groups = answer(db, engine.ranker(), Question(text)).groups
    return [hit.key for group in groups for hit in group.hits]


@pytest.fixture
def filled(
    store: Database, folder: Path, catalogue: list[SearchDocument], published: Publish
) -> Outcome:
    published(store, catalogue)
    return indexing.refresh(store, folder)


@pytest.mark.usefixtures("filled")
def test_what_is_published_is_found_and_what_is_withdrawn_is_not(
    store: Database, folder: Path, published: Publish, procedure: Procedure
) -> None:
    assert found(store, folder, "ket hon")[0] == "procedure:1.000894"
    new = procedure("1.009999", "Cấp phép nuôi chim yến")
    published(store, [new], gone=["procedure:1.000894"])
    done = indexing.refresh(store, folder)
    assert (done.rebuilt, done.changed) == (False, 2)
    assert found(store, folder, "chim yen") == [new.key]
    assert "procedure:1.000894" not in found(store, folder, "ket hon")


def test_a_run_without_changes_does_nothing(store: Database, folder: Path, filled: Outcome) -> None:
    again = indexing.refresh(store, folder)
    assert (again.changed, again.rebuilt, again.revision) == (0, False, filled.revision)
    assert not indexing.due(store, folder)


def test_an_empty_site_has_an_empty_index(store: Database, folder: Path) -> None:
    assert indexing.due(store, folder)
    assert indexing.refresh(store, folder).documents == 0
    assert not indexing.due(store, folder)
    assert found(store, folder, "khai sinh") == []


@pytest.mark.usefixtures("filled")
def test_a_process_swaps_its_searcher_within_a_second(
    store: Database, folder: Path, published: Publish, procedure: Procedure
) -> None:
    engine = Engine(folder)
    old = engine.ranker()
    published(store, [procedure("1.009999", "Cấp phép nuôi chim yến")])
    indexing.refresh(store, folder)
    deadline = time.monotonic() + 2
    while engine.ranker() is old and time.monotonic() < deadline:
        time.sleep(0.05)
    with store.read() as db:
        assert keys(db, engine, "chim yến") == ["procedure:1.009999"]


@pytest.mark.usefixtures("filled")
def test_small_steps_and_a_new_build_rank_alike(
    store: Database, folder: Path, published: Publish, catalogue: list[SearchDocument]
) -> None:
    for document in catalogue[:6]:
        published(store, [document])
        indexing.refresh(store, folder)
    stepwise = [found(store, folder, text) for text in ("dang ky", "cap lai bang lai", "ho tich")]
    indexing.rebuild(store, folder)
    anew = [found(store, folder, text) for text in ("dang ky", "cap lai bang lai", "ho tich")]
    assert stepwise == anew


@pytest.mark.usefixtures("filled")
def test_a_change_of_rules_makes_the_index_anew(
    store: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis, "ANALYSIS_VERSION", 10_000)
    assert indexing.due(store, folder)
    assert indexing.refresh(store, folder).rebuilt
    assert not indexing.due(store, folder)


@pytest.mark.usefixtures("filled")
def test_an_index_of_another_database_is_made_anew(
    folder: Path, tmp_path: Path, published: Publish, procedure: Procedure
) -> None:
    from portal.database import Base

    other = Database(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    Base.metadata.create_all(other.engine)
    published(other, [procedure("1.001193")])
    assert indexing.refresh(other, folder).rebuilt
    assert found(other, folder, "đăng ký") == ["procedure:1.001193"]
    other.dispose()


def test_old_builds_are_thrown_away(store: Database, folder: Path, filled: Outcome) -> None:
    for _ in range(4):
        indexing.rebuild(store, folder)
    builds = [path for path in folder.iterdir() if path.is_dir()]
    assert len(builds) <= 2
    assert filled.rebuilt


@pytest.mark.usefixtures("filled")
def test_a_second_indexer_steps_back(store: Database, folder: Path) -> None:
    with (folder / folders.LOCK).open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert indexing.rebuild(store, folder).skipped
    assert not indexing.rebuild(store, folder).skipped


@pytest.mark.usefixtures("filled")
def test_an_index_of_another_shape_is_not_opened(
    store: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Engine(folder).ranker() is not None
    monkeypatch.setattr(analysis, "ANALYSIS_VERSION", 10_000)
    assert Engine(folder).ranker() is None
    indexing.refresh(store, folder)
    assert Engine(folder).ranker() is not None
