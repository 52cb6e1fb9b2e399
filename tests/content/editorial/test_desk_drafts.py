"""The desk of drafts and pages, as editors and approvers walk it."""

from collections.abc import Callable

import pytest
from flask import Flask

from content.editorial import workflow
from content.editorial.clerk import Clerk
from portal import clock, tasks
from portal.staff.models import Role
from tests.content.editorial.clerks import EDITOR, GUIDE, a_clerk, an_article, library, written
from tests.support.pages import StrictClient

DESK = "/quan-tri/noi-dung"
PAGE = f"{DESK}/guide/nop-ho-so"


@pytest.fixture
def editor(staff: Callable[..., StrictClient]) -> StrictClient:
    return staff(Role.EDITOR, username="lan")


@pytest.fixture
def approver(staff: Callable[..., StrictClient]) -> StrictClient:
    return staff(Role.APPROVER, username="minh")


@pytest.fixture
def guide(app: Flask) -> None:
    with app.app_context(), app.extensions["portal"].database.write() as db:
        library(db, an_article(checked_on="2026-11-01"))
        db.commit()


@pytest.mark.usefixtures("guide")
def test_a_page_is_opened_and_a_draft_begun(editor: StrictClient) -> None:
    page = editor.get(f"{DESK}?muc=tat-ca").page
    assert page.links()[PAGE] == "Nộp hồ sơ trực tuyến"
    page = editor.get(PAGE).page
    assert "phiên bản 1" in page.text
    answer = editor.post(f"{PAGE}/sua", data=page.fields(f"{PAGE}/sua"))
    assert answer.headers["Location"] == f"{DESK}/ban-nhap/1/sua"
    page = editor.get(f"{DESK}/ban-nhap/1").page
    assert "Không có gì khác nhau" in page.text
    assert f"{DESK}/ban-nhap/1/xem" in page.links()


def begin(app: Flask, clerk: Clerk = EDITOR, **parts: object) -> str:
    """A draft of the guide with these parts; the address of its page."""
    with app.app_context(), app.extensions["portal"].database.write() as db:
        draft = written(db, clerk, **{"checked_on": "2026-11-01"} | parts)
        db.commit()
        return f"{DESK}/ban-nhap/{draft.id}"


def press(client: StrictClient, at: str, step: str, status: int = 302, **typed: str) -> str:
    """Fill in the panel of a step and send it; what the next page says."""
    fields = client.get(at).page.fields(f"/{step}")
    prefix = next(name for name in fields if name.endswith("seen_save")).removesuffix("seen_save")
    sent = fields | {prefix + name: value for name, value in typed.items()}
    answer = client.post(f"{at}/{step}", data=sent)
    assert answer.status_code == status, answer.page.text
    return client.get(at).page.text if status == 302 else answer.page.text


def public(client: StrictClient) -> str:
    return client.get("/huong-dan/nop-ho-so").page.text


@pytest.mark.usefixtures("guide")
def test_a_draft_goes_to_the_public_by_two_people(
    app: Flask, editor: StrictClient, approver: StrictClient, client: StrictClient
) -> None:
    at = begin(app, a_clerk("lan", Role.EDITOR), body="Mở Cổng Dịch vụ công quốc gia rồi nộp.")
    page = editor.get(at).page
    assert page.all("ins")
    assert page.all("del")
    assert "Chờ người thứ hai đọc" in press(editor, at, "gui-doc", reviewer="minh")
    assert "Thiếu ví dụ." in press(approver, at, "tra-lai", words="Thiếu ví dụ.")
    press(editor, at, "gui-doc")
    assert "người khác phải đọc" in editor.get(at).page.text
    assert "Đã duyệt" in press(approver, at, "duyet")
    assert "Mở Cổng" not in public(client)
    press(approver, at, "dang")
    assert "Mở Cổng" in public(client)
    page = approver.get(PAGE).page
    assert "phiên bản 2" in page.text
    assert "minh" in page.text


@pytest.mark.usefixtures("guide")
def test_the_hour_of_publishing_lies_ahead(
    app: Flask, editor: StrictClient, approver: StrictClient
) -> None:
    at = begin(app, a_clerk("lan", Role.EDITOR), body="Chữ mới cho trang này.")
    press(editor, at, "gui-doc")
    press(approver, at, "duyet")
    for typed, said in (
        ({"day": "2020-01-01", "hour": "08:00"}, "Giờ này đã qua"),
        ({"day": "31/02/2030", "hour": "08:00"}, "Không đọc được"),
        ({"day": "2030-01-01", "hour": ""}, "Cần cả ngày và giờ"),
        (
            {"day": "2030-01-02", "hour": "08:00", "last_day": "2030-01-01", "last_hour": "8:00"},
            "Giờ này đã qua",
        ),
    ):
        assert said in press(approver, at, "hen-gio", 422, **typed)
    said = press(approver, at, "hen-gio", day="01/01/2030", hour="08:30")
    assert "Sẽ tự đăng lúc 01/01/2030 08:30" in said


@pytest.mark.usefixtures("guide")
def test_publishing_alone_needs_a_reason_that_stays_visible(
    app: Flask, approver: StrictClient
) -> None:
    at = begin(app, a_clerk("minh", Role.APPROVER), body="Chữ mới cho trang này.")
    assert "Hãy ghi rõ" in press(approver, at, "dang-khong-doc", 422, reason="gấp")
    press(approver, at, "dang-khong-doc", reason="Bão số 12, quầy phải nghỉ ngay chiều nay.")
    text = approver.get(PAGE).page.text
    assert "không qua người thứ hai" in text
    assert "Bão số 12" in text
    assert "Bão số 12" in approver.get(f"{PAGE}/phien-ban/2").page.text


@pytest.mark.usefixtures("guide")
def test_what_is_to_be_mended_is_listed_with_the_way_to_its_field(
    app: Flask, editor: StrictClient, approver: StrictClient
) -> None:
    at = begin(app, a_clerk("lan", Role.EDITOR), body="Xem [tại đây](/khong-co-trang-nay).")
    page = editor.get(at).page
    assert "Cần sửa trước khi đăng" in page.text
    assert f"{at}/sua#body" in page.links()
    press(editor, at, "gui-doc")
    assert "Chưa đăng được" in press(approver, at, "duyet", 422)


@pytest.mark.usefixtures("guide")
def test_a_draft_is_shown_exactly_as_the_public_will_see_it_and_nothing_of_it_stays(
    app: Flask, editor: StrictClient, client: StrictClient
) -> None:
    at = begin(app, title="Nộp hồ sơ tại nhà", body="Chữ mới cho trang này.")
    before = client.get("/huong-dan/nop-ho-so").data
    answer = editor.get(f"{at}/xem")
    assert answer.page.h1 == "Nộp hồ sơ tại nhà"
    assert "Bản xem trước" in answer.page.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/huong-dan/nop-ho-so").data == before
    assert "Nộp hồ sơ tại nhà" not in editor.get(PAGE).page.text.split("Các phiên bản")[1]


@pytest.mark.usefixtures("guide")
def test_a_version_is_read_and_returned_to(
    app: Flask, approver: StrictClient, client: StrictClient
) -> None:
    at = begin(app, a_clerk("minh", Role.APPROVER), body="Chữ mới cho trang này.")
    press(approver, at, "dang-khong-doc", reason="Chỉ sửa một lỗi chính tả nhỏ.")
    first = f"{PAGE}/phien-ban/1"
    assert "Chuẩn bị giấy tờ" in approver.get(first).page.text
    assert "Chuẩn bị giấy tờ" in approver.get(f"{first}/xem").page.text
    compared = approver.get(f"{PAGE}/so-sanh?tu=1&den=2").page
    assert compared.all("ins")
    fields = approver.get(first).page.fields("/phien-ban/1")
    assert approver.post(first, data=fields | {"reason": ""}).status_code == 422
    assert approver.post(first, data=fields | {"reason": "Sửa nhầm."}).status_code == 302
    assert "Chuẩn bị giấy tờ" in public(client)
    assert "quay lại bản 1" in approver.get(PAGE).page.text


@pytest.mark.usefixtures("guide")
def test_any_two_saves_are_compared_but_not_those_of_another_page(
    app: Flask, editor: StrictClient
) -> None:
    begin(app, body="Chữ mới cho trang này.")
    assert editor.get(f"{PAGE}/so-sanh?tu=1.0&den=1.1").page.all("ins")
    assert editor.get(f"{PAGE}/so-sanh?tu=1.1&den=1").page.all("del")
    for query in ("", "?tu=1&den=9", "?tu=x&den=1", "?tu=1.9&den=1", "?tu=9.1&den=1", "?tu=²&den=1",
                  "?tu=1&den=99999999999", "?tu=1.1.1&den=1", "?tu=1.&den=1"):  # fmt: skip
        assert editor.get(f"{PAGE}/so-sanh{query}").status_code == 404, query


@pytest.mark.usefixtures("guide")
def test_a_page_is_taken_away_with_a_reason_and_brought_back(
    editor: StrictClient, approver: StrictClient, client: StrictClient
) -> None:
    fields = approver.get(PAGE).page.fields(f"{PAGE}/go")
    sent = {"withdraw-ending": "merged", "withdraw-words": "Gộp."}
    answer = approver.post(f"{PAGE}/go", data=fields | sent)
    assert answer.status_code == 422
    assert "cần nơi để chuyển đến" in answer.page.text
    sent = {
        "withdraw-ending": "replaced",
        "withdraw-words": "Đã có trang mới.",
        "withdraw-leads_to": "/khong-co",
    }
    answer = approver.post(f"{PAGE}/go", data=fields | sent)
    assert "Đã có trang mới." in answer.page.text
    assert answer.status_code == 422
    sent = {"withdraw-ending": "error", "withdraw-words": "Nội dung sai."}
    assert approver.post(f"{PAGE}/go", data=fields | sent).status_code == 302
    assert client.get("/huong-dan/nop-ho-so").status_code == 410
    page = approver.get(PAGE).page
    assert "Nội dung sai." in page.text
    assert approver.post(f"{PAGE}/dang-lai", data=page.fields("/dang-lai")).status_code == 302
    assert client.get("/huong-dan/nop-ho-so").status_code == 200
    assert "/go" not in " ".join(
        form.get("action", "") for form in editor.get(PAGE).page.all("form")
    )


@pytest.mark.usefixtures("guide")
def test_a_new_page_begins_with_its_title_and_address(editor: StrictClient) -> None:
    assert f"{DESK}/moi/guide" in editor.get(f"{DESK}/moi").page.links()
    fields = editor.get(f"{DESK}/moi/guide").page.fields(1)
    for typed, said in (
        ({"title": ""}, "Cần điền ô này"),
        ({"title": "x", "key": "Có Dấu"}, "chữ thường không dấu"),
        ({"title": "x", "key": "nop-ho-so"}, "Đã có trang ở địa chỉ này"),
        ({"title": "???"}, "chữ thường không dấu"),
    ):
        answer = editor.post(f"{DESK}/moi/guide", data=fields | typed)
        assert answer.status_code == 422
        assert said in answer.page.text
    answer = editor.post(f"{DESK}/moi/guide", data=fields | {"title": "Đặt lịch hẹn"})
    at = answer.headers["Location"].removesuffix("/sua")
    page = editor.get(at).page
    assert page.h1.startswith("Đặt lịch hẹn")
    assert f"{at}/sua#body" in page.links()
    assert editor.get(f"{at}/xem").page.h1 == "Đặt lịch hẹn"
    assert editor.get(f"{DESK}/guide/dat-lich-hen").status_code == 200
    assert "Đặt lịch hẹn" in editor.get(DESK).page.text


def test_a_page_that_is_not_whole_cannot_be_shown_yet(editor: StrictClient) -> None:
    fields = editor.get(f"{DESK}/moi/form").page.fields(1)
    answer = editor.post(f"{DESK}/moi/form", data=fields | {"title": "Tờ khai"})
    at = answer.headers["Location"].removesuffix("/sua")
    assert "chưa so sánh được" in editor.get(at).page.text
    assert editor.get(f"{at}/xem").status_code == 422
    assert editor.get(f"{DESK}/form/to-khai/so-sanh?tu=1.0&den=1.1").status_code == 422


def test_a_procedure_is_named_by_its_code(editor: StrictClient) -> None:
    fields = editor.get(f"{DESK}/moi/procedure").page.fields(1)
    typed = {"title": "Đăng ký khai sinh", "key": "khai-sinh"}
    answer = editor.post(f"{DESK}/moi/procedure", data=fields | typed)
    assert "1.001193" in answer.page.text
    answer = editor.post(f"{DESK}/moi/procedure", data=fields | typed | {"key": "1.001193"})
    at = answer.headers["Location"].removesuffix("/sua")
    page = editor.get(at).page
    assert page.h1.startswith("Đăng ký khai sinh")
    assert "Cần sửa trước khi đăng" in page.text
    assert editor.get(f"{at}/xem").page.h1 == "Đăng ký khai sinh"


@pytest.mark.usefixtures("guide")
def test_the_english_variant_is_begun_from_the_desk_of_the_page(editor: StrictClient) -> None:
    page = editor.get(PAGE).page
    assert "chưa có" in page.text
    answer = editor.post(f"{PAGE}/sua?ngon-ngu=en", data=page.fields(f"{PAGE}/sua?ngon-ngu=en"))
    assert answer.status_code == 302
    page = editor.get(f"{DESK}/ban-nhap/1").page
    assert "Hướng dẫn · Tiếng Anh" in page.text
    assert editor.get(f"{PAGE}?ngon-ngu=en").status_code == 200
    assert editor.get(f"{PAGE}?ngon-ngu=fr").status_code == 404


@pytest.mark.usefixtures("guide")
def test_who_comes_second_sees_who_is_writing_and_may_take_the_pen(
    app: Flask, editor: StrictClient, approver: StrictClient
) -> None:
    with app.app_context(), app.extensions["portal"].database.write() as db:
        me = a_clerk("lan", Role.EDITOR, now=clock.now())
        draft = workflow.start(db, me, *GUIDE)
        workflow.hold(db, me, draft.id)
        db.commit()
    at = f"{DESK}/ban-nhap/{draft.id}"
    assert "đang sửa bản nháp này" not in editor.get(at).page.text
    page = approver.get(at).page
    assert "lan đang sửa bản nháp này" in page.text
    answer = approver.post(f"{at}/gianh-quyen", data=page.fields("/gianh-quyen"))
    assert answer.headers["Location"] == f"{at}/sua"
    assert "minh đang sửa" in editor.get(at).page.text


@pytest.mark.usefixtures("guide")
def test_a_step_pressed_on_an_old_page_is_refused_and_says_so(
    app: Flask, editor: StrictClient, approver: StrictClient
) -> None:
    lan = a_clerk("lan", Role.EDITOR)
    at = begin(app, lan, body="Chữ mới cho trang này.")
    fields = editor.get(at).page.fields("/gui-doc")
    begin(app, lan, body="Chữ mới hơn nữa cho trang này.")
    answer = editor.post(f"{at}/gui-doc", data=fields)
    assert answer.status_code == 409
    assert "Có người đã lưu" in answer.page.text
    fields["submit-seen_save"] = "x"
    assert editor.post(f"{at}/gui-doc", data=fields).status_code == 409
    press(editor, at, "bo", sure="y")
    answer = editor.post(f"{at}/gui-doc", data=fields)
    assert answer.status_code == 422
    assert "Đã bỏ" in editor.get(at).page.text


@pytest.mark.usefixtures("guide")
def test_remarks_stand_in_their_order(app: Flask, editor: StrictClient) -> None:
    at = begin(app, body="Chữ mới cho trang này.")
    fields = editor.get(at).page.fields("/nhan-xet")
    assert editor.post(f"{at}/nhan-xet", data=fields | {"remark-words": " "}).status_code == 422
    for words in ("Một <b>", "Hai"):
        assert (
            editor.post(f"{at}/nhan-xet", data=fields | {"remark-words": words}).status_code == 302
        )
    text = editor.get(at).page.text
    assert text.index("Một <b>") < text.index("Hai")


@pytest.mark.usefixtures("guide")
def test_a_page_gets_a_keeper_a_day_to_read_it_again_and_an_end(
    editor: StrictClient, approver: StrictClient
) -> None:
    fields = editor.get(PAGE).page.fields("/phu-trach")
    for typed, status in (
        ({"keeper-keeper": "lan", "keeper-review_on": "2020-01-01"}, 422),
        ({"keeper-keeper": "lan", "keeper-review_on": "hôm nào"}, 422),
        ({"keeper-keeper": "khong-co"}, 422),
        ({"keeper-keeper": "lan", "keeper-review_on": "2090-12-31"}, 302),
    ):
        assert editor.post(f"{PAGE}/phu-trach", data=fields | typed).status_code == status
    page = editor.get(PAGE).page
    assert "Người phụ tráchlan" in page.text
    assert "31/12/2090" in page.text
    assert editor.post(f"{PAGE}/da-xem-lai", data=page.fields("/da-xem-lai")).status_code == 302
    assert "31/12/2090" not in editor.get(PAGE).page.text
    fields = approver.get(PAGE).page.fields("/ngung-dang")
    past = {"unpublish-day": "2020-01-01", "unpublish-hour": "08:00"}
    assert approver.post(f"{PAGE}/ngung-dang", data=fields | past).status_code == 422
    ahead = {"unpublish-day": "2090-01-01", "unpublish-hour": "08:00"}
    assert approver.post(f"{PAGE}/ngung-dang", data=fields | ahead).status_code == 302
    assert "Tự ngừng đăng lúc 01/01/2090 08:00" in approver.get(PAGE).page.text
    assert editor.post(f"{PAGE}/ngung-dang").status_code == 403


@pytest.mark.usefixtures("guide")
def test_open_work_about_a_page_stands_on_its_desk(app: Flask, editor: StrictClient) -> None:
    with app.app_context(), app.extensions["portal"].database.write() as db:
        for subject in ("/huong-dan/nop-ho-so", "/huong-dan/nop-ho-so-khac"):
            tasks.open_task(
                db, kind="mend-page", subject=subject, origin=subject[-4:], now=clock.now()
            )
        db.commit()
    text = editor.get(PAGE).page.text
    assert "Người dân báo lỗi trên trang" in text
    assert "khac" not in text
