"""Passing all that somebody has in hand on to somebody else, in one step."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired

from portal import clock
from portal.choosing import options
from portal.database import session
from portal.errors import NotFound, RefusedInput
from portal.staff import accounts
from portal.staff.access import requires, signed_in
from portal.staff.models import Role, StaffAccount
from portal.stamps import StaffForm

bp = Blueprint(
    "handing_over", __name__, url_prefix="/quan-tri/tai-khoan/<int(max=2147483647):account_id>"
)


class HandOverForm(StaffForm):
    heir = SelectField(_l("Người nhận"), [InputRequired(_l("Hãy chọn người nhận."))])
    switch_off = BooleanField(_l("Khóa tài khoản ngay sau khi bàn giao"))

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heir.choices = options([("", _l("Chọn một người")), *people])


@bp.route("/ban-giao", methods=["GET", "POST"])
@requires(Role.ADMIN)
def hand_over(account_id: int) -> ResponseReturnValue:
    """What somebody has in hand, and who is to have it; everything moves, or nothing does."""
    db, now, by = session(), clock.now(), signed_in().username
    account = db.get(StaffAccount, account_id)
    if account is None:
        raise NotFound
    form = HandOverForm(_heirs(account))
    if not form.validate_on_submit():
        return _shown(account, form), 422 if form.errors else 200
    try:
        moved = accounts.hand_over(db, account, to=form.heir.data, by=by, now=now)
        if form.switch_off.data:
            accounts.set_active(db, account, active=False, by=by, now=now)
    except RefusedInput as refusal:
        db.rollback()
        form.heir.errors = [str(refusal)]
        return _shown(account, form), refusal.status
    db.commit()
    flash(_("Đã bàn giao %(count)s việc cho %(heir)s.", count=moved, heir=form.heir.data))
    return redirect(url_for("staff.accounts_page"))


def _heirs(account: StaffAccount) -> list[tuple[str, str]]:
    others = (one for one in accounts.everyone(session()) if one.active and one.id != account.id)
    return [(one.username, f"{one.name} ({one.username})") for one in others]


def _shown(account: StaffAccount, form: HandOverForm) -> str:
    work = accounts.open_work(session(), account.username)
    return render_template("staff/hand_over.html", account=account, form=form, work=work)
