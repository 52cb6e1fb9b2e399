"""Letters nobody could carry: the desk sees them and lets them be tried again."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.database import session
from portal.errors import NotFound
from portal.mail import outbox
from portal.staff.access import requires, signed_in
from portal.staff.audit import record
from portal.staff.forms import NothingForm
from portal.staff.models import Role

bp = Blueprint("mail", __name__, url_prefix="/quan-tri/thu-gui-di")

KEEPERS = (Role.ADMIN, Role.APPROVER)


@bp.get("")
@requires(*KEEPERS)
def letters() -> ResponseReturnValue:
    db = session()
    return render_template(
        "staff/letters.html",
        letters=outbox.dead(db),
        waiting=outbox.waiting(db),
        form=NothingForm(),
    )


@bp.post("/<int:letter_id>")
@requires(*KEEPERS)
def try_again(letter_id: int) -> ResponseReturnValue:
    db, now = session(), clock.now()
    if not NothingForm().validate_on_submit():
        raise NotFound
    if outbox.try_again(db, letter_id, now=now):
        actor = signed_in().username
        record(db, actor=actor, action="mail.again", subject=str(letter_id), at=now)
        flash(_("Thư sẽ được gửi lại ngay."))
    db.commit()
    return redirect(url_for("mail.letters"))
