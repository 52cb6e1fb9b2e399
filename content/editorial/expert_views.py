"""What an outside expert sees behind a link: one save of a draft, and a place to remark on it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from content import differences
from content.editorial import expert_links, history, media, previewing, texts
from content.editorial.desk_fields import words
from content.editorial.errors import BadText, EditingRefused
from content.editorial.expert_links import Opened
from content.editorial.history import PageKey
from content.editorial.models import Remark
from content.editorial.previewing import Frame
from portal import clock
from portal.database import session
from portal.errors import NotFound
from portal.errors import page as error_page
from portal.files import sending
from portal.staff.access import public
from portal.stamps import PublicForm, came_from_elsewhere

bp = Blueprint("expert", __name__, url_prefix="/gop-y")


class ExpertForm(PublicForm):
    form_name = "expert"
    words = words(_l("Nhận xét"))


@bp.route("/<token>", methods=["GET", "POST"])
@public
def read(token: str) -> ResponseReturnValue:
    """What is new in the draft, and what this expert has said of it; nothing of it is cached."""
    db, now = session(), clock.now()
    opened, form = expert_links.read(db, token, now), ExpertForm()
    if request.method == "GET":
        return _shown(opened, token, form)
    if came_from_elsewhere():
        return error_page(403)
    if not form.validate():
        return _shown(opened, token, form), 422
    if not form.trapped:
        try:
            expert_links.remark(db, token, form.words.data or "", now)
        except EditingRefused as refusal:
            db.rollback()
            form.words.errors = [str(refusal)]
            return _shown(expert_links.read(db, token, now), token, form), refusal.status
        db.commit()
    return redirect(url_for(".read", token=token, gui="xong"))


@bp.get("/<token>/xem")
@public
def preview(token: str) -> ResponseReturnValue:
    """The page as the public would see it if this save were published."""
    opened = expert_links.read(session(), token, clock.now())
    draft, text = opened.draft, opened.revision.text
    try:
        shape = texts.parse(draft.kind, draft.language, text)
    except BadText as bad:
        raise previewing.NothingToShow(
            _("Bản nháp còn thiếu mục bắt buộc, chưa xem như trang thật được.")
        ) from bad
    files_at = url_for(".read", token=token)
    frame = Frame(_("Bản nháp gửi ông/bà góp ý."), files_at.removeprefix(request.script_root))
    return previewing.as_public(draft.kind, draft.key, draft.language, shape, frame)


@bp.get("/<token>/tep/<fingerprint>/<name>")
@public
def file(token: str, fingerprint: str, name: str) -> ResponseReturnValue:
    """A picture of the text that the link was made for, and of no other."""
    opened = expert_links.read(session(), token, clock.now())
    stored = media.of_staff(session(), fingerprint, name)
    if f"/tep/{fingerprint}/" not in opened.revision.text:
        raise NotFound
    return sending.send(stored, name, inline=True)


def _shown(opened: Opened, token: str, form: ExpertForm) -> str:
    db, draft = session(), opened.draft
    page = PageKey(draft.kind, draft.key, draft.language)
    try:
        new = texts.parse(draft.kind, draft.language, opened.revision.text)
        before = history.version(db, page, draft.based_on).text if draft.based_on else ""
        old = texts.parse(draft.kind, draft.language, before) if before else None
        changes = differences.between(old, new)
    except BadText:
        changes = None
    said = select(Remark).where(Remark.link_id == opened.link.id).order_by(Remark.id)
    return render_template(
        "content/editorial/expert.html",
        title=draft.title or draft.key,
        shown=page,
        expert=opened.link.expert,
        until=opened.link.expires_at,
        changes=changes,
        is_change=bool(draft.based_on),
        remarks=db.scalars(said).all(),
        sent=request.args.get("gui") == "xong",
        token=token,
        form=form,
    )
