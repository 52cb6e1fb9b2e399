"""Links for outside experts: made and taken back at the desk of a draft."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from content.editorial import expert_links
from content.editorial.desk_forms import ButtonForm, LinkForm
from content.editorial.draft_desk import AT_WORK, PREFIX, clerk, shown_draft
from content.editorial.errors import EditingRefused
from portal.database import session
from portal.machines import site
from portal.staff.access import requires

bp = Blueprint("expert_desk", __name__, url_prefix=PREFIX)


@bp.post("/moi-chuyen-gia")
@requires(*AT_WORK)
def make(draft_id: int) -> ResponseReturnValue:
    """A link for somebody without an account; its address is shown in this answer alone."""
    form = LinkForm()
    if not form.validate():
        return shown_draft(draft_id, link=form), 422
    lasts = timedelta(days=int(form.days.data))
    expert = form.expert.data or ""
    try:
        token = expert_links.make(session(), clerk(), draft_id, expert=expert, lasts=lasts)
    except EditingRefused as refusal:
        session().rollback()
        form.expert.errors = [str(refusal)]
        return shown_draft(draft_id, link=form), refusal.status
    session().commit()
    address = site() + url_for("expert.read", token=token)
    return shown_draft(draft_id, made=(expert, address))


@bp.post("/moi-chuyen-gia/<int(max=2147483647):link_id>")
@requires(*AT_WORK)
def revoke(draft_id: int, link_id: int) -> ResponseReturnValue:
    if ButtonForm().validate():
        expert_links.revoke(session(), clerk(), draft_id, link_id)
        session().commit()
        flash(_("Đã thu hồi đường dẫn."))
    return redirect(url_for("editorial_drafts.draft", draft_id=draft_id, _anchor="chuyen-gia"))
