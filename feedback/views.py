"""The public side: sending a message, seeing what became of it, reading published answers."""

import time

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback import (
    chosen_files,
    deadlines,
    doubt,
    places,
    proof,
    published,
    receipts,
    recognising,
    similar,
    waiting_files,
)
from feedback.forms import FeedbackForm
from feedback.intake import Receipt, is_known, receive
from feedback.kinds import KINDS, from_words
from portal import clock, workdays
from portal.database import database, session
from portal.errors import Gone, NotFound
from portal.files.sending import takes_files
from portal.keys import ring
from portal.languages import DEFAULT, language
from portal.paging import paginate
from portal.staff.access import public
from portal.stamps import came_from_elsewhere

bp = Blueprint("feedback", __name__)

ANSWERS_ON_A_PAGE = 20
PREFILLED_TEXT = 1_000
CARRIED = ("noi-dung", "trang")


@bp.route("/phan-anh-kien-nghi", methods=["GET", "POST"])
@public
@takes_files(waiting_files.LARGEST_BYTES, at_most=waiting_files.MOST_FILES)
def new() -> ResponseReturnValue:
    """Choose a kind, fill in, read once more, send: the text travels in the form itself."""
    if request.method == "GET":
        return _first_page()
    form, step = FeedbackForm(request.form), request.form.get("step")
    whole = form.validate()
    chosen_files.take(form)
    if step == "edit" and not form.files.errors:
        return _form_page(form)
    if not whole or form.files.errors:
        return _form_page(form, 422)
    return _send(form) if step == "send" else _review_page(form)


def _send(form: FeedbackForm) -> Response:
    now, address = clock.now(), _address()
    with database().read() as db:
        pressure = doubt.pressure(db, address, now)
        known = is_known(db, form.nonce)
        lost = form.promised_files > len(waiting_files.of(db, form.nonce))
        calendar = workdays.load(db)
    if lost and not known:
        form.files.errors = [_("Tệp chỉ được giữ 2 giờ khi chưa gửi; xin chọn lại tệp.")]
        return _form_page(form, 422)
    if pressure.asks_proof and not form.puzzle.data and not known:
        return _page("feedback/wait.html", form=_with_puzzle(form), facts=form.facts)
    time.sleep(pressure.pause)
    message = form.message(pressure.points(_shown(form)) + _foreign())
    db = session()
    doubt.count(db, address, now)
    receipt = receive(db, message, ring=ring(), calendar=calendar, now=now)
    if receipt.changed:
        old = form.nonce
        form.renew_stamp()
        waiting_files.move(db, old, form.nonce)
    db.commit()
    return _receipt_page(receipt, form, pressure.retry_after)


def _first_page() -> Response:
    kind = from_words(request.args.get("loai"))
    if kind is None:
        given = request.args
        carried = {name: given[name][:PREFILLED_TEXT] for name in CARRIED if name in given}
        return make_response(render_template("feedback/kinds.html", kinds=KINDS, carried=carried))
    form = FeedbackForm(
        formdata=None,
        data={
            "kind": kind.value,
            "text": request.args.get("noi-dung", "")[:PREFILLED_TEXT],
            "page_url": request.args.get("trang", "")[:500],
            "sender_kind": "person",
        },
    )
    return _form_page(form)


def _page(template: str, code: int = 200, **shown: object) -> Response:
    """An answer that nobody may keep: it carries a stamp or what somebody wrote."""
    answer = make_response(render_template(template, **shown), code)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _form_page(form: FeedbackForm, code: int = 200) -> Response:
    """Names of units are read apart, so that showing a form never holds up a sending."""
    with database().read() as db:
        units = places.names(db, clock.local_date(clock.now()))
        files = waiting_files.of(db, form.nonce)
    form.files_shown.data = str(len(files))
    return _page("feedback/new.html", code, form=form, units=units, files=files)


def _review_page(form: FeedbackForm) -> Response:
    """What will be sent, what was understood of it, and what may have been answered already."""
    typed_unit, now = form.about_unit.data or "", clock.now()
    with database().read() as db:
        meant = places.meant(db, typed_unit, clock.local_date(now))
        alike = similar.find(
            db,
            current_app.extensions["search"].ranker(),
            text=form.text.data or "",
            procedure=form.procedure.data or "",
            english=language() != DEFAULT,
        )
        files = waiting_files.of(db, form.nonce)
        pressure = doubt.pressure(db, _address(), now)
    if len(meant) == 1:
        form.about_unit.data = meant[0]
    form.files_shown.data = str(len(files))
    return _page(
        "feedback/review.html",
        form=_with_puzzle(form) if pressure.asks_proof else form,
        facts=form.facts,
        files=files,
        meant=meant,
        typed_unit=typed_unit,
        similar=alike,
        noticed=recognising.noticed(form.text.data or ""),
    )


def _with_puzzle(form: FeedbackForm) -> FeedbackForm:
    form.puzzle.data = str(proof.make(ring(), form.nonce, time.time()))
    return form


def _shown(form: FeedbackForm) -> proof.Shown:
    puzzle, number = form.puzzle.data or "", form.number.data or ""
    return proof.check(ring(), form.nonce, puzzle, number, time.time())


def _address() -> str:
    return ring().address(request.remote_addr or "", clock.local_date(clock.now()))


def _foreign() -> int:
    return doubt.FROM_ELSEWHERE * came_from_elsewhere()


def _receipt_page(receipt: Receipt, form: FeedbackForm, retry_after: int) -> Response:
    received = clock.local_date(receipt.received_at)
    answer = _page(
        "feedback/receipt.html",
        receipt=receipt,
        form=form,
        facts=KINDS[receipt.kind],
        rule=deadlines.rule_on(receipt.due_rule, received),
        qr=receipts.qr_picture(_status_address(receipt.code)),
        noticed=recognising.noticed(receipt.text),
    )
    if retry_after:
        answer.headers["Retry-After"] = str(retry_after)
    return answer


def _status_address(code: str) -> str:
    base = current_app.extensions["portal"].settings.public_url
    return f"{base}{url_for('feedback_status.page', ma=code)}"


@bp.get("/phan-anh-kien-nghi/tra-loi")
@public
def answers() -> ResponseReturnValue:
    db, field = session(), request.args.get("linh-vuc", "")[:120].replace("\0", "")
    page = paginate(published.count(db, field), request.args.get("trang"), ANSWERS_ON_A_PAGE)
    return render_template(
        "feedback/answers.html",
        answers=published.listed(db, field, page),
        fields=published.fields(db),
        field=field,
        pager=page,
    )


@bp.get("/phan-anh-kien-nghi/tra-loi/<slug>")
@public
def answer(slug: str) -> ResponseReturnValue:
    found = published.one(session(), slug)
    if found is None:
        raise NotFound(_("Không có câu trả lời nào ở địa chỉ này."))
    shown, still_public = found
    if not still_public:
        raise Gone(_("Câu trả lời này đã được gỡ."))
    return render_template("feedback/answer.html", answer=shown)
