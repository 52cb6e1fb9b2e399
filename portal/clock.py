"""One clock: moments are aware UTC, every "day" is a day in Việt Nam."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment as people in Việt Nam read it from the wall."""
    return moment.astimezone(LOCAL)


def local_date(moment: datetime) -> date:
    """The Vietnamese calendar day of a moment: 17:00 UTC already belongs to tomorrow."""
    return local(moment).date()


def day_start(day: date) -> datetime:
    """The UTC moment at which a Vietnamese day begins."""
    return datetime.combine(day, time.min, tzinfo=LOCAL).astimezone(UTC)
