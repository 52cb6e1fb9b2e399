"""The coordinator's decisions: classify, refuse, assign, transfer, withdraw, close, note."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import cases, deadlines, kinds, permission
from feedback.cases import Clerk, required
from feedback.errors import FeedbackRefused
from feedback.kinds import CONDUCT_TYPE, KINDS, Kind
from feedback.models import Case
from feedback.states import Move
from portal import clock, revisions
from portal.revisions import Area
from portal.staff.models import Role, StaffAccount
from search_index.analysis import fold

CLASSES = ("K0", "K1", "K2", "K3")
NOT_ACCEPTED = "K0"
COMPETENCES = ("undecided", "own", "other")
HANDLERS = frozenset({Role.OFFICER, Role.APPROVER, Role.ADMIN})


@dataclass(frozen=True)
class Classification:
    """What an officer decides about a message.

    `triage` is the class of Decree 20/2008/NĐ-CP, Article 9 (None where the message is no
    petition); K2 is our own competence and K3 another agency's by definition.
    """

    kind: Kind
    triage: str | None
    content_types: Sequence[int] = ()
    field: str = ""
    competence: str = "undecided"
    complex_information: bool = False

    @property
    def settled_competence(self) -> str:
        return {"K2": "own", "K3": "other"}.get(self.triage or "", self.competence)


def classify(
    db: Session,
    case: Case,
    decision: Classification,
    clerk: Clerk,
    *,
    note: str = "",
    message: str = "",
) -> None:
    """Give a case its kind, class, contents and field; K0 refuses it and needs a message."""
    _check(decision)
    refused = decision.triage == NOT_ACCEPTED
    move = Move.REFUSE if refused else Move.CLASSIFY
    cases.target(case, move, clerk)
    if refused:
        required(message, _("Khi không tiếp nhận (K0), hãy ghi lý do để người gửi đọc được."))
    case.kind, case.triage = decision.kind, decision.triage
    case.content_types = kinds.pack(list(decision.content_types))
    case.field = decision.field
    case.competence = decision.settled_competence
    case.transferred = False
    _set_deadline(case, decision, clerk)
    cases.step(db, case, move, clerk, note=note, message=message if refused else "")
    revisions.advance(db, Area.FIGURES)


def known_fields(db: Session) -> list[str]:
    """The fields given so far, in Vietnamese order, so that one field is not written two ways."""
    found = db.scalars(select(Case.field).where(Case.field != "").distinct())
    return sorted(found, key=fold)


def _check(decision: Classification) -> None:
    petition = KINDS[decision.kind].petition
    if petition != (decision.triage is not None):
        raise FeedbackRefused(
            _("Phản ánh, kiến nghị cần một lớp K0, K1, K2 hoặc K3.")
            if petition
            else _("Loại này không phải phản ánh, kiến nghị: không chọn lớp K.")
        )
    types = set(decision.content_types)
    if decision.triage == "K1" and CONDUCT_TYPE not in types:
        raise FeedbackRefused(_("K1 là về hành vi: hãy chọn nội dung loại 1."))
    if decision.triage in {"K2", "K3"} and not types - {CONDUCT_TYPE}:
        raise FeedbackRefused(_("K2, K3 là về quy định: hãy chọn ít nhất một nội dung loại 2–8."))
    if not petition and types:
        raise FeedbackRefused(_("Chỉ phản ánh, kiến nghị mới có nội dung loại 1–8."))


def _set_deadline(case: Case, decision: Classification, clerk: Clerk) -> None:
    received = clock.local_date(case.received_at)
    if decision.triage == NOT_ACCEPTED:
        case.due_on, case.due_rule = None, ""
        return
    if KINDS[decision.kind].petition and case.competence == "other":
        found = deadlines.by_rule("transfer", received, clerk.calendar)
    elif decision.kind is Kind.INFO_REQUEST and decision.complex_information:
        found = deadlines.by_rule("information_complex", received, clerk.calendar)
    else:
        found = deadlines.on_receipt(decision.kind, received, clerk.calendar)
    case.due_on, case.due_rule = found.due_on, found.rule


def assign(
    db: Session, case: Case, *, unit_code: str | None, officer: str, clerk: Clerk, note: str = ""
) -> None:
    """Put a unit in charge, and a person of that unit if one is named."""
    cases.target(case, Move.ASSIGN, clerk)
    _check_reach(unit_code, note, clerk)
    if officer and officer not in {name for name, _label in officers(db, unit_code)}:
        raise FeedbackRefused(_("Người này không thuộc đơn vị được giao hoặc đã bị khóa."))
    case.unit_code, case.officer, case.transferred = unit_code or None, officer, False
    if case.competence == "other":
        case.competence = "own"
        found = deadlines.on_receipt(
            Kind(case.kind), clock.local_date(case.received_at), clerk.calendar
        )
        case.due_on, case.due_rule = found.due_on, found.rule
    cases.step(db, case, Move.ASSIGN, clerk, note=note)
    revisions.advance(db, Area.FIGURES)


def _check_reach(unit_code: str | None, note: str, clerk: Clerk) -> None:
    """A unit's officer may pass a case on within the unit, or hand it back with a reason."""
    if permission.sees_all(clerk.staff) or unit_code == clerk.staff.unit_code:
        return
    if unit_code:
        raise FeedbackRefused(_("Đơn vị chỉ giao trong đơn vị mình hoặc trả về Trung tâm."))
    required(note, _("Khi trả về Trung tâm, hãy ghi lý do."))


def officers(db: Session, unit_code: str | None = None) -> list[tuple[str, str]]:
    """Who can be put in charge: user name and name. For a unit: its people and the Centre's."""
    found = select(StaffAccount).where(StaffAccount.active).order_by(StaffAccount.username)
    return [
        (account.username, account.name)
        for account in db.scalars(found)
        if account.roles & HANDLERS
        and (unit_code is None or account.unit_code in {None, unit_code})
    ]


def transfer(
    db: Session, case: Case, *, agency: str, clerk: Clerk, message: str = "", note: str = ""
) -> None:
    """Send the case to the agency that is competent; the sender reads where it went."""
    cases.target(case, Move.TRANSFER, clerk)
    agency = required(agency, _("Hãy ghi tên cơ quan nhận."))
    if KINDS[Kind(case.kind)].petition and case.triage not in {"K1", "K3"}:
        raise FeedbackRefused(_("Chỉ chuyển phản ánh, kiến nghị lớp K1 hoặc K3."))
    case.competence, case.transferred = "other", True
    received = clock.local_date(case.received_at)
    found = deadlines.on_receipt(Kind(case.kind), received, clerk.calendar)
    case.due_on, case.due_rule = found.due_on, found.rule
    told = _("Cơ quan nhận: %(agency)s.", agency=agency)
    cases.step(
        db, case, Move.TRANSFER, clerk, note=note, message=f"{told} {message.strip()}".strip()
    )
    revisions.advance(db, Area.FIGURES)


def withdraw(db: Session, case: Case, *, reason: str, clerk: Clerk) -> None:
    """The sender took the message back; the reason says how that is known."""
    reason = required(reason, _("Hãy ghi người gửi đã đề nghị rút thế nào, khi nào."))
    cases.target(case, Move.WITHDRAW, clerk)
    case.due_on, case.due_rule = None, ""
    cases.step(db, case, Move.WITHDRAW, clerk, note=reason)
    revisions.advance(db, Area.FIGURES)


def close(db: Session, case: Case, *, reason: str, clerk: Clerk) -> None:
    """Nothing more is to be done: the case was answered, or went to another agency for good.

    An answered case keeps its deadline: a late answer stays late in every figure.
    """
    cases.target(case, Move.CLOSE, clerk)
    if case.finished_at is None:
        case.due_on, case.due_rule = None, ""
    cases.step(db, case, Move.CLOSE, clerk, note=reason)
    revisions.advance(db, Area.FIGURES)


def note(db: Session, case: Case, *, text: str, clerk: Clerk) -> None:
    """A remark for the desk alone; it reaches the sender by no way."""
    text = required(text, _("Ghi chú đang để trống."))
    cases.step(db, case, Move.NOTE, clerk, note=text)
