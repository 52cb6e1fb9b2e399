"""The staff side: the queue, a case with everything one may do to it, and publishing."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback import case_page, cases, identity, permission, publishing, queue
from feedback.case_page import FORMS, unit_choices
from feedback.cases import Clerk
from feedback.desk_forms import CaseForm, LookForm
from feedback.errors import FeedbackRefused
from feedback.identity import Identity
from feedback.kinds import KINDS
from feedback.models import Case
from feedback.publish_forms import PublishForm, own_contacts
from feedback.publishing import TracesLeft
from feedback.queue import TAB_LABELS, Wanted
from feedback.states import DESK, MOVE_LABELS, STATE_LABELS, Move
from portal import clock, workdays
from portal.database import session
from portal.errors import Forbidden, NotFound
from portal.keys import ring
from portal.profile import profile
from portal.staff.access import ALL_STAFF, requires, signed_in
from portal.staff.audit import record

bp = Blueprint("feedback_desk", __name__, url_prefix="/quan-tri")


@bp.get("/", endpoint="queue")
@requires(*ALL_STAFF)
def show_queue() -> ResponseReturnValue:
    """Where everybody arrives; who handles no cases sees only where to go."""
    staff = signed_in()
    if not staff.has(*DESK):
        return render_template("feedback/desk_home.html")
    db, wanted = session(), Wanted.from_address(request.args)
    today, calendar = clock.local_date(clock.now()), workdays.load(db)
    number = request.args.get("trang")
    rows, pager = queue.rows(db, wanted, number, staff=staff, today=today, calendar=calendar)
    return render_template(
        "feedback/queue.html",
        rows=rows,
        pager=pager,
        wanted=wanted,
        counts=queue.counts(db, wanted, staff=staff, today=today),
        tabs=TAB_LABELS,
        states=STATE_LABELS,
        kinds=KINDS,
        units=dict(unit_choices(db)),
        sees_all=permission.sees_all(staff),
    )


@bp.get("/phan-anh/<code>")
@requires(*DESK)
def case(code: str) -> ResponseReturnValue:
    return _shown(cases.find(session(), code, signed_in()))


@bp.route("/phan-anh/<code>/<slug>", methods=["GET", "POST"])
@requires(*DESK)
def act(code: str, slug: str) -> ResponseReturnValue:
    """One step in the life of a case; the table of moves decides whether it may be taken."""
    if slug not in FORMS:
        raise NotFound
    if request.method == "GET":
        return redirect(url_for("feedback_desk.case", code=code))
    form = case_page.form_for(session(), FORMS[slug], request.form)
    if not form.validate():
        return _shown(cases.find(session(), code, signed_in()), form), 422
    try:
        changed = _apply(form, code)
    except FeedbackRefused as refusal:
        return _kept(form, code, refusal)
    return _done(changed, form.move)


@bp.post("/phan-anh/<code>/nguoi-gui")
@requires(*DESK)
def sender(code: str) -> ResponseReturnValue:
    """Show who sent the case, in the answer to this request alone, and record who looked."""
    db, staff, now = session(), signed_in(), clock.now()
    found = cases.find(db, code, staff)
    if not LookForm(request.form).validate():
        return redirect(url_for("feedback_desk.case", code=code))
    if not permission.may_know_sender(staff, found):
        raise Forbidden(_("Người gửi phản ánh về hành vi được giấu với đơn vị liên quan."))
    record(db, actor=staff.username, action="case.sender", subject=found.code, at=now)
    revealed = identity.reveal(db, found, ring())
    db.commit()
    return _shown(found, sender=revealed)


@bp.route("/phan-anh/<code>/cong-khai", methods=["GET", "POST"])
@requires(*DESK)
def publish(code: str) -> ResponseReturnValue:
    """Read question and answer with every trace hidden, confirm, publish."""
    db = session()
    found = cases.find(db, code, signed_in())
    cases.target(found, Move.PUBLISH, _clerk())
    form = PublishForm(request.form if request.method == "POST" else None)
    if request.method == "GET":
        form.show(publishing.proposal(db, found, _clerk(), own_contacts(profile())))
        return _publish_page(found, form)
    if not form.validate():
        return _publish_page(found, form, refused=True), 422
    try:
        changed = _apply(form, code)
    except FeedbackRefused as refusal:
        db.rollback()
        if isinstance(refusal, TracesLeft):
            form.show(refusal.masked)
        form.form_errors.append(str(refusal))
        found = cases.find(db, code, signed_in())
        return _publish_page(found, form), refusal.status
    return _done(changed, form.move)


def _clerk() -> Clerk:
    calendar = workdays.load(session())
    return Clerk(staff=signed_in(), now=clock.now(), ring=ring(), calendar=calendar)


def _apply(form: CaseForm, code: str) -> Case:
    """Take the case in hand and do what the form says; commits, or raises FeedbackRefused."""
    db = session()
    found = cases.take(db, code, form.seen_version, signed_in())
    form.apply(db, found, _clerk())
    db.commit()
    return found


def _kept(form: CaseForm, code: str, refusal: FeedbackRefused) -> ResponseReturnValue:
    """The page as the case now is, with the sentence of the refusal and everything typed."""
    session().rollback()
    form.form_errors.append(str(refusal))
    return _shown(cases.find(session(), code, signed_in()), form), refusal.status


def _done(changed: Case, move: Move) -> ResponseReturnValue:
    flash(_("Đã ghi: %(move)s, %(code)s.", move=MOVE_LABELS[move], code=changed.code))
    if not permission.sees(signed_in(), changed):
        return redirect(url_for("feedback_desk.queue"))
    return redirect(url_for("feedback_desk.case", code=changed.code))


def _shown(found: Case, unfinished: CaseForm | None = None, sender: Identity | None = None) -> str:
    db = session()
    shown = case_page.build(
        db,
        found,
        staff=signed_in(),
        today=clock.local_date(clock.now()),
        calendar=workdays.load(db),
        unfinished=unfinished,
        sender=sender,
    )
    return render_template(
        "feedback/case.html", shown=shown, moves=MOVE_LABELS, states=STATE_LABELS
    )


def _publish_page(found: Case, form: PublishForm, *, refused: bool = False) -> str:
    if not refused:
        form.version.data = str(found.version)
    return render_template("feedback/publish.html", case=found, form=form)
