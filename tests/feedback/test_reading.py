"""Asking after a case, and reading published answers."""

import re
import time

import pytest
from flask import Flask

from tests.feedback.browsing import DOOR, STATUS, WHO, codes, review
from tests.feedback.makers import a_case
from tests.feedback.makers import published as publish_one
from tests.support.pages import StrictClient


def test_every_wrong_way_of_asking_gets_the_very_same_page(
    client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    code, secret = codes(client.post(DOOR, data=review(client, **WHO)).page)
    blank = client.get(STATUS).page.fields()

    def ask(code: str, secret: str) -> str:
        answer = client.post(STATUS, data=blank | {"code": code, "secret": secret})
        assert answer.status_code == 422
        html = answer.get_data(as_text=True)
        return re.sub(r'value="[^"]*"', "", html)

    pages = {
        ask(code, "AAAA-AAAA-AAAA"),
        ask("PAKN.20200101.0000", secret),
        ask("không phải mã", "sai"),
        ask("' OR 1=1 --", "\0x"),
    }
    assert len(pages) == 1
    for _attempt in range(12):
        ask(code, "AAAA-AAAA-AAAA")
    assert max(waited) <= 1.0
    assert waited[-1] > waited[0] == 0
    right = client.post(STATUS, data=blank | {"code": code, "secret": secret})
    assert right.status_code == 200


def test_an_empty_question_about_a_case_names_both_fields(client: StrictClient) -> None:
    answer = client.post(STATUS, data=client.get(STATUS).page.fields())
    assert answer.status_code == 422
    assert "Hãy ghi mã phản ánh." in answer.page.text
    assert "Hãy ghi mã bí mật." in answer.page.text


def test_published_answers_have_their_own_pages(app: Flask, client: StrictClient) -> None:
    portal = app.extensions["portal"]
    assert "Chưa có câu trả lời" in client.get(f"{DOOR}/tra-loi").page.text
    with app.app_context(), portal.database.write() as db:
        slugs = [
            publish_one(
                db, a_case(db, portal.ring, text=f"Việc {n}"), portal.ring, title=f"Việc {n}"
            )
            for n in range(21)
        ]
        db.commit()
    page = client.get(f"{DOOR}/tra-loi?linh-vuc=%C4%90%E1%BA%A5t+%C4%91ai").page
    assert sum("/tra-loi/" in address for address in page.links()) == 20
    answer = client.get(f"{DOOR}/tra-loi/{slugs[0]}")
    assert f"{DOOR}/tra-loi/{slugs[0]}</loc>" in client.get("/sitemap.xml").text
    assert answer.page.one("meta", name="DC.date").get("content")
    assert answer.page.h1 == "Việc 0"
    assert "Bưởi" not in answer.page.text
    assert "no-store" not in answer.headers["Cache-Control"]
    assert client.get(f"{DOOR}/tra-loi?trang=999&linh-vuc=%00").status_code == 200
    assert client.get(f"{DOOR}/tra-loi/khong-co").status_code == 404


def test_the_same_pages_open_in_english(client: StrictClient) -> None:
    for address in (DOOR, f"{DOOR}?loai=cau-hoi", STATUS, f"{DOOR}/tra-loi"):
        assert client.get(f"/en{address}").status_code == 200
