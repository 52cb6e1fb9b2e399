"""Taking in for somebody who called or came; questions counted apart; a caller's cases found."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import desk_intake
from feedback.desk_intake import Contact
from feedback.desk_intake_models import DeskContact
from feedback.kinds import Kind
from feedback.models import CaseEvent, CaseIdentity
from portal.keys import KeyRing
from portal.staff.models import Role, StaffAction
from tests.feedback.browsing import STATUS, codes
from tests.feedback.browsing import stored as cases
from tests.feedback.desk_browsing import SignIn, make
from tests.feedback.makers import a_case, a_clerk
from tests.support.pages import StrictClient

DESK = "/quan-tri/tiep-nhan-ho"
CALL = {
    "channel": "phone", "kind": "question", "text": "Làm khai sinh cần gì?", "read_back": "y",
}  # fmt: skip


@pytest.fixture
def officer(staff: SignIn) -> StrictClient:
    return staff(Role.OFFICER, username="lan")


def actions(app: Flask, name: str) -> list[StaffAction]:
    with app.extensions["portal"].database.read() as db:
        return list(db.scalars(select(StaffAction).where(StaffAction.action == name)))


def test_a_call_is_registered_and_the_codes_read_out_open_the_status(
    app: Flask, officer: StrictClient, client: StrictClient
) -> None:
    who = {"name": "Trần Văn Mít", "address": "Núi Thành", "phone": "0905 123 456"}
    form = officer.get(DESK).page.fields("tiep-nhan-ho") | CALL | who | {"kind": "late"}
    answer = officer.post(DESK, data=form)
    assert answer.status_code == 200, answer.page.text
    assert answer.headers["Cache-Control"] == "no-store"
    code, secret = codes(answer.page)
    assert " ".join(secret.split("-")[0]) in answer.page.text
    (case,) = cases(app)
    assert (case.channel, case.state, case.register_number) == ("phone", "registered", 1)
    store = app.extensions["portal"].database
    with store.read() as db:
        note = db.scalars(select(CaseEvent).where(CaseEvent.move == "note")).one()
        sealed = db.get(CaseIdentity, case.id)
    assert note.actor == "lan"
    assert "1022" in note.note and "đọc lại" in note.note
    assert sealed is not None and sealed.name and b"M\xc3\xadt" not in sealed.name
    assert actions(app, "case.taken")[0].subject == code
    status = client.get(STATUS).page.fields() | {"code": code, "secret": secret}
    assert "Làm khai sinh" in client.post(STATUS, data=status).page.text
    again = officer.post(DESK, data=form)
    assert codes(again.page) == (code, secret)
    assert len(cases(app)) == 1 and len(actions(app, "case.taken")) == 1
    other = officer.get(DESK).page.fields("tiep-nhan-ho") | CALL | who | {"kind": "late"}
    assert code in officer.post(DESK, data=other).page.text
    assert cases(app)[1].possible_duplicate_of == case.id


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"read_back": ""}, "đọc lại"),
        ({"channel": ""}, "liên hệ bằng cách nào"),
        ({"channel": "web"}, "liên hệ bằng cách nào"),
        ({"kind": "x"}, "loại nào"),
        ({"kind": "late"}, "Hãy ghi họ và tên"),
        ({"text": ""}, "Hãy viết nội dung"),
        ({"csrf_token": "x"}, ""),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_registered(
    app: Flask, officer: StrictClient, changed: dict[str, str], said: str
) -> None:
    form = officer.get(DESK).page.fields("tiep-nhan-ho") | CALL | changed
    form = {name: value for name, value in form.items() if (name, value) != ("read_back", "")}
    answer = officer.post(DESK, data=form)
    assert answer.status_code == 422
    assert said in answer.page.text
    assert not cases(app)


def test_a_letter_needs_no_reading_back_and_a_question_no_name(
    app: Flask, officer: StrictClient
) -> None:
    form = officer.get(DESK).page.fields("tiep-nhan-ho") | CALL | {"channel": "letter"}
    del form["read_back"]
    assert officer.post(DESK, data=form).status_code == 200
    assert cases(app)[0].channel == "letter"


def test_a_question_answered_at_once_is_counted_once_and_apart(
    app: Flask, officer: StrictClient
) -> None:
    form = officer.get(DESK).page.fields("/lien-he")
    form |= {"lien-he-field": "Hộ tịch, gọi 0905123456", "lien-he-minutes": "3"}
    for _turn in range(2):
        assert officer.post(f"{DESK}/lien-he", data=form).status_code == 302
    bad = officer.get(DESK).page.fields("/lien-he") | {"lien-he-minutes": "lâu"}
    assert officer.post(f"{DESK}/lien-he", data=bad).status_code == 422
    with app.extensions["portal"].database.read() as db:
        one = db.scalars(select(DeskContact)).one()
    assert (one.officer, one.seconds, one.field) == ("lan", 180, "Hộ tịch, gọi […]")
    assert not cases(app)
    shown = officer.get(f"{DESK}/thang").page
    numbers = [cell.text for cell in shown.all("td")]
    assert numbers == ["1", "0", "0"] + ["0"] * 15 + ["1", "0", "0"]
    for odd in ("x", "9999-12", "0001-01", "2024-13"):
        assert officer.get(f"{DESK}/thang?thang={odd}").status_code == 200


def test_a_month_tells_contacts_from_petitions(db: Session, ring: KeyRing) -> None:
    clerk = a_clerk(ring, Role.OFFICER, now=datetime(2024, 9, 30, 16, 59, tzinfo=UTC))
    late = a_clerk(ring, Role.OFFICER, now=datetime(2024, 9, 30, 17, 0, tzinfo=UTC))
    for at, number in ((clerk, 12), (late, 3)):
        for turn in range(number):
            nonce = f"{at.now}-{turn}"
            contact = Contact("phone", "procedure", "", None, nonce)
            desk_intake.count_contact(db, contact, at)
    for at, kind, channel in (
        (clerk, Kind.LATE, "phone"), (clerk, Kind.QUESTION, "counter"), (late, Kind.LATE, "phone"),
        (clerk, Kind.CONDUCT, "web"),
    ):  # fmt: skip
        a_case(db, ring, now=at.now, kind=kind, channel=channel)
    a_case(db, ring, now=clerk.now, channel="web", quarantine_score=9)
    lines = desk_intake.month(db, date(2024, 9, 1))
    figures = [(line.contacts, line.cases, line.petitions) for line in lines]
    assert figures == [
        (12, 1, 1),
        (0, 1, 0),
        (0, 0, 0),
        (0, 0, 0),
        (0, 0, 0),
        (0, 1, 1),
        (12, 3, 2),
    ]


def test_a_callers_cases_are_found_unread_and_who_looked_is_recorded(
    app: Flask, officer: StrictClient, staff: SignIn
) -> None:
    code = make(app)
    form = officer.get(DESK).page.fields("/tim")
    for contact in ("+84 905.123.456", "BUOI@thu.vn"):
        found = officer.post(f"{DESK}/tim", data=form | {"tim-contact": contact})
        assert f"/quan-tri/phan-anh/{code}" in found.page.links()
    none = officer.post(f"{DESK}/tim", data=form | {"tim-contact": "0999 999 999"})
    assert "Không có phản ánh nào" in none.page.text
    assert officer.post(f"{DESK}/tim", data=form | {"tim-contact": "Bưởi"}).status_code == 422
    recorded = actions(app, "case.find")
    assert [(one.actor, one.subject) for one in recorded] == [
        ("lan", "phone"), ("lan", "email"), ("lan", "phone"),
    ]  # fmt: skip
    assert code in recorded[0].detail and code not in recorded[2].detail
    assert not any("905" in one.detail or "thu.vn" in one.detail for one in recorded)
    unit = staff(Role.OFFICER, unit_code="UBND-X")
    theirs = unit.get(DESK).page.fields("/tim") | {"tim-contact": "0905 123 456"}
    assert code not in unit.post(f"{DESK}/tim", data=theirs).page.text
