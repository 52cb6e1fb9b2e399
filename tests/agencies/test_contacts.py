"""Offices of units: what editors enter, one by one or as a file, and what people then read."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from agencies import contact_file, contacts, register
from agencies.contact_models import Part, UnitContact
from agencies.contacts import ContactRefused, Editor, Fact
from agencies.models import UnitRow
from agencies.reading import NoSuchUnit
from portal import revisions
from portal.database import Database
from portal.errors import RefusedInput
from portal.staff.models import Role, StaffAction
from tests.support.pages import StrictClient

COMMUNE = "20611"
DAY = date(2026, 11, 20)
PATH = f"/quan-tri/don-vi/{COMMUNE}"


def a_fact(text: str = "Thôn La Tháp", source: str = "UBND xã báo", day: date = DAY) -> Fact:
    return Fact(text, source, day)


@pytest.fixture
def units(db: Session, now: datetime) -> Session:
    register.load(db, "quangnam", now)
    return db


@pytest.fixture
def running(app: Flask, now: datetime) -> Database:
    store: Database = app.extensions["portal"].database
    with store.write() as db:
        register.load(db, "quangnam", now)
        db.commit()
    return store


@pytest.fixture
def editor(now: datetime) -> Editor:
    return Editor("bien-tap", now)


def test_a_fact_is_kept_with_its_source_and_recorded_without_its_words(
    units: Session, editor: Editor
) -> None:
    before = revisions.current(units)[revisions.Area.UNITS]
    facts = {Part.ADDRESS: a_fact(), Part.PLACE: a_fact("15.8123, 108.2345")}
    assert contacts.save(units, editor, COMMUNE, facts) == (Part.ADDRESS, Part.PLACE)
    row = units.get_one(UnitRow, COMMUNE)
    assert (row.office_address, row.latitude, row.longitude) == (
        "Thôn La Tháp", "15.8123", "108.2345",
    )  # fmt: skip
    assert revisions.current(units)[revisions.Area.UNITS] == before + 1
    done = units.scalars(select(StaffAction).where(StaffAction.action == "agencies.contact")).one()
    assert done.subject == COMMUNE
    assert "La Tháp" not in done.detail


def test_saving_the_same_again_changes_nothing(units: Session, editor: Editor) -> None:
    contacts.save(units, editor, COMMUNE, {Part.ADDRESS: a_fact()})
    before = revisions.sequence(units)
    assert contacts.save(units, editor, COMMUNE, {Part.ADDRESS: a_fact()}) == ()
    assert revisions.sequence(units) == before


def test_what_is_taken_away_is_unknown_again(units: Session, editor: Editor) -> None:
    contacts.save(units, editor, COMMUNE, {Part.PHONE: a_fact("0235 3777 001")})
    contacts.save(units, editor, COMMUNE, {Part.PHONE: None})
    assert units.get_one(UnitRow, COMMUNE).phone is None
    assert contacts.of_unit(units, COMMUNE) == {}


def test_the_next_load_of_the_register_keeps_what_staff_entered(
    units: Session, editor: Editor, now: datetime
) -> None:
    contacts.save(units, editor, COMMUNE, {Part.ADDRESS: a_fact()})
    register.load(units, "quangnam", now + timedelta(days=1))
    assert units.get_one(UnitRow, COMMUNE).office_address == "Thôn La Tháp"


@pytest.mark.parametrize(
    ("part", "fact", "box"),
    [
        (Part.ADDRESS, a_fact("x" * 301), "text"),
        (Part.ADDRESS, a_fact(source=""), "source"),
        (Part.ADDRESS, a_fact(day=date(2026, 11, 24)), "checked"),
        (Part.PHONE, a_fact("gọi anh Ba"), "text"),
        (Part.PHONE, a_fact("12"), "text"),
        (Part.EMAIL, a_fact("khong-co-a-cong"), "text"),
        (Part.PLACE, a_fact("48.85, 2.35"), "text"),
        (Part.PLACE, a_fact("15.5"), "text"),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_box(
    units: Session, editor: Editor, part: Part, fact: Fact, box: str
) -> None:
    with pytest.raises(ContactRefused) as refusal:
        contacts.save(units, editor, COMMUNE, {part: fact})
    assert (refusal.value.part, refusal.value.box) == (part, box)
    assert contacts.of_unit(units, COMMUNE) == {}


def test_an_unknown_unit_has_no_office(units: Session, editor: Editor) -> None:
    with pytest.raises(NoSuchUnit):
        contacts.save(units, editor, "khong-co", {Part.ADDRESS: a_fact()})


def test_a_file_goes_out_and_comes_back_the_same(units: Session, editor: Editor) -> None:
    contacts.save(units, editor, COMMUNE, {Part.ADDRESS: a_fact("-5 đường Hùng Vương")})
    data = contact_file.write(units, DAY)
    again = contact_file.read(units, editor, data)
    assert (again.changed, again.unchanged, again.refused) == (0, 1, ())


def test_good_lines_are_entered_and_bad_ones_named(units: Session, editor: Editor) -> None:
    text = "\n".join(
        (
            ",".join(contact_file.COLUMNS),
            f"{COMMUNE},Xã Duy Hòa,dia-chi,Thôn La Tháp,UBND xã,20/11/2026",
            f"{COMMUNE},,dien-thoai,0235 3777 001,UBND xã,2026-11-20",
            f"{COMMUNE},,dien-thoai,abc,UBND xã,20/11/2026",
            f"{COMMUNE},,khac,abc,UBND xã,20/11/2026",
            f"{COMMUNE},,dia-chi,abc,UBND xã,hôm qua",
            "99999,,dia-chi,abc,UBND xã,20/11/2026",
            f"{COMMUNE},Xã Khác,dia-chi,abc,UBND xã,20/11/2026",
            f"{COMMUNE},,gio-lam-viec,,,",
        )
    )
    done = contact_file.read(units, editor, text.encode())
    assert done.changed == 2
    assert [number for number, _reason in done.refused] == [4, 5, 6, 7, 8]
    assert units.get_one(UnitRow, COMMUNE).phone == "0235 3777 001"


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"", b"ma,ten\n1,2\n", b"\x00"])
def test_a_file_of_another_kind_is_refused_as_a_whole(
    units: Session, editor: Editor, data: bytes
) -> None:
    with pytest.raises(RefusedInput):
        contact_file.read(units, editor, data)


def test_the_command_loads_good_lines_and_ends_with_1_for_bad_ones(
    app: Flask, running: Database, tmp_path: Path
) -> None:
    file, runner = tmp_path / "lien-he.csv", app.test_cli_runner()
    assert runner.invoke(args=["agencies", "export-contacts", str(file)]).exit_code == 0
    head = ",".join(contact_file.COLUMNS)
    lines = f"{head}\n{COMMUNE},,dia-chi,A,B,20/11/2026\nx,,dia-chi,A,B,20/11/2026\n"
    file.write_text(lines, "utf-8")
    done = runner.invoke(args=["agencies", "import-contacts", str(file)])
    assert done.exit_code == 1
    assert "Dòng 3: không có đơn vị mã «x»" in done.output
    with running.read() as db:
        assert db.scalars(select(UnitContact.text)).all() == ["A"]


def test_an_editor_enters_an_office_and_everybody_reads_it(
    client: StrictClient, staff: Callable[..., StrictClient], running: Database
) -> None:
    assert "chưa công bố" in client.get(f"/don-vi/{COMMUNE}").page.text
    desk = staff(Role.EDITOR)
    form = desk.get(PATH).page.fields(f"/don-vi/{COMMUNE}")
    form |= {
        "dia-chi-text": "Thôn La Tháp", "dia-chi-source": "UBND", "dia-chi-checked": "20/11/2026",
        "toa-do-text": "15.81, 108.23", "toa-do-source": "Bản đồ", "toa-do-checked": "20/11/2026",
        "viec-lam-tai-day-text": "Hộ tịch\r\n\r\n Chứng thực ", "viec-lam-tai-day-source": "UBND",
        "viec-lam-tai-day-checked": "20/11/2026",
    }  # fmt: skip
    assert desk.post(PATH, data=form).status_code == 302
    assert "Đã lưu." in desk.get(PATH).page.text
    page = client.get(f"/don-vi/{COMMUNE}").page
    assert "Thôn La Tháp" in page.text
    assert "Hộ tịch" in page.text
    assert "kiểm tra ngày 20/11/2026" in page.text
    assert any("openstreetmap.org" in link for link in page.links())
    listed = desk.get("/quan-tri/don-vi?tim=duy+hoa").page
    assert "20/11/2026" in listed.text


def test_a_wrong_box_is_named_and_nothing_typed_is_lost(
    staff: Callable[..., StrictClient], running: Database
) -> None:
    desk = staff(Role.EDITOR)
    form = desk.get(PATH).page.fields(f"/don-vi/{COMMUNE}")
    form |= {"dien-thoai-text": "gọi anh Ba", "dia-chi-text": "Thôn 1", "dia-chi-source": "x"}
    answer = desk.post(PATH, data=form)
    assert answer.status_code == 422
    assert "Ngày kiểm tra có dạng 25/11/2026." in answer.page.text
    form |= {"dia-chi-checked": "20/11/2026", "dien-thoai-source": "x"}
    form |= {"dien-thoai-checked": "20/11/2026"}
    answer = desk.post(PATH, data=form)
    assert answer.status_code == 422
    assert "Số điện thoại gồm" in answer.page.text
    assert answer.page.fields(f"/don-vi/{COMMUNE}")["dia-chi-text"] == "Thôn 1"


def test_two_editors_at_once_lose_nothing(
    staff: Callable[..., StrictClient], running: Database
) -> None:
    one, other = staff(Role.EDITOR), staff(Role.EDITOR)
    first = one.get(PATH).page.fields(f"/don-vi/{COMMUNE}")
    second = other.get(PATH).page.fields(f"/don-vi/{COMMUNE}")
    told = {"dia-chi-source": "x", "dia-chi-checked": "20/11/2026"}
    assert one.post(PATH, data=first | told | {"dia-chi-text": "A"}).status_code == 302
    late = other.post(PATH, data=second | told | {"dia-chi-text": "B"})
    assert late.status_code == 422
    assert "Người khác vừa sửa" in late.page.text
    again = late.page.fields(f"/don-vi/{COMMUNE}")
    assert again["dia-chi-text"] == "B"
    assert other.post(PATH, data=again).status_code == 302
