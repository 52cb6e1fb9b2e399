"""What the public reads about feedback: received, answered, on time; this year and this quarter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback.counting import CaseFact, facts_at
from feedback.kinds import KINDS, Kind
from portal import clock
from portal.showing import local_day
from reports.figures import UNDER_WAY, outcome
from reports.periods import ROMAN, Period, Window

MONTHS = 12


@dataclass(frozen=True)
class PublicFigures:
    """One period so far. `on_time_percent` is None where nothing had to be answered yet."""

    period: Period
    cut_off: date
    received: int
    answered: int
    due: int
    on_time: int

    @property
    def on_time_percent(self) -> int | None:
        """Rounded down, so that a single late answer never reads as 100 %."""
        return 100 * self.on_time // self.due if self.due else None

    @property
    def label(self) -> str:
        """The period in the reader's language."""
        return name(self.period)

    @property
    def days(self) -> str:
        first, last = local_day(self.period.from_day), local_day(self.cut_off)
        return str(_("từ ngày %(first)s đến ngày %(last)s", first=first, last=last))


@dataclass(frozen=True)
class OfKind:
    """Messages of one kind received and answered in the year."""

    label: str
    received: int
    answered: int


@dataclass(frozen=True)
class Overview:
    """All that the public page shows."""

    year: PublicFigures
    quarter: PublicFigures
    months: tuple[PublicFigures, ...]
    kinds: tuple[tuple[Kind, int, int], ...]

    @property
    def by_kind(self) -> list[OfKind]:
        """The kinds in the reader's language."""
        return [
            OfKind(str(KINDS[kind].label), received, answered)
            for kind, received, answered in self.kinds
        ]

    @property
    def is_empty(self) -> bool:
        return not self.year.received and not self.year.answered


def overview(db: Session, today: date) -> Overview:
    """The figures up to the close of today, by the years and quarters of Decree 09/2019."""
    months = [Period(year, f"{n:02}") for year in (today.year, today.year + 1) for n in _MONTHS]
    present = next(month for month in months if month.from_day <= today <= month.to_day)
    year = Period(present.year, "")
    quarter = Period(present.year, f"Q{(present.months[0] + 2) // 3}")
    facts = facts_at(db, Window(year, today).until)
    so_far = [month for month in months if month.year == year.year and month.from_day <= today]
    return Overview(
        year=of(year, facts, today),
        quarter=of(quarter, facts, today),
        months=tuple(of(month, facts, today) for month in so_far),
        kinds=_kinds(year, facts),
    )


_MONTHS = range(1, MONTHS + 1)


def of(period: Period, facts: Iterable[CaseFact], today: date) -> PublicFigures:
    """One period up to today.

    On time is an answer sent by its last day. What is compared with it: the answers of the period
    that had a deadline, and what became overdue in it and is still open.
    """
    received = answered = due = on_time = 0
    for fact in facts:
        received += _within(period, clock.local_date(fact.received_at))
        if fact.finished_at is not None:
            day = clock.local_date(fact.finished_at)
            if _within(period, day):
                answered += 1
                due += fact.due_on is not None
                on_time += fact.due_on is not None and day <= fact.due_on
        elif is_overdue(fact, today) and fact.due_on and _within(period, fact.due_on):
            due += 1
    cut_off = min(today, period.to_day)
    return PublicFigures(period, cut_off, received, answered, due, on_time)


def is_overdue(fact: CaseFact, today: date) -> bool:
    """Open, and its last day has passed."""
    return fact.due_on is not None and fact.due_on < today and outcome(fact) in UNDER_WAY


def name(period: Period) -> str:
    """Quý IV năm 2026, in the reader's language."""
    said = _("Năm %(year)s", year=period.year)
    if period.part.startswith("Q"):
        quarter = ROMAN[int(period.part[1]) - 1]
        said = _("Quý %(quarter)s năm %(year)s", quarter=quarter, year=period.year)
    elif period.part:
        said = _("Tháng %(month)s/%(year)s", month=period.months[0], year=period.year)
    return str(said)


def _within(period: Period, day: date) -> bool:
    return period.from_day <= day <= period.to_day


def _kinds(year: Period, facts: Iterable[CaseFact]) -> tuple[tuple[Kind, int, int], ...]:
    received, answered = dict.fromkeys(Kind, 0), dict.fromkeys(Kind, 0)
    for fact in facts:
        kind = Kind(fact.kind)
        received[kind] += _within(year, clock.local_date(fact.received_at))
        if fact.finished_at is not None:
            answered[kind] += _within(year, clock.local_date(fact.finished_at))
    return tuple((kind, received[kind], answered[kind]) for kind in KINDS)
