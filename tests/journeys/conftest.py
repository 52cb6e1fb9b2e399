"""A whole site, prepared as the first start prepares it, on SQLite and on PostgreSQL."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal import keys, migrating
from portal.config import Settings
from portal.factory import create_app, preparations
from tests.support.pages import StrictClient
from tests.support.stores import empty_store


@pytest.fixture(params=["sqlite", "postgres"])
def app(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    for store in empty_store(request, tmp_path):
        keys.load(settings.keys, create=True)
        migrating.upgrade(store)
        url = store.url.render_as_string(hide_password=False)
        made = create_app(dataclasses.replace(settings, database_url=url))
        made.test_client_class = StrictClient
        with made.app_context():
            for _words, work in preparations(made):
                work()
        yield made
        made.extensions["portal"].database.dispose()
