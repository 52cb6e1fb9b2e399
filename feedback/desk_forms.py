"""What staff fill in at the desk; each form knows which rule it calls."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.validators import Length

from feedback import answering, asking, kinds, quarantine, triage, typed
from feedback.cases import Clerk
from feedback.kinds import CONTENT_TYPES, KINDS, Kind
from feedback.models import Case
from feedback.states import Move
from portal.choosing import options
from portal.stamps import StaffForm

ANSWER_LENGTH = 20_000
NOTE_LENGTH = 4_000
FIELDS_LIST = "linh-vuc"
TOO_LONG = _l("Dài quá: nhiều nhất %(max)d ký tự.")

Choices = Sequence[tuple[str, Any]]


def area(label: Any, length: int) -> TextAreaField:
    return TextAreaField(label, [Length(max=length, message=TOO_LONG)], filters=[typed.lines])


def line(label: Any, length: int, **more: Any) -> StringField:
    limit = Length(max=length, message=TOO_LONG)
    return StringField(label, [limit], filters=[typed.line], **more)


class CaseForm(StaffForm):
    """Carries the version of the case that the page showed, so that an old page is noticed."""

    move: Move
    slug: str
    version = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=self.move.value, **kwargs)

    @property
    def seen_version(self) -> int:
        """0, which no case ever has, where somebody meddled with the field."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def prepare(self, units: Choices, officers: Choices) -> None:
        """Give the lists to choose from, before validation."""

    def offer(self, case: Case) -> None:
        """Fill in what is known, when the form is shown for the first time."""

    def apply(self, db: Session, case: Case, clerk: Clerk) -> None:
        raise NotImplementedError


class ReleaseForm(CaseForm):
    move, slug = Move.RELEASE, "ghi-so"

    def apply(self, db: Session, case: Case, clerk: Clerk) -> None:
        quarantine.release(db, case, clerk)


class SetAsideForm(CaseForm):
    move, slug = Move.SET_ASIDE, "khong-ghi-so"
    reason = area(_l("Vì sao không ghi sổ"), NOTE_LENGTH)

    def apply(self, db: Session, case: Case, clerk: Clerk) -> None:
        quarantine.set_aside(db, case, reason=self.reason.data or "", clerk=clerk)


class ClassifyForm(CaseForm):
    move, slug = Move.CLASSIFY, "phan-loai"
    kind = SelectField(
        _l("Loại"), choices=options((kind.value, f.label) for kind, f in KINDS.items())
    )
    triage_class = SelectField(
        _l("Lớp (Nghị định 20/2008/NĐ-CP, Điều 9)"),
        choices=options(
            [
                ("", _l("Không phải phản ánh, kiến nghị")),
                ("K0", _l("K0: không tiếp nhận")),
                ("K1", _l("K1: về hành vi")),
                ("K2", _l("K2: về quy định, thuộc thẩm quyền")),
                ("K3", _l("K3: về quy định, không thuộc thẩm quyền")),
            ]
        ),
    )
    content_types = SelectMultipleField(
        _l("Nội dung (Nghị định 20/2008/NĐ-CP, Điều 5)"),
        choices=options((str(number), label) for number, label in CONTENT_TYPES.items()),
        coerce=int,
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    field = line(_l("Lĩnh vực"), 120, render_kw={"list": FIELDS_LIST})
    competence = SelectField(
        _l("Thẩm quyền"),
        choices=options(
            [
                ("undecided", _l("Chưa xác định")),
                ("own", _l("Thuộc thẩm quyền")),
                ("other", _l("Của cơ quan khác")),
            ]
        ),
    )
    complex_information = BooleanField(_l("Thông tin phức tạp (15 ngày làm việc)"))
    message = area(_l("Lý do không tiếp nhận, người gửi đọc được (K0)"), NOTE_LENGTH)
    note = area(_l("Ghi chú nội bộ"), NOTE_LENGTH)

    def offer(self, case: Case) -> None:
        self.kind.data = case.kind
        self.triage_class.data = case.triage or ""
        self.content_types.data = list(kinds.unpack(case.content_types))
        self.field.data, self.competence.data = case.field, case.competence

    def apply(self, db: Session, case: Case, clerk: Clerk) -> None:
        decision = triage.Classification(
            kind=Kind(self.kind.data),
            triage=self.triage_class.data or None,
            content_types=tuple(self.content_types.data or ()),
            field=self.field.data or "",
            competence=self.competence.data or "undecided",
            complex_information=self.complex_information.data,
        )
        note, message = self.note.data or "", self.message.data or ""
        triage.classify(db, case, decision, clerk, note=note, message=message)


class AssignForm(CaseForm):
    move, slug = Move.ASSIGN, "giao"
    unit_code = SelectField(_l("Đơn vị"))
    officer = SelectField(_l("Người xử lý"))
    note = area(_l("Ghi chú nội bộ"), NOTE_LENGTH)

    def prepare(self, units: Choices, officers: Choices) -> None:
        self.unit_code.choices = options([("", _l("Trung tâm")), *units])
        self.officer.choices = options([("", _l("Chưa chỉ định người")), *officers])

    def offer(self, case: Case) -> None:
        self.unit_code.data, self.officer.data = case.unit_code or "", case.officer

    def apply(self, db: Session, case: Case, clerk: Clerk) -> None:
        triage.assign(
            db,
            case,
            unit_code=self.unit_code.data or None,
            officer=self.officer.data or "",
            clerk=clerk,
            note=self.note.data or "",
        )


class TransferForm(CaseForm):
    move, slug = Move.TRANSFER, "chuyen"
    agency = line(_l("Cơ quan nhận"), 200)
    message = area(_l("Lời nhắn cho người gửi"), NOTE_LENGTH)

    def apply(self, db: Session, case: Case, clerk: Clerk) -> None:
        agency, message = self.agency.data or "", self.message.data or ""
        triage.transfer(db, case, agency=agency, message=message, clerk=clerk)


class NoteForm(CaseForm):
    move, slug = Move.NOTE, "ghi-chu"
    text = area(_l("Ghi chú (người gửi không đọc được)"), NOTE_LENGTH)

    def apply(self, db: Session, case: Case, clerk: Clerk) -> None:
        triage.note(db, case, text=self.text.data or "", clerk=clerk)


class AskForm(CaseForm):
    move, slug = Move.ASK, "hoi-lai"
    words = area(
        _l("Hỏi người gửi (người gửi đọc được; đồng hồ dừng đến khi trả lời)"), NOTE_LENGTH
    )

    def apply(self, db: Session, case: Case, clerk: Clerk) -> None:
        asking.ask(db, case, words=self.words.data or "", clerk=clerk)


class DraftForm(CaseForm):
    move, slug = Move.DRAFT, "du-thao"
    text = area(_l("Câu trả lời cho người gửi"), ANSWER_LENGTH)

    def apply(self, db: Session, case: Case, clerk: Clerk) -> None:
        answering.draft(db, case, text=self.text.data or "", clerk=clerk)


class ApproveForm(CaseForm):
    move, slug = Move.APPROVE, "duyet"
    own_reason = line(_l("Lý do, nếu chính ông/bà đã soạn câu trả lời này"), 300)

    def apply(self, db: Session, case: Case, clerk: Clerk) -> None:
        answering.approve(db, case, clerk=clerk, own_reason=self.own_reason.data or "")


class SendBackForm(CaseForm):
    move, slug = Move.SEND_BACK, "tra-lai"
    reason = area(_l("Cần sửa gì"), NOTE_LENGTH)

    def apply(self, db: Session, case: Case, clerk: Clerk) -> None:
        answering.send_back(db, case, reason=self.reason.data or "", clerk=clerk)


class SendForm(CaseForm):
    move, slug = Move.SEND, "gui"

    def apply(self, db: Session, case: Case, clerk: Clerk) -> None:
        answering.send(db, case, clerk=clerk)


class WithdrawForm(CaseForm):
    move, slug = Move.WITHDRAW, "rut"
    reason = area(_l("Người gửi đề nghị rút thế nào, khi nào"), NOTE_LENGTH)

    def apply(self, db: Session, case: Case, clerk: Clerk) -> None:
        triage.withdraw(db, case, reason=self.reason.data or "", clerk=clerk)


class CloseForm(CaseForm):
    move, slug = Move.CLOSE, "dong"
    reason = area(_l("Ghi chú khi đóng"), NOTE_LENGTH)

    def apply(self, db: Session, case: Case, clerk: Clerk) -> None:
        triage.close(db, case, reason=self.reason.data or "", clerk=clerk)


class LookForm(StaffForm):
    """The button that shows who sent a case; who pressed it is recorded."""
