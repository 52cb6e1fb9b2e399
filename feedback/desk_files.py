"""Sends the files of a case to whoever may know its sender: a file can show who somebody is."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback import cases, permission
from feedback.models import CaseFile
from feedback.states import DESK
from portal import clock
from portal.database import database
from portal.errors import Forbidden, NotFound
from portal.files import sending
from portal.files.models import StoredFile
from portal.staff.access import requires, signed_in
from portal.staff.audit import record

bp = Blueprint("feedback_files", __name__, url_prefix="/quan-tri")


@bp.get("/phan-anh/<code>/tep/<int:number>")
@requires(*DESK)
def file(code: str, number: int) -> ResponseReturnValue:
    """One file of one case, always saved and never shown in the page; who took it is recorded."""
    staff = signed_in()
    with database().write() as db:
        case = cases.find(db, code, staff)
        row = db.get(CaseFile, number)
        if row is None or row.case_id != case.id:
            raise NotFound(_("Phản ánh này không có tệp ấy."))
        if not permission.may_know_sender(staff, case):
            raise Forbidden(_("Tệp có thể cho biết người gửi nên được giấu với đơn vị liên quan."))
        stored = db.get(StoredFile, row.sha256)
        if stored is None:
            raise NotFound
        answer = sending.send(stored, row.name)
        detail = {"file": row.id}
        record(
            db,
            actor=staff.username,
            action="case.file",
            subject=code,
            at=clock.now(),
            detail=detail,
        )
        db.commit()
    return answer
