"""The pages of units and "where do I have to go?", opened as a browser opens them."""

from datetime import datetime

import pytest
from flask import Flask

from agencies import register
from portal.database import Database
from tests.support.pages import StrictClient


@pytest.fixture
def loaded(app: Flask, now: datetime) -> None:
    store: Database = app.extensions["portal"].database
    with store.write() as db:
        register.load(db, "quangnam", now)
        db.commit()


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", ["/don-vi", "/toi-phai-den-dau", "/toi-phai-den-dau?tim=abc"])
def test_an_empty_register_answers_everywhere(client: StrictClient, prefix: str, path: str) -> None:
    answer = client.get(prefix + path)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_the_list_names_every_unit_and_leads_to_its_page(
    client: StrictClient, loaded: None
) -> None:
    page = client.get("/don-vi").page
    links = page.links()
    assert links["/don-vi/20611"] == "Xã Duy Hòa"
    assert links["/don-vi/ttpvhcc"] == "Trung tâm Phục vụ hành chính công"
    assert sum(link.startswith("/don-vi/") for link in links) == len(links_of_today(client))
    assert "Huyện Duy Xuyên" in page.text


def links_of_today(client: StrictClient) -> list[str]:
    app: Flask = client.application
    with app.extensions["portal"].database.read() as db:
        day = datetime(2026, 11, 23).date()  # noqa: DTZ001 # a day, not a moment
        return [unit.code for unit in register.current(db, day)]


@pytest.mark.parametrize("typed", ["duy hoa", "UBND xã Duy Hoà", "20611", "Xã Duy Hòa, Duy Xuyên"])
@pytest.mark.parametrize("path", ["/toi-phai-den-dau", "/don-vi", "/en/toi-phai-den-dau"])
def test_a_name_as_people_type_it_finds_the_unit(
    client: StrictClient, loaded: None, path: str, typed: str
) -> None:
    page = client.get(path, query_string={"tim": typed}).page
    prefix = "/en" if path.startswith("/en") else ""
    assert page.all("h3")[0].find("a").get("href") == f"{prefix}/don-vi/20611"  # type: ignore[union-attr]
    assert page.one("input", name="tim").get("value") == typed
    assert page.one("meta", name="robots").get("content") == "noindex"


def test_an_ended_unit_says_when_it_ended_and_where_to_go_now(
    client: StrictClient, loaded: None
) -> None:
    page = client.get("/don-vi/519").page
    assert page.h1 == "Huyện Nông Sơn"
    assert "Đơn vị này không còn từ ngày 01/01/2025." in page.text
    assert page.links()["/don-vi/509"] == "Huyện Quế Sơn"
    assert "1241/NQ-UBTVQH15" in page.text
    heir = client.get("/don-vi/509").page
    assert "Hình thành từ" in heir.text
    assert heir.links()["/don-vi/519"] == "Huyện Nông Sơn"


def test_a_unit_leads_to_the_procedures_of_its_level_and_invents_no_contacts(
    client: StrictClient, loaded: None
) -> None:
    page = client.get("/don-vi/20611").page
    assert "/thu-tuc?cap=xa" in page.links()
    assert page.text.count("chưa công bố") >= 3
    english = client.get("/en/don-vi/20611").page
    assert english.one("h1").get("lang") == "vi"
    assert "/en/thu-tuc?cap=xa" in english.links()


@pytest.mark.parametrize("code", ["999", "a%00b", "x" * 5000, "%F0%9F%98%80"])
def test_an_unknown_unit_is_not_found(client: StrictClient, loaded: None, code: str) -> None:
    assert client.get(f"/don-vi/{code}").status_code == 404


@pytest.mark.parametrize("typed", ["<script>", "\0", "a" * 3000, "%", "' OR 1=1 --", "😀", "  "])
def test_hostile_questions_get_a_plain_answer(
    client: StrictClient, loaded: None, typed: str
) -> None:
    answer = client.get("/toi-phai-den-dau", query_string={"tim": typed})
    assert answer.status_code == 200
    assert "<script>" not in answer.text
