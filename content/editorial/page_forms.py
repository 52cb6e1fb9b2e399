"""What staff fill in about a page as a whole: a new one, its keeper, its end, an old version."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from content.editorial.desk_fields import (
    DayField,
    HourField,
    NamedForm,
    choice,
    line,
    moment,
    show_moment,
    words,
)
from content.editorial.desk_words import ENDINGS
from content.models import ContentItem, Ending, Kind
from portal import clock
from portal.choosing import options
from portal.stamps import StaffForm
from portal.vietnamese import slug

LEADING = {Ending.REPLACED, Ending.MERGED}
LONGEST_SLUG = 80


class NewPageForm(StaffForm):
    """The title of a page to be; its address is made from the title where none is given."""

    title = line(_l("Tiêu đề"))
    key = line(_l("Địa chỉ"), needed=False, length=LONGEST_SLUG)

    @property
    def wanted_key(self) -> str:
        return self.key.data or slug(self.title.data or "")


class NewProcedureForm(StaffForm):
    title = line(_l("Tên thủ tục"), length=1200)
    key = line(_l("Mã thủ tục"), length=20)

    @property
    def wanted_key(self) -> str:
        return self.key.data or ""


def new_form(kind: Kind) -> NewPageForm | NewProcedureForm:
    return NewProcedureForm() if kind is Kind.PROCEDURE else NewPageForm()


class WithdrawForm(NamedForm):
    prefix = "withdraw"
    ending = choice(_l("Vì sao gỡ"), [(one.value, label) for one, label in ENDINGS.items()])
    words = words(_l("Câu giải thích, người mở trang đọc được"))
    leads_to = line(_l("Chuyển đến trang nào (đường dẫn trên trang này)"), needed=False)

    def validate_leads_to(self, field: Any) -> None:
        if self.ending.data in LEADING and not field.data:
            raise ValidationError(_("Trang bị thay thế hoặc gộp cần nơi để chuyển đến."))


class KeeperForm(NamedForm):
    prefix = "keeper"
    keeper = choice(_l("Người phụ trách"))
    review_on = DayField(_l("Ngày xem lại"))

    def prepare(self, item: ContentItem | None, people: list[tuple[str, str]]) -> None:
        """Give the people to choose from; whoever keeps the page already is always among them."""
        mine = item.keeper if item else ""
        kept = [(mine, mine)] if mine and mine not in dict(people) else []
        nobody = ("", _l("Chưa giao cho ai"))
        self.keeper.choices = options([nobody, *kept, *people])

    def offer(self, item: ContentItem) -> None:
        self.keeper.data, self.review_on.data = item.keeper, item.review_on


class UnpublishForm(NamedForm):
    """When a page leaves by itself; both fields empty: never."""

    prefix = "unpublish"

    day = DayField(_l("Ngừng đăng ngày"))
    hour = HourField(_l("Lúc (giờ Việt Nam)"))
    at: datetime | None = None

    def offer(self, item: ContentItem) -> None:
        show_moment(self.day, self.hour, item.unpublish_at)

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        self.at = moment(self.day, self.hour, needed=False, now=clock.now())
        return not self.errors


class RollBackForm(StaffForm):
    reason = words(_l("Vì sao quay lại phiên bản này"))


class PageButton(StaffForm):
    """A button about a page: only the token that proves where it was pressed."""
