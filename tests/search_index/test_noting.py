"""What the public pages note of a search and of a result that is opened."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal import chores, clock
from portal.keys import KeyRing
from search_index import noting
from search_index.documents import SearchDocument
from search_index.models import SearchQuery
from search_index.noting import Opened
from tests.support.pages import StrictClient


@pytest.fixture
def filled(site: Callable[..., None], catalogue: list[SearchDocument]) -> None:
    site(catalogue)


def noted(app: Flask) -> list[SearchQuery]:
    app.extensions["search_recorder"].write()
    with app.extensions["portal"].database.read() as db:
        return list(db.scalars(select(SearchQuery).order_by(SearchQuery.term)))


@pytest.mark.usefixtures("filled")
def test_a_search_is_noted_with_its_outcome(app: Flask, client: StrictClient) -> None:
    for query in ("Đăng ký kết hôn", "dddawng kys khai sinh", "xyzzy qwrt", "kết hôn 0905123456"):
        assert client.get("/tim-kiem", query_string={"q": query}).status_code == 200
    told = {one.term: (one.outcome, one.times, one.results > 0) for one in noted(app)}
    assert told["dang ki ket hon"] == ("found", 1, True)
    assert told["ket hon"] == ("found", 1, True)
    assert told["xyzzy qwrt"] == ("nothing", 1, False)
    assert [outcome for outcome, _n, _some in told.values()].count("repaired") == 1


@pytest.mark.usefixtures("filled")
def test_the_address_is_never_written(app: Flask, client: StrictClient) -> None:
    client.get("/tim-kiem?q=khai sinh", environ_base={"REMOTE_ADDR": "203.0.113.77"})
    (row,) = noted(app)
    assert len(row.asker) == 32
    assert "203.0.113" not in str(vars(row))


@pytest.mark.usefixtures("filled")
def test_paging_and_narrowing_are_not_searches_of_their_own(
    app: Flask, client: StrictClient
) -> None:
    for address in ("/tim-kiem?q=ho+khau&trang=2", "/tim-kiem?q=khai+sinh&cap=tinh", "/tim-kiem"):
        client.get(address)
    assert [one.term for one in noted(app) if one.term != "ho khau"] == []


def test_without_an_index_nothing_is_missing_and_nothing_noted(
    app: Flask, client: StrictClient
) -> None:
    client.get("/tim-kiem?q=khai sinh")
    assert noted(app) == []


def test_the_worker_erases_old_searches(app: Flask) -> None:
    chore = next(one for one in app.extensions["chores"] if one.name == "search log")
    old = clock.local_date(clock.now()) - timedelta(days=500)
    with app.extensions["portal"].database.write() as db:
        db.add(
            SearchQuery(
                day=old, term="a", mark="m", asker="x", times=1, results=0, outcome="nothing"
            )
        )
        db.commit()
    chores.run_once(app, chore, clock.now())
    assert noted(app) == []


def test_a_token_says_what_was_opened_and_cannot_be_made_up(ring: KeyRing) -> None:
    opened = Opened("abc", "procedure:1.001193", 3)
    token = noting.token(opened, ring)
    assert noting.read_token(token, ring) == opened
    for wrong in ("", ".", "x.y", token[:-1], "A" + token, token + "A", "é.é", "=" * 5000):
        assert noting.read_token(wrong, ring) is None
