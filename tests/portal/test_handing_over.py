"""An account with work in hand is switched off only after somebody else has the work."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from content.editorial.models import Draft
from portal.staff.models import Role, StaffAccount
from tests.content.editorial.clerks import a_clerk, an_article, library, written
from tests.support.pages import StrictClient

LIST = "/quan-tri/tai-khoan"


@pytest.fixture
def admin(staff: Callable[..., StrictClient]) -> StrictClient:
    return staff(Role.ADMIN, username="quan-tri")


@pytest.fixture
def leaver(app: Flask, staff: Callable[..., StrictClient]) -> int:
    """The account of Lan, who is writing a draft; Minh edits too, Hoa handles cases alone."""
    staff(Role.EDITOR, username="lan")
    staff(Role.EDITOR, username="minh")
    staff(Role.OFFICER, username="hoa")
    with app.app_context(), app.extensions["portal"].database.write() as db:
        library(db, an_article())
        written(db, a_clerk("lan", Role.EDITOR), body="Chữ mới cho trang này.")
        db.commit()
        return db.scalars(select(StaffAccount.id).filter_by(username="lan")).one()


def account(app: Flask, number: int) -> StaffAccount:
    with app.extensions["portal"].database.read() as db:
        return db.get_one(StaffAccount, number)


def test_switching_off_leads_to_handing_over_and_that_moves_everything(
    app: Flask, admin: StrictClient, leaver: int
) -> None:
    off = f"{LIST}/{leaver}"
    answer = admin.post(off, data=admin.get(LIST).page.fields(off) | {"viec": "khoa"})
    assert answer.headers["Location"] == f"{off}/ban-giao"
    assert account(app, leaver).active
    page = admin.get(f"{off}/ban-giao").page
    assert "1 bản nháp đang viết" in page.text
    assert "Hãy bàn giao trước" in page.text
    fields = page.fields(1)
    assert admin.post(f"{off}/ban-giao", data=fields).status_code == 422
    for nobody in ("hoa", "lan", "khong-co"):
        answer = admin.post(f"{off}/ban-giao", data=fields | {"heir": nobody})
        assert answer.status_code == 422, nobody
    sent = fields | {"heir": "minh", "switch_off": "y"}
    assert admin.post(f"{off}/ban-giao", data=sent).status_code == 302
    assert not account(app, leaver).active
    with app.extensions["portal"].database.read() as db:
        assert db.scalars(select(Draft.author)).all() == ["minh"]
    assert "Khóa tài khoản" in admin.get("/quan-tri/nhat-ky").page.text
    assert "Không có việc nào đang mở" in admin.get(f"{off}/ban-giao").page.text


def test_an_account_without_work_is_switched_off_at_once(
    app: Flask, admin: StrictClient, staff: Callable[..., StrictClient]
) -> None:
    staff(Role.EDITOR, username="lan")
    with app.extensions["portal"].database.read() as db:
        number = db.scalars(select(StaffAccount.id).filter_by(username="lan")).one()
    off = f"{LIST}/{number}"
    admin.post(off, data=admin.get(LIST).page.fields(off) | {"viec": "khoa"})
    assert not account(app, number).active
