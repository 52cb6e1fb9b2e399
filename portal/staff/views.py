"""Signing in and out, one's own password, and the list of accounts."""

from datetime import datetime, timedelta
from typing import Any, cast

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask import session as desk_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal import clock, limits
from portal.database import database, lock, session
from portal.errors import NotFound, RefusedInput, page
from portal.keys import ring
from portal.staff import accounts
from portal.staff.access import ALL_STAFF, public, requires, signed_in
from portal.staff.audit import record
from portal.staff.forms import (
    ROLE_LABELS,
    AccountForm,
    ChangePasswordForm,
    NothingForm,
    SignInForm,
)
from portal.staff.models import Role, StaffAccount, StaffSession
from portal.staff.sessions import DeskSessions, give_cookie, take_cookie, token_digest
from portal.stamps import came_from_elsewhere

bp = Blueprint("staff", __name__, url_prefix="/quan-tri")

WINDOW = timedelta(minutes=15)
FAILURES_PER_NAME_AND_ADDRESS = 5
FAILURES_PER_ADDRESS = 30


@bp.route("/dang-nhap", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("staff/sign_in.html", form=form), 422 if form.errors else 200
    if came_from_elsewhere():
        return page(403)
    now, username = clock.now(), form.username.data or ""
    with database().read() as reading:
        # Argon2 takes a seventh of a second: nobody may wait for it behind a write transaction.
        if _too_many_failures(reading, username, now):
            return page(429, _("Hãy thử lại sau 15 phút."), retry_after=WINDOW.seconds)
        account = accounts.check(reading, username, form.password.data or "")
    db = session()
    if account is None:
        _count_failure(username, now)
        db.commit()
        form.password.errors = [_("Tên đăng nhập hoặc mật khẩu không đúng.")]
        return render_template("staff/sign_in.html", form=form), 422
    row, token = cast(DeskSessions, current_app.session_interface).start(account, now)
    db.add(row)
    limits.forget(db, scope="sign-in", key=_name_and_address(account.username))
    record(db, actor=account.username, action="sign-in", subject=account.username, at=now)
    db.commit()
    answer = redirect(_next_page())
    give_cookie(answer, token, secure=current_app.config["SESSION_COOKIE_SECURE"])
    return answer


@bp.post("/dang-xuat")
@requires(*ALL_STAFF, while_password_is_new=True)
def sign_out() -> ResponseReturnValue:
    if not NothingForm().validate_on_submit():
        # Without its token nothing ends: taking the cookie alone would leave the session open.
        return redirect(url_for("feedback_desk.queue"))
    db, digest = session(), token_digest(cast(Any, desk_session).token)
    db.execute(delete(StaffSession).where(StaffSession.token_digest == digest))
    db.commit()
    answer = redirect(url_for("staff.sign_in"))
    take_cookie(answer)
    return answer


@bp.route("/mat-khau", methods=["GET", "POST"])
@requires(*ALL_STAFF, while_password_is_new=True)
def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return render_template("staff/change_password.html", form=form), (
            422 if form.errors else 200
        )
    db = session()
    account = lock(db, StaffAccount, signed_in().id)
    if account is None:
        raise NotFound
    try:
        accounts.change_password(
            db, account, current=form.current.data or "", new=form.new.data or "", now=clock.now()
        )
    except RefusedInput as refusal:
        form.current.errors = [str(refusal)]
        return render_template("staff/change_password.html", form=form), 422
    db.commit()
    return redirect(url_for("staff.sign_in", doi="xong"))


@bp.route("/tai-khoan", methods=["GET", "POST"])
@requires(Role.ADMIN)
def accounts_page() -> ResponseReturnValue:
    db = session()
    form = AccountForm(current_app.extensions["portal"].unit_choices(db))
    if not form.validate_on_submit():
        return _account_list(form), 422 if form.errors else 200
    try:
        account, password = accounts.create(
            db,
            username=form.username.data or "",
            name=form.name.data or "",
            roles=[Role(name) for name in form.roles.data or []],
            unit_code=form.unit_code.data,
            by=signed_in().username,
            now=clock.now(),
        )
    except RefusedInput as refusal:
        form.username.errors = [str(refusal)]
        return _account_list(form), 422
    db.commit()
    return _account_list(
        AccountForm(current_app.extensions["portal"].unit_choices(db), formdata=None),
        made=(account.username, password),
    )


@bp.post("/tai-khoan/<int(max=2147483647):account_id>")
@requires(Role.ADMIN)
def change_account(account_id: int) -> ResponseReturnValue:
    db, now, by = session(), clock.now(), signed_in().username
    account = lock(db, StaffAccount, account_id)
    if account is None or not NothingForm().validate_on_submit():
        raise NotFound
    if request.form.get("viec") == "mat-khau":
        password = accounts.renew_password(db, account, by=by, now=now)
        db.commit()
        form = AccountForm(current_app.extensions["portal"].unit_choices(db), formdata=None)
        return _account_list(form, made=(account.username, password))
    active = request.form.get("viec") == "mo"
    try:
        accounts.set_active(db, account, active=active, by=by, now=now)
        db.commit()
        flash(_("Đã mở tài khoản.") if active else _("Đã khóa tài khoản."))
    except accounts.HasOpenWork as refusal:
        db.rollback()
        flash(str(refusal))
        return redirect(url_for("handing_over.hand_over", account_id=account_id))
    except RefusedInput as refusal:
        flash(str(refusal))
    return redirect(url_for("staff.accounts_page"))


def _account_list(form: AccountForm, made: tuple[str, str] | None = None) -> str:
    return render_template(
        "staff/accounts.html",
        form=form,
        button=NothingForm(formdata=None),
        accounts=accounts.everyone(session()),
        role_labels=ROLE_LABELS,
        made=made,
    )


def _next_page() -> str:
    """Where the person wanted to go, if that is a page of the desk."""
    wanted = request.args.get("tiep", "")
    inside = wanted.startswith("/quan-tri/") and "\\" not in wanted and "//" not in wanted
    return wanted if inside else url_for("feedback_desk.queue")


def _address() -> str:
    return ring().address(request.remote_addr or "", clock.local_date(clock.now()))


def _name_and_address(username: str) -> str:
    return ring().mac("address", f"{username.strip().lower()}\n{_address()}")


def _too_many_failures(db: Session, username: str, now: datetime) -> bool:
    pair = limits.count(
        db, scope="sign-in", key=_name_and_address(username), window=WINDOW, now=now
    )
    address = limits.count(db, scope="sign-in-address", key=_address(), window=WINDOW, now=now)
    return pair >= FAILURES_PER_NAME_AND_ADDRESS or address >= FAILURES_PER_ADDRESS


def _count_failure(username: str, now: datetime) -> None:
    db = session()
    limits.hit(db, scope="sign-in", key=_name_and_address(username), window=WINDOW, now=now)
    limits.hit(db, scope="sign-in-address", key=_address(), window=WINDOW, now=now)
