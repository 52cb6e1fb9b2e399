"""Whatever is thrown at the form: kept as text or refused with a sentence, never lost."""

import io
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from tests.feedback.browsing import DOOR, STATUS, WHO, codes, fill, review, stored
from tests.support.pages import StrictClient

HOSTILE = "<script>alert(1)</script> \" ' {{ 8191*8191 }} \U0001f44d ٣ ́ =1+1 ';DROP TABLE cases;--"


def test_hostile_text_is_kept_as_text_on_every_page(app: Flask, client: StrictClient) -> None:
    form = review(client, text=HOSTILE, about_unit=HOSTILE[:50], **(WHO | {"name": HOSTILE[:60]}))
    answer = client.post(DOOR, data=form)
    code, secret = codes(answer.page)
    assert stored(app)[0].text == form["text"].strip()
    asked = client.get(STATUS).page.fields() | {"code": code, "secret": secret}
    shown = client.post(STATUS, data=asked)
    assert "<script>alert" not in shown.get_data(as_text=True)
    assert "<script>alert(1)</script>" in shown.page.text
    assert "67092481" not in shown.page.text.split("Nội dung đã gửi")[1].split("DROP")[0]


def test_control_signs_and_wrong_encoding_do_no_harm(app: Flask, client: StrictClient) -> None:
    fields = fill(client, "cau-hoi") | {"step": "send"}
    body = "&".join(f"{name}={value}" for name, value in fields.items() if name != "text")
    raw = body.encode() + b"&text=a%00b%1b%FF%FEc%0D%0Ad"
    answer = client.post(DOOR, data=raw, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    text = stored(app)[0].text
    assert text.startswith("ab")
    assert text.endswith("c\nd")
    assert "\0" not in text


def test_a_megabyte_of_text_is_refused_with_a_page(app: Flask, client: StrictClient) -> None:
    answer = client.post(DOOR, data=fill(client, "cau-hoi") | {"text": "a" * 1_000_000})
    assert answer.status_code in {413, 422}
    huge = client.post(DOOR, data={"text": "ă" * 1_000_000})
    assert huge.status_code == 413
    assert stored(app) == []


@pytest.mark.parametrize("body", ["[]", "{}", '"x"', '{"text": 5, "kind": ["a"]}', "{"])
def test_a_body_of_another_kind_is_no_form(client: StrictClient, body: str) -> None:
    for address in (DOOR, STATUS):
        answer = client.post(address, data=body, content_type="application/json")
        assert answer.status_code == 422


def test_a_file_in_place_of_text_is_no_text(app: Flask, client: StrictClient) -> None:
    fields = fill(client, "cau-hoi") | {"step": "send"}
    data: dict[str, object] = {**fields, "text": (io.BytesIO(b"MZ"), "a.exe")}
    answer = client.post(DOOR, data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert stored(app) == []


@pytest.mark.parametrize("stamp", ["", "x", "WyJ.a.b", "\0" * 50, "a" * 10_000])
def test_a_missing_or_false_stamp_keeps_the_text_and_gives_a_fresh_one(
    app: Flask, client: StrictClient, stamp: str
) -> None:
    answer = client.post(DOOR, data=fill(client, **WHO) | {"step": "send", "stamp": stamp})
    assert answer.status_code == 422
    again = answer.page.fields() | {"step": "send"}
    assert again["text"] == "Hồ sơ quá hẹn ba tuần."
    assert client.post(DOOR, data=again).status_code == 200
    assert len(stored(app)) == 1


def test_an_old_stamp_keeps_the_text_and_gives_a_fresh_one(
    app: Flask, client: StrictClient
) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 3, 0, tzinfo=UTC), tick=False):
        form = review(client, **WHO)
    with time_machine.travel(datetime(2026, 11, 24, 3, 0, tzinfo=UTC), tick=False):
        answer = client.post(DOOR, data=form)
        assert answer.status_code == 422
        assert "đã mở quá lâu" in answer.page.text
        again = answer.page.fields() | {"step": "send"}
        assert again["stamp"] != form["stamp"]
        assert client.post(DOOR, data=again).status_code == 200
    assert len(stored(app)) == 1


def test_a_stamp_of_another_form_is_no_stamp(client: StrictClient) -> None:
    other = client.get(STATUS).page.fields()["stamp"]
    assert client.post(DOOR, data=fill(client, **WHO) | {"stamp": other}).status_code == 422


def test_a_message_that_looks_machine_made_is_kept_and_marked(
    app: Flask, client: StrictClient
) -> None:
    client.post(DOOR, data=review(client, **WHO) | {"website_confirm": "http://spam"})
    with time_machine.travel(datetime(2026, 11, 23, 3, 0, tzinfo=UTC), tick=False) as clock:
        form = review(client, **WHO)
        clock.shift(60)
        client.post(DOOR, data=form)
    trapped, honest = stored(app)
    assert trapped.quarantine_score >= 5
    assert honest.quarantine_score == 0
