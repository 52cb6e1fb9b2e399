"""The floor's own chores: what nobody needs any more goes, and the daily line is written."""

from datetime import datetime, timedelta

from flask import Flask

from portal import chores, digests, limits
from portal.config import Settings
from portal.database import Database, database
from portal.files import keeping
from portal.files.keeping import Cabinet
from portal.keys import ring
from portal.staff import sessions


def join(app: Flask, settings: Settings) -> None:
    def sweep(now: datetime) -> None:
        with database().write() as db:
            limits.sweep(db, now)
            sessions.sweep(db, now)
            db.commit()

    def note_chains(now: datetime) -> None:
        store: Database = database()
        with store.read() as db:
            digests.write_line(db, settings.digests, ring(), now)

    def sweep_files(now: datetime) -> None:
        with database().read() as db:
            keeping.sweep(db, Cabinet(settings.files), now)

    chores.add(app, "sweep", timedelta(hours=1), sweep)
    chores.add(app, "files", timedelta(hours=6), sweep_files, everywhere=True)
    chores.add(app, "digest", timedelta(minutes=20), note_chains, everywhere=True)
