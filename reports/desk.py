"""The staff side: make a report, look behind every figure, take its files, issue it."""

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.database import database, session
from portal.profile import profile
from portal.staff.access import requires, signed_in
from portal.staff.models import Role
from reports import building, choosing, table, wording
from reports.choosing import IssueForm, PeriodForm
from reports.errors import CannotIssue, NoReport
from reports.joining import own_forms
from reports.models import Report
from reports.periods import Window
from reports.record import Frozen

bp = Blueprint("reports_desk", __name__, url_prefix="/quan-tri/bao-cao")

BUILDERS = (Role.OFFICER, Role.APPROVER, Role.ADMIN)
ISSUERS = (Role.APPROVER, Role.ADMIN)
REPORTS_LISTED = 50
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@bp.route("", methods=["GET", "POST"])
@requires(*BUILDERS)
def index() -> ResponseReturnValue:
    today = clock.local_date(clock.now())
    form = PeriodForm(today, data=choosing.latest_finished(today))
    window = form.window(today) if form.validate_on_submit() else None
    if window is None:
        return _index_page(form)
    report = building.keep(session(), _count(window), by=signed_in().username, now=clock.now())
    session().commit()
    return redirect(url_for("reports_desk.report", report_id=report.id))


def _count(window: Window) -> Frozen:
    """Counted in a reading transaction of its own: nobody who sends a message waits for it."""
    form = building.form_of(building.FEEDBACK, own_forms())
    with database().read() as db:
        return building.build(
            db, kind=building.FEEDBACK, window=window, form=form, profile=profile()
        )


def _index_page(form: PeriodForm) -> tuple[str, int]:
    shown = render_template(
        "reports/index.html",
        form=form,
        reports=building.latest(session(), REPORTS_LISTED),
        state_words=choosing.STATE_WORDS,
        issue_words=choosing.issue_words,
        title_of=building.title_of,
    )
    return shown, 422 if form.errors else 200


@bp.get("/<int:report_id>")
@requires(*BUILDERS)
def report(report_id: int) -> ResponseReturnValue:
    return _report_page(building.find(session(), report_id), IssueForm())


def _report_page(found: Report, form: IssueForm) -> str:
    frozen = building.thaw(found)
    return render_template(
        "reports/report.html",
        report=found,
        figures=frozen.figures,
        table=table.of(frozen.figures),
        notes=wording.footnotes(frozen.figures),
        annex_heads=wording.ANNEX_HEADS,
        annex_rows=[wording.annex_cells(row) for row in frozen.figures.annex],
        form=form,
        may_issue=building.may_issue(found, clock.local_date(clock.now()))
        and signed_in().has(*ISSUERS),
        state_words=choosing.STATE_WORDS,
        issue_words=choosing.issue_words,
    )


@bp.get("/<int:report_id>/o/<key>")
@requires(*BUILDERS)
def cell(report_id: int, key: str) -> ResponseReturnValue:
    """The cases behind one figure; without `dong` those of the total."""
    found = building.find(session(), report_id)
    frozen = building.thaw(found)
    column = frozen.figures.form.column(key)
    number = request.args.get("dong", type=int)
    if column is None or not (number is None or 0 <= number < len(frozen.figures.rows)):
        raise NoReport(_("Biểu này không có ô đó."))
    row = frozen.figures.total if number is None else frozen.figures.rows[number]
    field = None if number is None else row.field
    return render_template(
        "reports/cell.html",
        report=found,
        figures=frozen.figures,
        column=column,
        row=row,
        lines=list(frozen.cases.behind(frozen.figures.form, key, field)),
        words=wording,
    )


@bp.get("/<int:report_id>/tai/<suffix>")
@requires(*BUILDERS)
def download(report_id: int, suffix: str) -> Response:
    if suffix not in TYPES:
        abort(404)
    frozen = building.thaw(building.find(session(), report_id))
    name = building.file_name(frozen.figures, suffix)
    answer = make_response(building.file(frozen, suffix))
    answer.headers["Content-Type"] = TYPES[suffix]
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@bp.post("/<int:report_id>/ban-hanh")
@requires(*ISSUERS)
def issue(report_id: int) -> ResponseReturnValue:
    form, db = IssueForm(), session()
    if not form.validate_on_submit():
        return _report_page(building.find(db, report_id), form), 422
    try:
        issued = building.issue(db, report_id, by=signed_in().username, now=clock.now())
    except CannotIssue as refusal:
        form.form_errors.append(str(refusal))
        return _report_page(building.find(db, report_id), form), refusal.status
    db.commit()
    flash(_("Đã ban hành: %(words)s.", words=choosing.issue_words(issued.number)))
    return redirect(url_for("reports_desk.report", report_id=report_id))
