"""The desk of one page: what is published, who keeps it, and taking it away."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from content.editorial import desk_words, page_shown, reviewing, scheduling, withdrawing, workflow
from content.editorial.clerk import Clerk
from content.editorial.history import PageKey
from content.editorial.page_forms import KeeperForm, PageButton, UnpublishForm, WithdrawForm
from content.editorial.stages import STAGE_LABELS
from content.editorial.texts import KINDS, VIETNAMESE
from content.models import Ending
from portal import clock
from portal.database import session
from portal.errors import NotFound, PortalError
from portal.staff.access import requires, signed_in
from portal.staff.models import Role
from portal.stamps import StaffForm

WRITTEN = sorted({kind.value for kind, _language in KINDS})
PREFIX = f"/quan-tri/noi-dung/<any({', '.join(map(repr, WRITTEN))}):kind>/<key>"
AT_WORK = (Role.EDITOR, Role.APPROVER)
ENDS = (Role.APPROVER,)

bp = Blueprint("editorial_pages", __name__, url_prefix=PREFIX)


def this_page(kind: str, key: str) -> PageKey:
    """The page an address means; ?ngon-ngu=en its English variant."""
    language = request.args.get("ngon-ngu", VIETNAMESE)
    if (kind, language) not in KINDS:
        raise NotFound
    return PageKey(kind, key, language)


def address(page: PageKey) -> dict[str, Any]:
    """The arguments of an address about this page."""
    at = {"kind": page.kind, "key": page.key}
    return at | ({"ngon-ngu": page.language} if page.language != VIETNAMESE else {})


def clerk() -> Clerk:
    return Clerk(signed_in(), clock.now())


@bp.get("")
@requires(*AT_WORK)
def page(kind: str, key: str) -> ResponseReturnValue:
    return _shown(this_page(kind, key))


@bp.post("/sua")
@requires(*AT_WORK)
def edit(kind: str, key: str) -> ResponseReturnValue:
    """Open the draft of this page, or begin one from what is published."""
    db, wanted = session(), this_page(kind, key)
    if not PageButton().validate():
        return redirect(url_for(".page", **address(wanted)))
    draft = workflow.start(db, clerk(), wanted.kind, wanted.key, wanted.language)
    db.commit()
    return redirect(f"{url_for('editorial_drafts.draft', draft_id=draft.id)}/sua")


@bp.post("/da-xem-lai")
@requires(*AT_WORK)
def reviewed(kind: str, key: str) -> ResponseReturnValue:
    """Somebody has read the whole page and found it still true."""

    def apply(db: Session, at: PageKey, _form: StaffForm) -> None:
        reviewing.reviewed(db, clerk(), at.kind, at.key, at.language)

    return _acted(this_page(kind, key), PageButton(), apply, _("Đã ghi: trang vẫn đúng."))


@bp.post("/phu-trach")
@requires(*AT_WORK)
def keep(kind: str, key: str) -> ResponseReturnValue:
    def apply(db: Session, at: PageKey, form: Any) -> None:
        reviewing.keep(
            db,
            clerk(),
            at.kind,
            at.key,
            at.language,
            keeper=form.keeper.data,
            review_on=form.review_on.data,
        )

    found = this_page(kind, key)
    form = KeeperForm()
    shown = page_shown.build(session(), found, _today())
    form.prepare(shown.item, shown.people)
    return _acted(found, form, apply, _("Đã ghi người phụ trách và ngày xem lại."), "keeper")


@bp.post("/ngung-dang")
@requires(*ENDS)
def unpublish(kind: str, key: str) -> ResponseReturnValue:
    """Have the page leave by itself at a moment, or stay after all."""

    def apply(db: Session, at: PageKey, form: Any) -> None:
        scheduling.unpublish_on(db, clerk(), at.kind, at.key, at.language, at=form.at)

    found = this_page(kind, key)
    return _acted(found, UnpublishForm(), apply, _("Đã ghi giờ ngừng đăng."), "unpublish")


@bp.post("/go")
@requires(*ENDS)
def withdraw(kind: str, key: str) -> ResponseReturnValue:
    def apply(db: Session, at: PageKey, form: Any) -> None:
        withdrawing.withdraw(
            db,
            clerk(),
            at.kind,
            at.key,
            at.language,
            ending=Ending(form.ending.data),
            words=form.words.data,
            leads_to=form.leads_to.data,
        )

    found = this_page(kind, key)
    return _acted(found, WithdrawForm(), apply, _("Đã gỡ trang."), "withdraw")


@bp.post("/dang-lai")
@requires(*ENDS)
def restore(kind: str, key: str) -> ResponseReturnValue:
    def apply(db: Session, at: PageKey, _form: StaffForm) -> None:
        withdrawing.restore(db, clerk(), at.kind, at.key, at.language)

    return _acted(this_page(kind, key), PageButton(), apply, _("Đã đăng lại trang."))


def _acted(
    page: PageKey,
    form: StaffForm,
    apply: Callable[[Session, PageKey, Any], None],
    said: str,
    name: str = "",
) -> ResponseReturnValue:
    """Do what a form asks; a refusal shows the page again with everything typed."""
    db = session()
    if not form.validate():
        if not name:
            return redirect(url_for(".page", **address(page)))
        return _shown(page, **{name: form}), 422
    try:
        apply(db, page, form)
    except PortalError as refusal:
        db.rollback()
        if isinstance(refusal, NotFound) or not name:
            raise
        form.form_errors.append(str(refusal))
        return _shown(page, **{name: form}), refusal.status
    db.commit()
    flash(said)
    return redirect(url_for(".page", **address(page)))


def _today() -> Any:
    return clock.local_date(clock.now())


def _shown(page: PageKey, **forms: StaffForm) -> str:
    shown = page_shown.build(session(), page, _today())
    keeper, unpublish = KeeperForm(formdata=None), UnpublishForm(formdata=None)
    keeper.prepare(shown.item, shown.people)
    if shown.item is not None:
        keeper.offer(shown.item)
        unpublish.offer(shown.item)
    return render_template(
        "content/editorial/page.html",
        shown=shown,
        at=address(page),
        kinds=desk_words.KINDS,
        languages=desk_words.LANGUAGES,
        endings=desk_words.ENDINGS,
        origins=desk_words.ORIGINS,
        tasks=desk_words.TASKS,
        stages=STAGE_LABELS,
        may_end=signed_in().has(*ENDS),
        keeper=forms.get("keeper", keeper),
        unpublish=forms.get("unpublish", unpublish),
        withdraw=forms.get("withdraw") or WithdrawForm(formdata=None),
    )
