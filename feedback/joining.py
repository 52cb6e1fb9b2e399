"""Joins the feedback room: its pages, its part of the site map, of handing over and of the demo."""

from flask import Flask
from sqlalchemy.orm import Session

from feedback import demo, handing_over, published, status_views
from portal import clock, demonstration, events
from portal.site_map import Address, provide
from portal.staff.accounts import HANDED_OVER, OPEN_WORK


def join(app: Flask) -> None:
    provide(app, addresses)
    events.connect(OPEN_WORK, handing_over.tell)
    events.connect(HANDED_OVER, handing_over.handed_over)
    app.register_blueprint(status_views.bp)
    demonstration.provide(app, demo.fill, real=demo.count)


def addresses(db: Session) -> list[Address]:
    return [
        Address(f"/phan-anh-kien-nghi/tra-loi/{slug}", clock.local_date(at))
        for slug, at in published.moments(db)
    ]
