"""Says by which day a dossier handed in at a moment should be answered, and by which rule.

The count: the day of receipt does not count; weekends and holidays are no working days, make-up
Saturdays are; what comes in after closing is received on the next working day; a period that ends
on a day off ends on the next working day; a month ends on the same day of the later month, or on
that month's last day.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil

from content.office_hours import Hours
from content.periods import Period
from content.shapes import TimeUnit
from portal.workdays import ONE_DAY, Calendar

WORKING_HOURS_A_DAY = 8
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Estimate:
    """When a dossier counts as received and the last day for its result, both days of work."""

    received_on: date
    result_on: date


def estimate(period: Period, handed_in: datetime, calendar: Calendar, hours: Hours) -> Estimate:
    """For a dossier handed in at this moment by the wall clock, where office hours are known."""
    day, moment = handed_in.date(), handed_in.time()
    if not calendar.is_working(day) or moment >= hours.closes:
        day, moment = next_working_day(calendar, day + ONE_DAY), hours.opens
    start = datetime.combine(day, max(moment, hours.opens))
    return Estimate(day, _end(period, start, calendar, hours))


def by_the_day(
    period: Period, day: date, calendar: Calendar, *, after_closing: bool = False
) -> Estimate:
    """Where office hours are not known: the dossier comes in on this day, in or after hours."""
    received = next_working_day(calendar, day + ONE_DAY if after_closing else day)
    return Estimate(received, _end(period, datetime.combine(received, time.min), calendar, None))


def next_working_day(calendar: Calendar, day: date) -> date:
    """This day where it is worked, else the first one after it that is."""
    while not calendar.is_working(day):
        day += ONE_DAY
    return day


def _end(period: Period, start: datetime, calendar: Calendar, hours: Hours | None) -> date:
    day = start.date()
    match period.unit:
        case TimeUnit.WORKING_DAYS:
            return calendar.add(day, period.whole)
        case TimeUnit.DAYS:
            return next_working_day(calendar, day + timedelta(days=period.whole))
        case TimeUnit.MONTHS:
            return next_working_day(calendar, months_later(day, period.whole))
        case TimeUnit.HOURS:
            return _after_hours(period, start, calendar, hours)
        case TimeUnit.WORKING_HOURS:
            return _after_working_hours(period, start, calendar, hours)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last: 31/1 and a month is 28/2 or 29/2."""
    years, month = divmod(day.month - 1 + months, MONTHS_A_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _after_hours(period: Period, start: datetime, calendar: Calendar, hours: Hours | None) -> date:
    if hours is None:
        # The hour is not known: from the last minute of the day, so as never to promise too early.
        return next_working_day(calendar, start.date() + timedelta(days=ceil(period.amount / 24)))
    end = start + timedelta(hours=float(period.amount))
    if end.time() >= hours.closes:
        return next_working_day(calendar, end.date() + ONE_DAY)
    return next_working_day(calendar, end.date())


def _after_working_hours(
    period: Period, start: datetime, calendar: Calendar, hours: Hours | None
) -> date:
    if hours is None:
        return calendar.add(start.date(), ceil(period.amount / WORKING_HOURS_A_DAY))
    wanted = timedelta(hours=float(period.amount)) - hours.left_after(start.time())
    if wanted <= timedelta():
        return start.date()
    return calendar.add(start.date(), ceil(wanted / hours.a_day))
