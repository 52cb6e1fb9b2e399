"""The desk's door for callers and visitors: take in, count a question, find a caller's cases."""

from datetime import date

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback import deadlines, desk_intake, recognising
from feedback.cases import Clerk
from feedback.desk_intake import CHANNELS
from feedback.desk_intake_forms import ContactForm, DeskIntakeForm, FindForm
from feedback.kinds import KINDS
from feedback.models import Case
from feedback.states import DESK, STATE_LABELS
from portal import clock, workdays
from portal.database import session
from portal.keys import ring
from portal.staff.access import requires, signed_in

bp = Blueprint("desk_intake", __name__, url_prefix="/quan-tri/tiep-nhan-ho")

YEARS = range(2000, 2101)


@bp.route("", methods=["GET", "POST"])
@requires(*DESK)
def new() -> ResponseReturnValue:
    """Fill in, register, and show the receipt with its secret in this answer alone."""
    if request.method == "GET":
        return _page(intake=DeskIntakeForm(formdata=None, data={"sender_kind": "person"}))
    form = DeskIntakeForm(request.form)
    if not form.validate():
        return _page(intake=form), 422
    db, clerk = session(), _clerk()
    channel, read_back = form.channel.data or "", bool(form.read_back.data)
    receipt, earlier = desk_intake.take(
        db, form.message(0), clerk, channel=channel, read_back=read_back
    )
    db.commit()
    return render_template(
        "feedback/desk_intake_receipt.html",
        receipt=receipt,
        earlier=earlier,
        channel=CHANNELS[channel],
        facts=KINDS[receipt.kind],
        rule=deadlines.rule_on(receipt.due_rule, clock.local_date(receipt.received_at)),
        noticed=recognising.noticed(receipt.text),
    )


@bp.route("/lien-he", methods=["GET", "POST"])
@requires(*DESK)
def contact() -> ResponseReturnValue:
    """Count a question that was answered at once."""
    if request.method == "GET":
        return redirect(url_for(".new"))
    form = ContactForm(request.form)
    if not form.validate():
        return _page(contact=form), 422
    db = session()
    desk_intake.count_contact(db, form.contact(), _clerk())
    db.commit()
    flash(_("Đã đếm một lượt liên hệ, trả lời ngay."))
    return redirect(url_for(".new"))


@bp.route("/tim", methods=["GET", "POST"])
@requires(*DESK)
def find() -> ResponseReturnValue:
    """Show a caller's cases, in the answer to this request alone, and record who looked."""
    if request.method == "GET":
        return redirect(url_for(".new"))
    form = FindForm(request.form)
    if not form.validate():
        return _page(finding=form), 422
    db = session()
    found = desk_intake.cases_of(db, form.contact.data or "", _clerk())
    db.commit()
    return _page(finding=form, found=found)


@bp.get("/thang")
@requires(*DESK)
def month() -> ResponseReturnValue:
    """Contacts and messages of one month by channel."""
    first = _month(request.args.get("thang", ""))
    lines = desk_intake.month(session(), first)
    return render_template("feedback/desk_intake_month.html", lines=lines, first=first)


def _clerk() -> Clerk:
    calendar = workdays.load(session())
    return Clerk(staff=signed_in(), now=clock.now(), ring=ring(), calendar=calendar)


def _page(
    intake: DeskIntakeForm | None = None,
    contact: ContactForm | None = None,
    finding: FindForm | None = None,
    found: list[Case] | None = None,
) -> str:
    units = current_app.extensions["portal"].unit_choices(session())
    return render_template(
        "feedback/desk_intake.html",
        form=intake or DeskIntakeForm(formdata=None, data={"sender_kind": "person"}),
        contact=contact or ContactForm(formdata=None),
        finding=finding or FindForm(formdata=None),
        found=found,
        units=[name for _code, name in units],
        states=STATE_LABELS,
        kinds=KINDS,
    )


def _month(text: str) -> date:
    """The first day of the month in the address ("2026-11"), else of this month."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        first = date.min
    if first.year not in YEARS:
        return clock.local_date(clock.now()).replace(day=1)
    return first
