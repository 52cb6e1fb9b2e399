"""Procedures and guides as machines get them."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import api_reading, importing, library_loading
from content.api_shapes import GuidesAsked, ProceduresAsked, known
from content.models import ContentItem, ContentVersion, State
from content.shapes import Online, Procedure
from portal.canonical import digest
from portal.config import HOME
from tests.content.exports import SERVES, Publish, a_record, a_row, take
from tests.support.pages import StrictClient

SITE = "https://example.gov.vn"


def test_a_list_is_cut_into_pages_in_vietnamese_order(
    db: Session, detailed: Callable[..., Path], now: datetime
) -> None:
    records = [
        a_record(f"1.00000{n}", name=name)
        for n, name in enumerate(["Ưu đãi", "Đăng ký xe", "Cấp lại", "Chứng thực", "Đất đai"])
    ]
    take(db, detailed(*records, a_record("1.000009", issuing_agency="UBND tỉnh Gia Lai")), now)
    names = []
    for page in (1, 2, 3):
        found = api_reading.procedures(db, ProceduresAsked(page=page, size=2), SITE)
        assert (found.total, found.pages) == (5, 3)
        names += [entry.name for entry in found.items]
    assert names == ["Cấp lại", "Chứng thực", "Đăng ký xe", "Đất đai", "Ưu đãi"]
    assert not api_reading.procedures(db, ProceduresAsked(page=4, size=2), SITE).items


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"field": "dat-dai"}, ["1.000002"]),
        ({"level": "province"}, ["1.000002"]),
        ({"level": "unknown"}, ["1.000003"]),
        ({"audience": "business"}, ["1.000003"]),
        ({"q": "dang KY khai"}, ["1.000001"]),
        ({"q": "Đăng ký"}, ["1.000001", "1.000002"]),
        ({"q": "khai sinh"}, []),
        ({"q": "100%_"}, []),
        ({"field": "khong-co"}, []),
    ],
)
def test_a_list_can_be_narrowed(
    db: Session,
    detailed: Callable[..., Path],
    now: datetime,
    asked: dict[str, str],
    codes: list[str],
) -> None:
    records = [
        a_record("1.000001", name="Đăng ký khai sinh"),
        a_record("1.000002", name="Đăng ký đất", field="Đất đai", levels=["Cấp Tỉnh"]),
        a_record("1.000003", name="Hộ kinh doanh", levels=[], audience=["Doanh nghiệp"]),
    ]
    take(db, detailed(*records), now)
    found = api_reading.procedures(db, ProceduresAsked.model_validate(asked), SITE)
    assert sorted(entry.code for entry in found.items) == codes


def test_one_procedure_is_the_published_record_with_unknown_as_null(
    db: Session, detailed: Callable[..., Path], now: datetime
) -> None:
    take(db, detailed(a_record()), now)
    found = api_reading.procedure(db, "1.001193", SITE).model_dump(mode="json")
    text = db.scalars(select(ContentVersion.text)).one()
    assert found["version"]["number"] == 1
    assert found["version"]["sha256"] == digest(text)
    assert found["procedure"] == known(json.loads(text))
    assert found["procedure"]["methods"][0]["fee"] is None
    assert found["procedure"]["aliases"] is None
    assert found["sources"][0]["source"] == "detailed"
    assert (found["listed"], found["notice"]) == (True, None)


def test_an_unknown_online_level_is_null_and_nothing_known_is_lost() -> None:
    bare = known(Procedure(code="1.000001", name="A", online=Online.UNKNOWN).model_dump())
    assert {name for name, value in bare.items() if value is not None} == {"code", "name"}
    assert known({"originals": 0, "flag": False}) == {"originals": 0, "flag": False}


def test_guides_come_in_the_language_asked_for_or_in_vietnamese(db: Session, now: datetime) -> None:
    library_loading.load(db, HOME / "content" / "library", now=now)
    found = api_reading.guides(db, GuidesAsked(language="en", size=100), SITE)
    assert found.total == len(found.items)
    for entry in found.items:
        english = entry.language == "en"
        assert entry.url.startswith(f"{SITE}/en/" if english else f"{SITE}/huong-dan/")
    one = api_reading.guide(db, "nop-ho-so-truc-tuyen", "vi", SITE)
    assert "1.001193" in one.procedures
    assert one.body


def test_an_answer_names_its_neighbours_and_its_number(
    client: StrictClient, publish: Publish
) -> None:
    publish(*[a_record(f"1.00000{n}") for n in range(5)])
    answer = client.get("/api/v1/procedures?page=2&size=2&field=ho-tich")
    assert answer.headers["X-Total-Count"] == "5"
    links = answer.headers["Link"]
    address = "http://localhost/api/v1/procedures?size=2&field=ho-tich&page="
    for name, number in {"first": 1, "prev": 1, "next": 3, "last": 3}.items():
        assert f'<{address}{number}>; rel="{name}"' in links
    beyond = client.get("/api/v1/procedures?page=1000000&size=100")
    assert (beyond.status_code, beyond.json["items"]) == (200, [])
    assert 'rel="prev"' in beyond.headers["Link"]


def test_a_strong_fingerprint_saves_the_second_answer_until_something_is_published(
    client: StrictClient, publish: Publish
) -> None:
    publish(a_record())
    path = "/api/v1/procedures/1.001193"
    first = client.get(path)
    etag = first.headers["ETag"]
    assert not etag.startswith("W/")
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["ETag"] not in {etag, ""}
    publish(a_record(decision="200/QĐ-BTP"))
    second = client.get(path, headers={"If-None-Match": etag})
    assert second.status_code == 200
    assert second.json["version"]["number"] == 2


def test_any_site_may_read_answers_and_refusals_but_nobody_may_send(client: StrictClient) -> None:
    for path in ("/api/v1/procedures", "/api/v1/procedures?size=0", "/api/v1/procedures/1.000001"):
        assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"
    refused = client.post("/api/v1/procedures")
    assert refused.status_code == 405
    assert "GET" in refused.headers["Allow"]
    assert refused.mimetype == "application/problem+json"
    assert "Access-Control-Allow-Origin" not in refused.headers
    assert "Access-Control-Allow-Origin" not in client.get("/thu-tuc").headers


@pytest.mark.parametrize(
    "question",
    [
        "page=0", "page=-1", "page=99999999999999999999", "page=1.5", "page=%D9%A1", "page=",
        "size=0", "size=101", "size=abc", "level=village", "audience=%00", "field=%00",
        "field=a%2F..%2Fb", "q=%00", "q=%0A", "q=" + "a" * 201, "feild=ho-tich", "page=1&page=2",
        "%00=1",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_two_languages(
    client: StrictClient, question: str
) -> None:
    answer = client.get(f"/api/v1/procedures?{question}")
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.json
    assert told["title"] == "Tham số không dùng được"
    assert told["errors"][0]["detail"]
    assert told["errors"][0]["detail_en"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("procedures/1.999999", 404),
        ("procedures/%D9%A1.000000", 422),
        ("procedures/1.001193%00", 422),
        ("procedures/a/b", 404),
        ("guides/khong-co", 404),
        ("guides/A%20b", 422),
        ("khong-co", 404),
        ("", 404),
    ],
)
def test_what_is_not_there_is_a_problem_not_a_page(
    client: StrictClient, path: str, status: int
) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.json["status"]) == (status, status)
    assert answer.mimetype == "application/problem+json"


def test_another_provinces_procedure_is_kept_but_not_listed(
    client: StrictClient, publish: Publish
) -> None:
    publish(a_record(issuing_agency="UBND tỉnh Gia Lai"))
    assert client.get("/api/v1/procedures").json["total"] == 0
    kept = client.get("/api/v1/procedures/1.001193").json
    assert kept["listed"] is False
    assert "địa phương khác" in kept["notice"]


def test_drafts_are_not_found_and_withdrawn_ones_are_gone_with_their_reason(
    client: StrictClient,
    publish: Publish,
    publishing: Session,
    catalogue: Callable[..., Path],
    now: datetime,
) -> None:
    path = catalogue(a_row("1.000002"))
    importing.import_procedures(publishing, path, now=now, serves=SERVES, draft=True)
    publishing.commit()
    assert client.get("/api/v1/procedures/1.000002").status_code == 404
    publish(a_record())
    item = publishing.scalars(select(ContentItem).where(ContentItem.key == "1.001193")).one()
    item.state, item.reason = State.WITHDRAWN, "Đã bị bãi bỏ."
    publishing.commit()
    gone = client.get("/api/v1/procedures/1.001193")
    assert (gone.status_code, gone.json["detail"]) == (410, "Đã bị bãi bỏ.")


def test_the_readable_page_shows_every_question_and_the_description_the_same(
    client: StrictClient, publish: Publish
) -> None:
    publish(a_record())
    described = client.get("/api/v1/openapi.json")
    assert described.json["openapi"] == "3.1.0"
    for prefix in ("", "/en"):
        page = client.get(f"{prefix}/api").page
        for path, told in described.json["paths"].items():
            assert f"GET {path}" in page.text
            for parameter in told["get"]["parameters"]:
                assert parameter["name"] in page.text
        assert "1.001193" in page.text
        assert "Creative Commons" in page.text
