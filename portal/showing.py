"""How dates, moments and numbers are written on pages."""

from datetime import date, datetime

from flask import Flask

from portal import clock
from portal.durations import duration
from portal.languages import language


def local_day(value: date | datetime | None) -> str:
    """23/11/2026, the day in Việt Nam; an empty text for nothing."""
    if value is None:
        return ""
    day = clock.local_date(value) if isinstance(value, datetime) else value
    return f"{day.day:02}/{day.month:02}/{day.year}"


def local_time(moment: datetime | None) -> str:
    """23/11/2026 14:05, by the wall clock in Việt Nam."""
    return f"{local_day(moment)} {clock.local(moment):%H:%M}" if moment else ""


def number(value: int | None) -> str:
    """1.234, thousands set off by dots as Vietnamese offices write them; 1,234 in English."""
    if value is None:
        return ""
    return f"{value:,}" if language() == "en" else f"{value:,}".replace(",", ".")


def file_size(size: int) -> str:
    """In whole KB, and from one MB on in MB: 45 KB, 2,3 MB; 2.3 MB in English."""
    if size < 1024 * 1024:
        return f"{-(-size // 1024)} KB"
    in_mb = f"{size / 1024 / 1024:.1f} MB"
    return in_mb if language() == "en" else in_mb.replace(".", ",")


def join(app: Flask) -> None:
    app.jinja_env.filters.update(
        local_day=local_day,
        local_time=local_time,
        number=number,
        file_size=file_size,
        duration=duration,
    )
