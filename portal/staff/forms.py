"""What staff fill in to sign in, change a password and make an account."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
    widgets,
)
from wtforms.validators import InputRequired, Length

from portal.choosing import options
from portal.staff.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD
from portal.staff.models import Role
from portal.stamps import PublicForm, StaffForm

ROLE_LABELS = {
    Role.OFFICER: _l("Cán bộ xử lý"),
    Role.APPROVER: _l("Người duyệt"),
    Role.EDITOR: _l("Biên tập viên"),
    Role.ADMIN: _l("Quản trị viên"),
}


class SignInForm(PublicForm):
    """Carries a stamp like a public form: nobody has a session before signing in."""

    form_name = "sign-in"
    username = StringField(
        _l("Tên đăng nhập"), [InputRequired(_l("Cần tên đăng nhập.")), Length(max=60)]
    )
    password = PasswordField(
        _l("Mật khẩu"), [InputRequired(_l("Cần mật khẩu.")), Length(max=LONGEST_PASSWORD)]
    )


class ChangePasswordForm(StaffForm):
    current = PasswordField(_l("Mật khẩu hiện tại"), [InputRequired(_l("Cần mật khẩu hiện tại."))])
    new = PasswordField(
        _l("Mật khẩu mới"),
        [
            InputRequired(_l("Cần mật khẩu mới.")),
            Length(
                min=SHORTEST_PASSWORD,
                max=LONGEST_PASSWORD,
                message=_l("Mật khẩu mới cần từ 12 đến 200 ký tự."),
            ),
        ],
    )
    repeat = PasswordField(_l("Nhập lại mật khẩu mới"))

    def validate_repeat(self, field: PasswordField) -> None:
        if field.data != self.new.data:
            raise ValidationError(_l("Hai lần nhập mật khẩu mới không giống nhau."))


class AccountForm(StaffForm):
    username = StringField(
        _l("Tên đăng nhập"), [InputRequired(_l("Cần tên đăng nhập.")), Length(max=60)]
    )
    name = StringField(_l("Họ và tên"), [InputRequired(_l("Cần họ và tên.")), Length(max=120)])
    roles = SelectMultipleField(
        _l("Vai trò"),
        choices=options((role.value, label) for role, label in ROLE_LABELS.items()),
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    unit_code = SelectField(_l("Đơn vị"), choices=[], validate_choice=True)

    def __init__(self, units: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_code.choices = options([("", _l("Trung tâm (thấy mọi phản ánh)")), *units])


class NothingForm(StaffForm):
    """A button: only the token that proves where it was pressed."""
