"""Databases for tests: empty ones of either kind, and ones with every table."""

import secrets
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from portal.database import Base, Database
from portal.factory import know_all_tables
from tests.support import postgres


def empty_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table, of the kind the fixture's parameter names."""
    if request.param == "sqlite":
        made = Database(f"sqlite:///{tmp_path / 'portal.sqlite3'}")
    else:
        url = request.getfixturevalue("server")
        name = f"test_{secrets.token_hex(6)}"
        postgres.execute(url, f"CREATE DATABASE {name}")
        made = Database(url.rsplit("/", 1)[0] + f"/{name}")
    yield made
    made.dispose()


def whole_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with every table; on PostgreSQL a copy of one that was made so once."""
    if request.param == "sqlite":
        made = Database(f"sqlite:///{tmp_path / 'portal.sqlite3'}")
        prepare(made)
    else:
        url = request.getfixturevalue("server")
        name = f"test_{secrets.token_hex(6)}"
        postgres.execute(url, f"CREATE DATABASE {name} TEMPLATE {_pattern(url)} STRATEGY FILE_COPY")
        made = Database(url.rsplit("/", 1)[0] + f"/{name}")
    yield made
    made.dispose()


def prepare(store: Database) -> None:
    """Every table; on SQLite the file of a database that was made so once is copied."""
    know_all_tables()
    file = Path(store.url.database or "") if store.is_sqlite else None
    if file is None or file.exists():
        Base.metadata.create_all(store.engine)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_sqlite_pattern())


@cache
def _sqlite_pattern() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pattern.sqlite3"
        made = Database(f"sqlite:///{file}")
        Base.metadata.create_all(made.engine)
        made.dispose()
        return file.read_bytes()


@cache
def _pattern(url: str) -> str:
    """The database of this server that others are copied from; nobody stays connected to it."""
    postgres.execute(url, "CREATE DATABASE pattern")
    made = Database(url.rsplit("/", 1)[0] + "/pattern")
    know_all_tables()
    Base.metadata.create_all(made.engine)
    made.dispose()
    return "pattern"
