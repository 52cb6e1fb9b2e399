"""A request to see, correct or erase own data: its own clock, never public, no petition."""

import pytest
from sqlalchemy.orm import Session

from feedback import answering, publishing, triage
from feedback.errors import FeedbackRefused
from feedback.kinds import Kind
from feedback.publishing import Publication
from feedback.triage import Classification
from portal.keys import KeyRing
from portal.staff.models import Role
from tests.feedback.makers import a_case, a_clerk


def test_a_request_about_own_data_is_registered_answered_and_never_published(
    db: Session, ring: KeyRing
) -> None:
    case = a_case(db, ring, kind=Kind.OWN_DATA, text="Cho tôi xem dữ liệu đang giữ về tôi.")
    due = case.due_on
    assert (case.due_rule, case.content_types, case.register_number) == ("own_data", "", 1)
    officer, approver = a_clerk(ring), a_clerk(ring, Role.APPROVER, name="binh")
    triage.classify(db, case, Classification(Kind.OWN_DATA, triage=None), officer)
    assert (case.due_rule, case.due_on) == ("own_data", due)
    answering.draft(db, case, text="Đã gửi bản sao.", clerk=officer)
    answering.approve(db, case, clerk=approver)
    answering.send(db, case, clerk=officer)
    wanted = Publication("Dữ liệu", "Cho tôi xem dữ liệu.", "Đã gửi bản sao.")
    with pytest.raises(FeedbackRefused, match="dữ liệu cá nhân"):
        publishing.publish(db, case, wanted, clerk=approver, allowed=())
