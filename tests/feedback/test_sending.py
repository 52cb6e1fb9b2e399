"""Sending a message as a browser sees it: the errand first, then every mistake."""

import pytest
from flask import Flask

from feedback import views
from feedback.identity import reveal
from tests.feedback.browsing import DOOR, STATUS, WHO, codes, fill, review, stored
from tests.support.pages import StrictClient


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
     ("cach-phuc-vu", True), ("quy-dinh", True), ("sang-kien", True), ("tiep-can-thong-tin", True),
     ("du-lieu-cua-toi", True)],
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
