"""What belongs to a procedure's page: return date, place, poster, slip, changes, past days."""

from datetime import date

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.routing import RequestRedirect

from agencies import labels as unit_labels
from agencies import reading as units
from content import (
    asking,
    instrument_views,
    labels,
    local_facts,
    past_versions,
    posters,
    presenting,
    reading,
    return_answers,
)
from content.reading import ProcedurePage
from content.shapes import LocalPart
from portal import clock
from portal.database import session
from portal.errors import RefusedInput
from portal.languages import language
from portal.machines import site
from portal.staff.access import public
from search_index.plan import clean

MOST_TICKED = 400

bp = Blueprint("content_procedures", __name__, url_prefix="/thu-tuc/<code>")


@bp.get("/ngay-hen")
@public
def return_date(code: str) -> ResponseReturnValue:
    """An estimate for now: it depends on the hour, so nobody keeps it."""
    page = _page(code)
    asked = asking.moment(request.args, _today())
    now = clock.local(clock.now()).time()
    hour = asked.time or (now if asked.day == _today() else None)
    office = _office(request.args.get("xa", ""))
    answers = return_answers.answers(session(), page.procedure, asked.day, hour, office)
    html = render_template(
        "content/procedure_date.html",
        page_of=page,
        procedure=page.procedure,
        asked=asked,
        hour=hour,
        office=office,
        answers=answers,
        weekday=asking.weekday,
    )
    made = make_response(html, 422 if asked.wrong else 200)
    made.headers["Cache-Control"] = "no-store"
    return made


@bp.get("/noi-nop")
@public
def where(code: str) -> ResponseReturnValue:
    page = _page(code)
    wanted = clean(request.args.get("xa", ""))
    local = local_facts.in_force(page.procedure, _today())
    return render_template(
        "content/procedure_where.html",
        page_of=page,
        procedure=page.procedure,
        answer=units.answer(session(), wanted, _today()) if wanted else None,
        local=local_facts.of_part(local, LocalPart.ADDRESS, LocalPart.HOURS),
        labels=unit_labels,
    )


@bp.get("/qr.svg")
@public
def qr(code: str) -> ResponseReturnValue:
    page = _page(code)
    path = f"{request.script_root}/thu-tuc/{page.procedure.code}"
    picture = posters.qr_svg(site() + path)
    return Response(picture, mimetype="image/svg+xml")


@bp.get("/to-roi")
@public
def poster(code: str) -> ResponseReturnValue:
    page = _page(code)
    shown = presenting.shown(page, _today())
    return render_template(
        "content/procedure_poster.html",
        page_of=page,
        procedure=page.procedure,
        shown=shown,
        poster=posters.poster(page.procedure, shown.cases),
        one_line=posters.in_one_line,
        how_many=posters.how_many,
    )


@bp.get("/phieu-huong-dan")
@public
def slip(code: str) -> ResponseReturnValue:
    """The checklist as a form; what is ticked stands in the address, nothing of anybody."""
    page = _page(code)
    shown = presenting.shown(page, _today(), request.args.get("truong-hop", ""))
    made = posters.slip(shown, request.args.getlist("thieu")[:MOST_TICKED])
    return render_template(
        "content/procedure_slip.html",
        page_of=page,
        procedure=page.procedure,
        shown=shown,
        slip=made,
        mark=posters.mark,
        asked="in" in request.args,
    )


@bp.get("/thay-doi")
@public
def changes(code: str) -> ResponseReturnValue:
    page = _page(code)
    typed = clean(request.args.get("ngay", ""))
    wanted = asking.read_day(typed)
    if wanted:
        return redirect(address_of(".on_day", code=code, day=wanted.isoformat()))
    wrong = _("Ngày chưa đúng. Ghi theo mẫu năm-tháng-ngày, ví dụ 2026-08-01.") if typed else ""
    html = render_template(
        "content/procedure_changes.html",
        page_of=page,
        procedure=page.procedure,
        history=past_versions.history(session(), page.procedure.code),
        origins=labels.ORIGINS,
        typed=typed,
        wrong=wrong,
    )
    return html, 422 if wrong else 200


@bp.get("/ngay/<day>")
@public
def on_day(code: str, day: str) -> ResponseReturnValue:
    """The page as it was at the end of a day."""
    page = _page(code)
    wanted = asking.read_day(day)
    if wanted is None or wanted > _today():
        raise RefusedInput(_("Chỉ xem lại được trang của một ngày đã qua, ghi như 2026-08-01."))
    if day != wanted.isoformat():
        return redirect(address_of(".on_day", code=code, day=wanted.isoformat()), 301)
    db = session()
    try:
        past = past_versions.on_day(db, page.procedure.code, wanted)
    except past_versions.NotYetThere as error:
        return render_template(
            "content/procedure_not_yet.html", page_of=page, procedure=page.procedure,
            day=wanted, first_on=error.first_on,
        )  # fmt: skip
    then = reading.as_it_was(page, past.procedure)
    return render_template(
        "content/procedure_past.html",
        page_of=then,
        procedure=then.procedure,
        shown=presenting.shown(then, wanted),
        basis=instrument_views.basis(db, then.procedure),
        english=None,
        past=past,
        day=wanted,
    )


def _page(code: str) -> ProcedurePage:
    """The page of this code. A longer address leads to the plain one. Raises NoSuchPage."""
    found = reading.procedure(session(), code, language())
    if code != found.procedure.code:
        given = {**(request.view_args or {}), "code": found.procedure.code}
        raise RequestRedirect(address_of(str(request.endpoint), **given))
    return found


def _office(asked: str) -> units.Office | None:
    """The one office that a commune's code or name leads to; None where it leaves a choice."""
    wanted = clean(asked)
    found = units.office_for(session(), wanted, _today()) if wanted else ()
    return found[0] if len(found) == 1 else None


def _today() -> date:
    return clock.local_date(clock.now())
