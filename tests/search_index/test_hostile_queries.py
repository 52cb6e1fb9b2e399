"""Whatever is typed or sent: a page in bounded time, never an error of ours."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_index.documents import SearchDocument
from tests.support.pages import StrictClient

Fill = Callable[..., None]


@pytest.fixture
def filled(site: Fill, catalogue: list[SearchDocument]) -> None:
    site(catalogue)


HOSTILE = [
    "a" * 10_000,
    "đăng ký " * 2_000,
    "\0\x01\x1b[31m",
    "đăng ky\u0301".encode().decode(),
    "🙂👨‍👩‍👧‍👦" * 40,
    "* ? % _ \\ [ ] ( ) { } ^ ~ :",
    "\"'`<>&;--/*",
    "AND OR NOT title:khai",
    "?!.,;:…",
    "1.001193/../..",
    "9" * 5_000,
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "\uffff\ufdd0\u202e",
]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("query", HOSTILE)
def test_a_hostile_query_gets_a_page(client: StrictClient, query: str) -> None:
    assert client.get("/tim-kiem", query_string={"q": query}).status_code == 200


def test_a_query_in_a_wrong_encoding_gets_a_page(client: StrictClient) -> None:
    assert client.get("/tim-kiem?q=%ff%fe%d0").status_code == 200
    assert client.get("/tim-kiem?q=a&loai=%00&linh-vuc=%ff%00&cap=x").status_code == 200


@pytest.mark.usefixtures("filled")
@settings(
    max_examples=60, deadline=3000, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=st.text(max_size=300), field=st.text(max_size=20))
def test_any_text_at_all_gets_a_page_in_bounded_time(
    client: StrictClient, query: str, field: str
) -> None:
    clean = query.encode("utf-8", "replace").decode()
    narrow = field.encode("utf-8", "replace").decode()
    address = f"/tim-kiem?q={quote(clean)}&linh-vuc={quote(narrow)}"
    assert client.get(address).status_code == 200
