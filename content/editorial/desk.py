"""The desk of everything published: what there is to do, what there is, and beginning anew."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from content.editorial import desk_words, draft_shown, listing, starting
from content.editorial.clerk import Clerk
from content.editorial.errors import EditingRefused
from content.editorial.listing import TAB_LABELS, Wanted
from content.editorial.page_forms import NewPageForm, NewProcedureForm, new_form
from content.editorial.texts import KINDS, VIETNAMESE
from content.models import Kind
from portal import clock
from portal.database import session
from portal.errors import NotFound
from portal.staff.access import requires, signed_in
from portal.staff.models import Role

bp = Blueprint("editorial", __name__, url_prefix="/quan-tri/noi-dung")

AT_WORK = (Role.EDITOR, Role.APPROVER)
NEW_KINDS = [kind for kind in Kind if (kind, VIETNAMESE) in KINDS]


@bp.get("")
@requires(*AT_WORK)
def index() -> ResponseReturnValue:
    db, wanted, me = session(), Wanted.from_address(request.args), signed_in().username
    today = clock.local_date(clock.now())
    counts = listing.counts(db, wanted, username=me, today=today)
    number, total = request.args.get("trang"), counts[wanted.tab]
    rows, pager = listing.lines(db, wanted, number, total, username=me, today=today)
    return render_template(
        "content/editorial/list.html",
        rows=rows,
        pager=pager,
        wanted=wanted,
        counts=counts,
        tabs=TAB_LABELS,
        kinds=desk_words.KINDS,
        states=listing.STATE_CHOICES,
        languages=desk_words.LANGUAGES,
        names=draft_shown.names(db),
    )


@bp.get("/moi")
@requires(*AT_WORK)
def choose() -> ResponseReturnValue:
    kinds = [(kind.value, desk_words.KINDS[kind], desk_words.HINTS[kind]) for kind in NEW_KINDS]
    return render_template("content/editorial/choose.html", kinds=kinds)


@bp.route("/moi/<kind>", methods=["GET", "POST"])
@requires(*AT_WORK)
def new(kind: str) -> ResponseReturnValue:
    """A title and an address; the rest is written in the editor."""
    if kind not in NEW_KINDS:
        raise NotFound
    form = new_form(Kind(kind))
    if not form.validate_on_submit():
        return _new_page(kind, form), 422 if form.errors else 200
    db, clerk = session(), Clerk(signed_in(), clock.now())
    try:
        draft = starting.begin(db, clerk, kind, form.wanted_key, form.title.data or "")
    except EditingRefused as refusal:
        db.rollback()
        form.key.errors = [str(refusal)]
        return _new_page(kind, form), refusal.status
    db.commit()
    return redirect(f"{url_for('editorial_drafts.draft', draft_id=draft.id)}/sua")


def _new_page(kind: str, form: NewPageForm | NewProcedureForm) -> str:
    label = desk_words.KINDS[Kind(kind)]
    return render_template("content/editorial/new.html", form=form, kind=kind, label=label)
