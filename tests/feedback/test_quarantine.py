"""Doubtful messages: kept, seen by a person, and in no figure before they stand in the register."""

import multiprocessing
from datetime import UTC, date, datetime, timedelta
from multiprocessing.synchronize import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import (
    cases,
    counting,
    deadlines,
    doubt,
    quarantine,
    sender_steps,
    status,
    triage,
    verifying,
)
from feedback.errors import FeedbackRefused, MoveNotAllowed, NotYourCase
from feedback.kinds import Kind
from feedback.models import Case
from feedback.sender_steps import Sender
from feedback.states import State
from portal import clock, keys, tasks
from portal.database import Database
from portal.keys import KeyRing
from portal.staff.models import Role
from tests.feedback.desk_browsing import QUEUE, SignIn, make, press, stored
from tests.feedback.makers import CALENDAR, NOW, a_case, a_clerk, a_receipt

DOUBTFUL = {"quarantine_score": doubt.QUARANTINE_FROM}
DENUNCIATION = "Đây là đơn tố cáo cán bộ nhận tiền của dân."
PROCESSES = 4
EACH = 6


def test_a_doubtful_message_has_a_receipt_and_no_number(db: Session, ring: KeyRing) -> None:
    receipt = a_receipt(db, ring, **DOUBTFUL)
    case = db.scalars(select(Case)).one()
    assert (case.state, case.register_number, case.due_on) == (State.QUARANTINED, None, None)
    assert (receipt.quarantined, receipt.due_on) == (True, None)
    found = status.look_up(db, receipt.code, receipt.secret, ring=ring)
    assert found is not None
    assert "trước khi ghi vào sổ" in found.steps[0].words
    assert a_case(db, ring, text="Khác").register_number == 1


def test_a_released_message_gets_the_next_number_and_its_own_deadline(
    db: Session, ring: KeyRing
) -> None:
    case = a_case(db, ring, **DOUBTFUL)
    a_case(db, ring, text="Khác")
    later = a_clerk(ring, now=NOW + timedelta(days=3))
    quarantine.release(db, case, later)
    assert (case.state, case.register_number) == (State.REGISTERED, 2)
    received = clock.local_date(NOW)
    assert case.due_on == deadlines.on_receipt(Kind.CONDUCT, received, CALENDAR).due_on
    with pytest.raises(MoveNotAllowed):
        quarantine.release(db, case, later)


def test_a_message_of_december_released_in_january_stands_in_the_new_register(
    db: Session, ring: KeyRing
) -> None:
    last_second = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)
    case = a_case(db, ring, now=last_second, **DOUBTFUL)
    quarantine.release(db, case, a_clerk(ring, now=last_second + timedelta(seconds=1)))
    assert (case.register_year, case.register_number) == (2027, 1)
    assert case.due_on is not None
    assert case.due_on < date(2027, 1, 25)


def test_one_set_aside_keeps_no_number_and_says_so(db: Session, ring: KeyRing) -> None:
    receipt = a_receipt(db, ring, **DOUBTFUL)
    case = db.scalars(select(Case)).one()
    with pytest.raises(MoveNotAllowed):
        quarantine.set_aside(db, case, reason="Quảng cáo", clerk=a_clerk(ring))
    approver = a_clerk(ring, Role.APPROVER)
    with pytest.raises(FeedbackRefused):
        quarantine.set_aside(db, case, reason=" ", clerk=approver)
    quarantine.set_aside(db, case, reason="Quảng cáo", clerk=approver)
    assert (case.register_number, case.outcome) == (None, quarantine.SPAM)
    found = status.look_up(db, receipt.code, receipt.secret, ring=ring)
    assert found is not None
    assert "không ghi nội dung này vào sổ" in found.steps[-1].message
    assert "Quảng cáo" not in str(found.steps)


def test_figures_see_a_case_only_from_its_release_on(db: Session, ring: KeyRing) -> None:
    aside, case = a_case(db, ring, **DOUBTFUL), a_case(db, ring, text="Khác", **DOUBTFUL)
    quarantine.set_aside(db, aside, reason="Quảng cáo", clerk=a_clerk(ring, Role.APPROVER))
    quarantine.release(db, case, a_clerk(ring, now=NOW + timedelta(days=2)))
    assert counting.facts_at(db, NOW + timedelta(days=1)) == []
    (fact,) = counting.facts_at(db, NOW + timedelta(days=3))
    assert fact.code == case.code


def test_the_history_still_holds_after_each_way_out_of_quarantine(
    db: Session, ring: KeyRing
) -> None:
    first, second, third = (a_case(db, ring, text=f"Việc {n}", **DOUBTFUL) for n in range(3))
    triage.note(db, first, text="Gọi hỏi lại.", clerk=a_clerk(ring))
    quarantine.release(db, first, a_clerk(ring))
    quarantine.set_aside(db, second, reason="Quảng cáo", clerk=a_clerk(ring, Role.APPROVER))
    sender_steps.take_back(db, third, Sender(ring=ring, calendar=CALENDAR, now=NOW))
    assert [case.register_number for case in (first, second, third)] == [1, None, None]
    db.commit()
    assert verifying.verify(db, ring) == 7


def test_the_page_is_mended_only_when_its_report_is_released(db: Session, ring: KeyRing) -> None:
    page = {"kind": Kind.WEBSITE, "page_url": "/thu-tuc/1"}
    case = a_case(db, ring, **page, **DOUBTFUL)
    assert tasks.waiting(db) == []
    quarantine.release(db, case, a_clerk(ring))
    assert [task.kind for task in tasks.waiting(db)] == ["mend-page"]


def test_a_danger_reaches_the_duty_sheet_even_from_quarantine(db: Session, ring: KeyRing) -> None:
    case = a_case(db, ring, text="Tôi không muốn sống nữa", **DOUBTFUL)
    assert case.alarm == "self_harm"
    (task,) = tasks.waiting(db)
    assert (task.kind, task.subject) == ("duty-sheet", case.code)


def test_a_denunciation_is_locked_at_once(db: Session, ring: KeyRing) -> None:
    case, plain = a_case(db, ring, text=DENUNCIATION), a_case(db, ring)
    case.unit_code = "sxd"
    db.flush()
    assert (case.locked, plain.locked) == (True, False)
    for clerk in (
        a_clerk(ring),
        a_clerk(ring, unit="sxd"),
        a_clerk(ring, Role.APPROVER, unit="sxd"),
    ):
        with pytest.raises(NotYourCase):
            cases.find(db, case.code, clerk.staff)
        with pytest.raises(NotYourCase):
            cases.take(db, case.code, case.version, clerk.staff)
    assert cases.find(db, case.code, a_clerk(ring, Role.ADMIN).staff) is case


def test_a_locked_case_shows_nowhere_at_the_desk_of_others(app: Flask, staff: SignIn) -> None:
    code = make(app, text=DENUNCIATION)
    twin = make(app, text=DENUNCIATION)
    officer, approver = staff(Role.OFFICER), staff(Role.APPROVER)
    for address in (QUEUE, f"{QUEUE}?muc=tat-ca", f"{QUEUE}?muc=tat-ca&q=to+cao"):
        assert code not in officer.get(address).page.text
        assert code in approver.get(address).page.text
    for wanted in (code, twin):
        answer = officer.get(f"/quan-tri/phan-anh/{wanted}")
        assert answer.status_code == 403
        assert "nhận tiền" not in answer.page.text
    assert "đơn tố cáo" in approver.get(f"/quan-tri/phan-anh/{code}").page.text


def test_the_desk_releases_and_sets_aside_from_its_own_tab(app: Flask, staff: SignIn) -> None:
    code, other = make(app, **DOUBTFUL), make(app, text="Mua hàng giá rẻ", **DOUBTFUL)
    officer, approver = staff(Role.OFFICER), staff(Role.APPROVER)
    assert code not in officer.get(QUEUE).page.text
    assert code in officer.get(f"{QUEUE}?muc=cho-xem-lai").page.text
    assert "đã xong" not in officer.get(f"/quan-tri/phan-anh/{code}").page.text
    assert "chưa ghi sổ" in officer.get(f"/quan-tri/phan-anh/{code}").page.text
    assert press(officer, code, "ghi-so") == 302
    assert press(approver, other, "khong-ghi-so", reason="Quảng cáo") == 302
    assert (stored(app, code).state, stored(app, code).register_number) == ("registered", 1)
    assert (stored(app, other).state, stored(app, other).register_number) == ("closed", None)


def send_and_release(url: str, ring: KeyRing, which: int, ready: Barrier) -> None:
    """Every second message is doubtful and released at once, in the midst of the others."""
    store = Database(url)
    ready.wait(30)
    for n in range(EACH):
        score = doubt.QUARANTINE_FROM * (n % 2)
        with store.write() as db:
            said = {"text": f"Việc {which} {n}", "stamp_nonce": f"{which}-{n}"}
            case = a_case(db, ring, quarantine_score=score, **said)
            db.commit()
            code, version = case.code, case.version
        if score:
            clerk = a_clerk(ring)
            with store.write() as db:
                quarantine.release(db, cases.take(db, code, version, clerk.staff), clerk)
                db.commit()
    store.dispose()


def test_intakes_and_releases_of_four_processes_leave_no_gap(store: Database) -> None:
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Barrier(PROCESSES)
    url = store.url.render_as_string(hide_password=False)
    ring = keys.new_ring()
    running = [
        spawn.Process(target=send_and_release, args=(url, ring, which, ready))
        for which in range(PROCESSES)
    ]
    for process in running:
        process.start()
    for process in running:
        process.join(60)
    assert [process.exitcode for process in running] == [0] * PROCESSES
    with store.read() as db:
        numbers = sorted(db.scalars(select(Case.register_number)))
    assert numbers == list(range(1, PROCESSES * EACH + 1))
