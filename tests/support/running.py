"""A whole prepared site, answering on a free port of this machine, thrown away afterwards."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from flask import Flask
from sqlalchemy import select
from werkzeug.serving import make_server

from portal import first_start
from portal.config import Settings
from portal.database import Database
from portal.factory import create_app
from portal.staff import accounts
from portal.staff.models import Role, StaffAccount
from portal.staff.sessions import COOKIE, PATH, DeskSessions


@dataclass(frozen=True)
class Running:
    """A site that answers at `url`."""

    url: str
    app: Flask

    @property
    def store(self) -> Database:
        store: Database = self.app.extensions["portal"].database
        return store

    def new_account(self, *roles: Role, unit_code: str | None = None) -> tuple[str, str]:
        """User name and password of somebody who has already chosen a password."""
        name = f"can-bo-{secrets.token_hex(3)}"
        with self.app.app_context(), self.store.write() as db:
            account, password = accounts.create(
                db, username=name, name="Nguyễn Thị Bình", roles=roles, now=datetime.now(UTC),
                by="test", unit_code=unit_code,
            )  # fmt: skip
            account.must_change_password = False
            db.commit()
        return name, password

    def desk_cookie(self, *roles: Role, unit_code: str | None = None) -> dict[str, str]:
        """The cookie of somebody who has just signed in, as Playwright wants it."""
        sessions = self.app.session_interface
        assert isinstance(sessions, DeskSessions)
        name, _password = self.new_account(*roles, unit_code=unit_code)
        with self.app.app_context(), self.store.write() as db:
            account = db.scalars(select(StaffAccount).filter_by(username=name)).one()
            row, token = sessions.start(account, datetime.now(UTC))
            db.add(row)
            db.commit()
        return {"name": COOKIE, "value": token, "domain": "127.0.0.1", "path": PATH}


def prepared(
    folder: Path, tenant: str = "quangnam", public_url: str = "http://localhost"
) -> Settings:
    """Settings of a site with the starter library loaded and indexed under `folder`."""
    settings = Settings(
        var=folder,
        tenant=tenant,
        database_url=f"sqlite:///{folder / 'portal.sqlite3'}",
        public_url=public_url,
        host="127.0.0.1",
        port=0,
        proxies=0,
        extra_hosts=(),
        embedded=True,
    )
    folder.mkdir(parents=True, exist_ok=True)
    first_start.prepare(settings)
    return settings


@contextmanager
def running(folder: Path, tenant: str = "quangnam", *, tls: bool = False) -> Iterator[Running]:
    """A prepared site that answers until the block ends; over TLS with a certificate of its own."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    public_url = "https://127.0.0.1" if tls else "http://localhost"
    app = create_app(prepared(folder, tenant, public_url))
    certificate = "adhoc" if tls else None
    server = make_server("127.0.0.1", 0, app, threaded=True, ssl_context=certificate)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        scheme = "https" if tls else "http"
        yield Running(url=f"{scheme}://127.0.0.1:{server.server_port}", app=app)
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
        app.extensions["portal"].database.dispose()
