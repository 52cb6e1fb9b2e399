"""The desk as a browser sees it: the whole errand and each step."""

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.models import Case
from feedback.states import State
from portal.staff.models import Role, StaffAction
from tests.feedback.desk_browsing import (
    CLASS,
    QUEUE,
    SignIn,
    fields_of,
    form_of,
    make,
    press,
    stored,
)
from tests.feedback.makers import a_clerk, answered, classified
from tests.support.pages import StrictClient


@pytest.fixture
def code(app: Flask) -> str:
    """A case about conduct, just registered."""
    return make(app)


def test_a_case_goes_over_the_desk_to_a_public_answer(
    app: Flask, staff: SignIn, client: StrictClient, code: str
) -> None:
    officer, approver = staff(Role.OFFICER), staff(Role.APPROVER)
    assert code in officer.get(QUEUE).page.text
    assert press(officer, code, "phan-loai", **CLASS) == 302
    assert press(officer, code, "giao") == 302
    assert press(officer, code, "du-thao", text="Hồ sơ đã xong, gọi 0905 123 456.") == 302
    assert press(approver, code, "duyet") == 302
    assert press(officer, code, "gui") == 302
    assert stored(app, code).state == State.ANSWERED
    address = f"/quan-tri/phan-anh/{code}/cong-khai"
    fields = fields_of(approver.get(address).page, code, "cong-khai")
    assert "0905" not in fields["publish-answer"]
    typed = {"publish-title": "Tách thửa quá hẹn", "publish-confirmed": "y"}
    assert approver.post(address, data=fields | typed).status_code == 302
    public = client.get("/phan-anh-kien-nghi/tra-loi").page
    assert "Tách thửa quá hẹn" in public.text
    (link,) = [a for a in public.links() if "/tra-loi/" in a]
    assert press(approver, code, "go", reason="Nhầm.") == 302
    assert client.get(link).status_code == 410


def test_publishing_shows_masked_text_again_until_nothing_is_left(
    app: Flask, staff: SignIn
) -> None:
    code = make(app, answered)
    approver = staff(Role.APPROVER)
    address = f"/quan-tri/phan-anh/{code}/cong-khai"
    fields = fields_of(approver.get(address).page, code, "cong-khai") | {
        "publish-title": "Tách thửa",
        "publish-answer": "Xin gọi 0905.123.456 hoặc 0905.123.457.",
    }
    assert approver.post(address, data=fields).status_code == 422
    refused = approver.post(address, data=fields | {"publish-confirmed": "y"})
    assert refused.status_code == 422
    shown = fields_of(refused.page, code, "cong-khai")
    assert "0905" not in shown["publish-answer"]
    assert "publish-confirmed" not in shown
    assert not stored(app, code).published
    assert approver.post(address, data=shown | {"publish-confirmed": "y"}).status_code == 302


def test_who_sent_it_is_shown_on_request_and_the_look_is_recorded(
    app: Flask, staff: SignIn, code: str
) -> None:
    officer = staff(Role.OFFICER, username="le-an")
    assert "Bưởi" not in officer.get(f"/quan-tri/phan-anh/{code}").get_data(as_text=True)
    answer = officer.post(
        f"/quan-tri/phan-anh/{code}/nguoi-gui", data=form_of(officer, code, "nguoi-gui")
    )
    assert "Nguyễn Thị Bưởi" in answer.page.text
    assert answer.headers["Cache-Control"] == "no-store"
    with app.extensions["portal"].database.read() as db:
        action = db.scalars(select(StaffAction).where(StaffAction.action == "case.sender")).one()
    assert (action.actor, action.subject) == ("le-an", code)
    assert officer.get(f"/quan-tri/phan-anh/{code}/nguoi-gui").status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"triage_class": "K9"}, "Lớp"),
        ({"triage_class": "K0"}, "lý do"),
        ({"triage_class": "K1"} | {"field": "a" * 121}, "nhiều nhất 120"),
        ({"triage_class": "K2"}, "K2, K3"),
        ({"kind": "no-such"}, "Loại"),
    ],
)
def test_a_wrong_class_is_said_on_the_page(
    app: Flask, staff: SignIn, code: str, typed: dict[str, str], sentence: str
) -> None:
    officer = staff(Role.OFFICER)
    fields = form_of(officer, code, "phan-loai") | {
        f"classify-{name}": value for name, value in typed.items()
    }
    answer = officer.post(f"/quan-tri/phan-anh/{code}/phan-loai", data=fields)
    assert answer.status_code == 422
    assert sentence in answer.page.text
    assert stored(app, code).state == State.REGISTERED


def test_everything_typed_at_the_desk_is_text(app: Flask, staff: SignIn, code: str) -> None:
    officer = staff(Role.OFFICER)
    assert press(officer, code, "ghi-chu", text="<script>alert(1)</script>\0 \U0001f44d") == 302
    html = officer.get(f"/quan-tri/phan-anh/{code}").get_data(as_text=True)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_unit_that_hands_a_case_back_returns_to_its_queue(app: Flask, staff: SignIn) -> None:
    def to_unit(db: object, case: Case, ring: object) -> None:
        classified(db, case, a_clerk(ring))  # type: ignore[arg-type]
        case.unit_code = "so-a"

    code = make(app, to_unit)
    unit = staff(Role.OFFICER, unit_code="so-a")
    fields = form_of(unit, code, "giao") | {"assign-unit_code": "", "assign-note": "Không phải."}
    answer = unit.post(f"/quan-tri/phan-anh/{code}/giao", data=fields)
    assert answer.status_code == 302
    assert answer.headers["Location"] == QUEUE


def test_the_queue_filters_by_what_stands_in_the_address(app: Flask, staff: SignIn) -> None:
    late = make(app, text="Đường Bồng Miêu")
    other = make(app, text="Khác", kind="question")
    officer = staff(Role.OFFICER)
    found = officer.get(f"{QUEUE}?q=bong+mieu").page.text
    assert late in found
    assert other not in found
    assert other in officer.get(f"{QUEUE}?loai=question").page.text
    assert late not in officer.get(f"{QUEUE}?loai=question").page.text
    assert "Không có phản ánh nào" in officer.get(f"{QUEUE}?trang-thai=closed").page.text


def test_a_due_date_is_said_in_words(app: Flask, staff: SignIn, code: str) -> None:
    assert "ngày làm việc" in staff(Role.OFFICER).get(f"/quan-tri/phan-anh/{code}").page.text
