"""What a sender fills in on the status page; each form knows which rule it calls."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy.orm import Session
from wtforms import (
    Field,
    HiddenField,
    MultipleFileField,
    RadioField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length

from feedback import sender_steps, typed
from feedback.models import Case, CaseFile
from feedback.sender_steps import WORDS_LENGTH, Sender
from feedback.states import MOVE_LABELS, Move
from portal.choosing import options
from portal.files import keeping, sending
from portal.stamps import PublicForm

FILES_AT_ONCE = 5
SCORES = {
    5: _l("Rất hài lòng"),
    4: _l("Hài lòng"),
    3: _l("Bình thường"),
    2: _l("Chưa hài lòng"),
    1: _l("Rất không hài lòng"),
}


def _words(label: LazyString) -> TextAreaField:
    most = Length(max=WORDS_LENGTH, message=_l("Dài quá: nhiều nhất %(max)d ký tự."))
    return TextAreaField(label, [most], filters=[typed.lines])


class StepForm(PublicForm):
    """Carries code and secret along, so that no cookie is needed between the pages."""

    form_name = "feedback-step"
    move: Move
    slug: str
    button: LazyString
    code = HiddenField()
    secret = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self:
            field.id = field.label.field_id = f"{self.slug}-{field.name}"

    @property
    def title(self) -> LazyString:
        return MOVE_LABELS[self.move]

    def apply(self, db: Session, case: Case, sender: Sender) -> None:
        raise NotImplementedError


class ReplyForm(StepForm):
    move, slug, button = Move.REPLY, "tra-loi", _l("Gửi câu trả lời")
    words = _words(_l("Trả lời câu hỏi của cán bộ"))

    def apply(self, db: Session, case: Case, sender: Sender) -> None:
        sender_steps.reply(db, case, self.words.data or "", sender)


class FilesForm(StepForm):
    move, slug, button = Move.ADD_FILES, "tep", _l("Gửi tệp")
    files = MultipleFileField(_l("Tệp gửi thêm"))

    def validate_files(self, field: Field) -> None:
        chosen = [file for file in request.files.getlist(field.name) if file.filename]
        if not chosen:
            raise ValidationError(_("Hãy chọn ít nhất một tệp."))
        if len(chosen) > FILES_AT_ONCE:
            raise ValidationError(_("Mỗi lần gửi nhiều nhất %(most)s tệp.", most=FILES_AT_ONCE))

    def apply(self, db: Session, case: Case, sender: Sender) -> None:
        chosen = [file for file in request.files.getlist("files") if file.filename]
        kept = [
            keeping.keep(
                db,
                sending.cabinet(),
                file.read(),
                file.filename or "",
                limit=sending.PUBLIC_LIMIT,
                now=sender.now,
            )
            for file in chosen
        ]
        rows = [
            CaseFile(
                sha256=one.sha256,
                name=one.name,
                media_type=one.kind.value,
                size=one.size,
                added_at=sender.now,
            )
            for one in kept
        ]
        sender_steps.add_files(db, case, rows, sender)


class TakeBackForm(StepForm):
    move, slug, button = Move.TAKE_BACK, "rut", _l("Rút phản ánh này")

    def apply(self, db: Session, case: Case, sender: Sender) -> None:
        sender_steps.take_back(db, case, sender)


class ReopenForm(StepForm):
    move, slug, button = Move.REOPEN, "mo-lai", _l("Đề nghị mở lại")
    words = _words(_l("Vì sao cần xem xét lại?"))

    def apply(self, db: Session, case: Case, sender: Sender) -> None:
        sender_steps.reopen(db, case, self.words.data or "", sender)


class RateForm(StepForm):
    move, slug, button = Move.RATE, "danh-gia", _l("Gửi đánh giá")
    score = RadioField(
        _l("Câu trả lời này thế nào?"),
        [InputRequired(_l("Hãy chọn một mức."))],
        choices=options((str(number), words) for number, words in SCORES.items()),
    )
    words = _words(_l("Ông/bà muốn nói thêm gì?"))

    def apply(self, db: Session, case: Case, sender: Sender) -> None:
        sender_steps.rate(db, case, int(self.score.data), self.words.data or "", sender)


FORMS: dict[str, type[StepForm]] = {
    form.slug: form for form in (ReplyForm, FilesForm, RateForm, ReopenForm, TakeBackForm)
}
