"""What has to be there before the first visitor: database, content, index, one account."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from portal import build
from portal.build import newest_migration
from portal.config import Settings

MARK = "prepared"


class NotReady(Exception):
    """Something is missing, said in one sentence."""


def prepare(settings: Settings) -> None:
    """Make the data folder fit this build; on a later start of the same build there is no work."""
    with _one_sentence():
        mark = settings.var / MARK
        place = hashlib.sha256(settings.database_url.encode()).hexdigest()
        wanted = f"{build.identity()} {settings.tenant} {place}"
        if mark.exists() and mark.read_text("utf-8") == wanted and _is_whole(settings):
            return
        _prepare(settings)
        mark.write_text(wanted, "utf-8")


def _is_whole(settings: Settings) -> bool:
    """The key ring is there, and the database is of this version.

    An embedded database is asked without SQLAlchemy: a start has three seconds to its first page.
    """
    if not (settings.keys / "ring.json").exists():
        return False
    file = settings.database_file
    if file is not None:
        return file.exists() and _embedded_state(file) == newest_migration()
    from portal import migrating
    from portal.database import Database

    store = Database(settings.database_url)
    try:
        return migrating.state(store) == newest_migration()
    finally:
        store.dispose()


def _embedded_state(file: Path) -> str | None:
    with closing(sqlite3.connect(file)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.DatabaseError:
            return None
    return str(row[0]) if row else None


def _prepare(settings: Settings) -> None:
    from portal import keys, migrating
    from portal.database import Database
    from portal.factory import create_app, preparations
    from portal.profile import load as load_profile

    load_profile(settings.tenant)
    keys.load(settings.keys, create=settings.is_new)
    store = Database(settings.database_url)
    _say("cơ sở dữ liệu", lambda: migrating.upgrade(store))
    store.dispose()
    app = create_app(settings)
    with app.app_context():
        for words, work in preparations(app):
            _say(words, work)


def _say(words: str, work: Callable[[], object]) -> None:
    print(f"Chuẩn bị {words} …", flush=True)
    work()


@contextmanager
def _one_sentence() -> Iterator[None]:
    """Turn what can reasonably go wrong on a machine into one sentence."""
    try:
        yield
    except Exception as error:
        # Imported here alone: a start without trouble has three seconds and needs none of it.
        from portal.commands import sentence

        said = sentence(error)
        if said is None:
            raise
        raise NotReady(said) from error
