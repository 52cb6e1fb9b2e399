"""What a page said before: one version, any two side by side, and going back to one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from content import differences
from content.editorial import desk_words, history, page_shown, previewing, texts, withdrawing
from content.editorial.history import PageKey
from content.editorial.page_desk import AT_WORK, ENDS, PREFIX, address, clerk, this_page
from content.editorial.page_forms import RollBackForm
from content.editorial.previewing import Frame
from portal import clock
from portal.database import session
from portal.errors import NotFound, PortalError
from portal.staff.access import requires, signed_in

bp = Blueprint("editorial_versions", __name__, url_prefix=PREFIX)


@bp.get("/phien-ban/<int(max=2147483647):number>")
@requires(*AT_WORK)
def version(kind: str, key: str, number: int) -> ResponseReturnValue:
    return _shown(this_page(kind, key), number, RollBackForm(formdata=None))


@bp.get("/phien-ban/<int(max=2147483647):number>/xem")
@requires(*AT_WORK)
def preview(kind: str, key: str, number: int) -> ResponseReturnValue:
    """The page as people saw it while this version was published."""
    page = this_page(kind, key)
    found = history.version(session(), page, number)
    shape = texts.parse(page.kind, page.language, found.text)
    banner = _("Phiên bản %(number)s, xem lại.", number=number)
    return previewing.as_public(page.kind, page.key, page.language, shape, Frame(banner))


@bp.post("/phien-ban/<int(max=2147483647):number>")
@requires(*ENDS)
def roll_back(kind: str, key: str, number: int) -> ResponseReturnValue:
    """Publish this version's text again, as a new version."""
    db, page, form = session(), this_page(kind, key), RollBackForm()
    if not form.validate():
        return _shown(page, number, form), 422
    reason = form.reason.data or ""
    try:
        withdrawing.roll_back(
            db, clerk(), page.kind, page.key, page.language, number, reason=reason
        )
    except PortalError as refusal:
        db.rollback()
        if isinstance(refusal, NotFound):
            raise
        form.form_errors.append(str(refusal))
        return _shown(page, number, form), refusal.status
    db.commit()
    flash(_("Đã quay lại phiên bản %(number)s.", number=number))
    return redirect(url_for("editorial_pages.page", **address(page)))


@bp.get("/so-sanh")
@requires(*AT_WORK)
def compare(kind: str, key: str) -> ResponseReturnValue:
    db, page = session(), this_page(kind, key)
    old, new = request.args.get("tu", ""), request.args.get("den", "")
    return render_template(
        "content/editorial/compare.html",
        compared=history.compare(db, page, old, new),
        shown=page_shown.build(db, page, clock.local_date(clock.now())),
        at=address(page),
    )


def _shown(page: PageKey, number: int, form: RollBackForm) -> str:
    db = session()
    found = history.version(db, page, number)
    shape = texts.parse(page.kind, page.language, found.text)
    return render_template(
        "content/editorial/version.html",
        version=found,
        shown=page_shown.build(db, page, clock.local_date(clock.now())),
        parts=[(one.label, one.row, one.new) for one in differences.between(None, shape)],
        at=address(page),
        form=form,
        origins=desk_words.ORIGINS,
        may_end=signed_in().has(*ENDS),
    )
