"""The desk of imports: hand a file in, see what it would change, decide."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from content import flagging, import_applying, import_reading, import_words, import_work
from content.editorial.clerk import Clerk
from content.errors import BadFile
from content.import_forms import Act, DecideForm, FileForm, TasksForm
from content.old_words import LABELS, Flag
from portal import clock
from portal.database import session
from portal.errors import Forbidden, PortalError
from portal.files.sending import takes_files
from portal.staff.access import requires, signed_in
from portal.staff.models import Role

bp = Blueprint("imports", __name__, url_prefix="/quan-tri/nhap-thu-tuc")

AT_WORK = (Role.EDITOR, Role.APPROVER)


@bp.route("", methods=["GET", "POST"])
@requires(*AT_WORK)
@takes_files(import_work.LARGEST_FILE_BYTES)
def index() -> ResponseReturnValue:
    """The files so far, and handing in one more."""
    form = FileForm()
    if not form.validate_on_submit():
        return _index(form), 422 if form.errors else 200
    try:
        run = import_work.hand_in(
            session(), _folder(), form.file.data, clerk=_clerk(), partial=form.partial.data
        )
    except BadFile as refusal:
        form.file.errors = [str(refusal)]
        return _index(form), refusal.status
    session().commit()
    return redirect(url_for(".run", run_id=run.id), 303)


@bp.route("/<int(max=2147483647):run_id>", methods=["GET", "POST"])
@requires(*AT_WORK)
def run(run_id: int) -> ResponseReturnValue:
    """What one file would change, and deciding about many at once."""
    form = DecideForm()
    if not form.is_submitted():
        return _run(run_id, form)
    try:
        if not form.validate():
            return _run(run_id, form), 422
        flash(_decide(run_id, form, form.chosen.data or []))
    except PortalError as refusal:
        return _refused(refusal, form, _run, run_id)
    session().commit()
    return redirect(url_for(".run", run_id=run_id, **_asked()), 303)


@bp.route("/<int(max=2147483647):run_id>/<int(max=2147483647):change_id>", methods=["GET", "POST"])
@requires(*AT_WORK)
def change(run_id: int, change_id: int) -> ResponseReturnValue:
    """One record with all that differs, and deciding about it."""
    form = DecideForm()
    if not form.is_submitted():
        return _change(run_id, change_id, form)
    try:
        form.chosen.data = [change_id]
        if not form.validate():
            return _change(run_id, change_id, form), 422
        flash(_decide(run_id, form, [change_id]))
    except PortalError as refusal:
        return _refused(refusal, form, _change, run_id, change_id)
    session().commit()
    return redirect(url_for(".change", run_id=run_id, change_id=change_id), 303)


@bp.route("/tu-ngu-cu", methods=["GET", "POST"])
@requires(*AT_WORK)
def old_words() -> ResponseReturnValue:
    """Published procedures that still use words the law has left behind."""
    form = TasksForm()
    if form.is_submitted() and form.validate():
        opened = flagging.ask(session(), form.codes.data or [], clerk=_clerk())
        session().commit()
        flash(_("Đã tạo %(number)s việc.", number=opened))
        return redirect(url_for(".old_words", **_asked()), 303)
    flag = request.args.get("loai", "")
    found = flagging.listed(session(), flag, request.args.get("q", ""), request.args.get("trang"))
    return render_template(
        "content/imports/old_words.html", form=form, found=found, labels=LABELS, flags=list(Flag)
    )


def _decide(run_id: int, form: DecideForm, ids: list[int]) -> Any:
    """Do it; what to tell whoever asked. Only an approver decides."""
    clerk = _clerk()
    if not clerk.staff.has(Role.APPROVER):
        raise Forbidden(_("Chỉ người duyệt được áp dụng, bỏ qua hoặc gỡ thủ tục."))
    db, by, now = session(), clerk.name, clerk.now
    words = (form.words.data or "").strip()
    match Act(form.act.data or ""):
        case Act.APPLY:
            done = import_applying.apply(db, run_id, ids, by=by, now=now, serves=_serves())
            return import_words.applied(done)
        case Act.APPLY_ALL:
            import_applying.ask_to_apply(db, run_id, by=by, now=now)
            return _("Đang áp dụng tất cả; tải lại trang này sau vài giây.")
        case Act.REJECT:
            codes = import_applying.reject(db, run_id, ids, words=words, by=by, now=now)
            return _("Đã bỏ qua %(number)s mục.", number=len(codes))
        case Act.LOOK_AGAIN:
            number = import_applying.look_again(
                db, run_id, now=now, serves=_serves(), districts=import_work.has_districts(now)
            )
            return _("Đã so lại %(number)s mục với nội dung hiện nay.", number=number)
        case Act.WITHDRAW:
            codes = import_work.withdraw(db, clerk, run_id, ids, words=words)
            return _("Đã gỡ thủ tục %(codes)s.", codes=", ".join(codes))


def _refused(refusal: PortalError, form: DecideForm, show: Any, *where: int) -> ResponseReturnValue:
    session().rollback()
    form.form_errors.append(str(refusal))
    return show(*where, form), refusal.status


def _index(form: FileForm) -> str:
    found = import_reading.runs(session(), request.args.get("trang"))
    counts = flagging.counts(session())
    return render_template(
        "content/imports/index.html", form=form, found=found, words=import_words, flagged=counts,
        labels=LABELS, size=import_work.LARGEST_FILE_BYTES // 2**20,
    )  # fmt: skip


def _run(run_id: int, form: DecideForm) -> str:
    asked = request.args
    found = import_reading.listed(
        session(), run_id, asked.get("muc", ""), asked.get("q", ""), asked.get("trang")
    )
    return render_template(
        "content/imports/run.html", form=form, found=found, words=import_words, labels=LABELS,
        query=asked.get("q", ""), decides=signed_in().has(Role.APPROVER), asked=_asked(),
    )  # fmt: skip


def _change(run_id: int, change_id: int, form: DecideForm) -> str:
    found = import_reading.record(session(), run_id, change_id)
    return render_template(
        "content/imports/change.html", form=form, found=found, words=import_words, labels=LABELS,
        decides=signed_in().has(Role.APPROVER),
    )  # fmt: skip


def _asked() -> dict[str, Any]:
    """What the list was filtered by, to come back to the same place."""
    return {
        name: request.args[name] for name in ("muc", "loai", "q", "trang") if request.args.get(name)
    }


def _clerk() -> Clerk:
    return Clerk(signed_in(), clock.now())


def _serves() -> Any:
    return current_app.extensions["portal"].profile.is_local_or_national


def _folder() -> Any:
    return import_work.folder(current_app.extensions["portal"].settings.var)
