"""Judged queries: kept by editors at the desk, and what a change of search does to them."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.database import Database
from portal.staff.models import Role
from search_index import judging
from search_index.documents import SearchDocument
from search_index.editing import Editor, EditRefused
from tests.support.pages import StrictClient

DESK = "/quan-tri/tim-kiem"
PAGE = f"{DESK}/cau-mau"
Fill = Callable[..., None]


@pytest.fixture
def editor(staff: Callable[..., StrictClient], site: Fill, catalogue: list[SearchDocument]) -> (
    StrictClient
):  # fmt: skip
    site(catalogue)
    return staff(Role.EDITOR)


def keep(editor: StrictClient, query: str, target: str) -> int:
    fields = editor.get(PAGE).page.fields(PAGE) | {"query": query, "target": target}
    return int(editor.post(PAGE, data=fields).status_code)


def kept(app: Flask) -> dict[str, frozenset[str]]:
    with app.extensions["portal"].database.read() as db:
        mine = [one for one in judging.judged(db) if one.kind == judging.BY_EDITORS]
        return {one.query: one.relevant for one in mine}


def test_a_query_may_have_several_right_answers(app: Flask, editor: StrictClient) -> None:
    assert keep(editor, "vịt quay bắc kinh", "1.000656") == 302
    assert keep(editor, "VIT QUAY BAC KINH", "1.000894") == 302
    assert kept(app) == {"vịt quay bắc kinh": frozenset({"1.000656", "1.000894"})}
    assert keep(editor, "vịt quay bắc kinh", "1.000656") == 422
    fields = editor.get(PAGE).page.fields(f"{PAGE}/1")
    assert editor.post(f"{PAGE}/1", data=fields).status_code == 302
    assert kept(app) == {"VIT QUAY BAC KINH": frozenset({"1.000894"})}


def test_trying_a_synonym_shows_where_the_right_page_of_a_judged_query_goes(
    editor: StrictClient,
) -> None:
    assert keep(editor, "tiệc vịt quay bắc kinh", "1.000894") == 302
    query = {"tu": "vịt quay bắc kinh", "nghia": "đăng ký kết hôn"}
    rows = editor.get(f"{DESK}/thu", query_string=query).page.one("main").findall(".//tbody/tr")
    shown = [["".join(cell.itertext()).strip() for cell in row] for row in rows]
    assert shown == [["tiệc vịt quay bắc kinh", "ngoài 10", "1"]]


def test_what_an_editor_says_of_a_shipped_query_counts(
    store: Database, db: Session, published: Fill, catalogue: list[SearchDocument], now: datetime
) -> None:
    published(store, catalogue)
    shipped = judging.judged(db)[0]
    editor = Editor("bien-tap", now)
    judging.add(db, editor, query=shipped.query.upper(), target="1.000656")
    told = [one for one in judging.judged(db) if one.query.lower() == shipped.query.lower()]
    assert [one.relevant for one in told] == [frozenset({"1.000656"})]


@pytest.mark.parametrize(("query", "target"), [("", "1.000656"), ("?!", "1.000656"), ("a b", "9")])
def test_half_a_judged_query_is_refused(
    store: Database,
    db: Session,
    published: Fill,
    catalogue: list[SearchDocument],
    now: datetime,
    query: str,
    target: str,
) -> None:
    published(store, catalogue)
    with pytest.raises(EditRefused):
        judging.add(db, Editor("bien-tap", now), query=query, target=target)
