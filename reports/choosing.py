"""What staff choose to have a report made: year, part of the year, rule, cut-off day."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import Length

from portal.choosing import options
from portal.stamps import StaffForm
from reports import periods
from reports.errors import BadDay, BadPeriod
from reports.periods import ROMAN, Period, Rule, Window

YEARS_BACK = 5
PARTS = (
    *((f"Q{number}", _l("Quý %(number)s", number=ROMAN[number - 1])) for number in range(1, 5)),
    ("H1", _l("6 tháng đầu năm")),
    ("H2", _l("6 tháng cuối năm")),
    ("9M", _l("9 tháng đầu năm")),
    ("", _l("Cả năm")),
    *((f"{number:02}", _l("Tháng %(number)s", number=number)) for number in range(1, 13)),
)
RULES = (
    (Rule.ND09.value, _l("Từ ngày 15 đến ngày 14 (Nghị định 09/2019/NĐ-CP)")),
    (Rule.CALENDAR.value, _l("Theo tháng dương lịch")),
)


class PeriodForm(StaffForm):
    """Leads to a window, or puts the refusal beside the field it belongs to."""

    year = SelectField(_l("Năm"))
    part = SelectField(_l("Kỳ"), choices=options(PARTS))
    by = RadioField(_l("Cách tính kỳ"), choices=options(RULES), default=Rule.ND09.value)
    as_of = StringField(
        _l("Tính đến ngày"), [Length(max=20, message=_l("Hãy viết ngày như 23/11/2026."))]
    )

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [str(today.year + 1 - back) for back in range(YEARS_BACK + 2)]
        self.year.choices = options((year, year) for year in years)

    def window(self, today: date) -> Window | None:
        """What was asked for; None where it makes no sense, which the form then says."""
        try:
            period = Period(int(self.year.data), self.part.data, Rule(self.by.data))
            typed = (self.as_of.data or "").strip()
            day = periods.parse_day(typed) if typed else None
            return periods.window(period, day, today)
        except BadDay as refusal:
            self.as_of.errors = [str(refusal)]
        except BadPeriod as refusal:
            self.part.errors = [str(refusal)]
        return None


def latest_finished(today: date) -> dict[str, str]:
    """The quarter that ended last, to begin with."""
    quarters = [
        Period(year, f"Q{number}")
        for year in (today.year - 1, today.year)
        for number in range(1, 5)
    ]
    ended = [quarter for quarter in quarters if not quarter.unfinished(today)]
    return {"year": str(ended[-1].year), "part": ended[-1].part}


class IssueForm(StaffForm):
    """Nothing but the token that guards the button."""


STATE_WORDS = {"draft": _l("Bản nháp"), "issued": _l("Đã ban hành")}


def issue_words(number: int | None) -> str:
    """ "Lần đầu", then "Bản sửa đổi 1", as every later issue of one period is an amendment."""
    if number is None:
        return ""
    return str(_("Lần đầu") if number == 1 else _("Bản sửa đổi %(number)s", number=number - 1))
