"""What people and machines get at the address of a page that was taken away."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from content.editorial import withdrawing
from content.models import Ending
from portal.revisions import Area, current
from tests.content.editorial.clerks import APPROVER, GUIDE, an_article, library
from tests.support.pages import StrictClient

OTHER = an_article(slug="nop-tai-quay", title="Nộp tại quầy")


@pytest.fixture
def site(app: Flask, client: StrictClient) -> StrictClient:
    with app.extensions["portal"].database.write() as db:
        library(db, an_article(), OTHER)
        db.commit()
    assert client.get("/huong-dan/nop-ho-so").status_code == 200
    return client


def gone(app: Flask, leads_to: str = "") -> None:
    with app.app_context(), app.extensions["portal"].database.write() as db:
        take_away(db, leads_to)
        db.commit()


def take_away(db: Session, leads_to: str) -> None:
    before = current(db)[Area.GUIDES]
    withdrawing.withdraw(
        db, APPROVER, *GUIDE, ending=Ending.REPLACED, words="Đã viết lại.", leads_to=leads_to
    )
    assert current(db)[Area.GUIDES] > before


def test_the_address_says_why_the_page_is_gone(app: Flask, site: StrictClient) -> None:
    gone(app)
    answer = site.get("/huong-dan/nop-ho-so")
    assert answer.status_code == 410
    assert "Đã viết lại." in answer.text
    assert "nop-ho-so" not in site.get("/huong-dan").text
    assert "nop-ho-so" not in site.get("/sitemap.xml").text
    assert "nop-ho-so" not in site.get("/huong-dan.atom").text


def test_the_address_leads_on_in_the_language_of_the_reader(app: Flask, site: StrictClient) -> None:
    gone(app, "/huong-dan/nop-tai-quay")
    for prefix in ("", "/en"):
        answer = site.get(f"{prefix}/huong-dan/nop-ho-so")
        assert (answer.status_code, answer.location) == (301, f"{prefix}/huong-dan/nop-tai-quay")
        assert answer.headers["Cache-Control"] == "no-cache"


def test_a_machine_is_told_that_it_is_gone(app: Flask, site: StrictClient) -> None:
    gone(app, "/huong-dan/nop-tai-quay")
    answer = site.get("/api/v1/guides/nop-ho-so")
    assert (answer.status_code, answer.mimetype) == (410, "application/problem+json")


def test_a_page_may_lead_to_a_section(app: Flask, site: StrictClient) -> None:
    gone(app, "/thu-tuc")
    assert site.get("/huong-dan/nop-ho-so").location == "/thu-tuc"
