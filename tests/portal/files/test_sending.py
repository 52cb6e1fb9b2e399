"""Kept files go out so that a browser can only save them, or show what is safe to show."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.test import Client, TestResponse, encode_multipart

from portal import clock
from portal.database import Database, session
from portal.files import keeping, sending
from portal.files.models import StoredFile
from portal.staff.access import public
from tests.support import good_files

MB = 1024 * 1024


@pytest.fixture
def web(app: Flask) -> Iterator[Client]:
    """The application with a route that sends any kept file, and two that read a form."""

    @app.get("/thu-tep/<sha256>")
    @public
    def thu_tep(sha256: str) -> ResponseReturnValue:
        stored = session().get_one(StoredFile, sha256)
        asked = request.args
        return sending.send(
            stored, "Tờ khai.docx", inline="inline" in asked, public="public" in asked
        )

    @public
    def take() -> ResponseReturnValue:
        return {"bytes": sum(len(file.read()) for file in request.files.values())}

    app.add_url_rule("/thu-nhan", "wide", sending.takes_files(4 * MB)(take), methods=["POST"])
    app.add_url_rule("/thu-nhan-nho", "narrow", take, methods=["POST"])
    return Client(app)


@pytest.fixture
def kept(app: Flask) -> dict[str, str]:
    """The fingerprint of a kept file of each kind."""
    store: Database = app.extensions["portal"].database
    made = {}
    with app.app_context(), store.write() as db:
        for suffix, data in good_files.all_kinds().items():
            one = keeping.keep(
                db, sending.cabinet(), data, f"a.{suffix}", limit=MB, now=clock.now()
            )
            made[suffix] = one.sha256
        db.commit()
    return made


def test_a_file_is_saved_under_its_name_and_does_nothing(web: Client, kept: dict[str, str]) -> None:
    answer = web.get(f"/thu-tep/{kept['docx']}")
    assert answer.status_code == 200
    assert answer.data == good_files.office("docx")
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert "filename*=UTF-8''T%E1%BB%9D%20khai.docx" in disposition
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize("suffix", ["doc", "docx", "xls", "xlsx"])
def test_office_files_are_never_shown_inline(
    web: Client, kept: dict[str, str], suffix: str
) -> None:
    answer = web.get(f"/thu-tep/{kept[suffix]}?inline=1")
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("suffix", ["pdf", "jpg", "png"])
def test_pictures_and_pdf_may_be_shown(web: Client, kept: dict[str, str], suffix: str) -> None:
    answer = web.get(f"/thu-tep/{kept[suffix]}?inline=1&public=1")
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_part_of_a_file_can_be_asked_for(web: Client, kept: dict[str, str]) -> None:
    part = {"Range": "bytes=0-4"}
    with web.get(f"/thu-tep/{kept['pdf']}?public=1", headers=part) as answer:
        assert (answer.status_code, answer.data) == (206, b"%PDF-")
        assert "immutable" in answer.headers["Cache-Control"]


def test_a_file_that_a_browser_has_is_not_sent_again(web: Client, kept: dict[str, str]) -> None:
    etag = f'"{kept["pdf"]}"'
    for address in (f"/thu-tep/{kept['pdf']}?public=1", f"/thu-tep/{kept['pdf']}?public=1"):
        answer = web.get(address, headers={"If-None-Match": etag})
        assert (answer.status_code, answer.headers["ETag"]) == (304, etag)


def test_a_file_whose_bytes_are_gone_is_not_found(
    app: Flask, web: Client, kept: dict[str, str]
) -> None:
    with app.app_context():
        sending.cabinet().path(kept["pdf"]).unlink()
    assert web.get(f"/thu-tep/{kept['pdf']}").status_code == 404


def upload(web: Client, address: str, size: int) -> TestResponse:
    boundary, body = encode_multipart({"tep": FileStorage(BytesIO(bytes(size)), "a.pdf")})
    kind = f"multipart/form-data; boundary={boundary}"
    return web.post(address, data=body, content_type=kind)


def test_only_a_route_that_takes_files_takes_large_ones(web: Client) -> None:
    assert upload(web, "/thu-nhan", 4 * MB).json == {"bytes": 4 * MB}
    assert upload(web, "/thu-nhan-nho", MB).json == {"bytes": MB}
    assert upload(web, "/thu-nhan-nho", 3 * MB).status_code == 413


def test_a_file_a_little_too_large_reaches_its_field(web: Client) -> None:
    assert upload(web, "/thu-nhan", 5 * MB).json == {"bytes": 5 * MB}


def test_a_much_too_large_one_is_refused_with_the_limit(web: Client) -> None:
    answer = upload(web, "/thu-nhan", 9 * MB)
    assert answer.status_code == 413
    assert "Mỗi tệp tối đa 4 MB." in answer.text
