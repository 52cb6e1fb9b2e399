"""Joins search to the application: one engine per process, and the worker's indexing chore."""

from datetime import datetime, timedelta
from functools import partial

from flask import Flask

from portal import chores
from search_index import indexing
from search_index.searching import Engine

LOOK_FOR_CHANGES_EVERY = timedelta(seconds=1)


def join(app: Flask) -> None:
    portal = app.extensions["portal"]
    app.extensions["search"] = Engine(portal.settings.index)
    work = partial(_keep_up, app)
    chores.add(app, "search index", LOOK_FOR_CHANGES_EVERY, work, everywhere=True)


def _keep_up(app: Flask, _now: datetime) -> None:
    portal = app.extensions["portal"]
    if indexing.due(portal.database, portal.settings.index):
        indexing.refresh(portal.database, portal.settings.index)
