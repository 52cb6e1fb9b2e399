"""The search page: what people see when they look for something, find it, or do not."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from search_index.documents import SearchDocument
from tests.support.pages import StrictClient

Fill = Callable[..., None]
Procedure = Callable[..., SearchDocument]


@pytest.fixture
def filled(site: Fill, catalogue: list[SearchDocument]) -> None:
    site(catalogue)


def first(client: StrictClient, query: str) -> str:
    main = client.get("/tim-kiem", query_string={"q": query}).page.one("main")
    links = [link.get("href") for link in main.iter("a") if "/thu-tuc/" in link.get("href", "")]
    return links[0] or "" if links else ""


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("đăng ký kết hôn", "1.000894"),
        ("dang ky ket hon", "1.000894"),
        ("giấy độc thân", "1.004873"),
        ("nhập khẩu cho con", "1.004222"),
        ("doi gplx", "3.000347"),
        ("mất bằng lái", "3.000348"),
        ("dddawng kys khai sinh", "1.001193"),
        ("cty tnhh 1 thành viên", "2.001583"),
        ("tách sổ đỏ", "1.012784"),
        ("1.004194", "1.004194"),
        ("KT3", "1.004194"),
        ("báo tử", "1.000656"),
    ],
)
def test_what_people_say_leads_to_the_right_procedure(
    client: StrictClient, query: str, code: str
) -> None:
    assert first(client, query) == f"/thu-tuc/{code}"


@pytest.mark.usefixtures("filled")
def test_a_result_says_why_it_was_found(client: StrictClient) -> None:
    page = client.get("/tim-kiem", query_string={"q": "giấy độc thân"}).page
    assert "“giấy độc thân” được hiểu là “cấp giấy xác nhận tình trạng hôn nhân”" in page.text


def test_a_result_found_by_an_everyday_name_says_so(
    client: StrictClient, site: Fill, procedure: Procedure
) -> None:
    site([procedure("1.001193", aliases=["giấy chào đời"])])
    assert "Tên thường gọi: “giấy chào đời”" in client.get("/tim-kiem?q=giay chao doi").page.text


def test_what_a_result_tells(client: StrictClient, site: Fill, procedure: Procedure) -> None:
    said = procedure(
        "1.001193",
        online="full",
        time="Trong ngày làm việc",
        text="Người yêu cầu nộp tờ khai đăng ký khai sinh.",
    )
    site([said])
    page = client.get("/tim-kiem?q=khai sinh").page
    for words in (
        "Ủy ban nhân dân cấp xã",
        "Cấp xã",
        "Nộp trực tuyến toàn trình",
        "Thời hạn: Trong ngày làm việc",
        "nộp tờ khai",
    ):
        assert words in page.text
    assert any("khai sinh" in (mark.text or "") for mark in page.all("mark"))


def test_text_of_pages_is_never_markup(
    client: StrictClient, site: Fill, procedure: Procedure
) -> None:
    site([procedure("1.001193", "Khai sinh <script>alert(1)</script>", text="khai <b>sinh")])
    answer = client.get("/tim-kiem?q=khai sinh <img src=x>")
    assert "<script>" not in answer.text
    assert "<img src=x" not in answer.text


@pytest.mark.usefixtures("filled")
def test_a_mended_query_says_so_and_offers_the_original(client: StrictClient) -> None:
    page = client.get("/tim-kiem?q=khai snih").page
    assert "Ý bạn là khai sinh" in page.text
    (original,) = [url for url in page.links() if "nguyen-van=1" in url]
    assert "Ý bạn là" not in client.get(original).page.text


def test_pages_of_one_name_are_shown_once_with_their_agencies(
    client: StrictClient, site: Fill, procedure: Procedure
) -> None:
    site(
        [
            procedure("1.000001", "Cấp thẻ hướng dẫn viên", agency="Sở Một"),
            procedure("1.000002", "Cấp thẻ hướng dẫn viên", agency="Sở Hai"),
        ]
    )
    page = client.get("/tim-kiem?q=the huong dan vien").page
    assert "1 kết quả" in page.text
    assert "Thủ tục cùng tên ở cơ quan khác (1)" in page.text
    assert {"/thu-tuc/1.000001", "/thu-tuc/1.000002"} <= page.links().keys()


def test_the_commune_comes_before_the_ministry(
    client: StrictClient, site: Fill, procedure: Procedure
) -> None:
    site(
        [
            procedure("1.000001", "Cấp thẻ căn cước (cấp bộ)", levels=["ministry"]),
            procedure("1.000002", "Cấp thẻ căn cước (cấp xã)", levels=["commune"]),
        ]
    )
    assert first(client, "the can cuoc") == "/thu-tuc/1.000002"


def test_results_are_narrowed_by_links_and_the_choice_can_be_taken_back(
    client: StrictClient, site: Fill, procedure: Procedure
) -> None:
    guide = SearchDocument("guide:a", "guide", "/huong-dan/a", "Hướng dẫn khai sinh trực tuyến")
    site([procedure("1.001193"), guide])
    page = client.get("/tim-kiem?q=khai sinh").page
    (link,) = [url for url, words in page.links().items() if words == "Hướng dẫn (1)"]
    narrowed = client.get(link).page
    assert "/huong-dan/a" in narrowed.links()
    assert "/thu-tuc/1.001193" not in narrowed.links()
    (back,) = [url for url, words in narrowed.links().items() if words.startswith("Bỏ chọn")]
    assert "/thu-tuc/1.001193" in client.get(back).page.links()


def test_long_results_are_paged_and_keep_query_and_filter(
    client: StrictClient, site: Fill, procedure: Procedure
) -> None:
    site([procedure(f"1.0000{n}", f"Cấp phép trồng cây loại {n}") for n in range(10, 35)])
    page = client.get("/tim-kiem?q=trong cay&cap=xa").page
    assert "25 kết quả" in page.text
    (next_page,) = [url for url, words in page.links().items() if words == "Trang sau"]
    asked = parse_qs(urlsplit(next_page).query)
    assert asked == {"q": ["trong cay"], "cap": ["xa"], "trang": ["2"]}
    assert client.get(next_page).status_code == 200
    assert client.get("/tim-kiem?q=trong cay&trang=99999999999").status_code == 200
    assert client.get("/tim-kiem?q=trong cay&trang=-1x").status_code == 200


@pytest.mark.usefixtures("filled")
def test_nothing_found_offers_a_way_on(client: StrictClient) -> None:
    page = client.get("/tim-kiem", query_string={"q": "xyzzyqwk " * 60}).page
    assert "Không tìm thấy kết quả nào" in page.text
    (feedback,) = [url for url in page.links() if "noi-dung" in url]
    wish = parse_qs(urlsplit(feedback).query)["noi-dung"][0]
    assert wish.startswith("Tôi đã tìm mà không thấy: xyzzyqwk")
    assert len(wish) < 400
    assert "/thu-tuc" in page.links()
    assert page.links()["/thu-tuc?linh-vuc=ho-tich"] == "Hộ tịch"
    assert any(url.startswith("tel:") for url in page.links())


def test_nothing_found_under_a_filter_offers_the_fields_that_share_its_words(
    client: StrictClient, site: Fill, procedure: Procedure
) -> None:
    birth, land = procedure("1.001193"), procedure("1.012784", fields=["Đất đai"])
    site([birth, land])
    page = client.get("/tim-kiem?q=tách thửa&loai=huong-dan").page
    assert [url for url in page.links() if "linh-vuc=" in url] == ["/thu-tuc?linh-vuc=dat-dai"]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("address", ["/tim-kiem", "/tim-kiem?q=", "/tim-kiem?q=%20%20"])
def test_an_empty_query_explains_how_to_ask(client: StrictClient, address: str) -> None:
    page = client.get(address).page
    assert page.h1 == "Tìm kiếm"
    assert "kết quả" not in page.one("main").itertext().__next__()


@pytest.mark.usefixtures("filled")
def test_the_page_is_kept_by_nobody_and_sets_no_cookie(client: StrictClient) -> None:
    answer = client.get("/tim-kiem?q=khai sinh")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in answer.headers
    assert answer.page.one("meta", name="robots").get("content") == "noindex"


def test_english_pages_are_found_in_english_only(
    client: StrictClient, site: Fill, procedure: Procedure
) -> None:
    english = SearchDocument("page:x:en", "page", "/lien-he", "Contact us", language="en")
    site([procedure("1.001193"), english])
    assert "/en/lien-he" in client.get("/en/tim-kiem?q=contact").page.links()
    assert "Contact us" not in client.get("/tim-kiem?q=contact us").page.one("main").itertext()
    assert "/en/thu-tuc/1.001193" in client.get("/en/tim-kiem?q=khai sinh").page.links()


def test_a_withdrawn_page_is_gone_before_the_index_knows(
    app: Flask, client: StrictClient, site: Fill, procedure: Procedure, published: Fill
) -> None:
    site([procedure("1.001193"), procedure("1.004884")])
    published(app.extensions["portal"].database, gone=["procedure:1.001193"])
    assert first(client, "đăng ký khai sinh") == "/thu-tuc/1.004884"


def test_without_an_index_titles_are_searched_and_the_page_says_so(
    app: Flask, client: StrictClient, published: Fill, catalogue: list[SearchDocument]
) -> None:
    published(app.extensions["portal"].database, catalogue)
    page = client.get("/tim-kiem", query_string={"q": "thủ tục kết hôn"}).page
    assert "trang chỉ tìm theo tên" in page.text
    assert {"/thu-tuc/1.000894", "/thu-tuc/1.004746"} <= page.links().keys()
    assert client.get("/tim-kiem?q=%25_*").status_code == 200
