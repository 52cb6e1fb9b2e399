"""Puts into rows by when there is an answer, for each way of submitting and for local periods."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from agencies.reading import Office
from content import labels, local_facts, office_hours, periods, return_date
from content.office_hours import Hours
from content.periods import Period
from content.return_date import Estimate
from content.shapes import LocalFact, LocalPart, Procedure
from portal.workdays import Calendar, load

MOST_DAYS_NAMED = 12
SATURDAY = 5


@dataclass(frozen=True)
class Row:
    """A way of submitting: `usual` is the estimate, `late` the one after closing where hours are
    unknown; both are None where the period is not a number and a unit."""

    ways: str
    time: str
    usual: Estimate | None
    late: Estimate | None
    local: LocalFact | None = None


@dataclass(frozen=True)
class Answers:
    """All rows; `hours` is what is known of office hours, with the words they were read from."""

    rows: tuple[Row, ...]
    hours: Hours | None
    hours_said: str
    days_off: tuple[date, ...]
    days_made_up: tuple[date, ...]


def answers(
    db: Session, procedure: Procedure, day: date, hour: time | None, office: Office | None
) -> Answers:
    """For a dossier handed in on this day; `hour` counts only where office hours are known."""
    local = local_facts.in_force(procedure, day)
    said = _hours_said(local, office)
    asked = _Asked(day, hour, load(db), office_hours.read(said))
    rows = [Row(ways, text, *asked.ends(period)) for ways, text, period in _periods(procedure)]
    rows += [
        Row("", fact.text, *asked.ends(periods.read(fact.text)), fact)
        for fact in local_facts.of_part(local, LocalPart.TIME)
    ]
    ends = [row.late or row.usual for row in rows]
    last = max((end.result_on for end in ends if end), default=day)
    return Answers(tuple(rows), asked.hours, said, *_special_days(asked.calendar, day, last))


@dataclass(frozen=True)
class _Asked:
    day: date
    hour: time | None
    calendar: Calendar
    hours: Hours | None

    def ends(self, period: Period | None) -> tuple[Estimate | None, Estimate | None]:
        """The usual estimate, and the one after closing where office hours are not known."""
        if period is None:
            return None, None
        if self.hours is None:
            return (
                return_date.by_the_day(period, self.day, self.calendar),
                return_date.by_the_day(period, self.day, self.calendar, after_closing=True),
            )
        handed_in = datetime.combine(self.day, self.hour or self.hours.opens)
        return return_date.estimate(period, handed_in, self.calendar, self.hours), None


def _hours_said(local: Sequence[LocalFact], office: Office | None) -> str:
    own = local_facts.of_part(local, LocalPart.HOURS)
    if len(own) == 1:
        return own[0].text
    return office.hours if office else ""


def _periods(procedure: Procedure) -> list[tuple[str, str, Period | None]]:
    """The ways of submitting by their periods, those with the same one together."""
    together: dict[tuple[str, Period | None], list[str]] = {}
    for method in procedure.methods:
        found = together.setdefault((method.time, periods.of_method(method)), [])
        name = str(labels.CHANNELS[method.channel])
        if name not in found:
            found.append(name)
    return [(", ".join(names), text, period) for (text, period), names in together.items()]


def _special_days(
    calendar: Calendar, first: date, last: date
) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Weekdays off and weekend days worked between these days: what a reader would not expect."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    off = [day for day in days if day.weekday() < SATURDAY and not calendar.is_working(day)]
    worked = [day for day in days if day.weekday() >= SATURDAY and calendar.is_working(day)]
    return tuple(off[:MOST_DAYS_NAMED]), tuple(worked[:MOST_DAYS_NAMED])
