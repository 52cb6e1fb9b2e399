"""What has to be there before the first visitor: database, content, index, one account."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from portal import build, migrating
from portal.config import Settings
from portal.database import Database

MARK = "prepared"


class NotReady(Exception):
    """Something is missing, said in one sentence."""


def prepare(settings: Settings) -> None:
    """Make the data folder fit this build; on a later start of the same build there is no work."""
    with _one_sentence():
        mark = settings.var / MARK
        wanted = f"{build.identity()} {settings.tenant} {settings.database_url}"
        if mark.exists() and mark.read_text("utf-8") == wanted and _is_whole(settings):
            return
        _prepare(settings)
        mark.write_text(wanted, "utf-8")


def _is_whole(settings: Settings) -> bool:
    """The key ring is there, and the database is of this version."""
    if not (settings.keys / "ring.json").exists():
        return False
    store = Database(settings.database_url)
    try:
        return migrating.state(store) == migrating.newest()
    finally:
        store.dispose()


def _prepare(settings: Settings) -> None:
    from portal import keys
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
    from sqlalchemy.exc import SQLAlchemyError

    from portal.errors import PortalError
    from portal.keys import KeyMissing
    from portal.migrating import BadDatabase

    try:
        yield
    except (KeyMissing, BadDatabase, PortalError, ValueError) as reason:
        raise NotReady(str(reason)) from reason
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", error)).strip().splitlines() or [type(error).__name__]
        raise NotReady(f"không mở được cơ sở dữ liệu: {cause[0]}") from error
    except (OSError, ImportError) as error:
        raise NotReady(f"thiếu tệp hoặc thư viện hệ thống: {error}") from error
