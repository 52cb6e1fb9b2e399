"""Brings a database to the shape this version of the code expects, and back."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, event, inspect, text

from portal import clock
from portal.build import newest_migration
from portal.database import Base, Database, UtcDateTime

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"
KEEP_COPIES = 3


class BadDatabase(Exception):
    """The database cannot be brought to this version; said in one sentence."""


def state(database: Database) -> str | None:
    """The number of the last migration this database has seen; None for an empty one."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found) if found else None


def upgrade(database: Database, to: str = "head") -> bool:
    """Run what is missing; a copy of an embedded database is made first. True if anything ran."""
    from alembic import command

    before = state(database)
    if before is not None and before > newest_migration():
        raise BadDatabase(
            f"Cơ sở dữ liệu thuộc phiên bản mới hơn ({before}); hãy dùng bản phần mềm mới hơn."
        )
    if before == newest_migration():
        return False
    if before is not None:
        _copy(database, clock.now())
    _with_connection(database, lambda config: command.upgrade(config, to))
    return True


def downgrade(database: Database, to: str) -> None:
    from alembic import command

    _with_connection(database, lambda config: command.downgrade(config, to))


def run(context: Any) -> None:
    """Called from env.py: one transaction for everything that is missing."""
    connection: Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_written_as,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).first()
            if broken is not None:
                raise BadDatabase(f"Sau khi nâng cấp, bảng {broken[0]} có dòng mất liên kết.")


def _written_as(kind: str, value: Any, _context: Any) -> str | bool:
    """How a new migration writes our own column type."""
    return "UtcDateTime()" if kind == "type" and isinstance(value, UtcDateTime) else False


def _with_connection(database: Database, work: Any) -> None:
    config = _config()
    writing = Database(database.url)
    if writing.is_sqlite:
        # Batch mode makes tables anew: with foreign keys on, every cascading child row would go.
        @event.listens_for(writing.engine, "connect")
        def no_foreign_keys(connection: sqlite3.Connection, _record: Any) -> None:
            connection.execute("PRAGMA foreign_keys=OFF")

    with writing.engine.execution_options(portal_writes=True).connect() as connection:
        config.attributes["connection"] = connection
        try:
            work(config)
            connection.commit()
        finally:
            connection.close()
            writing.dispose()


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def _copy(database: Database, moment: datetime) -> None:
    if not database.is_sqlite or not database.url.database:
        return
    file = Path(database.url.database)
    copies = file.parent / "before-upgrade"
    copies.mkdir(exist_ok=True, mode=0o700)
    target = copies / f"{file.stem}-{clock.local(moment):%Y%m%d-%H%M%S}.sqlite3"
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    shutil.copymode(file, target)
    for old in sorted(copies.glob("*.sqlite3"))[:-KEEP_COPIES]:
        old.unlink()
