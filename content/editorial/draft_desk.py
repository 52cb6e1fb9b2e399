"""The desk of one draft: reading it, its way to the public, remarks, links for outside experts."""

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from content import part_labels
from content.editorial import (
    desk_words,
    draft_shown,
    previewing,
    texts,
    workflow,
)
from content.editorial.clerk import Clerk
from content.editorial.desk_forms import FORMS, ButtonForm, LinkForm, RemarkForm, StepForm
from content.editorial.errors import BadText
from content.editorial.models import Draft
from content.editorial.previewing import Frame
from content.editorial.stages import STEP_LABELS
from portal import clock
from portal.database import session
from portal.errors import NotFound, PortalError
from portal.staff.access import requires, signed_in
from portal.staff.models import Role

PREFIX = "/quan-tri/noi-dung/ban-nhap/<int(max=2147483647):draft_id>"
bp = Blueprint("editorial_drafts", __name__, url_prefix=PREFIX)

AT_WORK = (Role.EDITOR, Role.APPROVER)
BY_SLUG = {form.slug: form for form in FORMS.values()}


@bp.get("")
@requires(*AT_WORK)
def draft(draft_id: int) -> ResponseReturnValue:
    return shown_draft(draft_id)


@bp.get("/xem")
@requires(*AT_WORK)
def preview(draft_id: int) -> ResponseReturnValue:
    """The page exactly as the public would see it."""
    found = workflow.find(session(), draft_id)
    text = workflow.current(session(), found).text
    try:
        shape = texts.parse(found.kind, found.language, text)
    except BadText as bad:
        raise previewing.NothingToShow(str(bad)) from bad
    banner = _("Bản xem trước của bản nháp, lần lưu %(number)s.", number=found.revision)
    return previewing.as_public(found.kind, found.key, found.language, shape, Frame(banner))


@bp.post(f"/<any({', '.join(map(repr, BY_SLUG))}):step>")
@requires(*AT_WORK)
def take_step(draft_id: int, step: str) -> ResponseReturnValue:
    """One step on the way of a draft; the table of ways decides whether it may be taken."""
    db, me = session(), clerk()
    form = BY_SLUG[step](request.form)
    form.prepare(draft_shown.reviewers(db, me))
    if not form.validate():
        return shown_draft(draft_id, unfinished=form), 422
    try:
        form.apply(db, me, draft_id)
    except PortalError as refusal:
        return _refused(draft_id, form, refusal)
    db.commit()
    flash(_("Đã ghi: %(step)s.", step=STEP_LABELS[form.step]))
    return redirect(url_for(".draft", draft_id=draft_id))


@bp.post("/nhan-xet")
@requires(*AT_WORK)
def remark(draft_id: int) -> ResponseReturnValue:
    form = RemarkForm()
    if not form.validate():
        return shown_draft(draft_id, remark=form), 422
    workflow.remark(session(), clerk(), draft_id, form.words.data or "")
    session().commit()
    return redirect(url_for(".draft", draft_id=draft_id, _anchor="nhan-xet"))


@bp.post("/lay-ban-moi")
@requires(*AT_WORK)
def rebase(draft_id: int) -> ResponseReturnValue:
    """Take the newest version as what this draft is based on."""
    if ButtonForm().validate():
        workflow.rebase(session(), clerk(), draft_id)
        session().commit()
        flash(_("Bản nháp đã dựa trên bản đang đăng; hãy đọc lại chỗ khác nhau."))
    return redirect(url_for(".draft", draft_id=draft_id))


@bp.post("/gianh-quyen")
@requires(*AT_WORK)
def take_over(draft_id: int) -> ResponseReturnValue:
    """Take the pen from whoever has the draft open, and go on to write."""
    if ButtonForm().validate():
        workflow.hold(session(), clerk(), draft_id, take_over=True)
        session().commit()
    return redirect(f"{url_for('.draft', draft_id=draft_id)}/sua")


def clerk() -> Clerk:
    return Clerk(signed_in(), clock.now())


def _refused(draft_id: int, form: StepForm, refusal: PortalError) -> ResponseReturnValue:
    """The page as the draft now is, with the sentence of the refusal and everything typed."""
    if isinstance(refusal, NotFound):
        raise refusal
    session().rollback()
    form.form_errors.append(str(refusal))
    return shown_draft(draft_id, unfinished=form), refusal.status


def _part_name(draft: Draft, where: str) -> str:
    """What the editor calls the part that has to be mended."""
    part = where.replace(".", "-").partition("-")[0]
    shape = texts.shape_of(draft.kind, draft.language)
    return str(part_labels.of(shape, part)) if part in shape.model_fields else ""


def shown_draft(
    draft_id: int,
    *,
    unfinished: StepForm | None = None,
    made: tuple[str, str] | None = None,
    **forms: Any,
) -> str:
    db = session()
    found: Draft = workflow.find(db, draft_id)
    shown = draft_shown.build(db, found, clerk(), unfinished=unfinished)
    return render_template(
        "content/editorial/draft.html",
        shown=shown,
        draft=found,
        kinds=desk_words.KINDS,
        part_name=partial(_part_name, found),
        languages=desk_words.LANGUAGES,
        remark=forms.get("remark") or RemarkForm(formdata=None),
        link=forms.get("link") or LinkForm(formdata=None),
        made=made,
        now=clock.now(),
    )
