"""The desk of units: their offices, entered by editors, one by one or as a file."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from agencies import contact_file, contacts, desk_reading, labels
from agencies.contact_models import Part
from agencies.contacts import ContactRefused, Editor
from agencies.desk_forms import HINTS, ContactForm, filled
from portal import clock
from portal.database import session
from portal.staff.access import requires, signed_in
from portal.staff.models import Role
from search_index.plan import clean

EDITORS = (Role.EDITOR, Role.ADMIN)

bp = Blueprint("agencies_desk", __name__, url_prefix="/quan-tri/don-vi")


@bp.get("")
@requires(*EDITORS)
def index() -> ResponseReturnValue:
    found = desk_reading.listing(
        session(),
        clean(request.args.get("tim", "")),
        request.args.get("trang"),
        clock.local_date(clock.now()),
    )
    return render_template(
        "agencies/desk_units.html",
        found=found,
        labels=labels,
        parts=labels.PARTS,
        all_parts=tuple(Part),
    )


@bp.get("/lien-he.csv")
@requires(*EDITORS)
def download() -> ResponseReturnValue:
    data = contact_file.write(session(), clock.local_date(clock.now()))
    answer = Response(data, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="lien-he-don-vi.csv"'
    return answer


@bp.route("/<code>", methods=["GET", "POST"])
@requires(*EDITORS)
def unit(code: str) -> ResponseReturnValue:
    db = session()
    page = desk_reading.unit(db, code)
    form = ContactForm(data=filled(page.known, page.seen))
    if not form.is_submitted():
        return _page(page, form)
    if not form.validate():
        return _page(page, form), 422
    facts = {part: form.fact(part) for part in Part}
    kept = {part: fact for part, fact in facts.items() if part in page.known or fact is not None}
    editor = Editor(signed_in().username, clock.now())
    try:
        changed = contacts.save(db, editor, code, kept, shown=form.seen.data or "")
    except ContactRefused as refusal:
        db.rollback()
        _refuse(form, refusal)
        return _page(desk_reading.unit(db, code), form), refusal.status
    db.commit()
    flash(_("Đã lưu.") if changed else _("Không có gì thay đổi."))
    return redirect(url_for(".unit", code=code))


def _refuse(form: ContactForm, refusal: ContactRefused) -> None:
    """The sentence stands by the box it is about; a form out of date may be saved once read."""
    sentence = str(refusal)
    if refusal.part is None:
        form.form_errors.append(sentence)
        form.seen.data = ""
        return
    box = form[f"{refusal.part.value}-{refusal.box}"]
    box.errors = [*box.errors, sentence]


def _page(page: desk_reading.DeskUnit, form: ContactForm) -> str:
    if not form.seen.data:
        form.seen.data = page.seen
    return render_template(
        "agencies/desk_unit.html", page_of=page, unit=page.unit, form=form, parts=tuple(Part),
        labels=labels.PARTS, hints=HINTS, levels=labels.LEVELS,
    )  # fmt: skip
