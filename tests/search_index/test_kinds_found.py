"""On the site as it starts: each kind of page is found by what it is known by, under its kind."""

from collections.abc import Iterator

import pytest

from portal import revisions
from portal.factory import create_app
from search_index import indexing
from search_index.documents import SearchDocument, put
from tests.support.pages import StrictClient
from tests.support.running import prepared


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StrictClient]:
    """The starter library, with one published answer to a citizen beside it."""
    app = create_app(prepared(tmp_path_factory.mktemp("library") / "var"))
    portal = app.extensions["portal"]
    answer = SearchDocument(
        "answer:1", "answer", "/phan-anh-kien-nghi/cong-khai/1", "Đèn đường Bồng Miêu bị hỏng"
    )
    with portal.database.write() as db:
        put(db, [answer], revision=revisions.advance(db))
        db.commit()
    indexing.refresh(portal.database, portal.settings.index)
    app.test_client_class = StrictClient
    client = app.test_client()
    assert isinstance(client, StrictClient)
    yield client
    portal.database.dispose()


@pytest.mark.parametrize(
    ("query", "name", "kind"),
    [
        ("42/2022", "Nghị định 42/2022/NĐ-CP", "Văn bản pháp luật"),
        ("nghi dinh 224/2026/nd-cp", "Nghị định 224/2026/NĐ-CP", "Văn bản pháp luật"),
        ("thị trấn Núi Thành", "Thị trấn Núi Thành", "Cơ quan, đơn vị"),
        ("phường Phước Hòa", "Phường An Xuân", "Cơ quan, đơn vị"),
        ("xa que trung", "Thị trấn Trung Phước", "Cơ quan, đơn vị"),
        ("xa dai hong", "Xã Đại Hồng", "Cơ quan, đơn vị"),
        ("nộp hồ sơ trực tuyến", "Nộp hồ sơ trực tuyến", "Hướng dẫn"),
        ("den duong bong mieu", "Đèn đường Bồng Miêu bị hỏng", "Câu trả lời đã công khai"),
        ("khai sinh", "Đăng ký khai sinh", "Thủ tục hành chính"),
    ],
)
def test_what_is_known_by_a_number_an_old_name_or_a_title_comes_first(
    library: StrictClient, query: str, name: str, kind: str
) -> None:
    page = library.get("/tim-kiem", query_string={"q": query}).page
    first = page.one("main").find(".//ul/li")
    assert first is not None
    link = first.find("a")
    assert link is not None
    assert "".join(link.itertext()) == name
    assert kind in "".join(first.itertext())
