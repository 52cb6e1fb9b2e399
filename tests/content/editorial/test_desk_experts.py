"""Outside experts: a link made at the desk, read and remarked on without an account."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from content.editorial import expert_links, workflow
from portal import clock
from portal.staff.models import Role
from tests.content.editorial.clerks import a_clerk, an_article, library, written
from tests.content.editorial.test_media import a_guide_with_a_picture
from tests.support.pages import StrictClient

LAN = a_clerk("lan", Role.EDITOR)


@pytest.fixture
def editor(staff: Callable[..., StrictClient]) -> StrictClient:
    return staff(Role.EDITOR, username="lan")


@pytest.fixture
def draft(app: Flask) -> str:
    """The address of a draft that changes a published guide."""
    with app.app_context(), app.extensions["portal"].database.write() as db:
        library(db, an_article())
        made = written(db, LAN, body="Chữ mới gửi chuyên gia đọc.")
        db.commit()
        return f"/quan-tri/noi-dung/ban-nhap/{made.id}"


@pytest.fixture
def link(editor: StrictClient, draft: str) -> str:
    fields = editor.get(draft).page.fields("/moi-chuyen-gia")
    sent = fields | {"link-expert": "Luật sư Trần", "link-days": "7"}
    page = editor.post(f"{draft}/moi-chuyen-gia", data=sent).page
    shown = page.one("input", id="dia-chi").get("value", "")
    found = re.fullmatch(r"http://localhost(/gop-y/\S+)", shown)
    assert found
    return found[1]


def test_the_expert_reads_what_is_new_and_says_something(
    client: StrictClient, editor: StrictClient, draft: str, link: str
) -> None:
    answer = client.get(link)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.page.one("meta", name="robots").get("content") == "noindex, nofollow"
    assert answer.page.all("ins")
    assert "Set-Cookie" not in answer.headers
    assert client.get(f"{link}/xem").page.h1 == "Nộp hồ sơ trực tuyến"
    fields = answer.page.fields(0)
    assert client.post(link, data=fields | {"words": " "}).status_code == 422
    said = client.post(link, data=fields | {"words": "Thiếu <b>căn cứ</b>."})
    assert said.status_code == 302
    page = client.get(said.headers["Location"]).page
    assert "Đã gửi nhận xét" in page.text
    assert "Thiếu <b>căn cứ</b>." in page.text
    text = editor.get(draft).page.text
    assert "Luật sư Trần (chuyên gia bên ngoài)" in text


def test_the_address_is_shown_once(editor: StrictClient, draft: str, link: str) -> None:
    page = editor.get(draft)
    assert link.rpartition("/")[2] not in page.get_data(as_text=True)
    assert "Luật sư Trần" in page.page.text


def test_the_link_stays_at_the_save_it_was_made_for(
    app: Flask, client: StrictClient, link: str
) -> None:
    with app.app_context(), app.extensions["portal"].database.write() as db:
        written(db, LAN, body="Chữ mới hơn, chưa ai được đọc.")
        db.commit()
    assert "Chữ mới gửi chuyên gia đọc" in client.get(f"{link}/xem").page.text
    assert "chưa ai được đọc" not in client.get(link).page.text
    assert "chưa ai được đọc" not in client.get(f"{link}/xem").page.text


def test_wrong_and_revoked_links_get_the_same_sentence(
    client: StrictClient, editor: StrictClient, draft: str, link: str
) -> None:
    fields = client.get(link).page.fields(0)
    page = editor.get(draft).page
    revoke = f"{draft}/moi-chuyen-gia/1"
    assert editor.post(revoke, data=page.fields(revoke)).status_code == 302
    assert "đã thu hồi" in editor.get(draft).page.text
    said = set()
    for address in (link, link[:-1], f"{link}x", "/gop-y/x", "/gop-y/a.b.c", "/gop-y/%00"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert answer.headers["Cache-Control"] == "no-store"
        said.add(answer.page.text)
    assert len(said) == 1
    assert client.post(link, data=fields | {"words": "Muộn."}).status_code == 404


def test_a_closed_draft_is_read_by_nobody_outside(
    app: Flask, client: StrictClient, link: str
) -> None:
    with app.app_context(), app.extensions["portal"].database.write() as db:
        workflow.discard(db, a_clerk("lan", Role.EDITOR, now=clock.now()), 1)
        db.commit()
    assert client.get(link).status_code == 404


def test_a_link_needs_a_name(editor: StrictClient, draft: str) -> None:
    fields = editor.get(draft).page.fields("/moi-chuyen-gia")
    for typed in ({"link-expert": " "}, {"link-expert": "x", "link-days": "999"}):
        assert editor.post(f"{draft}/moi-chuyen-gia", data=fields | typed).status_code == 422


def test_a_machine_and_another_site_say_nothing(client: StrictClient, link: str) -> None:
    fields = client.get(link).page.fields(0)
    trapped = fields | {"words": "Mua hàng.", "website_confirm": "x"}
    assert client.post(link, data=trapped).status_code == 302
    foreign = {"Sec-Fetch-Site": "cross-site"}
    answer = client.post(link, data=fields | {"words": "Từ xa."}, headers=foreign)
    assert answer.status_code == 403
    text = client.get(link).page.text
    assert "Mua hàng" not in text
    assert "Từ xa" not in text


def test_the_expert_sees_the_pictures_of_this_text_and_no_others(
    app: Flask, client: StrictClient, staff: Callable[..., StrictClient]
) -> None:
    editor = staff(Role.EDITOR, username="bien-tap-a")
    draft_id, address = a_guide_with_a_picture(app, editor)
    with app.test_request_context(), app.extensions["portal"].database.write() as db:
        me = a_clerk("bien-tap-a", Role.EDITOR, now=clock.now())
        lasts = timedelta(days=1)
        link = "/gop-y/" + expert_links.make(db, me, draft_id, expert="Sở Y tế", lasts=lasts)
        other = workflow.start_new(db, me, "guide", "trang-khac", "vi")
        elsewhere = "/gop-y/" + expert_links.make(db, me, other.id, expert="Sở", lasts=lasts)
        db.commit()
    assert f'src="{link}{address}"' in client.get(f"{link}/xem").text
    answer = client.get(link + address)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get(elsewhere + address).status_code == 404
    assert client.get("/gop-y/x" + address).status_code == 404
