"""The log of what staff did, as administrators and approvers read it, and whether it is whole."""

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock, digests
from portal.chain import Broken
from portal.database import database, session
from portal.digests import Sealed
from portal.errors import NotFound
from portal.keys import ring
from portal.showing import local_time
from portal.spreadsheets import as_csv
from portal.staff import audit_reading, audit_words
from portal.staff.access import requires
from portal.staff.audit import CHAIN
from portal.staff.audit_reading import Entry, Wanted
from portal.staff.forms import NothingForm
from portal.staff.models import Role

bp = Blueprint("audit", __name__, url_prefix="/quan-tri/nhat-ky")

READERS = (Role.ADMIN, Role.APPROVER)


@bp.get("")
@requires(*READERS)
def log() -> ResponseReturnValue:
    return _page()


@bp.post("")
@requires(*READERS)
def verify() -> ResponseReturnValue:
    """Walk the whole chain and compare it with what was noted outside the database."""
    if not NothingForm().validate_on_submit():
        raise NotFound
    folder = current_app.extensions["portal"].settings.digests
    with database().read() as db:
        try:
            sealed = digests.verify_one(db, folder, ring(), CHAIN)
        except Broken as broken:
            return _page(broken=str(broken))
    return _page(sealed=sealed)


@bp.get("/tep.csv")
@requires(*READERS)
def download() -> ResponseReturnValue:
    found = audit_reading.whole(session(), Wanted.from_address(request.args))
    heads = (_("Lúc"), _("Tên đăng nhập"), _("Họ tên"), _("Việc"), _("Đối tượng"), _("Chi tiết"))
    made = Response(as_csv(heads, map(_line, found)), mimetype="text/csv")
    day = clock.local_date(clock.now()).isoformat()
    made.headers["Content-Disposition"] = f'attachment; filename="nhat-ky-{day}.csv"'
    return made


def _line(entry: Entry) -> tuple[str, ...]:
    said = "; ".join(f"{label}: {value}" for label, value in entry.detail)
    return local_time(entry.at), entry.actor, entry.name, entry.action, entry.subject, said


def _page(*, sealed: Sealed | None = None, broken: str = "") -> str:
    db, wanted = session(), Wanted.from_address(request.args)
    return render_template(
        "staff/audit.html",
        wanted=wanted,
        entries=audit_reading.page(db, wanted, request.args.get("truoc", "")),
        before=request.args.get("truoc", ""),
        actors=audit_reading.actors(db),
        groups=audit_words.GROUPS,
        most=audit_reading.MOST_ROWS_IN_A_FILE,
        sealed=sealed,
        broken=broken,
    )
