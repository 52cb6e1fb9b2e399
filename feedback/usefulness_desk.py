"""The desk's list of pages by how many said "no", with the sentences people added."""

from datetime import date, timedelta

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback import usefulness
from feedback.usefulness import LEAST_VOTES
from portal import clock
from portal.database import session
from portal.spreadsheets import as_csv
from portal.staff.access import requires
from portal.staff.models import Role

bp = Blueprint("usefulness_desk", __name__, url_prefix="/quan-tri/huu-ich")

READERS = (Role.EDITOR, Role.APPROVER, Role.ADMIN)
USUAL_DAYS = 90


@bp.get("")
@requires(*READERS)
def index() -> ResponseReturnValue:
    db, (since, until) = session(), _period()
    pages, hidden = usefulness.judged(db, since, until)
    return render_template(
        "feedback/useful_desk.html",
        pages=pages,
        hidden=hidden,
        least=LEAST_VOTES,
        sentences=usefulness.sentences(db, since, until),
        since=since,
        until=until,
    )


@bp.get("/tep.csv")
@requires(*READERS)
def download() -> ResponseReturnValue:
    """The same list as a file; small groups are left out here as well."""
    since, until = _period()
    pages, _hidden = usefulness.judged(session(), since, until)
    heads = (_("Trang"), _("Phiên bản"), _("Có"), _("Không"), _("Tỷ lệ không (%%)"))
    rows = ((one.path, one.version, one.yes, one.no, one.share) for one in pages)
    made = Response(as_csv(heads, rows), mimetype="text/csv")
    name = f"huu-ich-{since.isoformat()}-{until.isoformat()}.csv"
    made.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return made


def _period() -> tuple[date, date]:
    """The days in the address, else the last ninety."""
    today = clock.local_date(clock.now())
    until = min(_day(request.args.get("den"), today), today)
    return min(_day(request.args.get("tu"), today - timedelta(days=USUAL_DAYS)), until), until


def _day(text: str | None, otherwise: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return otherwise
