"""The public side: how many messages came, were answered, and in time."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.staff.access import public
from reports import chart
from reports.joining import overview
from reports.public_figures import MONTHS

bp = Blueprint("reports", __name__)


@bp.get("/so-lieu")
@public
def figures() -> ResponseReturnValue:
    found = overview()
    received = [(str(month.period.months[0]), month.received) for month in found.months]
    return render_template("reports/figures.html", found=found, chart=chart.bars(received, MONTHS))
