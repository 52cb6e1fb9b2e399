"""What everybody can read, opened as a browser opens it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import importing, library_loading
from content.models import ContentItem, Origin, State
from content.publishing import Publication, publish_article
from content.shapes import Article
from portal.config import HOME
from tests.content.exports import SERVES, Publish, a_record, a_row
from tests.support.pages import Page, StrictClient, text_of

BIRTH = "/thu-tuc/1.001193-thu-tuc-dang-ky-khai-sinh-1-001193"


@pytest.fixture
def library(publishing: Session, now: datetime) -> Iterator[None]:
    library_loading.load(publishing, HOME / "content" / "library", now=now)
    publishing.commit()
    yield


def answers(page: Page) -> dict[str, str]:
    """Label → answer of every pair on the page, as "Lệ phí" → "Chưa rõ"."""
    pairs = [part for part in page.all("div") if part.find("dt") is not None]
    return {text_of(pair.find("dt")): text_of(pair.find("dd")) for pair in pairs}


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", ["/", "/thu-tuc", "/huong-dan", "/tin-tuc", "/so-do-trang"])
def test_an_empty_site_answers_everywhere(client: StrictClient, prefix: str, path: str) -> None:
    answer = client.get(prefix + path)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_home_leads_to_search_procedures_guides_and_feedback(
    client: StrictClient, library: None
) -> None:
    page = client.get("/").page
    form = page.one("form", role="search")
    assert form.get("action") == "/tim-kiem"
    links = page.links()
    assert "/thu-tuc/1.001193-dang-ky-khai-sinh" in links
    assert "/huong-dan/nop-ho-so-truc-tuyen" in links
    assert "/phan-anh-kien-nghi" in links
    assert "/thu-tuc?linh-vuc=ho-tich" in links
    assert {"Đã tiếp nhận", "Đã trả lời", "Đúng hạn"} <= answers(page).keys()


def test_a_procedure_answers_what_people_ask(client: StrictClient, publish: Publish) -> None:
    publish(a_record())
    page = client.get(BIRTH).page
    assert page.h1 == "Thủ tục đăng ký khai sinh 1.001193"
    told = answers(page)
    assert told["Thời gian"] == "1 ngày"
    assert told["Lệ phí"].startswith("Chưa rõ")
    assert told["Nơi giải quyết"] == "Ủy ban nhân dân cấp xã"
    assert told["Nộp trực tuyến"].startswith("Được")
    assert told["Dành cho"] == "Công dân Việt Nam"
    assert told["Nguồn"] == "từ Cơ sở dữ liệu quốc gia, nhập ngày 23/11/2026"
    assert told["Quyết định công bố"] == "163/QĐ-BTP"
    for words in ("Bản chính: 1", "60/2014/QH13", "Còn thiếu 1 mục: phí, lệ phí."):
        assert words in page.text
    assert "miễn phí" not in page.text.replace("không cần hay miễn phí", "")
    button, *others = page.all("a", class_="btn")
    assert button.text == "Nộp trực tuyến"
    assert [one.text for one in others] == ["Nộp ở đâu?", "Khi nào có kết quả?"]
    assert button.get("href") == "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/1"
    assert len(page.all("input", type="checkbox")) == 1
    assert page.one("table").find("caption") is not None
    assert not page.all("meta", name="robots")


def test_a_procedure_with_little_known_says_so_and_is_kept_from_search_engines(
    client: StrictClient, publishing: Session, catalogue: Callable[..., Path], now: datetime
) -> None:
    path = catalogue(a_row(name="Hộ kinh doanh"))
    importing.import_procedures(publishing, path, now=now, serves=SERVES)
    publishing.commit()
    page = client.get("/thu-tuc/1.001193-ho-kinh-doanh").page
    assert "Chi tiết chưa có." in page.text
    assert "Còn thiếu 9 mục" in page.text
    assert page.one("meta", name="robots").get("content") == "noindex"
    assert "Nộp trực tuyến" not in [link.text for link in page.all("a", class_="btn")]
    assert "1.001193" not in client.get("/sitemap.xml").text


def test_another_provinces_procedure_is_for_reference_only(
    client: StrictClient, publish: Publish
) -> None:
    publish(a_record(issuing_agency="UBND tỉnh Gia Lai"))
    page = client.get(BIRTH).page
    assert "do địa phương khác ban hành" in page.text
    assert page.one("meta", name="robots").get("content") == "noindex"
    assert BIRTH not in client.get("/thu-tuc").page.links()
    assert "1.001193" not in client.get("/sitemap.xml").text


@pytest.mark.parametrize("address", ["1.001193", "1.001193-cu", "1.001193-"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_old_or_short_address_leads_to_the_present_one(
    client: StrictClient, publish: Publish, address: str, prefix: str
) -> None:
    publish(a_record())
    answer = client.get(f"{prefix}/thu-tuc/{address}")
    assert (answer.status_code, answer.location) == (301, prefix + BIRTH)


@pytest.mark.parametrize(
    "path",
    [
        "/thu-tuc/9.999999",
        "/thu-tuc/1.0133611",
        "/thu-tuc/abc",
        "/thu-tuc/%F0%9F%98%80",
        "/huong-dan/khong-co",
        "/huong-dan/Ch%E1%BB%AF",
        "/tin-tuc/a--b",
        "/gioi-thieu",
    ],
)
def test_what_is_not_there_is_not_found(
    client: StrictClient, catalogue: Callable[..., Path], publishing: Session, now: datetime,
    path: str,
) -> None:  # fmt: skip
    file = catalogue(a_row("1.0133611"))
    importing.import_procedures(publishing, file, now=now, serves=SERVES)
    publishing.commit()
    assert client.get(path).status_code == 404


def test_a_withdrawn_procedure_is_gone_and_says_why(
    client: StrictClient, publish: Publish, publishing: Session
) -> None:
    publish(a_record())
    item = publishing.scalars(select(ContentItem)).one()
    item.state, item.reason = State.WITHDRAWN, "Đã bị bãi bỏ theo Quyết định 1/QĐ-BTP."
    publishing.commit()
    answer = client.get(BIRTH)
    assert answer.status_code == 410
    assert "Đã bị bãi bỏ" in answer.page.text


def test_very_long_names_many_papers_and_hostile_texts_stay_readable(
    client: StrictClient, publish: Publish
) -> None:
    papers = [{"group": f"Trường hợp {n % 9}", "name": f"Giấy {n}"} for n in range(224)]
    publish(
        a_record(
            name="Đăng ký biến động <b>đất</b> " * 40,
            documents=papers,
            steps="<script>alert(1)</script>\n" + "Bước 1: nộp " * 8000,
            implementing_agency="Sở & phòng <i> " * 80,
        )
    )
    answer = client.get("/thu-tuc/1.001193", follow_redirects=True)
    assert len(answer.page.all("input", type="checkbox")) == 224
    assert "Xem mục Nơi giải quyết" in answer.page.text
    assert not [one for one in answer.page.all("script") if "alert" in "".join(one.itertext())]


def test_guides_and_news_open_from_their_lists(client: StrictClient, library: None) -> None:
    for path in ("/huong-dan", "/tin-tuc"):
        links = [url for url in client.get(path).page.links() if url.startswith(f"{path}/")]
        assert links
        assert {client.get(url).status_code for url in links} == {200}


def test_a_guide_names_its_procedures_and_the_procedure_its_guides(
    client: StrictClient, library: None
) -> None:
    guide = client.get("/huong-dan/nop-ho-so-truc-tuyen").page
    assert "/thu-tuc/1.001193-dang-ky-khai-sinh" in guide.links()
    procedure = client.get("/thu-tuc/1.001193-dang-ky-khai-sinh").page
    assert "/huong-dan/nop-ho-so-truc-tuyen" in procedure.links()


def test_every_page_of_the_library_opens_in_both_languages(
    client: StrictClient, library: None
) -> None:
    entries = ElementTree.fromstring(client.get("/sitemap.xml").data).iter(
        "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    )
    paths = [(entry.text or "").removeprefix("http://localhost") for entry in entries]
    own = [path for path in paths if path.startswith(("/thu-tuc/", "/huong-dan/", "/gioi-thieu"))]
    assert len(own) > 50
    for path in own:
        assert client.get(path).status_code == 200, path
        assert client.get(f"/en{path}").status_code == 200, path


def test_standing_pages_exist_in_english_and_say_where_they_do_not(
    client: StrictClient, library: None
) -> None:
    english = client.get("/en/gioi-thieu").page
    assert english.one("h1").get("lang") is None
    guide = client.get("/en/huong-dan/nop-ho-so-truc-tuyen").page
    assert guide.one("h1").get("lang") == "vi"


def test_the_contact_page_invents_nothing(client: StrictClient, library: None) -> None:
    page = client.get("/lien-he").page
    assert answers(page)["Địa chỉ"] == "chưa công bố"
    assert answers(page)["Tổng đài"] == "0235.1022"


def test_pages_carry_what_search_engines_and_shared_links_need(
    client: StrictClient, library: None
) -> None:
    page = client.get("/thu-tuc/1.001193-dang-ky-khai-sinh").page
    address = "http://localhost/thu-tuc/1.001193-dang-ky-khai-sinh"
    assert page.one("link", rel="canonical").get("href") == address
    assert page.one("meta", property="og:title").get("content") == "Đăng ký khai sinh"
    description = page.one("meta", name="description").get("content") or ""
    assert "khai sinh" in description.lower()
    assert len(description) <= 160


def test_robots_are_told_of_the_site_map_and_kept_from_the_desk(client: StrictClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert "Disallow: /quan-tri/" in answer.text
    assert "Sitemap: http://localhost/sitemap.xml" in answer.text


def test_a_standing_page_needs_no_route_of_its_own(client: StrictClient, app: Flask) -> None:
    assert client.get("/trang-moi").status_code == 404
    with app.extensions["portal"].database.write() as db:
        publication = Publication(db, datetime(2026, 11, 23, tzinfo=UTC), Origin.LIBRARY)
        article = Article(kind="page", slug="trang-moi", title="Trang mới", body="Có gì mới.")
        publish_article(publication, article)
        db.commit()
    assert client.get("/trang-moi").page.h1 == "Trang mới"
    assert client.get("/quan-tri").status_code == 308
