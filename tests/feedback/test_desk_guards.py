"""At the desk: who may not, old pages, forged requests, and what stays inside."""

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.models import Answer, Case
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
from tests.feedback.makers import answered
from tests.feedback.makers import published as publish_one
from tests.support.pages import StrictClient


@pytest.fixture
def code(app: Flask) -> str:
    """A case about conduct, just registered."""
    return make(app)


def test_without_the_token_nobody_is_shown(app: Flask, staff: SignIn, code: str) -> None:
    officer = staff(Role.OFFICER)
    answer = officer.post(f"/quan-tri/phan-anh/{code}/nguoi-gui")
    assert answer.status_code == 302
    with app.extensions["portal"].database.read() as db:
        assert not list(db.scalars(select(StaffAction).where(StaffAction.action == "case.sender")))


def test_a_unit_never_learns_who_complains_about_it(app: Flask, staff: SignIn) -> None:
    def to_unit(_db: object, case: Case, _ring: object) -> None:
        case.unit_code = "so-a"

    code = make(app, to_unit)
    unit = staff(Role.OFFICER, unit_code="so-a")
    page = unit.get(f"/quan-tri/phan-anh/{code}").page
    assert "được giấu" in page.text
    token = page.fields().get("csrf_token", "")
    answer = unit.post(f"/quan-tri/phan-anh/{code}/nguoi-gui", data={"csrf_token": token})
    assert answer.status_code == 403
    assert "Bưởi" not in answer.page.text


def test_an_old_page_is_refused_and_what_was_typed_stays(
    app: Flask, staff: SignIn, code: str
) -> None:
    one, two = staff(Role.OFFICER), staff(Role.OFFICER)
    old = form_of(one, code, "ghi-chu")
    assert press(two, code, "phan-loai", **CLASS) == 302
    answer = one.post(
        f"/quan-tri/phan-anh/{code}/ghi-chu", data=old | {"note-text": "Đã gọi lúc 9 giờ."}
    )
    assert answer.status_code == 409
    assert "vừa thay đổi" in answer.page.text
    assert "Đã gọi lúc 9 giờ." in answer.get_data(as_text=True)
    again = fields_of(answer.page, code, "ghi-chu")
    assert one.post(f"/quan-tri/phan-anh/{code}/ghi-chu", data=again).status_code == 302


def test_a_move_the_table_forbids_is_refused_by_post_too(
    app: Flask, staff: SignIn, code: str
) -> None:
    officer = staff(Role.OFFICER)
    fields = form_of(officer, code, "ghi-chu")
    token, version = fields["note-csrf_token"], fields["note-version"]
    for slug, prefix in (("duyet", "approve"), ("gui", "send"), ("go", "unpublish")):
        answer = officer.post(
            f"/quan-tri/phan-anh/{code}/{slug}",
            data={f"{prefix}-csrf_token": token, f"{prefix}-version": version},
        )
        assert answer.status_code == 422
        assert "Không thể thực hiện" in answer.page.text
    assert stored(app, code).state == State.REGISTERED


def test_an_officer_neither_approves_nor_publishes(app: Flask, staff: SignIn) -> None:
    code = make(app, answered)
    officer = staff(Role.OFFICER)
    page = officer.get(f"/quan-tri/phan-anh/{code}").page
    assert not any("cong-khai" in address for address in page.links())
    assert officer.get(f"/quan-tri/phan-anh/{code}/cong-khai").status_code == 422


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "\0", "٣"])
def test_a_meddled_version_is_an_old_page(
    app: Flask, staff: SignIn, code: str, version: str
) -> None:
    officer = staff(Role.OFFICER)
    fields = form_of(officer, code, "ghi-chu") | {"note-version": version, "note-text": "a"}
    assert officer.post(f"/quan-tri/phan-anh/{code}/ghi-chu", data=fields).status_code == 409


def test_a_unit_sees_only_its_own_cases(app: Flask, staff: SignIn, code: str) -> None:
    unit = staff(Role.OFFICER, unit_code="so-a")
    assert code not in unit.get(f"{QUEUE}?muc=tat-ca").page.text
    assert unit.get(f"/quan-tri/phan-anh/{code}").status_code == 403
    assert unit.post(f"/quan-tri/phan-anh/{code}/ghi-chu").status_code in {403, 422}
    assert code in staff(Role.APPROVER, unit_code="so-a").get(QUEUE).page.text


def test_the_desk_is_closed_to_strangers_and_to_editors(
    app: Flask, staff: SignIn, client: StrictClient, code: str
) -> None:
    for address in (QUEUE, f"/quan-tri/phan-anh/{code}"):
        assert client.get(address).status_code == 302
        assert "tách thửa" not in client.get(address).get_data(as_text=True)
    editor = staff(Role.EDITOR)
    assert code not in editor.get(QUEUE).page.text
    assert editor.get(f"/quan-tri/phan-anh/{code}").status_code == 403
    for slug in ("ghi-chu", "phan-loai", "nguoi-gui", "cong-khai", "gui"):
        assert client.post(f"/quan-tri/phan-anh/{code}/{slug}").status_code == 302
        assert editor.post(f"/quan-tri/phan-anh/{code}/{slug}").status_code == 403


def test_addresses_that_lead_nowhere_say_so(staff: SignIn, code: str) -> None:
    officer = staff(Role.OFFICER)
    assert officer.get("/quan-tri/phan-anh/PAKN.1.1").status_code == 404
    assert officer.get(f"/quan-tri/phan-anh/{code}/khong-co").status_code == 404
    assert officer.get(f"/quan-tri/phan-anh/{code}/ghi-chu").status_code == 302
    assert officer.get(f"{QUEUE}?trang=x&muc=%00&q=%00&loai=%27").status_code == 200


def test_what_is_public_shows_no_note_and_no_name(
    app: Flask, staff: SignIn, client: StrictClient
) -> None:
    code = make(app, publish_one)
    assert press(staff(Role.OFFICER), code, "ghi-chu", text="BÍ MẬT NỘI BỘ") == 302
    with app.extensions["portal"].database.read() as db:
        slug = db.scalars(select(Answer.slug)).one()
    page = client.get(f"/phan-anh-kien-nghi/tra-loi/{slug}").page
    for hidden in ("BÍ MẬT", "Bưởi", code, "an,"):
        assert hidden not in page.text
