"""Files of a case at the desk: for who may know the sender, saved, never shown, written down."""

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import triage
from feedback.models import Case, CaseFile
from portal.files import keeping
from portal.files.keeping import Cabinet
from portal.files.sending import PUBLIC_LIMIT
from portal.keys import KeyRing
from portal.staff.models import Role, StaffAction
from tests.feedback.desk_browsing import SignIn, make
from tests.feedback.makers import a_clerk, classified
from tests.support import good_files as good

UNIT = "sxd"


def with_file(app: Flask, *, kind: str = "conduct") -> tuple[str, int]:
    """A case with one PDF, given to a unit."""
    portal, now = app.extensions["portal"], datetime.now(UTC)

    def add(db: Session, case: Case, ring: KeyRing) -> None:
        cabinet = Cabinet(portal.settings.files)
        kept = keeping.keep(db, cabinet, good.pdf(), "đơn.pdf", limit=PUBLIC_LIMIT, now=now)
        row = {"sha256": kept.sha256, "name": kept.name, "size": kept.size}
        db.add(CaseFile(case_id=case.id, media_type=kept.kind.value, added_at=now, **row))
        clerk = a_clerk(ring)
        if kind == "conduct":
            classified(db, case, clerk)
        else:
            classified(db, case, clerk, triage="K2", content_types=(6,))
        triage.assign(db, case, unit_code=UNIT, officer="", clerk=clerk)

    code = make(app, add)
    with portal.database.read() as db:
        return code, db.scalars(select(CaseFile.id)).one()


def test_an_officer_of_the_centre_saves_it_and_that_is_written_down(
    app: Flask, staff: SignIn
) -> None:
    code, number = with_file(app)
    officer = staff(Role.OFFICER, username="can-bo-an")
    assert "đơn.pdf" in officer.get(f"/quan-tri/phan-anh/{code}").page.text
    answer = officer.get(f"/quan-tri/phan-anh/{code}/tep/{number}")
    assert answer.status_code == 200
    assert answer.data == good.pdf()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"] == "no-store"
    with app.extensions["portal"].database.read() as db:
        found = db.scalars(select(StaffAction).where(StaffAction.action == "case.file")).one()
        assert (found.actor, found.subject) == ("can-bo-an", code)


def test_the_unit_concerned_does_not_get_what_may_show_who_complains(
    app: Flask, staff: SignIn
) -> None:
    code, number = with_file(app)
    unit = staff(Role.OFFICER, unit_code=UNIT)
    page = unit.get(f"/quan-tri/phan-anh/{code}").page
    assert "đơn.pdf" not in page.text
    assert unit.get(f"/quan-tri/phan-anh/{code}/tep/{number}").status_code == 403


def test_a_unit_gets_the_files_where_it_may_know_the_sender(app: Flask, staff: SignIn) -> None:
    code, number = with_file(app, kind="rule")
    unit = staff(Role.OFFICER, unit_code=UNIT)
    assert unit.get(f"/quan-tri/phan-anh/{code}/tep/{number}").status_code == 200
    other = staff(Role.OFFICER, unit_code="stc")
    assert other.get(f"/quan-tri/phan-anh/{code}/tep/{number}").status_code == 403


def test_a_file_is_found_only_under_its_own_case(app: Flask, staff: SignIn) -> None:
    code, number = with_file(app)
    other = make(app, text="Khác")
    officer = staff(Role.OFFICER)
    assert officer.get(f"/quan-tri/phan-anh/{other}/tep/{number}").status_code == 404
    assert officer.get(f"/quan-tri/phan-anh/{code}/tep/{number + 1}").status_code == 404
    public = app.test_client().get(f"/quan-tri/phan-anh/{code}/tep/{number}")
    assert public.status_code == 302
