"""The answer between two keys, and publishing without a trace."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import answering, cases, published, publishing, status, triage
from feedback.errors import FeedbackRefused, MoveNotAllowed
from feedback.kinds import Kind
from feedback.models import Answer
from feedback.publishing import Publication, TracesLeft
from feedback.states import State
from portal import events
from portal.keys import KeyRing
from portal.paging import paginate
from portal.staff.models import Role
from search_index.documents import SearchRow
from tests.feedback.makers import (
    NOW,
    a_case,
    a_clerk,
    a_receipt,
    answered,
    classified,
)
from tests.feedback.makers import published as publish_one


def test_a_case_is_answered_by_two_and_published(db: Session, ring: KeyRing) -> None:
    receipt = a_receipt(db, ring)
    case = cases.find(db, receipt.code, a_clerk(ring).staff)
    slug = publish_one(db, case, ring)
    assert case.state == State.PUBLISHED
    assert case.finished_at == NOW
    shown = status.look_up(db, receipt.code, receipt.secret, ring=ring)
    assert shown is not None
    assert shown.answer == "Hồ sơ đã có kết quả, mời đến nhận."
    assert shown.public_slug == slug
    found = published.one(db, slug)
    assert found is not None
    assert found[0].title == "Tách thửa quá hẹn"
    row = db.get(SearchRow, f"answer:{slug}")
    assert row is not None
    assert (row.kind, row.withdrawn) == ("answer", False)


def test_a_question_has_no_class_and_may_be_answered(db: Session, ring: KeyRing) -> None:
    case, clerk = a_case(db, ring, kind=Kind.QUESTION), a_clerk(ring)
    classified(db, case, clerk, triage=None, content_types=())
    answering.draft(db, case, text="Nộp ở quầy 3.", clerk=clerk)
    assert case.state == State.DRAFTED


def test_competence_is_decided_before_an_answer_is_written(db: Session, ring: KeyRing) -> None:
    case, clerk = a_case(db, ring), a_clerk(ring)
    classified(db, case, clerk, competence="undecided")
    with pytest.raises(FeedbackRefused, match="thẩm quyền"):
        answering.draft(db, case, text="Xong.", clerk=clerk)


def test_the_drafter_does_not_approve_without_a_reason(db: Session, ring: KeyRing) -> None:
    case, alone = a_case(db, ring), a_clerk(ring, Role.APPROVER, name="an")
    classified(db, case, alone)
    answering.draft(db, case, text="Xong.", clerk=alone)
    with pytest.raises(FeedbackRefused, match="không tự duyệt"):
        answering.approve(db, case, clerk=alone)
    assert case.state == State.DRAFTED
    answering.approve(db, case, clerk=alone, own_reason="Trực một mình ngày nghỉ.")
    assert case.state == State.APPROVED


def test_only_the_approved_text_is_sent(db: Session, ring: KeyRing) -> None:
    case, officer = a_case(db, ring), a_clerk(ring)
    approver = a_clerk(ring, Role.APPROVER, name="binh")
    classified(db, case, officer)
    answering.draft(db, case, text="Bản một.", clerk=officer)
    answering.approve(db, case, clerk=approver)
    answer = db.get(Answer, case.id)
    assert answer is not None
    answer.text = "Bản bị sửa lén."
    db.flush()
    with pytest.raises(FeedbackRefused, match="bản đã duyệt"):
        answering.send(db, case, clerk=officer)
    answering.draft(db, case, text="Bản hai.", clerk=officer)
    with pytest.raises(MoveNotAllowed):
        answering.send(db, case, clerk=officer)
    answering.approve(db, case, clerk=approver)
    answering.send(db, case, clerk=officer)
    assert answer.sent_digest == answer.approved_digest


def test_a_draft_sent_back_says_what_to_mend(db: Session, ring: KeyRing) -> None:
    case, approver = a_case(db, ring), a_clerk(ring, Role.APPROVER, name="binh")
    classified(db, case, a_clerk(ring))
    answering.draft(db, case, text="Xong.", clerk=a_clerk(ring))
    with pytest.raises(FeedbackRefused, match="cần sửa gì"):
        answering.send_back(db, case, reason="", clerk=approver)
    answering.send_back(db, case, reason="Nêu rõ ngày.", clerk=approver)
    assert case.state == State.ASSIGNED


def test_others_are_told_of_answer_and_publication(db: Session, ring: KeyRing) -> None:
    heard: list[str] = []
    events.connect(
        "feedback.answered", lambda _db, **said: heard.append(f"answered {said['code']}")
    )
    events.connect("feedback.published", lambda _db, **said: heard.append(f"public {said['code']}"))
    case = a_case(db, ring)
    publish_one(db, case, ring)
    assert heard[-2:] == [f"answered {case.code}", f"public {case.code}"]


def test_nothing_is_published_while_a_trace_is_left(db: Session, ring: KeyRing) -> None:
    case, approver = a_case(db, ring), a_clerk(ring, Role.APPROVER)
    answered(db, case, ring)
    wanted = Publication("Việc của Nguyen Thi Buoi", "Gọi 0905.123.456.", "Đã gọi a@b.vn.")
    with pytest.raises(TracesLeft) as refused:
        publishing.publish(db, case, wanted, clerk=approver, allowed=())
    masked = refused.value.masked
    assert "Buoi" not in masked.title
    assert "905" not in masked.question
    assert "@" not in masked.answer
    assert not case.published
    assert publishing.publish(db, case, masked, clerk=approver, allowed=())


def test_the_name_appears_only_with_consent(db: Session, ring: KeyRing) -> None:
    approver = a_clerk(ring, Role.APPROVER)
    wanted = Publication("Tách thửa", "Hỏi.", "Đáp.")
    for consent, name in ((False, ""), (True, "Nguyễn Thị Bưởi")):
        case = a_case(db, ring, text=f"Việc {consent}", publish_name=consent)
        answered(db, case, ring)
        slug = publishing.publish(db, case, wanted, clerk=approver, allowed=(), name_sender=True)
        found = published.one(db, slug)
        assert found is not None
        assert found[0].name == name


def test_a_public_answer_is_taken_back_with_a_reason(db: Session, ring: KeyRing) -> None:
    case, approver = a_case(db, ring), a_clerk(ring, Role.APPROVER)
    slug = publish_one(db, case, ring)
    with pytest.raises(FeedbackRefused, match="lý do"):
        publishing.unpublish(db, case, reason="", clerk=approver)
    publishing.unpublish(db, case, reason="Nhầm lĩnh vực.", clerk=approver)
    found = published.one(db, slug)
    assert found is not None
    assert found[1] is False
    assert published.count(db) == 0
    row = db.get(SearchRow, f"answer:{slug}", populate_existing=True)
    assert row is not None
    assert row.withdrawn
    wanted = Publication("Tách thửa", "Hỏi.", "Đáp.")
    assert publishing.publish(db, case, wanted, clerk=approver, allowed=()) == slug


def test_public_answers_are_listed_by_field(db: Session, ring: KeyRing) -> None:
    publish_one(db, a_case(db, ring), ring)
    assert published.fields(db) == ["Đất đai"]
    page = paginate(published.count(db, "Đất đai"), 1, 20)
    assert [shown.title for shown in published.listed(db, "Đất đai", page)] == ["Tách thửa quá hẹn"]
    assert published.count(db, "Hộ tịch") == 0


def test_a_note_reaches_the_sender_by_no_way(db: Session, ring: KeyRing) -> None:
    receipt, clerk = a_receipt(db, ring), a_clerk(ring)
    case = cases.find(db, receipt.code, clerk.staff)
    note = "BÍ MẬT NỘI BỘ"
    triage.note(db, case, text=note, clerk=clerk)
    triage.classify(
        db,
        case,
        triage.Classification(Kind.CONDUCT, "K1", (1,), competence="own"),
        clerk,
        note=note,
        message=note,
    )
    triage.assign(db, case, unit_code=None, officer="", clerk=clerk, note=note)
    answering.draft(db, case, text="Xong.", clerk=clerk)
    chief = replace(clerk, staff=a_clerk(ring, Role.ADMIN).staff)
    answering.approve(db, case, clerk=chief, own_reason=note)
    answering.send(db, case, clerk=clerk)
    triage.close(db, case, reason=note, clerk=clerk)
    shown = status.look_up(db, receipt.code, receipt.secret, ring=ring)
    assert shown is not None
    assert note not in str(shown)
    assert "an" not in [step.words for step in shown.steps]
    assert not list(db.scalars(select(SearchRow.key)))
