"""Notices, draft consultations, forms to fill in: what people see before and after their days."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from content import dated_articles, form_files, forms_views, leaves
from content.dated_articles import Standing
from content.leaf_shapes import FileRef, FormFile
from content.models import Kind, Origin, Source
from content.publishing import Publication, publish_article, publish_leaf
from content.shapes import Article, Procedure
from content.taking_in import take_in
from portal import clock
from tests.content.exports import Publish, a_record
from tests.support.pages import StrictClient

DAY = date(2026, 11, 25)


def an_article(kind: str = "notice", slug: str = "nghi-le", **parts: Any) -> Article:
    given = {"title": f"Tin {slug}", "summary": "Tóm tắt.", "body": "Nội dung **đậm**."}
    return Article.model_validate({"kind": kind, "slug": slug, **given, **parts})


def a_form(slug: str = "to-khai", **parts: Any) -> FormFile:
    file = FileRef(sha256="a" * 64, name="Tờ khai 01.docx", media_type=DOCX, size=45_200)
    given: dict[str, Any] = {"title": "Tờ khai đăng ký khai sinh", "number": "Mẫu 01/TK"}
    return FormFile.model_validate({"slug": slug, "file": file, **given, **parts})


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def put(publishing: Session, now: datetime) -> Callable[..., None]:
    """`put(article, form, …)` publishes on the running site."""

    def publish(*shapes: Article | FormFile) -> None:
        publication = Publication(publishing, now, Origin.EDITOR)
        for shape in shapes:
            if isinstance(shape, Article):
                publish_article(publication, shape)
            else:
                publish_leaf(publication, leaves.of_form(shape))
        publishing.commit()

    return publish


@pytest.mark.parametrize(
    ("starts", "ends", "standing", "left"),
    [
        (None, None, Standing.NOW, None),
        (DAY, DAY, Standing.NOW, 0),
        (None, DAY - timedelta(1), Standing.PAST, None),
        (DAY + timedelta(1), None, Standing.COMING, None),
        (DAY + timedelta(1), DAY + timedelta(3), Standing.COMING, 3),
        (DAY - timedelta(9), DAY + timedelta(1), Standing.NOW, 1),
    ],
)
def test_both_days_are_included(
    starts: date | None, ends: date | None, standing: Standing, left: int | None
) -> None:
    found = dated_articles.entry(an_article(starts_on=starts, ends_on=ends), DAY)
    assert (found.standing, found.days_left) == (standing, left)


def test_what_holds_now_comes_first_and_what_is_over_last(
    publishing: Session, put: Callable[..., None]
) -> None:
    put(
        an_article(slug="qua", ends_on=DAY - timedelta(1)),
        an_article(slug="cu-hon", ends_on=DAY - timedelta(30)),
        an_article(slug="moi", published_on=DAY),
        an_article(slug="truoc-do", published_on=DAY - timedelta(5)),
        an_article(slug="sap-den", starts_on=DAY + timedelta(2)),
    )
    found = dated_articles.entries(publishing, Kind.NOTICE, "vi", DAY)
    slugs = [one.article.slug for one in found]
    assert slugs == ["moi", "truoc-do", "sap-den", "qua", "cu-hon"]


def test_the_consultation_that_closes_first_comes_first(
    publishing: Session, put: Callable[..., None]
) -> None:
    put(
        an_article("consultation", "mai", ends_on=DAY + timedelta(9)),
        an_article("consultation", "gap", ends_on=DAY),
    )
    found = dated_articles.entries(publishing, Kind.CONSULTATION, "vi", DAY)
    assert [one.article.slug for one in found] == ["gap", "mai"]


def test_an_english_notice_stands_once_in_english(
    publishing: Session, put: Callable[..., None]
) -> None:
    put(an_article(), an_article(language="en", title="Closed for the holiday"))
    (found,) = dated_articles.entries(publishing, Kind.NOTICE, "en", DAY)
    assert found.article.title == "Closed for the holiday"


def test_an_expired_notice_says_so(client: StrictClient, put: Callable[..., None]) -> None:
    today = clock.local_date(clock.now())
    put(an_article(ends_on=today - timedelta(1)), an_article(slug="moi", ends_on=today))
    assert "Thông báo này đã hết hạn." in client.get("/thong-bao/nghi-le").page.text
    assert "Đang áp dụng" in client.get("/thong-bao/moi").page.text
    listed = client.get("/thong-bao").page
    assert listed.text.index("Tin moi") < listed.text.index("Tin nghi-le")
    assert "Đã hết hạn" in listed.text


def test_the_home_page_shows_what_holds_today_and_ends(
    client: StrictClient, put: Callable[..., None]
) -> None:
    today = clock.local_date(clock.now())
    put(
        an_article(slug="hom-nay", ends_on=today),
        an_article(slug="qua", ends_on=today - timedelta(1)),
        an_article(slug="mai-mai"),
    )
    links = client.get("/").page.links()
    assert "/thong-bao/hom-nay" in links
    assert not {"/thong-bao/qua", "/thong-bao/mai-mai"} & set(links)


def test_an_open_consultation_leads_to_the_form_with_its_name(
    client: StrictClient, put: Callable[..., None]
) -> None:
    today = clock.local_date(clock.now())
    put(an_article("consultation", "du-thao", title="Giờ làm việc", ends_on=today))
    page = client.get("/lay-y-kien/du-thao").page
    assert "Hôm nay là ngày cuối" in page.text
    (address,) = [one for one in page.links() if "sang-kien" in one]
    form = client.get(address).page
    assert "Góp ý dự thảo “Giờ làm việc” (/lay-y-kien/du-thao):" in form.text


def test_a_closed_consultation_takes_no_comments_and_shows_what_came_of_them(
    client: StrictClient, put: Callable[..., None]
) -> None:
    today = clock.local_date(clock.now())
    over = {"ends_on": today - timedelta(1)}
    put(
        an_article("consultation", "xong", outcome="Có **12** ý kiến.", **over),
        an_article("consultation", "cho", **over),
    )
    told = client.get("/lay-y-kien/xong").page
    assert "Có 12 ý kiến." in told.text
    assert not any("sang-kien" in one for one in told.links())
    assert "chưa được đăng" in client.get("/lay-y-kien/cho").page.text


def test_a_form_tells_its_type_and_size_and_who_uses_it(
    client: StrictClient, publish: Publish, put: Callable[..., None]
) -> None:
    publish(a_record())
    preview = FileRef(sha256="b" * 64, name="Xem.pdf", media_type="application/pdf", size=2_345_678)
    put(a_form(procedures=("1.001193",), preview=preview))
    page = client.get("/bieu-mau/to-khai").page
    assert "Tải mẫu để điền (Tệp Word, 45 KB)" in page.text
    assert "Xem trước (Tệp PDF, 2,3 MB)" in page.text
    assert f"/tep/{'a' * 64}/T%E1%BB%9D%20khai%2001.docx" in page.links()
    assert "khai sinh 1.001193" in page.text
    listed = client.get("/bieu-mau?tim=khai+sinh").page
    assert "Mẫu 01/TK" in listed.text
    assert "Không có biểu mẫu nào" in client.get("/bieu-mau?tim=khac+hoan+toan").page.text


def test_a_procedure_whose_paper_names_the_form_uses_it(
    publishing: Session, put: Callable[..., None], now: datetime
) -> None:
    put(a_form(), a_form("to-khai-khac"))
    paper = {"name": "Tờ khai", "form_slug": "to-khai"}
    procedure = {"code": "1.001193", "name": "Đăng ký khai sinh", "papers": [{"papers": [paper]}]}
    publication = Publication(publishing, now, Origin.LIBRARY)
    shape = Procedure.model_validate(procedure)
    take_in(publication, Source.LIBRARY, [shape], serves=lambda _agency: True)
    publishing.commit()
    assert form_files.form(publishing, "to-khai-khac").procedures == ()
    (named,) = form_files.form(publishing, "to-khai").procedures
    assert named.code == "1.001193"


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 KB"), (999, "1 KB"), (45_600, "46 KB"), (20_000_000, "20,0 MB")]
)
def test_a_size_is_read_at_a_glance(app: Flask, size: int, words: str) -> None:
    with app.test_request_context("/"):
        assert forms_views.size_in_words(size) == words


@pytest.mark.parametrize("section", ["thong-bao", "lay-y-kien", "bieu-mau"])
def test_each_section_is_whole_when_empty_and_has_no_page_for_nonsense(
    client: StrictClient, section: str
) -> None:
    assert "Chưa có" in client.get(f"/{section}").page.text
    assert client.get(f"/{section}?trang=xyz").status_code == 200
    for slug in ("khong-co", "A", "a%00b", "x" * 3000):
        assert client.get(f"/{section}/{slug}").status_code == 404


def test_each_section_has_a_feed_a_place_in_the_map_and_in_search(
    client: StrictClient, put: Callable[..., None]
) -> None:
    put(an_article(), an_article("consultation", "du-thao"), a_form())
    mapped = client.get("/sitemap.xml").text
    for path in ("thong-bao/nghi-le", "lay-y-kien/du-thao", "bieu-mau/to-khai"):
        section = path.partition("/")[0]
        assert f"/{path}<" in mapped
        assert f"/{path}" in client.get(f"/{section}.atom").text
        assert f'/{section}"' in client.get("/so-do-trang").text


def test_a_list_is_dated_by_its_own_last_change(
    client: StrictClient, put: Callable[..., None], publishing: Session, now: datetime
) -> None:
    put(an_article())
    later = Publication(publishing, now + timedelta(days=2), Origin.EDITOR)
    publish_article(later, an_article("guide", "huong-dan"))
    publishing.commit()
    dates = {
        path: client.get(path).page.one("meta", name="DC.date").get("content")
        for path in ("/thong-bao", "/huong-dan")
    }
    assert dates == {"/thong-bao": "2026-11-23", "/huong-dan": "2026-11-25"}
