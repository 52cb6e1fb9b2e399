"""Triage and who sees what: the way that works, then each refusal."""

import threading
from datetime import date

import pytest
from sqlalchemy.orm import Session

from feedback import cases, permission, status, triage
from feedback.errors import FeedbackRefused, MoveNotAllowed, NotYourCase, Stale
from feedback.kinds import Kind
from feedback.states import State
from portal.database import Database
from portal.errors import NotFound
from portal.keys import KeyRing
from portal.staff import accounts
from portal.staff.models import Role
from tests.feedback.makers import (
    NOW,
    a_case,
    a_clerk,
    a_receipt,
    classified,
)


def test_k0_needs_a_reason_that_the_sender_reads(db: Session, ring: KeyRing) -> None:
    receipt, clerk = a_receipt(db, ring), a_clerk(ring)
    case = cases.find(db, receipt.code, clerk.staff)
    decision = triage.Classification(Kind.CONDUCT, "K0")
    with pytest.raises(FeedbackRefused, match="K0"):
        triage.classify(db, case, decision, clerk)
    assert case.state == State.REGISTERED
    triage.classify(db, case, decision, clerk, message="Không có nội dung cụ thể.")
    assert (case.state, case.due_on) == (State.NOT_ACCEPTED, None)
    shown = status.look_up(db, receipt.code, receipt.secret, ring=ring)
    assert shown is not None
    assert shown.steps[-1].message == "Không có nội dung cụ thể."


def test_a_refusal_can_be_taken_back_by_an_approver_only(db: Session, ring: KeyRing) -> None:
    case, officer = a_case(db, ring), a_clerk(ring)
    decision = triage.Classification(Kind.CONDUCT, "K0")
    triage.classify(db, case, decision, officer, message="Thiếu địa chỉ.")
    with pytest.raises(MoveNotAllowed):
        classified(db, case, officer)
    classified(db, case, a_clerk(ring, Role.APPROVER))
    assert case.state == State.CLASSIFIED
    assert case.due_on == date(2026, 12, 15)


def test_another_agencys_rule_is_transferred_within_five_working_days(
    db: Session, ring: KeyRing
) -> None:
    receipt, clerk = a_receipt(db, ring, kind=Kind.RULE), a_clerk(ring)
    case = cases.find(db, receipt.code, clerk.staff)
    classified(db, case, clerk, triage="K3", content_types=(2,), competence="own")
    assert (case.competence, case.due_rule) == ("other", "transfer")
    triage.transfer(db, case, agency="Bộ Tư pháp", message="Theo thẩm quyền.", clerk=clerk)
    assert (case.state, case.transferred, case.due_rule) == (State.TRANSFERRED, True, "answer")
    shown = status.look_up(db, receipt.code, receipt.secret, ring=ring)
    assert shown is not None
    assert "Bộ Tư pháp" in shown.steps[-1].message


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"triage": None}, "cần một lớp"),
        ({"triage": "K1", "content_types": (6,)}, "K1 là về hành vi"),
        ({"triage": "K2", "content_types": (1,)}, "K2, K3 là về quy định"),
        ({"kind": Kind.PRAISE, "triage": "K1"}, "không phải phản ánh"),
        ({"kind": Kind.PRAISE, "triage": None}, "Chỉ phản ánh"),
    ],
)
def test_a_class_that_does_not_fit_is_refused(
    db: Session, ring: KeyRing, changed: dict[str, object], words: str
) -> None:
    case = a_case(db, ring)
    with pytest.raises(FeedbackRefused, match=words):
        classified(db, case, a_clerk(ring), **changed)
    assert case.state == State.REGISTERED


def test_only_k1_and_k3_are_transferred(db: Session, ring: KeyRing) -> None:
    case, clerk = a_case(db, ring), a_clerk(ring)
    classified(db, case, clerk, triage="K2", content_types=(2,))
    with pytest.raises(FeedbackRefused, match="K1 hoặc K3"):
        triage.transfer(db, case, agency="Sở Tư pháp", clerk=clerk)
    with pytest.raises(FeedbackRefused, match="tên cơ quan"):
        triage.transfer(db, case, agency=" ", clerk=clerk)


def test_an_old_page_is_noticed(db: Session, ring: KeyRing) -> None:
    case, clerk = a_case(db, ring), a_clerk(ring)
    seen = case.version
    classified(db, case, clerk)
    with pytest.raises(Stale, match="vừa thay đổi"):
        cases.take(db, case.code, seen, clerk.staff)
    assert cases.take(db, case.code, case.version, clerk.staff) is case


def test_of_two_officers_at_the_same_moment_one_is_told(store: Database, ring: KeyRing) -> None:
    with store.write() as db:
        case = a_case(db, ring)
        db.commit()
    ready, outcomes = threading.Barrier(2), []

    def remark(name: str) -> None:
        clerk = a_clerk(ring, name=name)
        ready.wait()
        with store.write() as db:
            try:
                taken = cases.take(db, case.code, case.version, clerk.staff)
                triage.note(db, taken, text="Đã gọi.", clerk=clerk)
                db.commit()
                outcomes.append("kept")
            except Stale:
                outcomes.append("told")

    threads = [threading.Thread(target=remark, args=(name,)) for name in ("an", "chi")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept", "told"]


def test_a_unit_sees_its_own_cases_only(db: Session, ring: KeyRing) -> None:
    case = a_case(db, ring)
    unit = a_clerk(ring, unit="so-xay-dung")
    with pytest.raises(NotYourCase):
        cases.find(db, case.code, unit.staff)
    with pytest.raises(NotFound):
        cases.find(db, "PAKN.20200101.0000", unit.staff)
    case.unit_code = "so-xay-dung"
    assert cases.find(db, case.code, unit.staff) is case
    assert permission.sees(a_clerk(ring, Role.APPROVER, unit="khac").staff, case)


def test_who_is_complained_about_does_not_learn_who_complains(db: Session, ring: KeyRing) -> None:
    case, question = a_case(db, ring), a_case(db, ring, kind=Kind.QUESTION, text="Hỏi")
    case.unit_code = question.unit_code = "so-xay-dung"
    unit = a_clerk(ring, unit="so-xay-dung").staff
    assert not permission.may_know_sender(unit, case)
    assert permission.may_know_sender(unit, question)
    assert permission.may_know_sender(a_clerk(ring).staff, case)


def test_a_unit_hands_a_case_back_with_a_reason_and_to_nobody_else(
    db: Session, ring: KeyRing
) -> None:
    case, centre = a_case(db, ring), a_clerk(ring)
    classified(db, case, centre)
    triage.assign(db, case, unit_code="so-xay-dung", officer="", clerk=centre)
    unit = a_clerk(ring, unit="so-xay-dung", name="chi")
    with pytest.raises(FeedbackRefused, match="trong đơn vị mình"):
        triage.assign(db, case, unit_code="so-tu-phap", officer="", clerk=unit)
    with pytest.raises(FeedbackRefused, match="lý do"):
        triage.assign(db, case, unit_code=None, officer="", clerk=unit)
    triage.assign(db, case, unit_code=None, officer="", clerk=unit, note="Không phải việc của Sở.")
    assert case.unit_code is None


def test_only_people_of_the_unit_are_put_in_charge(db: Session, ring: KeyRing) -> None:
    made = [
        accounts.create(
            db, username=name, name=name, roles=[role], now=NOW, by="test", unit_code=unit
        )[0]
        for name, role, unit in (
            ("lan", Role.OFFICER, "so-a"),
            ("mai", Role.OFFICER, "so-b"),
            ("nga", Role.EDITOR, "so-a"),
        )
    ]
    assert [name for name, _label in triage.officers(db, "so-a")] == ["lan"]
    case, centre = a_case(db, ring), a_clerk(ring)
    classified(db, case, centre)
    with pytest.raises(FeedbackRefused, match="không thuộc đơn vị"):
        triage.assign(db, case, unit_code="so-a", officer="mai", clerk=centre)
    triage.assign(db, case, unit_code="so-a", officer="lan", clerk=centre)
    made[0].active = False
    db.flush()
    with pytest.raises(FeedbackRefused):
        triage.assign(db, case, unit_code="so-a", officer="lan", clerk=centre)


def test_withdrawing_needs_to_say_how_it_is_known(db: Session, ring: KeyRing) -> None:
    case, clerk = a_case(db, ring), a_clerk(ring)
    with pytest.raises(FeedbackRefused, match="đề nghị rút"):
        triage.withdraw(db, case, reason=" ", clerk=clerk)
    triage.withdraw(db, case, reason="Gọi điện lúc 9 giờ.", clerk=clerk)
    assert case.state == State.WITHDRAWN
