"""Opens the register of units to machines, and tells them its pages."""

from flask import Flask
from sqlalchemy.orm import Session

from agencies import api, demo, reading
from portal import clock, demonstration
from portal.site_map import LANGUAGES, Address, provide


def join(app: Flask) -> None:
    app.register_blueprint(api.bp)
    provide(app, addresses)
    demonstration.provide(app, demo.fill)


def addresses(db: Session) -> list[Address]:
    """The list, the finder, and every unit of today."""
    today = clock.local_date(clock.now())
    pages = [Address(path, None, LANGUAGES) for path in ("/don-vi", "/toi-phai-den-dau")]
    return pages + [Address(path) for path in reading.paths(db, today)]
