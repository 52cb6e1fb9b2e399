"""The one place that opens transactions, on SQLite and on PostgreSQL alike."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request
from sqlalchemy import DateTime, Dialect, Engine, MetaData, Table, create_engine, event, inspect
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

BUSY_TIMEOUT_MILLISECONDS = 15_000

Row = TypeVar("Row", bound="Base")

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table's parent; constraints get names, so that migrations can speak of them."""

    metadata = MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in time: aware in, aware UTC out. A naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone cannot be stored: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Database:
    """An engine with two kinds of transaction: reading, and writing.

    A writing transaction is BEGIN IMMEDIATE on SQLite, so that two that read before they update
    wait for each other instead of losing one update; on PostgreSQL the rows concerned are locked
    with `lock`.
    """

    def __init__(self, url: str | URL) -> None:
        self.url = make_url(url)
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _server_engine(self.url)
        self._writing = self.engine.execution_options(portal_writes=True)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    def reading_session(self) -> Session:
        return Session(self.engine, expire_on_commit=False)

    def writing_session(self) -> Session:
        return Session(self._writing, expire_on_commit=False, info={"writes": True})

    @contextmanager
    def read(self) -> Iterator[Session]:
        with self.reading_session() as db:
            yield db

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose caller commits; without `db.commit()` nothing is kept."""
        with self.writing_session() as db:
            yield db

    def dispose(self) -> None:
        self.engine.dispose()


def lock(db: Session, model: type[Row], key: object) -> Row | None:
    """The row to be updated, fresh and held until the transaction ends; None if there is none."""
    if not db.info.get("writes"):
        raise RuntimeError(f"{model.__name__} {key!r} was locked outside a writing transaction")
    return db.get(model, key, with_for_update=True, populate_existing=True)


def lock_or_make(db: Session, model: type[Row], key: str | int, **first: object) -> Row:
    """Like `lock`, but a missing row is made with the values `first`, by one process only."""
    row = lock(db, model, key)
    if row is None:
        table = cast(Table, inspect(model).local_table)
        values = {table.primary_key.columns[0].name: key, **first}
        if db.get_bind().dialect.name == "sqlite":
            db.execute(sqlite_insert(table).values(values).on_conflict_do_nothing())
        else:
            db.execute(postgresql_insert(table).values(values).on_conflict_do_nothing())
        row = lock(db, model, key)
    if row is None:
        raise RuntimeError(f"{model.__name__} {key!r} could not be made")
    return row


def _server_engine(url: URL) -> Engine:
    return create_engine(url, pool_pre_ping=True, pool_size=8, max_overflow=8)


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MILLISECONDS / 1000})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MILLISECONDS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("portal_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def database() -> Database:
    """The database of the running application."""
    found: Database = current_app.extensions["portal"].database
    return found


def session() -> Session:
    """This request's session: reading for GET and HEAD, writing for everything else."""
    if "db" not in g:
        reads = request.method in {"GET", "HEAD", "OPTIONS"}
        g.db = database().reading_session() if reads else database().writing_session()
    found: Session = g.db
    return found


def end_session(_error: BaseException | None = None) -> None:
    """Roll back what the view did not commit, and give the connection back."""
    db = g.pop("db", None)
    if db is not None:
        db.close()


def join(app: Flask) -> None:
    app.teardown_appcontext(end_session)
