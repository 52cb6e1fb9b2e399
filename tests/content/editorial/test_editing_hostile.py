"""The editor against scripts in every field, huge and broken input, wrong files, false requests."""

import io
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from portal.staff.models import Role
from tests.content.editorial.editing_pages import a_draft, address, fields, kept, opened, send
from tests.content.editorial.test_editing import CODE, a_record
from tests.support import good_files
from tests.support.pages import StrictClient

SignIn = Callable[..., StrictClient]
XSS = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}</textarea>'


@pytest.fixture
def editor(staff: SignIn) -> StrictClient:
    return staff(Role.EDITOR, username="bien-tap-a")


def token_of(client: StrictClient, draft_id: int) -> dict[str, str]:
    return {"X-CSRFToken": fields(opened(client, draft_id))["csrf_token"]}


@pytest.mark.parametrize(("kind", "key"), [("guide", "a"), ("procedure", CODE), ("form", "a")])
def test_scripts_in_every_field_stay_words(
    app: Flask, editor: StrictClient, kind: str, key: str
) -> None:
    a_record(app)
    draft_id = a_draft(app, kind, key)
    page = opened(editor, draft_id)
    if kind == "procedure":
        for button in ("them:papers", "them:local", "them:legal_basis"):
            page = send(editor, draft_id, page, button).page
    keep = {"csrf_token", "seen", "het", "slug"}
    typed = {name: value if name in keep else XSS for name, value in fields(page).items()}
    for lam in ("luu", "xem", "them:steps", XSS):
        answer = editor.post(address(draft_id), data={**typed, "lam": lam})
        assert answer.status_code in {200, 302, 422}
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        assert "49" not in answer.page.fields("sua")["title"] if answer.text else True


def test_scripts_in_a_saved_text_stay_words_in_preview_and_page(
    app: Flask, editor: StrictClient
) -> None:
    draft_id = a_draft(app)
    body = f"{XSS}\n\n[x](javascript:alert(1)) ![x](data:text/html,x) <svg onload=alert(1)>"
    send(editor, draft_id, opened(editor, draft_id), title=XSS, summary=XSS, body=body)
    assert kept(app, draft_id)["title"] == " ".join(XSS.split())
    for path in ("", "/sua", "/xem"):
        answer = editor.get(f"/quan-tri/noi-dung/ban-nhap/{draft_id}{path}")
        assert answer.status_code == 200
        for sign in ("<script>alert", "<img src=x", "<svg onload", 'href="javascript'):
            assert sign not in answer.text
    answer = editor.post(
        "/quan-tri/noi-dung/xem-thu", data={"body": body}, headers=token_of(editor, draft_id)
    )
    assert answer.json is not None
    for sign in ("<script", "<img", "<svg", 'javascript:alert(1)"'):
        assert sign not in answer.json["html"]


def test_a_request_from_elsewhere_does_nothing_and_loses_nothing(
    app: Flask, editor: StrictClient
) -> None:
    draft_id = a_draft(app)
    page = opened(editor, draft_id)
    answer = send(editor, draft_id, page, csrf_token="x", title="Nộp", body="Chữ.")
    assert answer.status_code == 422
    assert fields(answer.page)["body"] == "Chữ."
    assert kept(app, draft_id)["title"] == ""
    assert send(editor, draft_id, answer.page).status_code == 302
    base = f"/quan-tri/noi-dung/ban-nhap/{draft_id}"
    file = {"tep": (io.BytesIO(good_files.png()), "a.png")}
    assert editor.post(f"{base}/tep", data=file).status_code == 422
    assert editor.post(f"{base}/giu").status_code == 422
    assert editor.post(f"{base}/roi").status_code == 422
    assert editor.post("/quan-tri/noi-dung/xem-thu", data={"body": "x"}).status_code == 422


@pytest.mark.parametrize("missing", ["het", "seen"])
def test_a_form_cut_off_on_its_way_is_not_saved(
    app: Flask, editor: StrictClient, missing: str
) -> None:
    draft_id = a_draft(app)
    send(editor, draft_id, opened(editor, draft_id), title="Nộp", body="Chữ.")
    data = fields(opened(editor, draft_id))
    del data[missing]
    answer = editor.post(address(draft_id), data={**data, "title": "Khác"})
    assert answer.status_code == 422
    assert kept(app, draft_id)["title"] == "Nộp"


def test_a_huge_form_is_refused_with_a_sentence(app: Flask, editor: StrictClient) -> None:
    draft_id = a_draft(app)
    data = {**fields(opened(editor, draft_id)), "body": "a" * 10_000_000}
    boundary, body = encode_multipart(data)
    for sent, content_type in (
        (body, f"multipart/form-data; boundary={boundary}"),
        (urlencode(data), "application/x-www-form-urlencoded"),
    ):
        answer = editor.post(address(draft_id), data=sent, content_type=content_type)
        assert answer.status_code == 413
        assert "200.000 chữ" in answer.page.text  # type: ignore[attr-defined]
    assert kept(app, draft_id)["body"] == ""
    answer = editor.post(
        "/quan-tri/noi-dung/xem-thu",
        data={"body": "a" * 200_001, "csrf_token": fields(opened(editor, draft_id))["csrf_token"]},
    )
    assert answer.status_code == 413


def test_a_procedure_of_very_many_papers_is_kept(app: Flask, editor: StrictClient) -> None:
    a_record(app)
    draft_id = a_draft(app, "procedure", CODE)
    papers = {
        f"papers-0-papers-{number}-name": f"Giấy tờ số {number} của hồ sơ" for number in range(350)
    }
    empty = {
        f"papers-0-papers-{number}-{part}": ""
        for number in range(350)
        for part in ("originals", "copies", "note", "form", "form_slug")
    }
    answer = send(editor, draft_id, opened(editor, draft_id), **papers, **empty)
    assert answer.status_code == 302, answer.text[answer.text.find("problems") :][:600]
    assert len(kept(app, draft_id)["papers"][0]["papers"]) == 350


@pytest.mark.parametrize(
    "name",
    ["papers-0-papers-99999999999-name", "papers-٣-title", "title-0-x", "papers-0", "-", "--",
     "papers-0-papers-0-name-deeper-still", "__proto__-x", "papers"],
)  # fmt: skip
def test_field_names_that_fit_nothing_are_passed_over(
    app: Flask, editor: StrictClient, name: str
) -> None:
    a_record(app)
    draft_id = a_draft(app, "procedure", CODE)
    data = MultiDict([*fields(opened(editor, draft_id)).items(), (name, "x"), ("lam", "luu")])
    assert editor.post(address(draft_id), data=data).status_code == 302


def test_bytes_that_are_no_utf_8_are_said_beside_their_field(
    app: Flask, editor: StrictClient
) -> None:
    draft_id = a_draft(app)
    data = {**fields(opened(editor, draft_id)), "title": "HONG", "lam": "luu"}
    boundary, body = encode_multipart(data)
    answer = editor.post(
        address(draft_id),
        data=body.replace(b"HONG", b"a\xff\xfe"),
        content_type=f"multipart/form-data; boundary={boundary}",
    )
    assert answer.status_code == 422
    assert "#title" in answer.page.links()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 422),
        ("a.pdf", b"MZ\x90\x00" + bytes(500), 422),
        ("a.png", b"", 422),
        ("a.docx", b"PK\x03\x04" + bytes(100), 422),
        ("a.html", b"<html><script>alert(1)</script>", 422),
        ("../../etc/a.png", good_files.png(), 200),
        ("<b>.png", good_files.png(), 200),
        ("a](x) ![.png", good_files.png(), 200),
    ],
)
def test_files_are_judged_by_what_they_hold(
    app: Flask, editor: StrictClient, name: str, data: bytes, status: int
) -> None:
    draft_id = a_draft(app)
    answer = editor.post(
        f"/quan-tri/noi-dung/ban-nhap/{draft_id}/tep",
        data={"tep": (io.BytesIO(data), name), "mo-ta": "Sơ đồ ](x) <b>"},
        headers=token_of(editor, draft_id),
    )
    assert answer.status_code == status, answer.text
    assert answer.json is not None
    if status != 200:
        assert answer.json["problem"]
        return
    made = answer.json["markdown"]
    assert made.startswith("![Sơ đồ (x) <b>](/tep/")
    shown = editor.post(
        "/quan-tri/noi-dung/xem-thu", data={"body": made}, headers=token_of(editor, draft_id)
    )
    assert shown.json is not None
    assert shown.json["html"].count("<img ") == 1
    assert "<b>" not in shown.json["html"]


def test_a_picture_with_too_many_pixels_is_refused(app: Flask, editor: StrictClient) -> None:
    draft_id = a_draft(app)
    bomb = bytearray(good_files.png(10, 10))
    bomb[16:24] = (60_000).to_bytes(4) * 2
    answer = editor.post(
        f"/quan-tri/noi-dung/ban-nhap/{draft_id}/tep",
        data={"tep": (io.BytesIO(bytes(bomb)), "a.png")},
        headers=token_of(editor, draft_id),
    )
    assert answer.status_code == 422


def test_a_file_too_large_is_refused_with_its_limit(app: Flask, editor: StrictClient) -> None:
    draft_id = a_draft(app)
    for megabytes, status in ((21, 422), (70, 413)):
        large = FileStorage(io.BytesIO(good_files.png() + bytes(megabytes * 1024**2)), "a.png")
        boundary, body = encode_multipart({"tep": large})
        answer = editor.post(
            f"/quan-tri/noi-dung/ban-nhap/{draft_id}/tep",
            data=body,
            content_type=f"multipart/form-data; boundary={boundary}",
            headers=token_of(editor, draft_id),
        )
        assert answer.status_code == status
        assert answer.json is not None
        assert "20 MB" in answer.json["problem"]


def test_others_may_not_open_the_editor(app: Flask, staff: SignIn, client: StrictClient) -> None:
    draft_id = a_draft(app)
    assert staff(Role.OFFICER).get(address(draft_id)).status_code == 403
    assert "/dang-nhap" in client.get(address(draft_id)).headers["Location"]
