"""What everybody may read about units: the list, each unit, and "where do I have to go?"."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from agencies import contacts, labels, reading
from agencies.contact_models import Part
from portal import clock
from portal.database import session
from portal.staff.access import public
from search_index.plan import clean

bp = Blueprint("agencies", __name__)


@bp.get("/don-vi")
@public
def units() -> ResponseReturnValue:
    day = clock.local_date(clock.now())
    return render_template(
        "agencies/units.html",
        listed=reading.unit_list(session(), day),
        answer=_answer(),
        labels=labels,
    )


@bp.get("/don-vi/<code>")
@public
def unit(code: str) -> ResponseReturnValue:
    db = session()
    found = reading.unit_page(db, code, clock.local_date(clock.now()))
    told = tuple(contacts.of_unit(db, code).values())
    return render_template(
        "agencies/unit.html",
        unit=found,
        office=found.office,
        told=told,
        services=Part.SERVICES,
        labels=labels,
    )


@bp.get("/toi-phai-den-dau")
@public
def where() -> ResponseReturnValue:
    return render_template("agencies/where.html", answer=_answer(), labels=labels)


def _answer() -> reading.Answer | None:
    """The answer to what was typed; None where nothing was."""
    asked = clean(request.args.get("tim", ""))
    if not asked:
        return None
    return reading.answer(session(), asked, clock.local_date(clock.now()))
