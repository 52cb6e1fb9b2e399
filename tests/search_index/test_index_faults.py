"""Whatever is done to the index folder: it answers, mends itself, and never says a thing twice."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.database import Base, Database
from search_index import folders, indexing
from search_index.documents import SearchDocument
from search_index.searching import Engine, Question, answer

Publish = Callable[..., int]
Procedure = Callable[..., SearchDocument]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    """SQLite alone: what happens in the folder does not depend on the database."""
    made = Database(f"sqlite:///{tmp_path / 'faults.sqlite3'}")
    Base.metadata.create_all(made.engine)
    yield made
    made.dispose()


def found(store: Database, folder: Path, text: str) -> list[str]:
    """The keys found by a process that has just opened the index."""
    with store.read() as db:
        return keys(db, Engine(folder), text)


def keys(db: Session, engine: Engine, text: str) -> list[str]:
    groups = answer(db, engine.ranker(), Question(text)).groups
    return [hit.key for group in groups for hit in group.hits]


def holds(engine: Engine, token: str) -> bool:
    ranker = engine.ranker()
    assert ranker is not None
    (begin, end), *_ = ranker.segment.find([("tf", token)])
    return end > begin


@pytest.fixture
def filled(
    store: Database, folder: Path, catalogue: list[SearchDocument], published: Publish
) -> None:
    published(store, catalogue)
    indexing.refresh(store, folder)


@pytest.mark.usefixtures("filled")
def test_many_single_updates_leave_nothing_stale_and_nothing_twice(
    store: Database, folder: Path, published: Publish, procedure: Procedure
) -> None:
    engine = Engine(folder)
    wrong = 0
    for turn in range(120):
        code = f"7.00000{turn % 4}"
        published(store, [procedure(code, f"Thủ tục mang số hiệu {2000 + turn}")])
        assert not indexing.refresh(store, folder).skipped
        engine.look_again()
        with store.read() as db:
            hits = keys(db, engine, f"số hiệu {2000 + turn}")
        wrong += hits[0] != f"procedure:{code}"
        wrong += len(hits) != len(set(hits))
        wrong += holds(engine, f"{2000 + turn - 4}")
    assert wrong == 0


def truncate_arrays(folder: Path) -> None:
    for file in folder.glob("*/*.flat"):
        os.truncate(file, file.stat().st_size // 2)


def truncate_pointer(folder: Path) -> None:
    os.truncate(folder / folders.POINTER, 10)


def truncate_store(folder: Path) -> None:
    for file in [*folder.glob("*/*.toc"), *folder.glob("*/*.seg")]:
        os.truncate(file, file.stat().st_size // 2)


def delete_build(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)


def delete_all(folder: Path) -> None:
    shutil.rmtree(folder)


def put_strangers(folder: Path) -> None:
    delete_build(folder)
    (folder / "000009-foreign").mkdir()
    (folder / "000009-foreign" / "MAIN_x.flat").write_bytes(b"PK not ours")
    (folder / folders.POINTER).write_text('{"folder": "../../etc", "parts": []}')


DAMAGES = (
    truncate_arrays,
    truncate_pointer,
    truncate_store,
    delete_build,
    delete_all,
    put_strangers,
)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_folder_still_answers_and_mends_itself(
    damage: Callable[[Path], None],
    store: Database,
    folder: Path,
    published: Publish,
    procedure: Procedure,
) -> None:
    damage(folder)
    assert "procedure:1.000894" in found(store, folder, "kết hôn")
    published(store, [procedure("1.009999", "Cấp phép nuôi chim yến")])
    indexing.refresh(store, folder)
    assert found(store, folder, "chim yến") == ["procedure:1.009999"]
    assert Engine(folder).ranker() is not None


KILLED = """
import os, signal, sys
from pathlib import Path
from portal.database import Database
from search_index import {module}, indexing

def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

{module}.{name} = die
indexing.{verb}(Database(sys.argv[1]), Path(sys.argv[2]))
"""
POINTS = [
    (module, name, verb)
    for verb in ("refresh", "rebuild")
    for module, name in (
        ("store", "add"),
        ("indexing", "_exported"),
        ("flat", "write"),
        ("folders", "switch"),
        ("folders", "clean"),
    )
]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(("module", "name", "verb"), POINTS)
def test_a_kill_at_any_moment_leaves_an_index_that_answers_and_catches_up(
    module: str,
    name: str,
    verb: str,
    store: Database,
    folder: Path,
    published: Publish,
    procedure: Procedure,
) -> None:
    published(store, [procedure("1.009999", "Cấp phép nuôi chim yến")])
    script = KILLED.format(module=module, name=name, verb=verb)
    url = store.url.render_as_string(hide_password=False)
    child = subprocess.run([sys.executable, "-c", script, url, str(folder)], check=False)
    assert child.returncode == -signal.SIGKILL
    assert "procedure:1.000894" in found(store, folder, "kết hôn")
    indexing.refresh(store, folder)
    assert found(store, folder, "chim yến") == ["procedure:1.009999"]
    hits = found(store, folder, "đăng ký")
    assert len(hits) == len(set(hits))
