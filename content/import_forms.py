"""What staff fill in to hand in a file of the national database and to decide about it."""

from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, FileField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import AnyOf, Length, ValidationError

from content.import_applying import LONGEST_WORDS
from portal.stamps import StaffForm


class Act(StrEnum):
    APPLY = "apply"
    APPLY_ALL = "apply-all"
    REJECT = "reject"
    LOOK_AGAIN = "look-again"
    WITHDRAW = "withdraw"


class FileForm(StaffForm):
    file = FileField(_l("Tệp của Cơ sở dữ liệu quốc gia"))
    partial = BooleanField(_l("Tệp này chỉ là một phần, ví dụ danh sách của một bộ"))

    def validate_file(self, field: Any) -> None:
        if not (isinstance(field.data, FileStorage) and field.data.filename):
            raise ValidationError(_("Hãy chọn một tệp."))


class DecideForm(StaffForm):
    """What to do with the chosen records; turning down and withdrawing need words."""

    act = StringField(validators=[AnyOf([act.value for act in Act])])
    chosen = SelectMultipleField(coerce=int, validate_choice=False)
    words = TextAreaField(
        _l("Lý do"), [Length(max=LONGEST_WORDS, message=_l("Dài quá: nhiều nhất %(max)d ký tự."))]
    )

    def validate_chosen(self, field: Any) -> None:
        if self.act.data in (Act.APPLY, Act.REJECT) and not field.data:
            raise ValidationError(_("Hãy chọn ít nhất một thủ tục."))

    def validate_words(self, field: Any) -> None:
        if self.act.data in (Act.REJECT, Act.WITHDRAW) and not (field.data or "").strip():
            raise ValidationError(_("Hãy ghi lý do."))


class TasksForm(StaffForm):
    codes = SelectMultipleField(validate_choice=False)
