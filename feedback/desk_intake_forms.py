"""What an officer fills in for somebody who called, came or wrote."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, IntegerField, RadioField, SelectField, ValidationError
from wtforms.validators import NumberRange, Optional

from feedback import typed
from feedback.desk_forms import line
from feedback.desk_intake import CHANNELS, CONTACT_KINDS, SPOKEN, Contact
from feedback.forms import FeedbackForm
from feedback.kinds import KINDS
from portal.choosing import options
from portal.stamps import PublicForm, StaffForm

LONGEST_MINUTES = 600


class DeskIntakeForm(FeedbackForm):
    """The public form with the channel, filled in by an officer: same checks, plus the desk's."""

    class Meta(FeedbackForm.Meta):
        csrf = True

    form_name = "desk-intake"

    channel = RadioField(
        _l("Đến bằng cách nào?"), choices=options(CHANNELS.items()), validate_choice=False
    )
    kind = RadioField(
        _l("Nội dung thuộc loại nào?"),
        choices=options((kind.value, facts.label) for kind, facts in KINDS.items()),
        validate_choice=False,
    )
    read_back = BooleanField(_l("Đã đọc lại cho người gửi xác nhận"))
    publish_name = BooleanField(_l("Người gửi đồng ý nêu tên mình khi đăng công khai câu trả lời."))
    ask_afterwards = BooleanField(
        _l("Người gửi đồng ý để Trung tâm hỏi lại mức độ hài lòng sau khi trả lời.")
    )

    def validate_channel(self, field: Field) -> None:
        if field.data not in CHANNELS:
            raise ValidationError(_("Hãy chọn người gửi liên hệ bằng cách nào."))

    def validate_kind(self, field: Field) -> None:
        if self.chosen is None:
            raise ValidationError(_("Hãy chọn nội dung thuộc loại nào."))

    def validate_read_back(self, field: Field) -> None:
        if self.channel.data in SPOKEN and not field.data:
            raise ValidationError(_("Hãy đọc lại nội dung đã ghi cho người gửi nghe rồi đánh dấu."))


class ContactForm(PublicForm):
    """A question answered at once: nothing of who asked."""

    class Meta(PublicForm.Meta):
        csrf = True

    form_name = "desk-contact"
    channel = SelectField(_l("Đến bằng cách nào?"), choices=options(CHANNELS.items()))
    kind = SelectField(_l("Hỏi gì?"), choices=options(CONTACT_KINDS.items()))
    field = line(_l("Lĩnh vực"), 120)
    minutes = IntegerField(
        _l("Mất mấy phút?"),
        [
            Optional(),
            NumberRange(0, LONGEST_MINUTES, message=_l("Số phút từ 0 đến %(max)d.")),
        ],
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, prefix="lien-he-", **kwargs)
        for field in (self.field, self.minutes):
            field.flags.optional = True

    def contact(self) -> Contact:
        """What was filled in, after validation."""
        minutes = self.minutes.data
        return Contact(
            channel=self.channel.data,
            kind=self.kind.data,
            field=self.field.data or "",
            seconds=None if minutes is None else minutes * 60,
            nonce=self.stamp_nonce,
        )


class FindForm(StaffForm):
    """A caller's phone number or e-mail address; a POST, so that no log of addresses has it."""

    contact = line(_l("Số điện thoại hoặc thư điện tử"), 254)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, prefix="tim-", **kwargs)

    def validate_contact(self, field: Field) -> None:
        text = field.data or ""
        if not (typed.is_phone(text) or typed.is_email(text)):
            raise ValidationError(_("Hãy ghi đủ một số điện thoại hoặc một địa chỉ thư điện tử."))
