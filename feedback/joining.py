"""Joins the feedback room: its pages, its part of the site map, of handing over and of the demo."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy.orm import Session

from feedback import (
    demo,
    desk_files,
    desk_intake_views,
    handing_over,
    letters,
    published,
    status_views,
    usefulness,
    usefulness_desk,
    usefulness_views,
    waiting_files,
)
from portal import chores, clock, demonstration, events
from portal.database import database
from portal.site_map import Address, provide
from portal.staff.accounts import HANDED_OVER, OPEN_WORK

SWEEP_EVERY = timedelta(minutes=10)
FORGET_EVERY = timedelta(hours=1)


def join(app: Flask) -> None:
    provide(app, addresses)
    letters.join()
    events.connect(OPEN_WORK, handing_over.tell)
    events.connect(HANDED_OVER, handing_over.handed_over)
    app.register_blueprint(status_views.bp)
    app.register_blueprint(desk_files.bp)
    app.register_blueprint(desk_intake_views.bp)
    app.register_blueprint(usefulness_views.bp)
    app.register_blueprint(usefulness_desk.bp)
    app.jinja_env.globals["page_mark"] = usefulness_views.page_mark
    chores.add(app, "unsent files", SWEEP_EVERY, sweep)
    chores.add(app, "page votes", FORGET_EVERY, forget_voters)
    demonstration.provide(app, demo.fill, real=demo.count)


def sweep(now: datetime) -> None:
    """Remove the files of forms that were never sent."""
    with database().write() as db:
        waiting_files.sweep(db, now)
        db.commit()


def forget_voters(now: datetime) -> None:
    """Erase who voted once the day is over, and old sentences."""
    with database().write() as db:
        usefulness.forget(db, clock.local_date(now))
        db.commit()


def addresses(db: Session) -> list[Address]:
    return [
        Address(f"/phan-anh-kien-nghi/tra-loi/{slug}", clock.local_date(at))
        for slug, at in published.moments(db)
    ]
