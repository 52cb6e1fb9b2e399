"""What editors fill in at the search desk."""

from datetime import UTC, date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Length

from portal.choosing import options
from portal.stamps import CleanForm, StaffForm
from search_index.editing import BOTH_WAYS, LONGEST_NOTE, ONE_WAY

LONGEST_INPUT = 300
TOO_LONG = _l("Dài quá: nhiều nhất %(max)d ký tự.")
WEIGHTS = {
    "100": _l("Chắc chắn, đúng một nghĩa"),
    "95": _l("Thường đúng"),
    "80": _l("Nhiều khi đúng"),
    "60": _l("Có thể đúng"),
}
DIRECTIONS = {
    ONE_WAY: _l("Một chiều: gõ từ này thì tìm từ kia"),
    BOTH_WAYS: _l("Hai chiều: gõ từ nào cũng tìm được từ kia"),
}


CODE_HINT = _l("Mã ghi ở trang thủ tục, ví dụ 1.001193.")
QUERY_HINT = _l("Đúng cả câu người dân gõ; có dấu hay không dấu, chữ hoa hay thường đều được.")
ALIAS_HINT = _l("Được tìm như tên chính thức và còn nguyên sau mỗi lần nạp lại dữ liệu.")


def line(label: Any, length: int = LONGEST_INPUT, *, hint: Any = "") -> StringField:
    return StringField(label, [Length(max=length, message=TOO_LONG)], description=hint)


class SynonymForm(StaffForm):
    phrase = line(
        _l("Từ người dân gõ"),
        hint=_l("Viết đủ dấu, nhiều nhất 7 tiếng. Người gõ không dấu vẫn tìm được."),
    )
    meaning = line(_l("Từ dùng trong tên thủ tục"), hint=_l("Ví dụ: xác nhận tình trạng hôn nhân."))
    direction = SelectField(_l("Chiều"), choices=options(DIRECTIONS.items()), default=ONE_WAY)
    weight = SelectField(_l("Mức tin cậy"), choices=options(WEIGHTS.items()), default="95")
    note = line(_l("Ghi chú"), LONGEST_NOTE)


class AliasForm(StaffForm):
    target = line(_l("Mã thủ tục"), hint=CODE_HINT)
    alias = line(_l("Tên người dân hay gọi"), hint=ALIAS_HINT)


class PinForm(StaffForm):
    query = line(_l("Câu tìm kiếm"), hint=QUERY_HINT)
    target = line(_l("Mã thủ tục"), hint=CODE_HINT)
    position = SelectField(
        _l("Vị trí"), choices=options((str(n), str(n)) for n in (1, 2, 3)), default="1"
    )
    until = line(_l("Đến hết ngày"), hint=_l("Nhiều nhất một năm. Ví dụ: 31/12/2026."))

    @property
    def last_day(self) -> date | None:
        """The day typed, None where it is none."""
        typed = (self.until.data or "").strip()
        for form in ("%d/%m/%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(typed, form).replace(tzinfo=UTC).date()
            except ValueError:
                continue
        return None


class JudgedForm(StaffForm):
    query = line(_l("Câu người dân gõ"))
    target = line(_l("Mã thủ tục trả lời đúng"), hint=CODE_HINT)


class SettleForm(StaffForm):
    """One line of the work list; which button was pressed says what becomes of the term."""

    term = HiddenField()
    written = line(_l("Từ đã gõ, viết đủ dấu"))
    answer = line(_l("Mã thủ tục, hoặc từ chính thức"))
    outcome = HiddenField()


class ButtonForm(StaffForm):
    """A button alone."""


class TryForm(CleanForm):
    """Sent by GET and changes nothing, so it carries no token."""

    class Meta(CleanForm.Meta):
        csrf = False

    q = line(_l("Câu tìm kiếm để thử"))
    tu = line(_l("Từ người dân gõ, hoặc tên hay gọi"))
    nghia = line(_l("Từ dùng trong tên thủ tục, hoặc mã thủ tục"))
