"""Suggestions while typing, and the beacon that counts results opened."""

import time
from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from search_index import suggesting
from search_index.documents import SearchDocument
from search_index.models import SearchClick
from search_index.suggesting import Name, Names
from tests.support.pages import StrictClient

HOME = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
Fill = Callable[..., None]
Procedure = Callable[..., SearchDocument]


@pytest.fixture
def filled(site: Fill, catalogue: list[SearchDocument]) -> None:
    site(catalogue)


def suggested(client: StrictClient, typed: str) -> list[str]:
    answer = client.get("/tim-kiem/goi-y", query_string={"q": typed})
    assert answer.status_code == 200
    found: list[str] = answer.get_json()["suggestions"]
    return found


def token_of(client: StrictClient, query: str) -> str:
    page = client.get("/tim-kiem", query_string={"q": query}).page  # type: ignore[attr-defined]
    return next(link.get("data-token") for link in page.all("a") if link.get("data-token"))


def clicks(app: Flask) -> list[tuple[str, int, int]]:
    app.extensions["search_recorder"].write()
    with app.extensions["portal"].database.read() as db:
        rows = db.execute(select(SearchClick.key, SearchClick.n, SearchClick.places))
        return [tuple(row) for row in rows]  # type: ignore[misc]


@pytest.mark.usefixtures("filled")
def test_any_word_of_a_name_may_begin_it_with_or_without_marks(client: StrictClient) -> None:
    for typed in ("khai sinh", "KHAI SI", "đăng ký khai s", "  dang   ki khai"):
        assert any("khai sinh" in name for name in suggested(client, typed)), typed
    assert suggested(client, "thẻ căn")[0].startswith("Cấp thẻ căn cước")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "typed", ["ddawng kys kha", "đăng ký khái snih", "dangky khai", "d9a8ng ky1 khai s"]
)
def test_slips_are_mended_before_suggesting(client: StrictClient, typed: str) -> None:
    assert any("khai sinh" in name for name in suggested(client, typed))
    assert suggested(client, "xyzzyq khai") == []


def test_everyday_names_are_suggested(
    client: StrictClient, site: Fill, procedure: Procedure
) -> None:
    site([procedure("1.001193", aliases=["giấy chào đời"])])
    assert suggested(client, "giay ch") == ["giấy chào đời"]


def test_a_page_is_suggested_by_one_of_its_names_only(
    client: StrictClient, site: Fill, procedure: Procedure
) -> None:
    site([procedure("1.001193", aliases=["khai sinh", "khai sinh cho con", "làm khai sinh"])])
    assert suggested(client, "khai") == ["khai sinh"]


def test_only_published_procedures_and_guides_are_suggested(
    client: StrictClient, site: Fill, procedure: Procedure
) -> None:
    site([procedure("1.1", "Lễ hội một"), procedure("1.2", "Lễ hội hai", kind="news")])
    assert suggested(client, "le hoi") == ["Lễ hội một"]
    site([], gone=["procedure:1.1"])
    client.application.extensions["search_suggester"]._next = 0.0
    for _try in range(100):
        if not suggested(client, "le hoi"):
            break
        time.sleep(0.05)
    assert suggested(client, "le hoi") == []


def test_some_words_are_never_suggested_but_still_found(
    client: StrictClient, site: Fill, procedure: Procedure
) -> None:
    title = "Giải quyết trợ cấp vụ giết người"
    site([procedure("1.1", title), procedure("1.2", "Giải quyết trợ cấp thất nghiệp")])
    assert suggested(client, "giải quyết") == ["Giải quyết trợ cấp thất nghiệp"]
    assert title in client.get("/tim-kiem?q=trợ cấp vụ giết người").page.text  # type: ignore[attr-defined]
    assert suggesting.may_suggest("Giết mổ động vật")
    assert suggesting.may_suggest("Đăng ký khai tử")
    assert len(suggesting.never()) > 40


def test_at_most_eight_the_shortest_and_weightiest_first() -> None:
    names = Names([Name(f"Cấp phép số {'x' * at}", 0) for at in range(1, 20)])
    found = names.beginning("cap phep")
    assert len(found) == 8
    assert found[0] == "Cấp phép số x"
    weighty = Names([Name("Cấp phép một", 0), Name("Cấp phép hai ba bốn", 3), Name("Xin cấp", 5)])
    assert weighty.beginning("cap") == ["Cấp phép hai ba bốn", "Cấp phép một", "Xin cấp"]


def test_a_finished_word_is_not_begun_again() -> None:
    names = Names([Name("Khai sinh", 0), Name("Khải hoàn môn", 0), Name("Khaimo", 0)])
    assert "Khaimo" in names.beginning("khai")
    assert "Khaimo" not in names.beginning("khai ")


def test_english_names_are_suggested_on_english_pages_only() -> None:
    names = Names([Name("Register a birth", 0, english=True), Name("Rèn luyện", 0)])
    assert names.beginning("re") == ["Rèn luyện"]
    assert set(names.beginning("re", english=True)) == {"Register a birth", "Rèn luyện"}


def test_nobody_else_keeps_what_is_typed(client: StrictClient) -> None:
    answer = client.get("/tim-kiem/goi-y?q=khai")
    assert answer.get_json() == {"suggestions": []}
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.usefixtures("filled")
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=st.text(max_size=300))
def test_whatever_is_typed_gets_an_answer(client: StrictClient, typed: str) -> None:
    assert len(suggested(client, typed.encode("utf-8", "replace").decode())) <= 8


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "typed",
    ["", " ", "a", "%", "*", "[(\"'", "\x00\x00", "a" * 100_000, "😀😀", "\uffff\uffff", "-1"],
)
def test_hostile_typing_suggests_nothing(client: StrictClient, typed: str) -> None:
    assert suggested(client, typed) == []
    assert client.get("/tim-kiem/goi-y").get_json() == {"suggestions": []}


def test_suggesting_among_many_names_is_quick() -> None:
    names = Names(Name(f"Cấp giấy phép hoạt động loại {n} cho cơ sở", n % 3) for n in range(5000))
    taken = []
    for typed in ("c", "ca", "cấp giấy", "ho", "loai 4", "co so", "khong co") * 20:
        started = time.process_time()
        names.beginning(typed)
        taken.append(time.process_time() - started)
    assert sorted(taken)[int(len(taken) * 0.95)] < 0.005


@pytest.mark.usefixtures("filled")
def test_a_result_opened_is_counted_once_a_person(app: Flask, client: StrictClient) -> None:
    token = token_of(client, "đăng ký kết hôn")
    for _again in range(3):
        answer = client.post("/tim-kiem/bam", data={"token": token}, headers=HOME)
        assert (answer.status_code, answer.data) == (204, b"")
        assert "Set-Cookie" not in answer.headers
    assert clicks(app) == [("procedure:1.000894", 1, 1)]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 422),
    ],
)
def test_only_our_own_pages_are_believed(
    app: Flask, client: StrictClient, headers: dict[str, str], status: int
) -> None:
    token = token_of(client, "đăng ký kết hôn")
    answer = client.post("/tim-kiem/bam", data={"token": token}, headers=headers)
    assert answer.status_code == status
    assert clicks(app) == []


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("token", ["", "x", "a.b", "W10.abc", "\x00", "A" * 1500, "A" * 5000])
def test_a_made_up_token_is_refused(app: Flask, client: StrictClient, token: str) -> None:
    answer = client.post("/tim-kiem/bam", data={"token": token}, headers=HOME)
    assert answer.status_code == 422
    assert client.post("/tim-kiem/bam", data=b"\xff{}", headers=HOME).status_code == 422
    assert client.get("/tim-kiem/bam").status_code == 405
    assert clicks(app) == []


@pytest.mark.usefixtures("filled")
def test_links_of_results_carry_no_parameter(client: StrictClient) -> None:
    page = client.get("/tim-kiem?q=khai sinh").page  # type: ignore[attr-defined]
    results = [link for link in page.all("a") if link.get("data-token")]
    assert results
    assert not [link.get("href") for link in results if "?" in link.get("href", "")]


@pytest.mark.usefixtures("filled")
def test_the_same_search_gives_the_same_page(client: StrictClient) -> None:
    assert client.get("/tim-kiem?q=khai sinh").data == client.get("/tim-kiem?q=khai sinh").data
