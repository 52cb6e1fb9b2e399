"""Joins search to the application: one engine and one recorder per process, and the chores."""

import os
from datetime import datetime, timedelta
from functools import partial

from flask import Flask

from portal import chores, clock
from search_index import indexing, live_views, query_log
from search_index.query_recording import WRITE_AFTER_SECONDS, Recorder
from search_index.searching import Engine
from search_index.suggesting import Suggester

LOOK_FOR_CHANGES_EVERY = timedelta(seconds=1)
FORGET_EVERY = timedelta(hours=6)


def join(app: Flask) -> None:
    portal = app.extensions["portal"]
    app.extensions["search"] = Engine(portal.settings.index)
    # A test writes by itself, so that nothing writes behind its back.
    after = None if portal.settings.testing else WRITE_AFTER_SECONDS
    app.extensions["search_recorder"] = Recorder(portal.database, after)
    app.extensions["search_suggester"] = Suggester(portal.database)
    app.extensions["search_learns"] = os.environ.get("SEARCH_LEARNING", "").lower() != "off"
    app.register_blueprint(live_views.bp)
    chores.add(app, "search log", FORGET_EVERY, partial(_forget, app))
    work = partial(_keep_up, app)
    chores.add(app, "search index", LOOK_FOR_CHANGES_EVERY, work, everywhere=True)


def _keep_up(app: Flask, _now: datetime) -> None:
    portal = app.extensions["portal"]
    if indexing.due(portal.database, portal.settings.index):
        indexing.refresh(portal.database, portal.settings.index)


def _forget(app: Flask, now: datetime) -> None:
    with app.extensions["portal"].database.write() as db:
        query_log.erase(db, clock.local_date(now))
        db.commit()
