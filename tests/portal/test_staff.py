"""Staff: signing in, the first password, roles, and what a session may and may not do."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import chain, clock
from portal.database import Database
from portal.errors import RefusedInput
from portal.staff import accounts, sessions
from portal.staff.models import Role, StaffAccount, StaffAction, StaffSession
from tests.support.pages import StrictClient

SIGN_IN = "/quan-tri/dang-nhap"


def make(app: Flask, username: str = "lan", *roles: Role) -> str:
    """A new account; returns its first password."""
    with app.app_context(), app.extensions["portal"].database.write() as db:
        _account, password = accounts.create(
            db, username=username, name="Lan", roles=roles or (Role.OFFICER,), now=clock.now(),
            by="test",
        )  # fmt: skip
        db.commit()
    return password


def sign_in(client: StrictClient, username: str, password: str) -> int:
    fields = client.get(SIGN_IN).page.fields()
    answer = client.post(SIGN_IN, data={**fields, "username": username, "password": password})
    return answer.status_code


def test_a_first_password_opens_only_the_page_to_change_it(
    app: Flask, client: StrictClient
) -> None:
    password = make(app)
    assert sign_in(client, "Lan ", password) == 302
    assert client.get("/quan-tri/").headers["Location"].endswith("/quan-tri/mat-khau")
    fields = client.get("/quan-tri/mat-khau").page.fields(form=-1)
    new = "mot mat khau rat dai"
    answer = client.post(
        "/quan-tri/mat-khau",
        data={**fields, "current": password, "new": new, "repeat": new},
    )
    assert answer.status_code == 302
    assert sign_in(client, "lan", password) == 422
    assert sign_in(client, "lan", new) == 302
    assert client.get("/quan-tri/").status_code == 200


def test_the_cookie_is_for_the_desk_alone(app: Flask, client: StrictClient) -> None:
    password = make(app)
    fields = client.get(SIGN_IN).page.fields()
    answer = client.post(SIGN_IN, data={**fields, "username": "lan", "password": password})
    cookie = answer.headers["Set-Cookie"]
    assert "Path=/quan-tri" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    with app.extensions["portal"].database.read() as db:
        kept = db.scalars(select(StaffSession)).one()
    assert kept.token_digest not in cookie


def test_signing_out_ends_the_session_on_the_server(
    app: Flask, staff: Callable[..., StrictClient]
) -> None:
    client = staff(Role.OFFICER)
    fields = client.get("/quan-tri/").page.fields()
    assert client.post("/quan-tri/dang-xuat", data=fields).status_code == 302
    with app.extensions["portal"].database.read() as db:
        assert db.scalars(select(StaffSession)).all() == []


def test_a_sign_out_from_another_site_is_ignored(
    app: Flask, staff: Callable[..., StrictClient]
) -> None:
    client = staff(Role.OFFICER)
    client.post("/quan-tri/dang-xuat", data={"csrf_token": "x"})
    assert client.get("/quan-tri/").status_code == 200
    with app.extensions["portal"].database.read() as db:
        assert len(db.scalars(select(StaffSession)).all()) == 1


def test_wrong_passwords_make_one_wait_and_another_not(app: Flask, client: StrictClient) -> None:
    password = make(app)
    other = make(app, "minh")
    for _try in range(5):
        assert sign_in(client, "lan", "sai mat khau") == 422
    assert sign_in(client, "lan", password) == 429
    assert sign_in(client, "minh", other) == 302


@pytest.mark.parametrize("username", ["", "ai-do", "lan\x00", "x" * 500, "' OR 1=1 --", "Lân"])
def test_an_unknown_name_gets_the_same_sentence(
    app: Flask, client: StrictClient, username: str
) -> None:
    make(app)
    assert sign_in(client, username, "sai mat khau dai") == 422


def test_a_sign_in_sent_by_another_site_is_refused(app: Flask, client: StrictClient) -> None:
    password = make(app)
    fields = client.get(SIGN_IN).page.fields()
    answer = client.post(
        SIGN_IN,
        data={**fields, "username": "lan", "password": password},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/quan-tri//x", "x"])
def test_after_signing_in_nobody_is_sent_elsewhere(
    app: Flask, client: StrictClient, wanted: str
) -> None:
    password = make(app)
    fields = client.get(SIGN_IN).page.fields()
    answer = client.post(
        SIGN_IN, query_string={"tiep": wanted},
        data={**fields, "username": "lan", "password": password},
    )  # fmt: skip
    assert answer.headers["Location"] == "/quan-tri/"


def test_an_idle_session_ends(app: Flask, staff: Callable[..., StrictClient]) -> None:
    client = staff(Role.OFFICER)
    with app.extensions["portal"].database.write() as db:
        row = db.scalars(select(StaffSession)).one()
        row.seen_at -= sessions.IDLE
        db.commit()
    assert client.get("/quan-tri/").status_code == 302


def test_a_long_session_ends_however_busy(app: Flask, staff: Callable[..., StrictClient]) -> None:
    client = staff(Role.OFFICER)
    with app.extensions["portal"].database.write() as db:
        row = db.scalars(select(StaffSession)).one()
        row.created_at -= sessions.LONGEST + timedelta(seconds=1)
        db.commit()
    assert client.get("/quan-tri/").status_code == 302


def test_an_administrator_makes_an_account_and_sees_its_password_once(
    staff: Callable[..., StrictClient],
) -> None:
    admin = staff(Role.ADMIN)
    fields = admin.get("/quan-tri/tai-khoan").page.fields(form=-1)
    page = admin.post(
        "/quan-tri/tai-khoan",
        data={**fields, "username": "hoa", "name": "Hoa", "roles": ["officer", "approver"]},
    ).page
    assert re.search(r"(?:[a-z2-9]{5}-){3}[a-z2-9]{5}", page.text)
    assert not re.search(
        r"(?:[a-z2-9]{5}-){3}[a-z2-9]{5}", admin.get("/quan-tri/tai-khoan").page.text
    )


def test_a_switched_off_account_is_out_at_once(
    app: Flask, staff: Callable[..., StrictClient]
) -> None:
    admin, officer = staff(Role.ADMIN), staff(Role.OFFICER, username="lan")
    with app.extensions["portal"].database.read() as db:
        found = db.scalars(select(StaffAccount).where(StaffAccount.username == "lan")).one()
    token = admin.get("/quan-tri/tai-khoan").page.fields()["csrf_token"]
    path = f"/quan-tri/tai-khoan/{found.id}"
    admin.post(path, data={"csrf_token": token, "viec": "khoa"})
    assert officer.get("/quan-tri/").status_code == 302


def test_the_last_administrator_stays(db: Session) -> None:
    now = clock.now()
    account, _password = accounts.create(
        db, username="root", name="R", roles=[Role.ADMIN], now=now, by="test"
    )
    with pytest.raises(RefusedInput):
        accounts.set_active(db, account, active=False, by="root", now=now)


@pytest.mark.parametrize("username", ["", "a", "Có Dấu", "a b", "-ab", "a" * 61, "a\x00b"])
def test_a_bad_username_is_refused(app: Flask, db: Session, username: str) -> None:
    with app.app_context(), pytest.raises(RefusedInput):
        accounts.create(
            db, username=username, name="A", roles=[Role.OFFICER], now=clock.now(), by="test"
        )


def test_what_staff_do_is_logged_and_chained(store: Database) -> None:
    now = clock.now()
    with store.write() as db:
        accounts.create(db, username="lan", name="L", roles=[Role.EDITOR], now=now, by="root")
        db.commit()
    with store.read() as db:
        logged = db.scalars(select(StaffAction)).one()
        assert (logged.actor, logged.action, logged.subject) == ("root", "account.create", "lan")
        assert chain.verify(db, "staff") == 1
