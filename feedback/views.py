"""The public side: sending a message, seeing what became of it, reading published answers."""

from datetime import timedelta

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback import deadlines, published, receipts
from feedback.forms import FeedbackForm
from feedback.intake import Receipt, receive
from feedback.kinds import KINDS, from_words
from portal import clock, limits, workdays
from portal.database import database, session
from portal.errors import Gone, NotFound
from portal.keys import ring
from portal.paging import paginate
from portal.staff.access import public
from portal.stamps import came_from_elsewhere

bp = Blueprint("feedback", __name__)

SEND_WINDOW = timedelta(hours=1)
SENDINGS_BEFORE_DOUBT = 10
SECONDS_BETWEEN_SENDINGS = 60
ANSWERS_ON_A_PAGE = 20
PREFILLED_TEXT = 1_000
CARRIED = ("noi-dung", "trang")


@bp.route("/phan-anh-kien-nghi", methods=["GET", "POST"])
@public
def new() -> ResponseReturnValue:
    """Choose a kind, fill in, read once more, send: the text travels in the form itself."""
    if request.method == "GET":
        return _first_page()
    form, step = FeedbackForm(request.form), request.form.get("step")
    if step == "edit":
        return _page("feedback/new.html", form=form, units=_units())
    if not form.validate():
        return _page("feedback/new.html", 422, form=form, units=_units())
    if step != "send":
        return _page("feedback/review.html", form=form, facts=form.facts)
    db, now = session(), clock.now()
    sent_lately = _count_sending()
    message = form.message(_doubt(sent_lately))
    receipt = receive(db, message, ring=ring(), calendar=workdays.load(db), now=now)
    db.commit()
    return _receipt_page(receipt, form, sent_lately)


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
    return _page("feedback/new.html", form=form, units=_units())


def _page(template: str, code: int = 200, **shown: object) -> Response:
    """An answer that nobody may keep: it carries a stamp or what somebody wrote."""
    answer = make_response(render_template(template, **shown), code)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _units() -> list[str]:
    """Names to choose from; read apart, so that showing a form never holds up a sending."""
    with database().read() as db:
        return [name for _code, name in current_app.extensions["portal"].unit_choices(db)]


def _count_sending() -> int:
    now = clock.now()
    key = ring().address(request.remote_addr or "", clock.local_date(now))
    return limits.hit(session(), scope="feedback.send", key=key, window=SEND_WINDOW, now=now)


def _doubt(sent_lately: int) -> int:
    """Points that send a message to a second look; never a reason to refuse it."""
    many = max(0, sent_lately - SENDINGS_BEFORE_DOUBT)
    return min(5, many) + 2 * came_from_elsewhere()


def _receipt_page(receipt: Receipt, form: FeedbackForm, sent_lately: int) -> Response:
    received = clock.local_date(receipt.received_at)
    if receipt.changed:
        form.renew_stamp()
    answer = _page(
        "feedback/receipt.html",
        receipt=receipt,
        form=form,
        facts=KINDS[receipt.kind],
        rule=deadlines.rule_on(receipt.due_rule, received),
        qr=receipts.qr_picture(_status_address(receipt.code)),
    )
    if sent_lately > SENDINGS_BEFORE_DOUBT:
        answer.headers["Retry-After"] = str(SECONDS_BETWEEN_SENDINGS)
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
