"""Fields of the forms at this desk: days, moments by the clock on the wall, words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length

from portal import clock
from portal.choosing import options
from portal.stamps import StaffForm

LINE_LENGTH = 300
WORDS_LENGTH = 4000
NEEDED = InputRequired(_l("Cần điền ô này."))
TOO_LONG = _l("Dài quá: nhiều nhất %(max)d ký tự.")
YEARS = range(2000, 2200)


class DayField(DateField):
    """A day, as a browser's calendar sends it or as people type it: 25/12/2026."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            return
        self.data = _read(text, "%Y-%m-%d", "%d/%m/%Y").date()
        if self.data.year not in YEARS:
            raise ValueError(_("Năm này không hợp lệ."))


class HourField(TimeField):
    """An hour of the day: 08:30."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if text:
            self.data = _read(text, "%H:%M", "%H:%M:%S").time()


class NamedForm(StaffForm):
    """One of several forms on a page: all its fields begin with its own name."""

    prefix: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=self.prefix, **kwargs)


def words(label: Any, *, needed: bool = True, length: int = WORDS_LENGTH) -> TextAreaField:
    limit = Length(max=length, message=TOO_LONG)
    return TextAreaField(label, [NEEDED, limit] if needed else [limit], filters=[_lines])


def line(label: Any, *, needed: bool = True, length: int = LINE_LENGTH) -> StringField:
    limit = Length(max=length, message=TOO_LONG)
    return StringField(label, [NEEDED, limit] if needed else [limit], filters=[_line])


def choice(label: Any, pairs: Sequence[tuple[str, Any]] = ()) -> SelectField:
    return SelectField(label, choices=options(pairs), validate_choice=True)


def moment(day: DayField, hour: HourField, *, needed: bool, now: datetime) -> datetime | None:
    """The moment two fields name, by the clock in Việt Nam; their errors say what is wrong."""
    if day.data is None and hour.data is None and not needed:
        return None
    if day.data is None or hour.data is None:
        field = day if day.data is None else hour
        field.errors = [*field.errors, _("Cần cả ngày và giờ.")]
        return None
    found = datetime.combine(day.data, hour.data, tzinfo=clock.LOCAL)
    if found <= now:
        day.errors = [*day.errors, _("Giờ này đã qua; hãy chọn một lúc trong tương lai.")]
        return None
    return found


def show_moment(day: DayField, hour: HourField, at: datetime | None) -> None:
    """Fill in a moment that is known."""
    if at is not None:
        day.data, hour.data = clock.local_date(at), clock.local(at).time()


def _read(text: str, *forms: str) -> datetime:
    for form in forms:
        try:
            return datetime.strptime(text, form).replace(tzinfo=clock.LOCAL)
        except ValueError:
            continue
    raise ValueError(_("Không đọc được; ghi như 25/12/2026 và 08:30."))


def _lines(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
