"""Databases for tests: empty ones of either kind, and ones with every table."""

import secrets
from collections.abc import Iterator
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


def prepare(store: Database) -> None:
    know_all_tables()
    Base.metadata.create_all(store.engine)
