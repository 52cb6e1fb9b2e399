"""A page for everything that can go wrong: what happened, what to do, a search box, the hotline."""

import pytest
from flask import Flask

from portal.errors import SAID, page
from tests.support.pages import Page

ALL = [*SAID, 422]


@pytest.mark.parametrize("path", ["/", "/en/"])
@pytest.mark.parametrize("status", ALL)
def test_an_error_page_says_what_to_do(app: Flask, status: int, path: str) -> None:
    prefix = {"SCRIPT_NAME": "/en", "portal.language": "en"} if path == "/en/" else {}
    with app.test_request_context("/", environ_overrides=prefix):
        answer = page(status)
    shown = Page(answer.get_data(as_text=True))
    shown.check_house_rules()
    assert answer.status_code == status
    assert shown.root.get("lang") == ("en" if prefix else "vi")
    assert "0235.1022" in shown.text
    assert shown.one("form", role="search").get("action", "").endswith("/tim-kiem")
    assert shown.all("meta", name="robots", content="noindex")
    assert len(shown.one("main").findall(".//p")) >= 3


def test_the_error_page_needs_no_database(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_args: object, **_kwargs: object) -> None:
        raise OSError("the database is away")

    store = app.extensions["portal"].database
    monkeypatch.setattr(store, "reading_session", gone)
    monkeypatch.setattr(store, "writing_session", gone)
    app.testing = False
    app.logger.disabled = True
    answer = app.test_client().get("/phan-anh-kien-nghi/tra-loi")
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.text


def test_two_errors_never_read_the_same(app: Flask) -> None:
    with app.test_request_context("/"):
        texts = [Page(page(status).get_data(as_text=True)).text for status in ALL]
    assert len(set(texts)) == len(ALL)
