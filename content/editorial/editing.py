"""The editor: the form of a draft, saved without losing anybody's words, and what helps it."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import validate_csrf
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import ValidationError

from content.editorial import editing_posts, editing_sheet, media, workflow
from content.editorial.clerk import Clerk
from content.editorial.editing_posts import LARGEST_BYTES, MOST_TYPED_BYTES, Posted, Sent
from content.editorial.editing_reading import LONGEST_TEXT
from content.editorial.editing_sheet import Sheet
from content.editorial.errors import EditingRefused, Overtaken
from content.editorial.suggesting import suggestions
from portal import clock
from portal.database import database, session
from portal.errors import PortalError, RefusedInput, page
from portal.files import sending
from portal.staff.access import requires, signed_in
from portal.staff.models import Role

bp = Blueprint("content_editing", __name__, url_prefix="/quan-tri/noi-dung")

AT_WORK = (Role.EDITOR, Role.APPROVER)
MOST_PARTS = 20_000


@bp.get("/ban-nhap/<int(max=2147483647):draft_id>/sua")
@requires(*AT_WORK)
def edit(draft_id: int) -> ResponseReturnValue:
    """The form; opening it tells the others that one is writing here."""
    with database().write() as db:
        held = workflow.hold(db, _clerk(), draft_id)
        db.commit()
    db = session()
    draft = workflow.find(db, draft_id)
    kept = workflow.current(db, draft)
    sheet = editing_sheet.sheet(db, draft, kept)
    sheet.held = held
    return _shown(sheet)


@bp.post("/ban-nhap/<int(max=2147483647):draft_id>/sua")
@requires(*AT_WORK)
def save(draft_id: int) -> ResponseReturnValue:
    """Whatever a button of the form says: a row more, a file, a look, a save."""
    _let_in_long_forms()
    try:
        sent = Sent(request.form, request.files, trusted=_has_token())
        posted = editing_posts.read(session(), _clerk(), draft_id, sent)
    except RequestEntityTooLarge:
        return page(413, _("Chưa lưu: mỗi tệp tối đa 20 MB, mỗi ô tối đa 200.000 chữ."))
    session().commit()  # files stay, whatever becomes of the text
    if posted.is_save and not posted.sheet.errors:
        return _saved(draft_id, posted)
    if posted.wants_preview:
        posted.sheet.preview = editing_posts.previewed(posted)
    return _shown(posted.sheet, 422 if posted.sheet.errors else 200)


@bp.post("/ban-nhap/<int(max=2147483647):draft_id>/giu")
@requires(*AT_WORK)
def keep_hold(draft_id: int) -> ResponseReturnValue:
    """The editor is still open; answers who has the draft, and its newest save."""
    _check_token()
    db = session()
    held = workflow.hold(db, _clerk(), draft_id)
    draft = workflow.find(db, draft_id)
    db.commit()
    return jsonify(by=held.by, mine=held.is_mine, revision=draft.revision)


@bp.post("/ban-nhap/<int(max=2147483647):draft_id>/roi")
@requires(*AT_WORK)
def leave(draft_id: int) -> ResponseReturnValue:
    """The editor was closed."""
    _check_token()
    workflow.let_go(session(), _clerk(), draft_id)
    session().commit()
    return "", 204


@bp.post("/ban-nhap/<int(max=2147483647):draft_id>/tep")
@requires(*AT_WORK)
def upload(draft_id: int) -> ResponseReturnValue:
    """A pasted or dropped file; answers with the Markdown that shows it."""
    _let_in_long_forms()
    try:
        _check_token()
        file = request.files.get("tep")
        if file is None:
            raise RefusedInput(_("Chưa chọn tệp."))
        words = editing_posts.words_of(request.form.get("mo-ta", ""))
        made = editing_posts.taken_in(session(), _clerk(), draft_id, file, words)
    except RequestEntityTooLarge:
        return jsonify(problem=_("Tệp lớn hơn 20 MB.")), 413
    except PortalError as refusal:
        return jsonify(problem=str(refusal)), refusal.status
    session().commit()
    return jsonify(markdown=made.markdown, name=made.ref.name, picture=made.is_picture)


@bp.post("/xem-thu")
@requires(*AT_WORK)
def preview() -> ResponseReturnValue:
    """A Markdown text as the public will see it; nothing is kept."""
    _let_in_long_forms()
    try:
        _check_token()
        text = request.form.get("body", "")
    except RequestEntityTooLarge:
        return jsonify(problem=_("Nội dung quá lớn nên không xem thử được.")), 413
    if len(text) > LONGEST_TEXT:
        return jsonify(problem=_("Nội dung quá lớn nên không xem thử được.")), 413
    return jsonify(html=editing_posts.rendered(text))


@bp.get("/tep/<fingerprint>/<name>")
@requires(*AT_WORK)
def file(fingerprint: str, name: str) -> ResponseReturnValue:
    """A file of a draft, published or not, for those who work on it."""
    stored = media.of_staff(session(), fingerprint, name)
    return sending.send(stored, name, inline=True)


def _saved(draft_id: int, posted: Posted) -> ResponseReturnValue:
    db, clerk, sheet = session(), _clerk(), posted.sheet
    try:
        draft = workflow.save(
            db, clerk, draft_id,
            seen=sheet.seen, text=posted.text, title=posted.title, note=sheet.note,
        )  # fmt: skip
        if posted.is_submit:
            workflow.submit(db, clerk, draft_id, seen=draft.revision)
    except Overtaken as overtaken:
        db.rollback()
        editing_posts.show_theirs(db, posted, draft_id, overtaken.current)
        return _shown(posted.sheet, overtaken.status)
    except EditingRefused as refusal:
        db.rollback()
        editing_posts.refuse(db, posted, draft_id, refusal)
        return _shown(posted.sheet, refusal.status)
    db.commit()
    if posted.is_submit:
        flash(_("Đã lưu và gửi người thứ hai đọc."))
        return redirect(url_for("editorial_drafts.draft", draft_id=draft_id))
    flash(_("Đã lưu, lần %(number)s.", number=draft.revision))
    if posted.goes_to_preview:
        return redirect(url_for("editorial_drafts.preview", draft_id=draft_id))
    return redirect(url_for(".edit", draft_id=draft_id))


def _shown(sheet: Sheet, status: int = 200) -> ResponseReturnValue:
    html = render_template(
        "content/editorial/edit.html", sheet=sheet, suggestions=suggestions(session(), sheet.boxes)
    )
    return html, status


def _clerk() -> Clerk:
    return Clerk(signed_in(), clock.now())


def _let_in_long_forms() -> None:
    """A page of many papers has thousands of fields, and Vietnamese grows when it is sent."""
    has_files = request.mimetype == "multipart/form-data"
    request.max_content_length = LARGEST_BYTES if has_files else MOST_TYPED_BYTES
    request.max_form_memory_size = MOST_TYPED_BYTES
    request.max_form_parts = MOST_PARTS


def _check_token() -> None:
    if not _has_token():
        raise RefusedInput(_("Phiên làm việc đã đổi; hãy mở lại trang này."))


def _has_token() -> bool:
    """Whether the request comes from a page of ours in this very session."""
    try:
        validate_csrf(request.headers.get("X-CSRFToken") or request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True
