"""What readers ask of a procedure's page by its address: a day, an hour, a place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from flask_babel import gettext as _

from search_index.plan import clean

# A dossier is handed in around now; further away the calendar of holidays is a guess.
FURTHEST = timedelta(days=731)


@dataclass(frozen=True)
class Moment:
    """When a dossier is handed in; `wrong` maps the field to what is wrong with it."""

    day: date
    time: time | None
    typed_day: str
    typed_time: str
    wrong: Mapping[str, str]


def moment(args: Mapping[str, str], today: date) -> Moment:
    """The day and hour asked for, today where none was; a wrong one is today with the reason."""
    typed_day, typed_time = clean(args.get("ngay", "")), clean(args.get("gio", ""))
    wrong: dict[str, str] = {}
    asked = read_day(typed_day) if typed_day else today
    if asked is None:
        wrong["ngay"] = _("Ngày chưa đúng. Ghi theo mẫu năm-tháng-ngày, ví dụ 2026-12-01.")
    elif abs(asked - today) > FURTHEST:
        wrong["ngay"] = _("Chọn ngày trong vòng hai năm.")
    hour = read_time(typed_time) if typed_time else None
    if typed_time and hour is None:
        wrong["gio"] = _("Giờ chưa đúng. Ghi theo mẫu 14:30.")
    day = today if "ngay" in wrong or asked is None else asked
    return Moment(day, hour, typed_day or today.isoformat(), typed_time, wrong)


def read_day(text: str) -> date | None:
    """2026-12-01 or 01/12/2026; None where it is neither."""
    parts = text.split("/")
    if len(parts) == len(("day", "month", "year")):
        text = f"{parts[2]:0>4}-{parts[1]:0>2}-{parts[0]:0>2}"
    try:
        return date.fromisoformat(text) if len(text) == len("2026-12-01") else None
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if len(text) == len("14:30") else None
    except ValueError:
        return None


def weekday(day: date) -> str:
    """thứ Hai, thứ Ba … Chủ nhật."""
    names = (
        _("thứ Hai"),
        _("thứ Ba"),
        _("thứ Tư"),
        _("thứ Năm"),
        _("thứ Sáu"),
        _("thứ Bảy"),
        _("Chủ nhật"),
    )
    return str(names[day.weekday()])
