"""What the door notices and shows before sending, and what it bears without falling."""

import threading
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from agencies import register
from feedback.models import Case
from feedback.receipts import plain_secret
from feedback.similar import Similar
from portal import tasks
from portal.database import Database
from portal.keys import KeyRing
from search_index import documents
from search_index.documents import SearchDocument
from tests.feedback.browsing import DOOR, WHO, codes, fill, review, stored
from tests.feedback.makers import a_receipt
from tests.support.pages import Page, StrictClient

AT_ONCE = 20
DENUNCIATION = "Tôi tố cáo cán bộ nhận tiền khi làm hồ sơ."


PROCEDURE = SearchDocument(
    "procedure:1", "procedure", "/thu-tuc/1", "Đăng ký lại khai sinh", codes=["1.001193"]
)


def put(app: Flask, *found: SearchDocument) -> None:
    with app.extensions["portal"].database.write() as db:
        documents.put(db, list(found), revision=1)
        db.commit()


def with_units(app: Flask) -> None:
    with app.extensions["portal"].database.write() as db:
        register.load(db, "quangnam", datetime.now(UTC))
        db.commit()


def reviewed(client: StrictClient, kind: str = "cau-hoi", **typed: str) -> Page:
    answer = client.post(DOOR, data=fill(client, kind, **typed))
    assert answer.status_code == 200
    found: Page = answer.page  # type: ignore[attr-defined]
    return found


def test_a_danger_is_answered_with_numbers_before_and_after_sending(
    app: Flask, client: StrictClient
) -> None:
    page = reviewed(client, text="Tôi bị dọa giết, tôi không muốn sống nữa.")
    assert {"tel:115", "tel:113"} <= set(page.links())
    receipt = client.post(DOOR, data=page.fields() | {"step": "send"}).page
    assert {"tel:115", "tel:113"} <= set(receipt.links())
    with app.extensions["portal"].database.read() as db:
        assert [task.kind for task in tasks.waiting(db)] == ["duty-sheet"]
    assert stored(app)[0].alarm == "self_harm"


def test_an_everyday_question_shows_no_numbers(client: StrictClient) -> None:
    page = reviewed(client, text="Làm lại giấy khai sinh ở đâu, lệ phí bao nhiêu?")
    assert not [address for address in page.links() if address.startswith("tel:1")]


def test_a_denunciation_is_led_elsewhere_and_locked_if_it_comes_anyway(
    app: Flask, client: StrictClient
) -> None:
    page = reviewed(client, text=DENUNCIATION)
    assert "Luật Tố cáo" in page.text
    client.post(DOOR, data=page.fields() | {"step": "send"})
    assert stored(app)[0].locked


def test_a_complaint_is_led_elsewhere_and_may_still_be_sent(
    app: Flask, client: StrictClient
) -> None:
    page = reviewed(client, text="Tôi khiếu nại quyết định thu hồi đất của huyện.")
    assert "không thay cho đơn khiếu nại" in page.text
    client.post(DOOR, data=page.fields() | {"step": "send"})
    assert not stored(app)[0].locked


def test_the_old_name_of_a_unit_becomes_that_of_today(app: Flask, client: StrictClient) -> None:
    with_units(app)
    page = reviewed(client, about_unit="xa duy thu")
    assert "Ông/bà ghi: xa duy thu; nay là đơn vị này." in page.text
    client.post(DOOR, data=page.fields() | {"step": "send"})
    assert stored(app)[0].about_unit == "Xã Duy Tân"


@pytest.mark.parametrize("typed", ["Bộ phận một cửa", "\u202ex", "%", "a" * 200])
def test_a_unit_nobody_knows_stays_as_it_was_typed(
    app: Flask, client: StrictClient, typed: str
) -> None:
    with_units(app)
    page = reviewed(client, about_unit=typed)
    assert page.fields()["about_unit"] == typed.replace("\u202e", "")


def test_published_answers_and_procedures_near_to_it_are_shown(
    app: Flask, client: StrictClient
) -> None:
    answer = "/phan-anh-kien-nghi/tra-loi/lam-lai-giay-khai-sinh"
    put(
        app,
        SearchDocument("answer:x", "answer", answer, "Làm lại giấy khai sinh ở đâu"),
        SearchDocument("procedure:1.1", "procedure", "/thu-tuc/1.1", "Đăng ký lại khai sinh"),
        SearchDocument("news:x", "news", "/tin-tuc/x", "Khai sinh"),
    )
    page = reviewed(client, text="khai sinh", procedure="khai sinh")
    assert {answer, "/thu-tuc/1.1"} <= set(page.links())
    assert "/tin-tuc/x" not in page.links()
    assert "Có thể đã có câu trả lời" in page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("dang ky lai khai sinh", "Có trong danh mục"),
        ("Xin giấy phép bay", "Chưa thấy thủ tục nào đúng tên"),
    ],
)
def test_a_procedure_is_compared_with_the_published_ones_and_free_text_stays(
    app: Flask, client: StrictClient, typed: str, said: str
) -> None:
    put(app, PROCEDURE)
    page = reviewed(client, procedure=typed)
    assert said in page.text
    assert page.fields()["procedure"] == typed


def test_a_procedure_is_known_by_its_code_as_well() -> None:
    known = Similar(answers=(), procedures=(PROCEDURE,))
    assert known.has("1.001193")
    assert not known.has("1.00119")


def test_sixty_megabytes_are_refused_by_the_field_and_more_by_a_page(
    app: Flask, client: StrictClient
) -> None:
    fields = fill(client, "cau-hoi")
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = (
        "".join(parts)
        + '--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
    )
    for megabytes, status in ((60, 422), (80, 413)):
        body = head.encode() + bytes(megabytes * 1024 * 1024) + b"\r\n--x--\r\n"
        answer = client.post(DOOR, data=body, content_type="multipart/form-data; boundary=x")
        assert answer.status_code == status
        assert "10 MB" in answer.page.text
        answer.close()
    assert stored(app) == []


def test_the_draft_is_a_matter_of_the_browser_and_wiped_by_the_receipt(
    client: StrictClient,
) -> None:
    assert client.get(f"{DOOR}?loai=cau-hoi").page.one("form", novalidate="").get("data-draft")
    page = client.post(DOOR, data=review(client, kind="cau-hoi")).page
    assert "data-sent" in page.one("section", class_="receipt").attrib


@pytest.mark.parametrize(
    "text",
    [
        "ă" * 5000,
        "\u202e\u2066trái phải\u2069",
        "\U0001f44d\U0001f3fd" * 500,
        "a\n" * 2499,
        "\ufeff\u200b chữ",
        "e\u0323\u0302" * 1000,
    ],
)
def test_strange_texts_go_the_whole_way(app: Flask, client: StrictClient, text: str) -> None:
    receipt = client.post(DOOR, data=review(client, kind="cau-hoi", text=text)).page
    code, secret = codes(receipt)
    assert (stored(app)[0].code, len(plain_secret(secret))) == (code, 12)
    assert "\u202e" not in stored(app)[0].text


def test_a_line_of_ten_thousand_characters_is_refused_whole(client: StrictClient) -> None:
    answer = client.post(DOOR, data=fill(client, "cau-hoi", text="a" * 10_000))
    assert answer.status_code == 422
    assert len(answer.page.fields()["text"]) == 10_000


def test_three_hundred_fields_change_nothing(app: Flask, client: StrictClient) -> None:
    more = {f"x{n}": "y" for n in range(300)}
    client.post(DOOR, data=review(client, kind="cau-hoi") | more)
    assert len(stored(app)) == 1


def test_names_and_addresses_are_not_carried_to_kinds_that_do_not_ask(
    app: Flask, client: StrictClient
) -> None:
    page = reviewed(client, "trang-web", page_url="/thu-tuc", **WHO)
    client.post(DOOR, data=page.fields() | {"step": "send"})
    assert stored(app)[0].page_url == "/thu-tuc"


def test_one_form_sent_twenty_times_at_once_is_one_case(store: Database, ring: KeyRing) -> None:
    ready, faults, given = threading.Barrier(AT_ONCE), [], []

    def send() -> None:
        try:
            ready.wait(30)
            with store.write() as db:
                receipt = a_receipt(db, ring, stamp_nonce="one")
                db.commit()
            given.append((receipt.code, receipt.secret))
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=send) for _n in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not faults, faults
    assert len(given) == AT_ONCE
    assert len(set(given)) == 1
    with store.read() as db:
        assert _numbers(db) == [1]


def _numbers(db: Session) -> list[int | None]:
    return list(db.scalars(select(Case.register_number)))
