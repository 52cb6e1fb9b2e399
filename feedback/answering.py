"""The answer between two keys: one drafts, another approves, and only that text is sent."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback import cases
from feedback.cases import Clerk, required
from feedback.errors import FeedbackRefused
from feedback.kinds import KINDS, Kind
from feedback.models import Answer, Case
from feedback.states import Move
from portal import events, revisions
from portal.canonical import digest
from portal.database import lock
from portal.revisions import Area


def draft(db: Session, case: Case, *, text: str, clerk: Clerk) -> None:
    """Write or rewrite the answer; an approval given to an earlier text is void."""
    cases.target(case, Move.DRAFT, clerk)
    text = required(text, _("Câu trả lời đang để trống."))
    if KINDS[Kind(case.kind)].petition and case.competence != "own" and not case.transferred:
        raise FeedbackRefused(
            _("Hãy quyết định thẩm quyền trước: của mình thì trả lời, của nơi khác thì chuyển.")
        )
    answer = lock(db, Answer, case.id)
    if answer is None:
        answer = Answer(case_id=case.id)
        db.add(answer)
    answer.text, answer.drafter, answer.drafted_at = text, clerk.staff.username, clerk.now
    answer.approver, answer.approved_at, answer.approved_digest = "", None, ""
    case.officer = case.officer or clerk.staff.username
    cases.step(db, case, Move.DRAFT, clerk)


def approve(db: Session, case: Case, *, clerk: Clerk, own_reason: str = "") -> None:
    """Turn the second key. The drafter may do it only with a reason, which stays in the history."""
    cases.target(case, Move.APPROVE, clerk)
    answer = _answer(db, case)
    if answer.drafter == clerk.staff.username:
        required(own_reason, _("Người soạn không tự duyệt. Nếu không có ai khác, hãy ghi lý do."))
    answer.approver, answer.approved_at = clerk.staff.username, clerk.now
    answer.approved_digest = digest(answer.text)
    cases.step(db, case, Move.APPROVE, clerk, note=own_reason.strip())


def send_back(db: Session, case: Case, *, reason: str, clerk: Clerk) -> None:
    """The draft needs more work; the reason tells the drafter what."""
    cases.target(case, Move.SEND_BACK, clerk)
    reason = required(reason, _("Hãy ghi cần sửa gì."))
    answer = _answer(db, case)
    answer.approver, answer.approved_at, answer.approved_digest = "", None, ""
    cases.step(db, case, Move.SEND_BACK, clerk, note=reason)


def send(db: Session, case: Case, *, clerk: Clerk) -> None:
    """Give the approved text, and no other, to the sender."""
    cases.target(case, Move.SEND, clerk)
    answer = _answer(db, case)
    if digest(answer.text) != answer.approved_digest:
        raise FeedbackRefused(_("Câu trả lời khác với bản đã duyệt; cần duyệt lại."))
    answer.sent_at, answer.sent_digest = clerk.now, answer.approved_digest
    case.finished_at = clerk.now
    cases.step(db, case, Move.SEND, clerk)
    events.emit(db, "feedback.answered", code=case.code, kind=case.kind)
    revisions.advance(db, Area.FIGURES)


def _answer(db: Session, case: Case) -> Answer:
    answer = lock(db, Answer, case.id)
    if answer is None:
        raise FeedbackRefused(_("Phản ánh này chưa có câu trả lời."))
    return answer
