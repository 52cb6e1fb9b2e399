"""Learning from clicks is slow and small, and can be turned off."""

from collections.abc import Callable
from datetime import date, timedelta

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from portal import clock
from search_index import editing, kept, learning, noting, query_terms
from search_index.documents import SearchDocument
from search_index.editing import Editor
from search_index.learning import CAP, learned_boost
from search_index.models import SearchClick
from tests.support.pages import StrictClient

TODAY = date(2026, 11, 23)
FIRST, SECOND = "procedure:1.000001", "procedure:1.000002"
TWINS = {"1.000001": "Cấp giấy phép xây dựng nhà", "1.000002": "Cấp giấy phép xây dựng kho"}


def test_few_clicks_teach_nothing() -> None:
    assert learned_boost(9, 9) == 0
    assert 0 < learned_boost(10, 10) < CAP / 4


@given(st.integers(-5, 10**9), st.integers(-5, 10**9))
def test_no_number_of_clicks_lifts_a_page_above_the_cap(own: int, of_term: int) -> None:
    assert 0 <= learned_boost(own, of_term) < CAP + 1e-9


def test_only_lately_opened_pages_gain(db: Session) -> None:
    for key, n, ago in ((FIRST, 30, 1), (SECOND, 5, 1), ("old", 99, 200)):
        db.add(SearchClick(mark="m", key=key, day=TODAY - timedelta(days=ago), n=n, places=n))
    db.add(SearchClick(mark="other", key=SECOND, day=TODAY, n=50, places=50))
    db.flush()
    assert set(learning.boosts(db, "m", TODAY)) == {FIRST}
    assert learning.boosts(db, "unknown", TODAY) == {}


def order(client: StrictClient, query: str) -> list[str]:
    links = client.get("/tim-kiem", query_string={"q": query}).page.links()  # type: ignore[attr-defined]
    return [link for link in links if link.startswith("/thu-tuc/1.")]


def opened_often(app: Flask, query: str, key: str, n: int) -> None:
    with app.test_request_context("/"):
        mark = query_terms.mark_of(query_terms.kept(query), noting.ring())
    with app.extensions["portal"].database.write() as db:
        db.add(SearchClick(mark=mark, key=key, day=clock.local_date(clock.now()), n=n, places=n))
        db.commit()


def test_many_clicks_turn_near_equals_around_unless_turned_off(
    app: Flask,
    client: StrictClient,
    site: Callable[..., None],
    procedure: Callable[..., SearchDocument],
) -> None:
    site([procedure(code, title) for code, title in TWINS.items()])
    query = "giấy phép xây dựng"
    before = order(client, query)
    assert len(before) == 2
    opened_often(app, query, f"procedure:{before[1].removeprefix('/thu-tuc/')}", 500)
    assert order(client, query) == before[::-1]
    app.extensions["search_learns"] = False
    assert order(client, query) == before


def test_clicks_never_lift_a_page_that_fits_less(
    app: Flask,
    client: StrictClient,
    site: Callable[..., None],
    procedure: Callable[..., SearchDocument],
) -> None:
    site([procedure(code, title) for code, title in TWINS.items()])
    query = "cấp giấy phép xây dựng kho"
    before = order(client, query)
    assert before[0] == "/thu-tuc/1.000002"
    opened_often(app, query, FIRST, 10_000)
    assert order(client, query) == before


def test_search_goes_on_where_the_counts_cannot_be_read(
    app: Flask, client: StrictClient, site: Callable[..., None], catalogue: list[SearchDocument]
) -> None:
    site(catalogue)
    SearchClick.__table__.drop(app.extensions["portal"].database.engine)  # type: ignore[attr-defined] # it is a Table
    assert client.get("/tim-kiem?q=khai sinh").status_code == 200


def test_a_pinned_page_stays_before_what_was_learned(
    app: Flask,
    client: StrictClient,
    site: Callable[..., None],
    procedure: Callable[..., SearchDocument],
) -> None:
    site([procedure(code, title) for code, title in TWINS.items()])
    query, today = "giấy phép xây dựng", clock.local_date(clock.now())
    first, second = order(client, query)
    with app.extensions["portal"].database.write() as db:
        by = Editor("bien-tap", clock.now())
        pinned = f"procedure:{first.removeprefix('/thu-tuc/')}"
        editing.add_pin(db, by, query=query, target=pinned, position=1, until=today)
        db.commit()
    with app.extensions["portal"].database.read() as db:
        kept.look_again(db)
    opened_often(app, query, f"procedure:{second.removeprefix('/thu-tuc/')}", 500)
    assert order(client, query) == [first, second]
