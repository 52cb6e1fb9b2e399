"""Life events and questions: loaded, published once, read in order, printed as one list."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import library_loading, life_events, questions
from content.errors import BadFile, NoSuchPage, Withdrawn
from content.models import ContentItem, ContentVersion, Kind, State
from portal import revisions
from search_index.models import SearchRow
from tests.content.exports import Publish, a_record
from tests.support.pages import StrictClient, text_of

BIRTH = """\
slug: sinh-con
title: Sinh con
summary: Việc cần làm khi trong nhà có em bé.
icon: birth
order: 10
checked_on: 2026-11-20
steps:
  - title: Lấy giấy chứng sinh
    where: Nơi sinh
    who: Cha hoặc mẹ
  - title: Khai sinh cho con
    text: Nộp **trực tuyến** hoặc đến xã.
    where: Ủy ban nhân dân cấp xã
    when: Trong 60 ngày từ ngày sinh
    procedures: ["1.001193", "9.999999"]
"""
MOVING = """\
title: Chuyển nhà
summary: Việc cần làm khi đổi chỗ ở.
order: 20
checked_on: 2026-11-20
steps: [{title: Đăng ký thường trú}]
"""
QUESTION = """\
---
title: Khai sinh muộn có bị phạt không?
summary: Không, nhưng cần làm sớm.
field: {field}
procedures: ["1.001193"]
checked_on: 2026-11-20
source: Luật Hộ tịch 60/2014/QH13, Điều 15
---
Trẻ được khai sinh **bất cứ lúc nào**.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "library"
    for name in ("life_events", "questions"):
        (root / name).mkdir(parents=True)
    (root / "life_events" / "sinh-con.yaml").write_text(BIRTH, "utf-8")
    (root / "life_events" / "chuyen-nha.yaml").write_text(MOVING, "utf-8")
    for slug, field in (("khai-sinh-muon", "Hộ tịch"), ("hai", "Đất đai"), ("ba", '""')):
        (root / "questions" / f"{slug}.md").write_text(QUESTION.format(field=field), "utf-8")
    return root


@pytest.fixture
def site(folder: Path, publishing: Session, publish: Publish, now: datetime) -> Session:
    """A running site with one procedure, two life events and three questions."""
    publish(a_record())
    library_loading.load(publishing, folder, now=now)
    publishing.commit()
    return publishing


def test_what_is_in_the_library_is_published_once(db: Session, folder: Path, now: datetime) -> None:
    loaded = library_loading.load(db, folder, now=now)
    assert (loaded.questions, loaded.life_events, loaded.changed) == (3, 2, 5)
    assert {row.kind for row in db.scalars(select(SearchRow))} == {"question", "life-event"}
    before = revisions.sequence(db)
    assert library_loading.load(db, folder, now=now).changed == 0
    assert revisions.sequence(db) == before
    assert db.scalar(select(func.count()).select_from(ContentVersion)) == 5


def test_a_changed_life_event_becomes_a_new_version(
    db: Session, folder: Path, now: datetime
) -> None:
    library_loading.load(db, folder, now=now)
    file = folder / "life_events" / "sinh-con.yaml"
    file.write_text(BIRTH.replace("60 ngày", "sáu mươi ngày"), "utf-8")
    assert library_loading.load(db, folder, now=now).changed == 1
    assert life_events.life_event(db, "sinh-con", "vi").event.steps[1].when.startswith("Trong sáu")


def test_steps_keep_their_order_and_name_only_procedures_that_are_shown(site: Session) -> None:
    found = life_events.life_event(site, "sinh-con", "vi")
    assert [one.step.title for one in found.steps] == ["Lấy giấy chứng sinh", "Khai sinh cho con"]
    (named,) = found.steps[1].procedures
    assert (named.entry.code, named.times, named.fees) == ("1.001193", ("1 ngày",), ("",))
    assert [one.path for one in found.others] == ["/viec-doi/chuyen-nha"]
    assert life_events.by_icon(site) == {"birth": "/viec-doi/sinh-con"}


def test_questions_are_gathered_by_field_in_vietnamese_order(site: Session) -> None:
    fields = questions.questions(site)
    assert [(field.name, len(field.entries)) for field in fields] == [
        ("Đất đai", 1), ("Hộ tịch", 1), ("", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("slug", ["khong-co", "Sinh-Con", "a\0b", "", "x" * 5000])
def test_an_unknown_slug_has_no_page(site: Session, slug: str) -> None:
    with pytest.raises(NoSuchPage):
        life_events.life_event(site, slug, "vi")
    with pytest.raises(NoSuchPage):
        questions.question(site, slug)


def test_a_withdrawn_life_event_stays_withdrawn_when_the_library_is_loaded_again(
    site: Session, folder: Path, now: datetime
) -> None:
    chosen = select(ContentItem).where(ContentItem.kind == Kind.LIFE_EVENT)
    item = site.scalars(chosen.where(ContentItem.key == "sinh-con")).one()
    item.state, item.reason = State.WITHDRAWN, "Đã cũ."
    site.flush()
    assert library_loading.load(site, folder, now=now).changed == 0
    with pytest.raises(Withdrawn):
        life_events.life_event(site, "sinh-con", "vi")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("life_events/ba.yaml", MOVING.replace("steps: [{title: Đăng ký thường trú}]", ""), "ste"),
        ("life_events/ba.yaml", "slug: bon\n" + MOVING, "«slug» phải là «ba»"),
        ("life_events/ba.yaml", "[", "YAML sai"),
        ("questions/bon.md", "---\ntitle: x\n---\nChữ\n", "mục «summary»"),
        ("questions/bon.md", "Chữ", "hai dòng «---»"),
    ],
)
def test_a_broken_file_is_named_and_nothing_is_loaded(
    db: Session, folder: Path, now: datetime, name: str, content: str, reason: str
) -> None:
    (folder / name).write_text(content, "utf-8")
    with pytest.raises(BadFile, match=reason):
        library_loading.load(db, folder, now=now)
    assert db.scalars(select(ContentItem)).all() == []


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", ["/viec-doi", "/hoi-dap", "/hoi-dap?linh-vuc=x"])
def test_an_empty_site_answers(client: StrictClient, prefix: str, path: str) -> None:
    assert client.get(prefix + path).status_code == 200


def test_the_page_of_a_life_event_is_one_list_to_tick_and_print(
    client: StrictClient, site: Session
) -> None:
    page = client.get("/viec-doi/sinh-con").page
    (steps,) = page.all("ol", class_="steps")
    assert len(steps.findall("li")) == len(page.all("input", type="checkbox")) == 2
    assert "Thời gian: 1 ngày · Lệ phí: Chưa rõ · Nộp trực tuyến: Được" in text_of(steps)
    for told in ("Cha hoặc mẹ", "Nơi sinh", "Trong 60 ngày từ ngày sinh", "20/11/2026"):
        assert told in page.text
    links = page.links()
    assert any(link.startswith("/thu-tuc/1.001193") for link in links)
    assert "/toi-phai-den-dau" in links
    assert "/viec-doi/chuyen-nha" in links
    english = client.get("/en/viec-doi/sinh-con").page
    assert english.one("h1").get("lang") == "vi"
    assert any(link.startswith("/en/thu-tuc/1.001193") for link in english.links())


def test_home_leads_to_a_life_event_where_there_is_one_and_else_to_search(
    client: StrictClient, site: Session
) -> None:
    links = client.get("/").page.links()
    assert "/viec-doi/sinh-con" in links
    assert "/viec-doi" in links
    assert any(link.startswith("/tim-kiem?q=k%E1%BA%BFt") for link in links)


def test_questions_are_listed_with_their_count_and_answered_with_their_source(
    client: StrictClient, site: Session
) -> None:
    page = client.get("/hoi-dap").page
    assert "Hộ tịch 1" in text_of(page.one("aside"))
    only = client.get("/hoi-dap?linh-vuc=ho-tich").page
    assert only.h1 == "Hỏi đáp: Hộ tịch"
    assert "/hoi-dap/hai" not in only.links()
    answer = client.get("/hoi-dap/khai-sinh-muon").page
    assert answer.h1 == "Khai sinh muộn có bị phạt không?"
    assert "Nguồn: Luật Hộ tịch 60/2014/QH13, Điều 15." in answer.text
    assert any(link.startswith("/thu-tuc/1.001193") for link in answer.links())


def test_all_of_them_stand_in_the_map_for_machines(client: StrictClient, site: Session) -> None:
    told = client.get("/sitemap.xml").text
    for path in ("/viec-doi", "/viec-doi/sinh-con", "/hoi-dap", "/hoi-dap/hai"):
        assert f"http://localhost{path}<" in told


def test_a_procedure_that_is_hidden_is_not_named(
    client: StrictClient, site: Session, app: Flask, publish: Callable[..., None]
) -> None:
    publish(a_record(issuing_agency="UBND tỉnh Gia Lai"))
    page = client.get("/viec-doi/sinh-con").page
    assert not [link for link in page.links() if "1.001193" in link]
