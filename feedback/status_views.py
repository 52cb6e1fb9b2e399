"""What became of a message, and what its sender may still do, for who has code and secret."""

import time

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback import receipts, sender_steps, status, step_forms
from feedback.forms import StatusForm
from feedback.kinds import KINDS
from feedback.sender_steps import Sender
from feedback.status import CaseStatus
from feedback.step_forms import FORMS, StepForm
from portal import clock, workdays
from portal.database import database, session
from portal.errors import NotFound, RefusedInput
from portal.files.sending import PUBLIC_LIMIT, takes_files
from portal.keys import ring
from portal.staff.access import public

bp = Blueprint("feedback_status", __name__, url_prefix="/phan-anh-kien-nghi/tra-cuu")


@bp.route("", methods=["GET", "POST"])
@public
def page() -> ResponseReturnValue:
    """The status as the answer to code and secret; attempts are slowed down, never locked."""
    form = StatusForm(request.form) if request.method == "POST" else _asked_for()
    if request.method == "GET":
        return _page("feedback/status_form.html", form=form)
    if not form.validate():
        return _page("feedback/status_form.html", 422, form=form)
    code, secret = form.code.data or "", form.secret.data or ""
    found = _look_up(code, secret)
    return _shown(found, code, secret) if found else _not_found(form)


@bp.route("/<slug>", methods=["GET", "POST"])
@public
@takes_files(PUBLIC_LIMIT, at_most=step_forms.FILES_AT_ONCE)
def act(slug: str) -> ResponseReturnValue:
    """One step of the sender's own; the table of moves decides whether it may be taken."""
    if slug not in FORMS:
        raise NotFound
    if request.method == "GET":
        return redirect(url_for("feedback_status.page"))
    form = FORMS[slug](request.form)
    code, secret = form.code.data or "", form.secret.data or ""
    found = _look_up(code, secret)
    if found is None:
        return _not_found(StatusForm(formdata=None, data={"code": code[:60]}))
    if not form.validate():
        return _shown(found, code, secret, form), 422
    db = session()
    sender = Sender(ring=ring(), calendar=workdays.load(db), now=clock.now())
    case = sender_steps.take(db, code, secret, ring())
    if case is None:
        raise NotFound
    try:
        form.apply(db, case, sender)
    except RefusedInput as refusal:
        db.rollback()
        form.form_errors.append(str(refusal))
        return _shown(found, code, secret, form), 422
    db.commit()
    with database().read() as fresh:
        after = status.look_up(fresh, code, secret, ring=ring())
    assert after is not None
    return _shown(after, code, secret, done=form)


def _look_up(code: str, secret: str) -> CaseStatus | None:
    """The case of code and secret, after the pause that earlier failures have earned."""
    now, keys = clock.now(), _attempt_keys(code)
    with database().read() as db:
        pause = status.delay(db, *keys, now=now)
        found = status.look_up(db, code, secret, ring=ring())
    time.sleep(pause)
    if found is None:
        with database().write() as db:
            status.count_failure(db, *keys, now=now)
            db.commit()
    return found


def _not_found(form: StatusForm) -> Response:
    form.form_errors = [
        _("Không tìm thấy phản ánh với mã và mã bí mật này. Hãy xem lại từng ký tự.")
    ]
    return _page("feedback/status_form.html", 422, form=form)


def _shown(
    found: CaseStatus,
    code: str,
    secret: str,
    unfinished: StepForm | None = None,
    done: StepForm | None = None,
) -> Response:
    """The status with a form for each step the sender may take now."""
    carried = {"code": code, "secret": secret}
    forms = [
        unfinished
        if unfinished is not None and unfinished.move is kind.move
        else kind(formdata=None, data=carried)
        for kind in FORMS.values()
        if kind.move in found.moves or (unfinished and unfinished.move is kind.move)
    ]
    return _page(
        "feedback/status.html",
        case=found,
        facts=KINDS[found.kind],
        steps=forms,
        unfinished=unfinished,
        done=done,
    )


def _page(template: str, code: int = 200, **shown: object) -> Response:
    answer = make_response(render_template(template, **shown), code)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _asked_for() -> StatusForm:
    return StatusForm(formdata=None, data={"code": request.args.get("ma", "")[:60]})


def _attempt_keys(code: str) -> tuple[str, str]:
    today = clock.local_date(clock.now())
    plain = receipts.plain_code(code) or code
    by_code = ring().blind(plain, purpose="feedback.attempt")
    return by_code, ring().address(request.remote_addr or "", today)
