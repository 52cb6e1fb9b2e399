"""Files in the form: kept once, listed, taken out, sent with the case, or gone in two hours."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from feedback import waiting_files
from feedback.models import CaseFile, WaitingFile
from portal import clock, limits
from portal.files.keeping import Kept
from portal.files.kinds import FileKind
from portal.files.models import StoredFile
from portal.keys import KeyRing
from tests.feedback.browsing import DOOR, codes, fill, stored
from tests.feedback.makers import NOW, a_case
from tests.support import good_files as good
from tests.support import hostile
from tests.support.pages import StrictClient

DAY = waiting_files.DAY
PHOTO = ("ảnh biên nhận.jpg", good.jpeg)
PAPER = ("đơn.pdf", good.pdf)


def put(client: StrictClient, *files: tuple[str, bytes], **typed: str) -> TestResponse:
    fields: dict[str, Any] = fill(client, "cau-hoi") | typed
    fields["files"] = [(io.BytesIO(data), name) for name, data in files]
    return client.post(DOOR, data=fields, content_type="multipart/form-data")


def rows(app: Flask, model: type[Any]) -> list[Any]:
    with app.extensions["portal"].database.read() as db:
        return list(db.scalars(select(model)))


@pytest.fixture
def two(client: StrictClient) -> Iterator[TestResponse]:
    yield put(client, (PHOTO[0], good.jpeg()), (PAPER[0], good.pdf()))


def test_files_wait_and_go_with_the_case(
    app: Flask, client: StrictClient, two: TestResponse
) -> None:
    page = two.page  # type: ignore[attr-defined]
    assert two.status_code == 200
    assert "ảnh biên nhận.jpg" in page.text
    assert "đơn.pdf" in page.text
    assert len(rows(app, WaitingFile)) == 2
    form = page.fields() | {"step": "send"}
    first = client.post(DOOR, data=form)
    again = client.post(DOOR, data=form)
    assert codes(first.page) == codes(again.page)
    assert "chưa được ghi nhận" not in again.page.text
    (case,) = stored(app)
    assert [(f.case_id, f.name) for f in rows(app, CaseFile)] == [
        (case.id, "ảnh biên nhận.jpg"),
        (case.id, "đơn.pdf"),
    ]
    assert rows(app, WaitingFile) == []


def test_one_file_can_be_taken_out_at_the_review(
    app: Flask, client: StrictClient, two: TestResponse
) -> None:
    page = two.page  # type: ignore[attr-defined]
    first, second = (button.get("value") for button in page.all("button", name="remove"))
    left = client.post(DOOR, data=page.fields() | {"remove": first})
    assert left.page.h1 == "Xem lại trước khi gửi"
    assert "ảnh biên nhận.jpg" not in left.page.text
    edit = client.post(DOOR, data=left.page.fields() | {"step": "edit"})
    assert edit.page.one("input", name="drop").get("value") == second
    done = client.post(DOOR, data=edit.page.fields() | {"drop": second, "step": "review"})
    assert rows(app, WaitingFile) == []
    assert rows(app, StoredFile) == []
    assert "đơn.pdf" not in done.page.text


def test_the_same_file_twice_waits_once(app: Flask, client: StrictClient) -> None:
    put(client, ("a.pdf", good.pdf()), ("b.pdf", good.pdf()))
    assert len(rows(app, WaitingFile)) == 1


def test_a_file_of_another_form_is_left_alone(
    app: Flask, client: StrictClient, two: TestResponse
) -> None:
    taken = rows(app, WaitingFile)[0].id
    client.post(DOOR, data=fill(client, "cau-hoi") | {"remove": str(taken)})
    assert len(rows(app, WaitingFile)) == 2


def test_a_file_that_is_not_what_it_seems_is_refused_by_its_field(
    app: Flask, client: StrictClient
) -> None:
    answer = put(client, ("don.pdf", hostile.SCRIPT), ("tot.pdf", good.pdf()))
    page = answer.page  # type: ignore[attr-defined]
    assert answer.status_code == 422
    assert "don.pdf: Không nhận trang web" in page.text
    assert page.fields()["text"] == "Hồ sơ quá hẹn ba tuần."
    assert [one.name for one in rows(app, WaitingFile)] == ["tot.pdf"]
    assert client.post(DOOR, data=page.fields() | {"step": "review"}).status_code == 200


def test_a_mistake_elsewhere_keeps_the_files(app: Flask, client: StrictClient) -> None:
    answer = put(client, ("a.pdf", good.pdf()), text="")
    assert answer.status_code == 422
    assert "Bỏ tệp a.pdf" in answer.page.text  # type: ignore[attr-defined]


def test_the_sixth_file_is_refused_and_the_message_is_not(app: Flask, client: StrictClient) -> None:
    files = [("a.jpg", good.jpeg())] + [
        (f"{n}.docx", good.office("docx", {f"word/media/{n}.xml": b"<x/>"})) for n in range(5)
    ]
    answer = put(client, *files)
    assert answer.status_code == 422
    assert "nhiều nhất 5 tệp" in answer.page.text  # type: ignore[attr-defined]
    assert len(rows(app, WaitingFile)) == 5
    form = answer.page.fields() | {"step": "send"}  # type: ignore[attr-defined]
    assert client.post(DOOR, data=form).status_code == 200
    assert len(rows(app, CaseFile)) == 5


def test_a_network_that_filled_its_day_sends_messages_without_files(
    app: Flask, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting_files, "MB_A_DAY", 1)
    put(client, ("a.pdf", good.pdf()))
    answer = put(client, (PHOTO[0], good.jpeg()))
    assert answer.status_code == 422
    assert "quá nhiều tệp gửi từ mạng này" in answer.page.text  # type: ignore[attr-defined]
    form = answer.page.fields() | {"step": "send"}  # type: ignore[attr-defined]
    assert client.post(DOOR, data=form).status_code == 200


def test_what_was_never_sent_goes_after_two_hours_and_the_sender_is_told(
    app: Flask, client: StrictClient, two: TestResponse
) -> None:
    store = app.extensions["portal"].database
    with store.write() as db:
        assert waiting_files.sweep(db, clock.now() + timedelta(minutes=119)) == 0
        assert waiting_files.sweep(db, clock.now() + timedelta(minutes=121)) == 2
        db.commit()
    assert rows(app, StoredFile) == []
    form = two.page.fields() | {"step": "send"}  # type: ignore[attr-defined]
    answer = client.post(DOOR, data=form)
    assert answer.status_code == 422
    assert "Tệp chỉ được giữ 2 giờ" in answer.page.text
    assert stored(app) == []
    assert client.post(DOOR, data=answer.page.fields() | {"step": "send"}).status_code == 200


def test_a_file_that_a_case_has_outlives_the_sweep(app: Flask, client: StrictClient) -> None:
    sent = put(client, ("a.pdf", good.pdf())).page.fields()  # type: ignore[attr-defined]
    client.post(DOOR, data=sent | {"step": "send"})
    put(client, ("b.pdf", good.pdf()))
    with app.extensions["portal"].database.write() as db:
        waiting_files.sweep(db, clock.now() + timedelta(hours=3))
        db.commit()
    assert len(rows(app, StoredFile)) == 1


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30, "\u0663", "2147483648"])
def test_strange_numbers_of_files_do_no_harm(client: StrictClient, number: str) -> None:
    answer = client.post(DOOR, data=fill(client, "cau-hoi") | {"remove": number})
    assert answer.status_code == 200


def test_on_both_databases_a_file_waits_once_and_goes_with_its_case(
    db: Session, ring: KeyRing
) -> None:
    paper = Kept("a" * 64, FileKind.PDF, "đơn.pdf", 3 * 1024 * 1024, None, None)
    for _time in range(2):
        waiting_files.add(db, "one", "address", paper, now=NOW)
    assert len(waiting_files.of(db, "one")) == 1
    case = a_case(db, ring, stamp_nonce="one")
    assert waiting_files.of(db, "one") == []
    assert db.scalars(select(CaseFile.case_id)).all() == [case.id]
    assert limits.count(db, scope=waiting_files.SCOPE, key="address", window=DAY, now=NOW) == 6
