"""The public side as a browser sees it: the errand first, then every way to do it wrong."""

import re
import time
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from feedback import views
from feedback.identity import reveal
from feedback.models import Case
from tests.feedback.makers import a_case
from tests.feedback.makers import published as publish_one
from tests.support.pages import Page, StrictClient, text_of

DOOR = "/phan-anh-kien-nghi"
STATUS = f"{DOOR}/tra-cuu"
WHO = {"name": "Nguyễn Thị Bưởi", "address": "Thôn Trung Đàn", "phone": "0905 123 456"}


def fill(client: StrictClient, kind: str = "tre-han", **typed: str) -> dict[str, str]:
    """What a browser would send from the first form, with these fields typed in."""
    fields = client.get(f"{DOOR}?loai={kind}").page.fields()
    return fields | {"step": "review", "text": "Hồ sơ quá hẹn ba tuần."} | typed


def review(client: StrictClient, **typed: str) -> dict[str, str]:
    answer = client.post(DOOR, data=fill(client, **typed))
    assert answer.status_code == 200, answer.page.text
    return answer.page.fields() | {"step": "send"}


def codes(page: Page) -> tuple[str, str]:
    code, secret = (text_of(found) for found in page.all("dd", class_="code"))
    return code, secret


def stored(app: Flask) -> list[Case]:
    with app.extensions["portal"].database.read() as db:
        return list(db.scalars(select(Case).order_by(Case.id)))


def test_a_late_dossier_is_sent_in_three_steps_and_followed(
    app: Flask, client: StrictClient
) -> None:
    answer = client.post(DOOR, data=review(client, **WHO))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    code, secret = codes(answer.page)
    (case,) = stored(app)
    assert (case.code, case.kind, case.text) == (code, "late", "Hồ sơ quá hẹn ba tuần.")
    assert not (case.publish_name or case.ask_afterwards)
    asked = client.get(f"{STATUS}?ma={code}").page.fields() | {"secret": secret.lower()}
    shown = client.post(STATUS, data=asked)
    assert shown.status_code == 200
    assert "Set-Cookie" not in shown.headers
    assert "Trung tâm đã nhận và ghi vào sổ tiếp nhận." in shown.page.text
    assert "chưa xác định được điều khoản" in shown.page.text
    assert "Bưởi" not in shown.page.text


def test_nothing_is_stored_before_it_is_sent(app: Flask, client: StrictClient) -> None:
    review(client, **WHO)
    assert stored(app) == []


def test_the_receipt_has_a_qr_of_the_code_alone(client: StrictClient) -> None:
    page = client.post(DOOR, data=review(client, **WHO)).page
    picture = page.one("img", width="160")
    assert (picture.get("src") or "").startswith("data:image/svg+xml")
    code, secret = codes(page)
    assert any(address.endswith(f"?ma={code}") for address in page.links())
    assert secret not in str(page.links())


def test_reloading_the_receipt_repeats_it_and_changes_nothing(
    app: Flask, client: StrictClient
) -> None:
    form = review(client, **WHO)
    first, again = client.post(DOOR, data=form), client.post(DOOR, data=form)
    assert codes(first.page) == codes(again.page)
    assert "đã được gửi trước đó" in again.page.text
    assert len(stored(app)) == 1


def test_a_changed_text_under_the_same_stamp_is_kept_and_can_be_sent(
    app: Flask, client: StrictClient
) -> None:
    form = review(client, **WHO)
    client.post(DOOR, data=form)
    answer = client.post(DOOR, data=form | {"text": "Viết lại từ đầu."})
    assert "chưa được ghi nhận" in answer.page.text
    once_more = client.post(DOOR, data=answer.page.fields())
    assert "Viết lại từ đầu." in once_more.page.text
    client.post(DOOR, data=once_more.page.fields() | {"step": "send"})
    assert [case.text for case in stored(app)] == ["Hồ sơ quá hẹn ba tuần.", "Viết lại từ đầu."]


def test_going_back_to_edit_keeps_everything(client: StrictClient) -> None:
    form = review(client, **WHO, publish_name="y")
    page = client.post(DOOR, data=form | {"step": "edit"}).page
    again = page.fields()
    assert all(
        again[name] == form[name] for name in ("text", "stamp", "kind", "publish_name", *WHO)
    )


@pytest.mark.parametrize(
    ("kind", "needs_name"),
    [("cau-hoi", False), ("trang-web", False), ("khen-ngoi", False), ("tre-han", True),
     ("cach-phuc-vu", True), ("quy-dinh", True), ("sang-kien", True), ("tiep-can-thong-tin", True)],
)  # fmt: skip
def test_only_petitions_and_information_requests_need_a_name(
    client: StrictClient, kind: str, needs_name: bool
) -> None:
    answer = client.post(DOOR, data=fill(client, kind))
    assert answer.status_code == (422 if needs_name else 200)
    if needs_name:
        assert "Hãy ghi họ và tên." in answer.page.text
        assert answer.page.fields()["text"] == "Hồ sơ quá hẹn ba tuần."


def test_the_kind_can_be_changed_without_losing_the_text(client: StrictClient) -> None:
    answer = client.post(DOOR, data=fill(client, "tre-han") | {"kind": "question"})
    assert answer.status_code == 200
    assert "Tôi muốn hỏi" in answer.page.text


def test_a_mistake_in_a_field_the_kind_does_not_ask_for_can_be_mended(
    client: StrictClient,
) -> None:
    fields = fill(client, "tre-han", **WHO, dossier_code="123", procedure="Tách thửa")
    answer = client.post(DOOR, data=fields | {"kind": "praise"})
    assert answer.status_code == 422
    again = answer.page.fields() | {"dossier_code": "", "step": "review"}
    assert again["procedure"] == "Tách thửa"
    assert client.post(DOOR, data=again).status_code == 200


def test_a_business_gives_name_and_checked_tax_code(app: Flask, client: StrictClient) -> None:
    firm = {"sender_kind": "organisation", "organisation": "Công ty Sông Thu"}
    wrong = client.post(DOOR, data=fill(client, **WHO, **firm, tax_code="0100109107"))
    assert wrong.status_code == 422
    assert "Mã số thuế không đúng" in wrong.page.text
    client.post(DOOR, data=review(client, **WHO, **firm, tax_code="0100109106"))
    (case,) = stored(app)
    portal = app.extensions["portal"]
    with portal.database.read() as db:
        sender = reveal(db, case, portal.ring)
    assert (sender.organisation, sender.tax_code) == ("Công ty Sông Thu", "0100109106")


def test_consents_are_unticked_apart_and_recorded(app: Flask, client: StrictClient) -> None:
    page = client.get(f"{DOOR}?loai=cau-hoi").page
    for name in ("publish_name", "ask_afterwards"):
        assert "checked" not in page.one("input", name=name).attrib
    client.post(DOOR, data=review(client, kind="cau-hoi", ask_afterwards="y"))
    (case,) = stored(app)
    assert (case.publish_name, case.ask_afterwards, case.notice_version) == (
        False,
        True,
        "2026-11",
    )


def test_the_privacy_notice_stands_before_the_personal_fields(client: StrictClient) -> None:
    html = client.get(f"{DOOR}?loai=tre-han").get_data(as_text=True)
    assert 0 < html.index('id="quyen-rieng-tu"') < html.index('name="name"')
    assert "căn cước" not in html[html.index('name="name"') :]


def test_a_page_that_reports_itself_fills_in_address_and_text(client: StrictClient) -> None:
    chooser = client.get(f"{DOOR}?trang=/thu-tuc/1.001193&noi-dung=Thiếu").page
    link = next(address for address in chooser.links() if "loai=trang-web" in address)
    fields = client.get(link).page.fields()
    assert (fields["page_url"], fields["text"]) == ("/thu-tuc/1.001193", "Thiếu")
    long = client.get(f"{DOOR}?loai=trang-web&noi-dung={'a' * 5000}").page.fields()
    assert len(long["text"]) == views.PREFILLED_TEXT


def test_the_english_pages_take_a_petition_as_a_question(app: Flask, client: StrictClient) -> None:
    fields = client.get(f"/en{DOOR}?loai=tre-han").page.fields()
    answer = client.post(f"/en{DOOR}", data=fields | {"text": "My file is late", "step": "send"})
    assert answer.status_code == 200
    (case,) = stored(app)
    assert (case.kind, case.chosen_kind, case.language) == ("question", "late", "en")


def test_the_first_page_may_be_kept_and_forms_may_not(client: StrictClient) -> None:
    assert "no-store" not in client.get(DOOR).headers["Cache-Control"]
    for address in (f"{DOOR}?loai=cau-hoi", STATUS):
        assert client.get(address).headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in client.get(address).headers


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Hãy viết nội dung."),
        ({"text": " \r\n "}, "Hãy viết nội dung."),
        ({"text": "ă" * 5001}, "Nội dung dài 5001 ký tự"),
        ({"kind": ""}, "Hãy chọn ông/bà muốn gửi gì."),
        ({"kind": "no-such"}, "Hãy chọn ông/bà muốn gửi gì."),
        ({"phone": "gọi tôi"}, "8 đến 15 chữ số"),
        ({"email": "a@b"}, "ten@noigui.vn"),
        ({"dossier_code": "123"}, "Mã hồ sơ"),
        ({"name": "a" * 121}, "nhiều nhất 120"),
        ({"sender_kind": "robot"}, "cá nhân hoặc doanh nghiệp"),
        ({"name": ""}, "Hãy ghi họ và tên."),
        ({"address": "\0"}, "Hãy ghi địa chỉ"),
    ],
)
def test_a_mistake_is_said_by_its_field_and_nothing_typed_is_lost(
    app: Flask, client: StrictClient, typed: dict[str, str], sentence: str
) -> None:
    fields = fill(client, **WHO, procedure="Tách thửa")
    answer = client.post(DOOR, data=fields | typed)
    assert answer.status_code == 422
    assert sentence in answer.page.text
    assert answer.page.fields()["procedure"] == "Tách thửa"
    assert stored(app) == []


def test_exactly_5000_characters_are_accepted(app: Flask, client: StrictClient) -> None:
    client.post(DOOR, data=review(client, **WHO, text="ă" * 5000))
    assert len(stored(app)[0].text) == 5000


HOSTILE = "<script>alert(1)</script> \" ' {{ 7*7 }} \U0001f44d ٣ ́ =1+1 ';DROP TABLE cases;--"


def test_hostile_text_is_kept_as_text_on_every_page(app: Flask, client: StrictClient) -> None:
    form = review(client, text=HOSTILE, about_unit=HOSTILE[:50], **(WHO | {"name": HOSTILE[:60]}))
    answer = client.post(DOOR, data=form)
    code, secret = codes(answer.page)
    assert stored(app)[0].text == form["text"].strip()
    asked = client.get(STATUS).page.fields() | {"code": code, "secret": secret}
    shown = client.post(STATUS, data=asked)
    assert "<script>alert" not in shown.get_data(as_text=True)
    assert "<script>alert(1)</script>" in shown.page.text
    assert "49" not in shown.page.text.split("Nội dung đã gửi")[1].split("DROP")[0]


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
    import io

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


def test_many_sendings_from_one_address_are_marked_and_never_refused(
    app: Flask, client: StrictClient
) -> None:
    for n in range(views.SENDINGS_BEFORE_DOUBT + 2):
        answer = client.post(DOOR, data=review(client, kind="cau-hoi", text=f"Câu hỏi {n}"))
        assert answer.status_code == 200
    assert answer.headers["Retry-After"] == "60"
    cases = stored(app)
    assert len(cases) == views.SENDINGS_BEFORE_DOUBT + 2
    assert cases[-1].quarantine_score > cases[0].quarantine_score


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
    assert answer.page.h1 == "Việc 0"
    assert "Bưởi" not in answer.page.text
    assert "no-store" not in answer.headers["Cache-Control"]
    assert client.get(f"{DOOR}/tra-loi?trang=999&linh-vuc=%00").status_code == 200
    assert client.get(f"{DOOR}/tra-loi/khong-co").status_code == 404


def test_the_same_pages_open_in_english(client: StrictClient) -> None:
    for address in (DOOR, f"{DOOR}?loai=cau-hoi", STATUS, f"{DOOR}/tra-loi"):
        assert client.get(f"/en{address}").status_code == 200
