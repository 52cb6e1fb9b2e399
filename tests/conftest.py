"""What every test can ask for: both databases, the application, a strict client, staff."""

import os
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal import keys
from portal.config import Settings
from portal.database import Database
from portal.factory import create_app
from portal.staff import accounts
from portal.staff.models import Role
from portal.staff.sessions import COOKIE, PATH, DeskSessions
from tests.support import postgres
from tests.support.pages import StrictClient
from tests.support.stores import prepare, whole_store

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server; skipped with the line to run where there is none."""
    if postgres.programs() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(postgres.HINT)
        pytest.skip(postgres.HINT)
    with postgres.cluster() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with every table, once on SQLite and once on PostgreSQL."""
    yield from whole_store(request, tmp_path)


@pytest.fixture
def db(store: Database) -> Iterator[Session]:
    """A writing session; what a test wants kept it commits."""
    with store.write() as session:
        yield session


@pytest.fixture
def ring() -> keys.KeyRing:
    return keys.new_ring()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        var=tmp_path / "var",
        tenant="quangnam",
        database_url=f"sqlite:///{tmp_path / 'site.sqlite3'}",
        public_url="http://localhost",
        host="127.0.0.1",
        port=8000,
        proxies=0,
        extra_hosts=(),
        embedded=True,
        testing=True,
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The whole application on an empty SQLite database."""
    made = create_app(settings)
    made.test_client_class = StrictClient
    prepare(made.extensions["portal"].database)
    yield made
    made.extensions["portal"].database.dispose()


@pytest.fixture
def client(app: Flask) -> StrictClient:
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def staff(app: Flask) -> Callable[..., StrictClient]:
    """`staff(Role.OFFICER, unit_code=…)` gives the client of somebody signed in."""

    def sign_in(*roles: Role, unit_code: str | None = None, username: str = "") -> StrictClient:
        store: Database = app.extensions["portal"].database
        sessions = app.session_interface
        assert isinstance(sessions, DeskSessions)
        name = username or f"can-bo-{secrets.token_hex(3)}"
        with app.app_context(), store.write() as db:
            moment = datetime.now(UTC)
            account, _password = accounts.create(
                db, username=name, name=name, roles=roles, now=moment, by="test",
                unit_code=unit_code,
            )  # fmt: skip
            account.must_change_password = False
            row, token = sessions.start(account, moment)
            db.add(row)
            db.commit()
        made: StrictClient = app.test_client()  # type: ignore[assignment]
        made.set_cookie(COOKIE, token, path=PATH)
        return made

    return sign_in
