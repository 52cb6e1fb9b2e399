"""English under /en: the same routes, links that keep the language, addresses without one."""

import pytest
from flask import Flask, url_for

from tests.support.pages import StrictClient


def test_english_pages_link_to_english_pages(client: StrictClient) -> None:
    page = client.get("/en/phan-anh-kien-nghi").page
    assert page.root.get("lang") == "en"
    own = [url for url in page.links() if url.startswith("/") and "/en" not in url]
    assert own == ["/phan-anh-kien-nghi"], "only the language switch leaves English"
    assert not [
        link for link in page.all("link", rel="stylesheet") if "/en" in link.get("href", "")
    ]


@pytest.mark.parametrize(
    "path", ["/en/quan-tri/", "/en/static/css/site.css", "/en/api/v1/x", "/eng"]
)
def test_some_addresses_have_no_language(client: StrictClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_en_alone_is_the_english_home(client: StrictClient) -> None:
    assert client.get("/en").page.root.get("lang") == "en"
    assert client.get("/en/").status_code == 200


def test_url_for_keeps_the_language(app: Flask) -> None:
    with app.test_request_context("/thu-tuc", base_url="http://localhost/en"):
        assert url_for("feedback.new") == "/en/phan-anh-kien-nghi"


@pytest.mark.parametrize("raw", [b"\xff\x00<", "đường".encode(), b'"><script>', b"%zz&a=b c"])
def test_the_language_switch_survives_any_question(client: StrictClient, raw: bytes) -> None:
    answer = client.get("/tin-tuc", query_string=raw.decode("latin-1"))
    assert answer.status_code == 200
    switch = next(url for url in answer.page.links() if url.startswith("/en/"))
    assert switch.isascii()
    assert not set(switch) & set('<>" ')
