"""What a sender fills in: a message, and the code and secret to see what became of it."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    MultipleFileField,
    RadioField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length

from feedback import doubt, kinds, taxcodes, typed
from feedback.identity import Identity
from feedback.intake import Message
from feedback.kinds import KINDS, Kind, KindFacts
from feedback.models import TEXT_LENGTH
from portal.choosing import options
from portal.languages import language
from portal.profile import profile
from portal.stamps import BadStamp, PublicForm, issue, read

NOTICE_VERSION = "2026-11"
UNITS_LIST = "don-vi"
PROCEDURES_LIST = "ten-thu-tuc"
OPTIONAL = (
    "about_unit", "procedure", "dossier_code", "tax_code", "email", "page_url", "files",
)  # fmt: skip
FILES_TAKEN = ".jpg,.jpeg,.png,.pdf,.doc,.docx,.xls,.xlsx"


def _most(length: int) -> Length:
    return Length(max=length, message=_l("Dài quá: nhiều nhất %(max)d ký tự."))


def _line(label: Any, length: int, **more: Any) -> StringField:
    return StringField(label, [_most(length)], filters=[typed.line], **more)


class FeedbackForm(PublicForm):
    """One form for all kinds; the kind decides what is asked and what is required."""

    form_name = "feedback"

    kind = RadioField(
        _l("Ông/bà muốn gửi gì?"),
        choices=options((kind.value, facts.words) for kind, facts in KINDS.items()),
        validate_choice=False,
    )
    text = TextAreaField(_l("Nội dung"), filters=[typed.lines])
    page_url = _line(_l("Trang có vấn đề"), 500)
    about_unit = _line(_l("Cơ quan, đơn vị liên quan"), 200, render_kw={"list": UNITS_LIST})
    procedure = _line(
        _l("Thủ tục được nhắc đến"), 300, render_kw={"list": PROCEDURES_LIST, "autocomplete": "off"}
    )
    dossier_code = _line(_l("Mã hồ sơ"), 60)
    sender_kind = RadioField(
        _l("Người gửi là"),
        choices=options((("person", _l("Cá nhân")), ("organisation", _l("Doanh nghiệp, tổ chức")))),
        default="person",
        validate_choice=False,
    )
    organisation = _line(_l("Tên doanh nghiệp, tổ chức"), 200)
    tax_code = _line(_l("Mã số thuế"), 20)
    name = _line(_l("Họ và tên"), 120)
    address = _line(_l("Địa chỉ"), 300)
    phone = _line(_l("Số điện thoại"), 30)
    email = _line(_l("Thư điện tử"), 254)
    files = MultipleFileField(_l("Tệp gửi kèm"), render_kw={"accept": FILES_TAKEN})
    files_shown = HiddenField()
    puzzle = HiddenField()
    number = HiddenField()
    publish_name = BooleanField(_l("Tôi đồng ý nêu tên tôi khi đăng công khai câu trả lời."))
    ask_afterwards = BooleanField(
        _l("Tôi đồng ý để Trung tâm hỏi lại mức độ hài lòng sau khi trả lời.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text", *self.required_now()):
            self[name].flags.required = True
        for name in OPTIONAL:
            self[name].flags.optional = True
        for name in ("name", "address", "phone"):
            self[name].flags.optional = name not in self.required_now()

    def renew_stamp(self) -> None:
        """Make this another showing of the form, so that what is in it can be sent as new."""
        self.stamp.data = issue(self.form_name)

    @property
    def nonce(self) -> str:
        """The one-time name of this showing of the form; empty where the stamp is not ours."""
        try:
            return read(self.stamp.data or "", self.form_name).nonce
        except BadStamp:
            return ""

    @property
    def promised_files(self) -> int:
        """How many files the page before this one showed as chosen."""
        text = self.files_shown.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) == 1 else 0

    @property
    def chosen(self) -> Kind | None:
        return kinds.from_words(self.kind.data)

    @property
    def facts(self) -> KindFacts | None:
        return KINDS[self.chosen] if self.chosen else None

    @property
    def for_organisation(self) -> bool:
        return bool(self.sender_kind.data == "organisation")

    def required_now(self) -> tuple[str, ...]:
        """Fields the chosen kind cannot do without (Decree 20/2008/NĐ-CP, Article 7)."""
        if self.chosen is None:
            return ()
        filed = kinds.filed_as(self.chosen, language=language(), text=self.text.data or "")
        if not (KINDS[filed].petition or KINDS[filed].named):
            return ()
        own = ("organisation",) if self.for_organisation else ()
        return (*own, "name", "address", "phone")

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        for name in self.required_now():
            field = self[name]
            if not field.data and not field.errors:
                field.errors = [_REQUIRED[name]()]
                good = False
        return good

    def validate_kind(self, field: Field) -> None:
        if self.chosen is None:
            raise ValidationError(_("Hãy chọn ông/bà muốn gửi gì."))

    def validate_text(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Hãy viết nội dung."))
        if len(field.data) > TEXT_LENGTH:
            raise ValidationError(
                _(
                    "Nội dung dài %(length)s ký tự; nhiều nhất %(most)s ký tự.",
                    length=len(field.data),
                    most=TEXT_LENGTH,
                )
            )

    def validate_sender_kind(self, field: Field) -> None:
        if field.data not in {"person", "organisation"}:
            raise ValidationError(_("Hãy chọn cá nhân hoặc doanh nghiệp, tổ chức."))

    def validate_phone(self, field: Field) -> None:
        if field.data and not typed.is_phone(field.data):
            raise ValidationError(_("Số điện thoại gồm 8 đến 15 chữ số."))

    def validate_email(self, field: Field) -> None:
        if field.data and not typed.is_email(field.data):
            raise ValidationError(_("Thư điện tử có dạng ten@noigui.vn."))

    def validate_tax_code(self, field: Field) -> None:
        if self.for_organisation and field.data and not taxcodes.is_valid(field.data):
            raise ValidationError(_("Mã số thuế không đúng: hãy xem lại từng chữ số."))

    def validate_dossier_code(self, field: Field) -> None:
        if field.data and not profile().is_dossier_code(field.data):
            raise ValidationError(
                _("Mã hồ sơ ghi trên giấy tiếp nhận, có dạng 000.00.00.H47-230901-0001.")
            )

    def validate_page_url(self, field: Field) -> None:
        if field.data and not typed.is_page_address(field.data):
            raise ValidationError(_("Địa chỉ trang bắt đầu bằng / hoặc https://."))

    def message(self, score: int) -> Message:
        """What was filled in, after validation; what the kind does not ask for is left out."""
        assert self.chosen is not None
        asked = KINDS[self.chosen]
        return Message(
            kind=self.chosen,
            text=self._said("text"),
            stamp_nonce=self.stamp_nonce,
            notice_version=NOTICE_VERSION,
            identity=self._identity(),
            sender_kind=self._said("sender_kind"),
            language=language(),
            about_unit=self._said("about_unit") if asked.asks_unit else "",
            procedure=self._said("procedure") if asked.asks_procedure else "",
            dossier_code=self._said("dossier_code") if asked.asks_procedure else "",
            page_url=self._said("page_url") if asked.asks_page else "",
            publish_name=self.publish_name.data,
            ask_afterwards=self.ask_afterwards.data,
            quarantine_score=score + self._suspicion(),
        )

    def _identity(self) -> Identity:
        return Identity(
            name=self._said("name"),
            address=self._said("address"),
            phone=self._said("phone"),
            email=self._said("email"),
            organisation=self._said("organisation") if self.for_organisation else "",
            tax_code=taxcodes.clean(self._said("tax_code")) if self.for_organisation else "",
        )

    def _said(self, name: str) -> str:
        return str(self[name].data or "")

    def _suspicion(self) -> int:
        """Points against a message that looks machine-made; it is kept whatever they are."""
        fast = self.stamp_age < doubt.FAST_SECONDS
        return doubt.TRAPPED * self.trapped + doubt.FAST * fast


_REQUIRED: dict[str, Callable[[], str]] = {
    "name": lambda: _("Hãy ghi họ và tên."),
    "address": lambda: _("Hãy ghi địa chỉ để cơ quan có thể trả lời."),
    "phone": lambda: _("Hãy ghi số điện thoại."),
    "organisation": lambda: _("Hãy ghi tên doanh nghiệp, tổ chức."),
}


class StatusForm(PublicForm):
    """The code of a case and the secret that belongs to it."""

    form_name = "feedback-status"
    code = StringField(
        _l("Mã phản ánh"),
        [InputRequired(_l("Hãy ghi mã phản ánh.")), _most(60)],
        filters=[typed.line],
    )
    secret = StringField(
        _l("Mã bí mật"),
        [InputRequired(_l("Hãy ghi mã bí mật.")), _most(60)],
        filters=[typed.line],
    )
