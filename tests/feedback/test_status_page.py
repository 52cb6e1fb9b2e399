"""The status page lets a sender do what is left to do, with code and secret and no cookie."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from PIL import Image

from feedback import asking
from feedback.models import Case
from feedback.states import State
from portal.database import Database
from portal.keys import KeyRing
from tests.feedback.browsing import DOOR, STATUS, WHO, codes, review, stored
from tests.feedback.makers import a_clerk, answered, classified
from tests.support.pages import Page, StrictClient


@pytest.fixture
def sent(client: StrictClient) -> dict[str, str]:
    code, secret = codes(client.post(DOOR, data=review(client, **WHO)).page)
    return {"code": code, "secret": secret}


@pytest.fixture
def at_desk(app: Flask) -> Callable[[Callable[..., object]], None]:
    """Do something to the only case as the desk does it."""

    def do(work: Callable[..., object]) -> None:
        portal = app.extensions["portal"]
        with app.app_context(), portal.database.write() as db:
            work(db, db.query(Case).one(), portal.ring)
            db.commit()

    return do


def ask(db: object, case: Case, ring: KeyRing) -> None:
    clerk = a_clerk(ring)
    classified(db, case, clerk)  # type: ignore[arg-type]
    asking.ask(db, case, words="Số hồ sơ là bao nhiêu?", clerk=clerk)  # type: ignore[arg-type]


def answer(db: object, case: Case, ring: KeyRing) -> None:
    answered(db, case, ring)  # type: ignore[arg-type]


def shown(client: StrictClient, sent: dict[str, str]) -> Page:
    fields = client.get(STATUS).page.fields()
    return client.post(STATUS, data=fields | sent).page


def a_photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return out.getvalue()


def test_a_question_is_answered_on_the_page(
    client: StrictClient, sent: dict[str, str], at_desk: Callable[..., None], app: Flask
) -> None:
    at_desk(ask)
    page = shown(client, sent)
    assert "Số hồ sơ là bao nhiêu?" in page.text
    after = client.post(f"{STATUS}/tra-loi", data=page.fields("/tra-loi") | {"words": "Số 15."})
    assert after.status_code == 200
    assert "Đã ghi nhận:" in after.page.text
    assert "Số 15." in after.page.text
    assert stored(app)[0].state == State.ASSIGNED


def test_a_photo_is_added_and_named_without_its_place_on_the_phone(
    client: StrictClient, sent: dict[str, str]
) -> None:
    fields = shown(client, sent).fields("/tep")
    data = fields | {"files": (io.BytesIO(a_photo()), "../../giấy hẹn.jpg")}
    after = client.post(f"{STATUS}/tep", data=data, content_type="multipart/form-data")
    assert after.status_code == 200
    assert "giấy hẹn.jpg" in after.page.text
    assert "../" not in after.page.text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"", "trống"), (b"<svg onload=alert(1)>", "PDF"), (b"MZ" + b"\0" * 500, "chương trình")],
)
def test_a_file_that_is_refused_is_said_and_nothing_is_kept(
    client: StrictClient, sent: dict[str, str], data: bytes, sentence: str
) -> None:
    fields = shown(client, sent).fields("/tep")
    given = fields | {"files": (io.BytesIO(data), "anh.jpg")}
    after = client.post(f"{STATUS}/tep", data=given, content_type="multipart/form-data")
    assert after.status_code == 422
    assert sentence in after.page.text
    assert "Tệp đã gửi" not in after.page.text


def test_an_answered_case_is_rated_and_opened_again(
    client: StrictClient, sent: dict[str, str], at_desk: Callable[..., None], app: Flask
) -> None:
    at_desk(answer)
    page = shown(client, sent)
    rated = client.post(f"{STATUS}/danh-gia", data=page.fields("/danh-gia") | {"score": "4"})
    assert rated.status_code == 200
    assert 'action="/phan-anh-kien-nghi/tra-cuu/danh-gia"' not in rated.text
    fields = rated.page.fields("/mo-lai")
    assert client.post(f"{STATUS}/mo-lai", data=fields).status_code == 422
    opened = client.post(f"{STATUS}/mo-lai", data=fields | {"words": "Chưa đúng."})
    assert "Câu trả lời trước khi mở lại" in opened.page.text
    assert stored(app)[0].state == State.REOPENED
    again = client.post(f"{STATUS}/mo-lai", data=fields | {"words": "Chưa đúng."})
    assert again.status_code == 422
    assert stored(app)[0].version == opened_version(app)


def opened_version(app: Flask) -> int:
    store: Database = app.extensions["portal"].database
    with store.read() as db:
        return db.query(Case).one().version


def test_a_case_is_taken_back(client: StrictClient, sent: dict[str, str], app: Flask) -> None:
    fields = shown(client, sent).fields("/rut")
    assert "Đã ghi nhận:" in client.post(f"{STATUS}/rut", data=fields).page.text
    assert stored(app)[0].state == State.WITHDRAWN
    assert client.post(f"{STATUS}/rut", data=fields).status_code == 422


def test_without_the_right_secret_no_step_is_taken(
    client: StrictClient, sent: dict[str, str], app: Flask
) -> None:
    fields = shown(client, sent).fields("/rut") | {"secret": "ABCD-EFGH-JKLM"}
    refused = client.post(f"{STATUS}/rut", data=fields)
    assert refused.status_code == 422
    assert "Không tìm thấy phản ánh" in refused.page.text
    assert stored(app)[0].state == State.REGISTERED
    assert client.post(f"{STATUS}/xoa", data=fields).status_code == 404
    assert client.get(f"{STATUS}/rut").status_code == 302


def test_a_step_sets_no_cookie_and_is_kept_by_nobody(
    client: StrictClient, sent: dict[str, str]
) -> None:
    after = client.post(f"{STATUS}/rut", data=shown(client, sent).fields("/rut"))
    assert "Set-Cookie" not in after.headers
    assert after.headers["Cache-Control"] == "no-store"
