"""The desk of legal instruments: their days and successors, with the effect shown before saving."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from content import instrument_facts, instrument_reading, instrument_views
from content.instrument_desk_forms import EVIDENCE, InstrumentForm, filled
from content.instrument_facts import Contradiction
from content.instrument_models import LegalInstrument
from portal import clock
from portal.database import session
from portal.staff.access import requires, signed_in
from portal.staff.models import Role
from search_index.plan import clean

EDITORS = (Role.EDITOR, Role.ADMIN)
MOST_PAGES_NAMED = 20

bp = Blueprint("content_instrument_desk", __name__, url_prefix="/quan-tri/van-ban")


@bp.get("")
@requires(*EDITORS)
def index() -> ResponseReturnValue:
    asked = clean(request.args.get("tim", ""))
    found = instrument_reading.instruments(session(), asked, request.args.get("trang"), _today())
    return render_template(
        "content/desk_instruments.html",
        found=found,
        standing=instrument_views.standing,
        tones=instrument_views.TONES,
    )


@bp.route("/<key>", methods=["GET", "POST"])
@requires(*EDITORS)
def instrument(key: str) -> ResponseReturnValue:
    """The first button shows what saving would do, the second saves."""
    db = session()
    row = instrument_facts.find(db, key)
    form = InstrumentForm(data=filled(row, _number_of(row.successor)))
    if not form.is_submitted():
        return _page(row, form)
    if not form.validate():
        return _page(row, form), 422
    try:
        if request.form.get("step") != "save":
            shown = instrument_facts.effect(db, key, form.facts(), _today())
            return _page(row, form, effect=shown)
        done = instrument_facts.save(
            db,
            signed_in().username,
            key,
            form.facts(),
            clock.now(),
            seen=form.seen.data or "",
        )
    except Contradiction as refusal:
        db.rollback()
        _refuse(form, refusal)
        return _page(instrument_facts.find(db, key), form), 422
    db.commit()
    flash(_("Đã lưu.") if done.changed else _("Không có gì thay đổi."))
    return redirect(url_for(".instrument", key=key))


def _refuse(form: InstrumentForm, refusal: Contradiction) -> None:
    """The sentence stands by its box; a form out of date may be saved once it was read again."""
    if not refusal.field:
        form.form_errors.append(str(refusal))
        form.seen.data = ""
        return
    field = form[refusal.field]
    field.errors = [*field.errors, str(refusal)]


def _page(row: LegalInstrument, form: InstrumentForm, **more: Any) -> str:
    form.seen.data = form.seen.data or instrument_facts.mark(row)
    return render_template(
        "content/desk_instrument.html",
        instrument=row,
        form=form,
        evidence=EVIDENCE,
        most=MOST_PAGES_NAMED,
        **more,
    )


def _number_of(key: str) -> str:
    row = session().get(LegalInstrument, key) if key else None
    return row.number if row else ""


def _today() -> date:
    return clock.local_date(clock.now())
