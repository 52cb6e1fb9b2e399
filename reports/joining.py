"""Joins the reports room to the application: its own forms, and the figures on the home page."""

from pathlib import Path

from flask import Flask, current_app

from portal import clock, revisions
from portal.database import session
from portal.revisions import Area
from reports import public_figures
from reports.public_figures import Overview, PublicFigures

KEPT = "reports.overview"


def own_forms() -> Path:
    """Where the office may put a corrected copy of a form; it need not exist."""
    var: Path = current_app.extensions["portal"].settings.var
    return var / "forms"


def overview() -> Overview:
    """The public figures of today, counted once for each change and day."""
    db, today = session(), clock.local_date(clock.now())
    version = (revisions.current(db)[Area.FIGURES], today)
    kept: dict[object, Overview] = current_app.extensions[KEPT]
    if version not in kept:
        found = public_figures.overview(db, today)
        kept.clear()
        kept[version] = found
        return found
    return kept[version]


def shown_on_home() -> PublicFigures:
    """The year's figures, for the home page."""
    return overview().year


def join(app: Flask) -> None:
    app.extensions[KEPT] = {}
    app.jinja_env.globals["public_figures"] = shown_on_home
