"""Tells the site map of the answers that are public."""

from flask import Flask
from sqlalchemy.orm import Session

from feedback import demo, published
from portal import clock, demonstration
from portal.site_map import Address, provide


def join(app: Flask) -> None:
    provide(app, addresses)
    demonstration.provide(app, demo.fill, real=demo.count)


def addresses(db: Session) -> list[Address]:
    return [
        Address(f"/phan-anh-kien-nghi/tra-loi/{slug}", clock.local_date(at))
        for slug, at in published.moments(db)
    ]
