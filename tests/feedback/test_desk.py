"""The desk as a browser sees it: the whole errand, then who may not, and old pages."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.models import Answer, Case
from feedback.states import State
from portal.staff.models import Role, StaffAction
from tests.feedback.makers import a_case, a_clerk, answered, classified
from tests.feedback.makers import published as publish_one
from tests.support.pages import Page, StrictClient

QUEUE = "/quan-tri/"
SignIn = Callable[..., StrictClient]


@pytest.fixture
def code(app: Flask) -> str:
    """A case about conduct, just registered."""
    return make(app)


def make(app: Flask, work: Callable[..., object] | None = None, **changed: object) -> str:
    portal = app.extensions["portal"]
    with app.app_context(), portal.database.write() as db:
        case = a_case(db, portal.ring, **changed)
        if work is not None:
            work(db, case, portal.ring)
        db.commit()
        return case.code


def stored(app: Flask, code: str) -> Case:
    with app.extensions["portal"].database.read() as db:
        return db.scalars(select(Case).where(Case.code == code)).one()


def form_of(client: StrictClient, code: str, slug: str) -> dict[str, str]:
    """What a browser would send from this panel of the case page, untouched."""
    return fields_of(client.get(f"/quan-tri/phan-anh/{code}").page, code, slug)


def fields_of(page: Page, code: str, slug: str) -> dict[str, str]:
    actions = [form.get("action") or "" for form in page.all("form", method="post")]
    return page.fields(actions.index(f"/quan-tri/phan-anh/{code}/{slug}"))


def press(client: StrictClient, code: str, slug: str, **typed: str) -> int:
    fields = form_of(client, code, slug)
    prefix = next(name for name in fields if name.endswith("version")).removesuffix("version")
    typed = {f"{prefix}{name}": value for name, value in typed.items()}
    answer = client.post(f"/quan-tri/phan-anh/{code}/{slug}", data=fields | typed)
    assert answer.status_code in {302, 409, 422, 403}
    return int(answer.status_code)


CLASS = {"triage_class": "K1", "content_types": "1", "field": "Đất đai", "competence": "own"}


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


def test_a_unit_sees_only_its_own_cases(app: Flask, staff: SignIn, code: str) -> None:
    unit = staff(Role.OFFICER, unit_code="so-a")
    assert code not in unit.get(f"{QUEUE}?muc=tat-ca").page.text
    assert unit.get(f"/quan-tri/phan-anh/{code}").status_code == 403
    assert unit.post(f"/quan-tri/phan-anh/{code}/ghi-chu").status_code in {403, 422}
    assert code in staff(Role.APPROVER, unit_code="so-a").get(QUEUE).page.text


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
