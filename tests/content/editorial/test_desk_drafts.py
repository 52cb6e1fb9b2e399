"""The desk of drafts and pages, as editors and approvers walk it."""

from collections.abc import Callable

import pytest
from flask import Flask

from portal.staff.models import Role
from tests.content.editorial.clerks import an_article, library
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
