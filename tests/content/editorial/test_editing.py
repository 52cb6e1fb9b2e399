"""The editor without JavaScript: every kind of page written, kept, refused, never lost."""

import io
from collections.abc import Callable

import pytest
from flask import Flask

from content.models import Draft, Origin, Source
from content.publishing import Publication
from content.shapes import Citation, Method, Procedure
from content.taking_in import take_in
from portal.staff.models import Role
from tests.content.editorial.clerks import NOW, an_article, library
from tests.content.editorial.editing_pages import (
    a_draft,
    address,
    fields,
    kept,
    opened,
    send,
    store_of,
)
from tests.support import good_files
from tests.support.pages import StrictClient, text_of

SignIn = Callable[..., StrictClient]
CODE = "1.001193"


@pytest.fixture
def editor(staff: SignIn) -> StrictClient:
    return staff(Role.EDITOR, username="bien-tap-a")


def a_record(app: Flask, **parts: object) -> None:
    """A procedure as the national database has it."""
    said = {
        "code": CODE, "name": "Thủ tục đăng ký khai sinh", "title": "Đăng ký khai sinh",
        "methods": (Method(channel="direct", time="1 ngày làm việc", fee="8.000 đồng"),),
        "legal_basis": (Citation(number="60/2014/QH13", title="Luật Hộ tịch"),),
        "steps_text": "Bước 1: nộp hồ sơ.", **parts,
    }  # fmt: skip
    with store_of(app).write() as db:
        publication = Publication(db, NOW, Origin.IMPORT)
        found = Procedure.model_validate(said)
        take_in(publication, Source.DETAILED, [found], serves=lambda _agency: True)
        db.commit()


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("guide", {"title": "Nộp hồ sơ", "summary": "Cách nộp.", "body": "Mang giấy tờ đến."}),
        ("news", {"title": "Tin", "body": "Chữ.", "published_on": "2026-11-23"}),
        ("notice", {"title": "Nghỉ", "summary": "Nghỉ.", "body": "Lễ.", "starts_on": "01/12/2026"}),
        ("page", {"title": "Giới thiệu", "body": "Trung tâm."}),
        ("consultation", {"title": "Dự thảo", "body": "Xin góp ý.", "ends_on": "2026-12-31"}),
        ("question", {"title": "Ở đâu?", "summary": "Ở xã.", "body": "Ở xã.", "source": "Luật",
                      "checked_on": "2026-11-23", "field": "Hộ tịch"}),
        ("legal-document", {"number": "42/2022/NĐ-CP", "title": "Về dịch vụ công trực tuyến",
                            "source": "Công báo", "slug": "42-2022-nd-cp", "evidence": "text"}),
    ],
)  # fmt: skip
def test_every_kind_of_page_is_written_and_kept(
    app: Flask, editor: StrictClient, kind: str, typed: dict[str, str]
) -> None:
    draft_id = a_draft(app, kind, "nop-ho-so")
    answer = send(editor, draft_id, opened(editor, draft_id), **typed)
    assert answer.status_code == 302, answer.text
    assert answer.headers["Location"] == address(draft_id)
    page = kept(app, draft_id)
    for name, value in typed.items():
        expected = {"01/12/2026": "2026-12-01"}.get(value, value)
        assert page[name] == expected
    again = fields(opened(editor, draft_id))
    assert again["seen"] == "1"


def test_parts_that_contradict_each_other_are_said_above_the_form(
    app: Flask, editor: StrictClient
) -> None:
    draft_id = a_draft(app, "legal-document", "42-2022-nd-cp")
    typed = {"number": "42/2022/NĐ-CP", "title": "Về dịch vụ công", "source": "Công báo"}
    days = {"signed_on": "2022-06-24", "effective_from": "2022-06-01"}
    answer = send(editor, draft_id, opened(editor, draft_id), **typed, **days)
    assert answer.status_code == 422
    assert "Có hiệu lực trước ngày ký." in answer.page.text
    answer = send(editor, draft_id, answer.page, effective_from="2022-08-15", link="vi.du")
    assert "bắt đầu bằng https://" in answer.page.links()["#link"]
    assert send(editor, draft_id, answer.page, link="").status_code == 302


def test_an_english_article_is_written_beside_its_original(
    app: Flask, editor: StrictClient
) -> None:
    with app.test_request_context(), store_of(app).write() as db:
        library(db, an_article())
        db.commit()
    draft_id = a_draft(app, language="en")
    page = send(
        editor, draft_id, opened(editor, draft_id), "tai-len",
        title="Apply online", summary="How to apply.", body="Prepare your papers.",
        tep=(io.BytesIO(good_files.png()), "form.png"), mo_ta="The form",
    ).page  # fmt: skip
    assert send(editor, draft_id, page, mo_ta="").status_code == 302
    assert kept(app, draft_id)["language"] == "en"
    shown = editor.get(f"/quan-tri/noi-dung/ban-nhap/{draft_id}/xem")
    assert "Prepare your papers." in shown.page.text  # type: ignore[attr-defined]
    assert 'src="/quan-tri/noi-dung/tep/' in shown.text


def test_a_draft_may_be_kept_unfinished_but_not_sent_to_be_read(
    app: Flask, editor: StrictClient
) -> None:
    draft_id = a_draft(app, "question")
    answer = send(editor, draft_id, opened(editor, draft_id), title="Mới có câu hỏi?")
    assert answer.status_code == 302
    assert kept(app, draft_id)["title"] == "Mới có câu hỏi?"
    answer = send(editor, draft_id, opened(editor, draft_id), "luu-gui")
    assert answer.status_code == 422
    links = answer.page.links()
    assert "Chưa ghi “Nguồn”." in links["#source"]
    assert fields(answer.page)["title"] == "Mới có câu hỏi?"


def test_a_whole_page_is_kept_and_sent_in_one_step(app: Flask, editor: StrictClient) -> None:
    draft_id = a_draft(app)
    typed = {"title": "Nộp", "summary": "Cách nộp.", "body": "Chữ.", "slug": "nop-nhanh"}
    answer = send(editor, draft_id, opened(editor, draft_id), "luu-gui", **typed)
    assert answer.headers["Location"] == f"/quan-tri/noi-dung/ban-nhap/{draft_id}"
    with store_of(app).read() as db:
        draft = db.get(Draft, draft_id)
        assert draft is not None
        assert (draft.stage, draft.key, draft.title) == ("in-review", "nop-nhanh", "Nộp")


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("published_on", "hôm qua", "không phải một ngày"),
        ("published_on", "31/02/2026", "không phải một ngày"),
        ("order", "nhiều", "phải là một số"),
        ("order", "٣", "phải là một số"),
        ("slug", "Có Dấu", "chỉ gồm chữ thường không dấu"),
        ("procedures", "1.001193\nabc", "“abc” không phải mã thủ tục"),
        ("body", "a" * 200_001, "dài quá"),
        ("title", "a" * 3_001, "dài quá"),
        ("title", "a\ufffdb", "bị hỏng"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_everything_typed_stays(
    app: Flask, editor: StrictClient, name: str, typed: str, said: str
) -> None:
    draft_id = a_draft(app, "news", "tin-moi")
    parts = {"title": "Tin", "body": "Chữ.", name: typed}
    answer = send(editor, draft_id, opened(editor, draft_id), **parts)
    assert answer.status_code == 422
    leading = [text_of(link) for link in answer.page.all("a", href=f"#{name}")]
    assert any(said in words for words in leading)
    assert answer.page.one("p", id=f"{name}-error") is not None
    assert fields(answer.page)[name] == typed
    assert kept(app, draft_id)["title"] == ""


def test_texts_arrive_clean_and_unknown_stays_unknown(app: Flask, editor: StrictClient) -> None:
    draft_id = a_draft(app)
    body = "tie\u0302\u0301ng\x00 Việt\r\nhai \x07dòng"
    send(editor, draft_id, opened(editor, draft_id), title="  Nộp \n hồ sơ ", body=body, order="")
    page = kept(app, draft_id)
    assert page["body"] == "tiếng Việt\nhai dòng"
    assert page["title"] == "Nộp hồ sơ"
    assert page.get("checked_on") is None


def test_rows_are_added_moved_and_dropped_by_plain_buttons(
    app: Flask, editor: StrictClient
) -> None:
    draft_id = a_draft(app, "life-event", "sinh-con")
    page = opened(editor, draft_id)
    for number, title in enumerate(("Khai sinh", "Thẻ bảo hiểm", "Thường trú")):
        answer = send(editor, draft_id, page, "them:steps", title="Sinh con")
        assert answer.status_code == 200
        data = {**fields(answer.page), f"steps-{number}-title": title}
        page = editor.post(address(draft_id), data=data | {"lam": "khong-gi:x-0"}).page  # type: ignore[attr-defined]
    page = send(editor, draft_id, page, "len:steps-2").page
    page = send(editor, draft_id, page, "xuong:steps-0").page
    page = send(editor, draft_id, page, "bo:steps-2").page
    page = send(editor, draft_id, page, "them:steps").page
    answer = send(editor, draft_id, page, summary="Có con.", checked_on="2026-11-23")
    assert answer.status_code == 302
    found = kept(app, draft_id)
    assert [step["title"] for step in found["steps"]] == ["Thường trú", "Khai sinh"]
    assert found["title"] == "Sinh con"


@pytest.mark.parametrize(
    "button",
    ["them:", "them:title", "bo:steps", "len:steps-99", "xuong:steps-x", "them:steps-0-procedures",
     "bo:steps-0-title-0", "them:steps-0", "len:-", "them:" + "steps-0-" * 50, "bo:steps--1"],
)  # fmt: skip
def test_a_button_that_fits_nothing_does_nothing(
    app: Flask, editor: StrictClient, button: str
) -> None:
    draft_id = a_draft(app, "life-event", "sinh-con")
    page = send(editor, draft_id, opened(editor, draft_id), "them:steps").page
    answer = send(editor, draft_id, page, button, steps__0__title="Khai sinh")
    assert answer.status_code == 200
    assert fields(answer.page)["steps-0-title"] == "Khai sinh"


def test_a_procedure_gets_two_cases_and_a_local_fee(app: Flask, editor: StrictClient) -> None:
    a_record(app)
    draft_id = a_draft(app, "procedure", CODE)
    page = opened(editor, draft_id)
    for button in ("them:papers", "them:papers", "them:papers-1-papers", "them:local"):
        page = send(editor, draft_id, page, button).page
    answer = send(
        editor, draft_id, page,
        papers__0__title="Cha mẹ đi đăng ký", papers__0__papers__0__name="Tờ khai",
        papers__0__papers__0__originals="1",
        papers__1__title="Người khác đi thay", papers__1__papers__0__name="Giấy ủy quyền",
        papers__1__papers__1__name="Tờ khai",
        local__0__part="fee", local__0__text="Miễn phí", local__0__source="Nghị quyết của tỉnh",
        local__0__checked_on="2026-11-20", proactive="2", aliases="Làm giấy khai sinh\n\nkhai sinh",
    )  # fmt: skip
    assert answer.status_code == 302, answer.text
    found = kept(app, draft_id)
    assert [group["title"] for group in found["papers"]] == [
        "Cha mẹ đi đăng ký",
        "Người khác đi thay",
    ]
    assert found["papers"][0]["papers"][0]["originals"] == 1
    assert found["papers"][0]["papers"][0]["copies"] is None
    assert len(found["papers"][1]["papers"]) == 2
    assert found["local"][0]["text"] == "Miễn phí"
    assert found["proactive"] == 2
    assert found["aliases"] == ["Làm giấy khai sinh", "khai sinh"]
    assert found["online"] == "unknown"
    assert found["methods"][0]["fee"] == "8.000 đồng"


def test_a_changed_part_shows_what_the_record_says_and_clearing_gives_it_back(
    app: Flask, editor: StrictClient
) -> None:
    a_record(app)
    draft_id = a_draft(app, "procedure", CODE)
    send(editor, draft_id, opened(editor, draft_id), methods__0__fee="0 đồng", steps_text="Khác.")
    page = opened(editor, draft_id)
    assert "Nguồn ghi: Bước 1: nộp hồ sơ." in page.text
    assert "8.000 đồng" in page.text
    send(editor, draft_id, page, steps_text="")
    found = kept(app, draft_id)
    assert found["steps_text"] == "Bước 1: nộp hồ sơ."
    assert found["methods"][0]["fee"] == "0 đồng"


def test_staff_see_what_the_law_wants_and_what_is_to_mend(app: Flask, editor: StrictClient) -> None:
    a_record(app, legal_basis=(), online="partial")
    draft_id = a_draft(app, "procedure", CODE)
    page = opened(editor, draft_id)
    links = page.links()
    assert "#online_reason" in links
    assert links["#audience"] == "đối tượng"
    assert "Còn thiếu" in page.text
    again = send(editor, draft_id, page, effective_on="hôm qua")
    assert again.status_code == 422
    assert "Còn thiếu" in again.page.text


def test_the_later_of_two_sees_the_other_text_and_loses_nothing(app: Flask, staff: SignIn) -> None:
    first, second = staff(Role.EDITOR, username="lan"), staff(Role.EDITOR, username="minh")
    draft_id = a_draft(app)
    mine, theirs = opened(first, draft_id), opened(second, draft_id)
    assert "lan đang sửa bản nháp này" in theirs.text
    saved = {"title": "Nộp hồ sơ", "summary": "Cách nộp."}
    assert send(second, draft_id, theirs, body="Chữ của Minh.", **saved).status_code == 302
    answer = send(first, draft_id, mine, body="Chữ của Lan.", **saved)
    assert answer.status_code == 409
    assert "minh đã lưu bản khác" in answer.page.text
    assert "Chữ của Minh." in answer.page.text
    assert fields(answer.page)["body"] == "Chữ của Lan."
    assert kept(app, draft_id)["body"] == "Chữ của Minh."
    assert send(first, draft_id, answer.page, body="Chữ của cả hai.").status_code == 302
    assert kept(app, draft_id)["body"] == "Chữ của cả hai."


def test_sending_the_same_save_twice_changes_nothing(app: Flask, editor: StrictClient) -> None:
    draft_id = a_draft(app)
    page = opened(editor, draft_id)
    for _time in range(2):
        assert send(editor, draft_id, page, title="Nộp", body="Chữ.").status_code == 302
    assert fields(opened(editor, draft_id))["seen"] == "1"


def test_opening_tells_others_and_leaving_lets_go(app: Flask, staff: SignIn) -> None:
    first, second = staff(Role.EDITOR, username="lan"), staff(Role.EDITOR, username="minh")
    draft_id = a_draft(app)
    token = fields(opened(first, draft_id))["csrf_token"]
    other = fields(opened(second, draft_id))["csrf_token"]
    base = f"/quan-tri/noi-dung/ban-nhap/{draft_id}"
    answer = second.post(f"{base}/giu", headers={"X-CSRFToken": other})
    assert answer.json == {"by": "lan", "mine": False, "revision": 0}
    assert first.post(f"{base}/roi", data={"csrf_token": token}).status_code == 204
    answer = second.post(f"{base}/giu", headers={"X-CSRFToken": other})
    assert answer.json == {"by": "minh", "mine": True, "revision": 0}


def test_a_form_file_is_taken_in_and_kept_through_errors(app: Flask, editor: StrictClient) -> None:
    draft_id = a_draft(app, "form", "ct01")
    file = (io.BytesIO(good_files.pdf()), "CT01 tờ khai.pdf")
    answer = send(
        editor, draft_id, opened(editor, draft_id), title="Tờ khai", order="x", tep_file=file
    )
    assert answer.status_code == 422
    assert "CT01 tờ khai.pdf" in answer.page.text
    answer = send(editor, draft_id, answer.page, order="5", number="CT01")
    assert answer.status_code == 302, answer.text
    found = kept(app, draft_id)
    assert found["file"]["name"] == "CT01 tờ khai.pdf"
    assert found["file"]["media_type"] == "application/pdf"
    assert found["preview"] is None
    bad = (io.BytesIO(b"MZ" + bytes(2000)), "CT01.pdf")
    answer = send(editor, draft_id, opened(editor, draft_id), tep_preview=bad)
    assert answer.status_code == 422
    assert "#preview" in answer.page.links()
    assert kept(app, draft_id)["file"]["name"] == "CT01 tờ khai.pdf"


def test_a_file_of_another_draft_cannot_be_named(app: Flask, editor: StrictClient) -> None:
    draft_id = a_draft(app, "form", "ct01")
    answer = send(editor, draft_id, opened(editor, draft_id), title="Mẫu", file="a" * 64)
    assert answer.status_code == 422
    assert "#file" in answer.page.links()


def test_an_unsaved_text_is_looked_at_without_saving(app: Flask, editor: StrictClient) -> None:
    draft_id = a_draft(app)
    page = opened(editor, draft_id)
    answer = send(editor, draft_id, page, "xem", title="Nộp", body="## Giấy **tờ**")
    assert answer.status_code == 200
    assert "Giấy tờ" in [" ".join("".join(h.itertext()).split()) for h in answer.page.all("h2")]
    assert kept(app, draft_id)["title"] == ""
    answer = send(editor, draft_id, answer.page, "luu-xem", summary="Cách nộp.")
    assert answer.headers["Location"].endswith(f"/ban-nhap/{draft_id}/xem")


def test_a_closed_or_unknown_draft_is_not_found(app: Flask, editor: StrictClient) -> None:
    assert editor.get(address(999)).status_code == 404
    assert editor.post(address(999), data={}).status_code == 404
