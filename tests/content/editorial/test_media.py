"""Files of pages: shown to staff at once, to everybody once a published page names them."""

import io
from collections.abc import Callable

import pytest
from flask import Flask

from content.editorial import workflow
from content.models import Ending
from portal.staff.models import Role
from tests.content.editorial.clerks import APPROVER, a_clerk
from tests.content.editorial.editing_pages import a_draft, fields, kept, opened, send, store_of
from tests.support import good_files
from tests.support.pages import StrictClient

SignIn = Callable[..., StrictClient]
WRITER = a_clerk("bien-tap-a", Role.EDITOR)


@pytest.fixture
def editor(staff: SignIn) -> StrictClient:
    return staff(Role.EDITOR, username="bien-tap-a")


def published(app: Flask, draft_id: int) -> None:
    with app.test_request_context(), store_of(app).write() as db:
        seen = workflow.find(db, draft_id).revision
        workflow.submit(db, WRITER, draft_id, seen=seen)
        workflow.approve(db, APPROVER, draft_id, seen=seen)
        workflow.publish(db, APPROVER, draft_id, seen=seen)
        db.commit()


def a_guide_with_a_picture(app: Flask, editor: StrictClient) -> tuple[int, str]:
    """A draft with a picture put in by the plain upload button, and the picture's address."""
    draft_id = a_draft(app)
    picture = (io.BytesIO(good_files.png(600, 400)), "so do.png")
    page = send(
        editor, draft_id, opened(editor, draft_id), "tai-len",
        title="Nộp", summary="Cách nộp.", body="Đi theo sơ đồ.", tep=picture, mo_ta="Sơ đồ  quầy",
    ).page  # fmt: skip
    body = fields(page)["body"]
    assert body.startswith("Đi theo sơ đồ.\n\n![Sơ đồ quầy](/tep/")
    assert send(editor, draft_id, page, mo_ta="").status_code == 302
    return draft_id, body.rpartition("](")[2].rstrip(")\n")


def test_a_picture_is_for_staff_until_its_page_is_published(
    app: Flask, editor: StrictClient, client: StrictClient
) -> None:
    draft_id, address = a_guide_with_a_picture(app, editor)
    assert client.get(address).status_code == 404
    assert client.get(f"/quan-tri/noi-dung{address}").status_code == 302
    answer = editor.get(f"/quan-tri/noi-dung{address}")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["Cache-Control"] == "no-store"
    preview = editor.get(f"/quan-tri/noi-dung/ban-nhap/{draft_id}/xem").text
    assert f'src="/quan-tri/noi-dung{address}" alt="Sơ đồ quầy" width="600" height="400"' in preview
    published(app, draft_id)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "set-cookie" not in {name.lower() for name, _value in answer.headers}
    page = client.get("/huong-dan/nop-ho-so").text
    assert f'src="{address}" alt="Sơ đồ quầy" width="600" height="400" loading="lazy"' in page


def test_a_file_goes_with_its_page(app: Flask, editor: StrictClient, client: StrictClient) -> None:
    draft_id, address = a_guide_with_a_picture(app, editor)
    published(app, draft_id)
    with app.test_request_context(), store_of(app).write() as db:
        from content.editorial import withdrawing

        withdrawing.withdraw(
            db, APPROVER, "guide", "nop-ho-so", "vi", ending=Ending.ERROR, words="Đăng nhầm ảnh."
        )
        db.commit()
    assert client.get(address).status_code == 404


def test_only_the_true_name_and_fingerprint_lead_to_a_file(
    app: Flask, editor: StrictClient, client: StrictClient
) -> None:
    draft_id, address = a_guide_with_a_picture(app, editor)
    published(app, draft_id)
    folder, _slash, name = address.rpartition("/")
    for wrong in (
        f"{folder}/virus.exe", f"{folder[:-1]}/{name}", f"{folder}%25/{name}",
        f"{folder.upper()}/{name}",
        f"/tep/{'0' * 64}/{name}", f"/tep/..%2f..%2fetc/{name}", f"{folder}z/{name}",
    ):  # fmt: skip
        assert client.get(wrong).status_code == 404, wrong


def test_a_form_file_is_for_everybody_once_published(
    app: Flask, editor: StrictClient, client: StrictClient
) -> None:
    draft_id = a_draft(app, "form", "ct01")
    file = (io.BytesIO(good_files.pdf()), "CT01 tờ khai.pdf")
    page = opened(editor, draft_id)
    assert send(editor, draft_id, page, title="Tờ khai CT01", tep_file=file).status_code == 302
    sha256 = kept(app, draft_id)["file"]["sha256"]
    address = f"/tep/{sha256}/CT01%20tờ%20khai.pdf"
    assert client.get(address).status_code == 404
    published(app, draft_id)
    assert client.get(address).status_code == 200
    assert client.get(f"/tep/{sha256}/khac.pdf").status_code == 404


def test_a_replaced_picture_is_gone_for_everybody(
    app: Flask, editor: StrictClient, client: StrictClient
) -> None:
    draft_id, address = a_guide_with_a_picture(app, editor)
    published(app, draft_id)
    again = a_draft(app)
    send(editor, again, opened(editor, again), body="Không còn sơ đồ nữa.")
    published(app, again)
    assert client.get(address).status_code == 404
