"""What the public reads about feedback: received, answered, on time; this year and this quarter."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback.counting import CaseFact, facts_at
from feedback.kinds import KINDS, Kind
from portal import clock
from portal.showing import local_day, number
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
    def is_empty(self) -> bool:
        """Whether there is nothing to say numbers about."""
        return not (self.received or self.answered or self.due)

    @property
    def entries(self) -> list[tuple[str, str, str]]:
        """Label, value and note of each figure, as the macro `page.figures` shows them."""
        unknown = str(_("chưa có số liệu"))
        received, answered = (number(value) for value in (self.received, self.answered))
        percent, share = unknown, ""
        if self.due:
            percent = f"{self.on_time_percent}%"
            good, all_due = number(self.on_time), number(self.due)
            share = str(_("%(good)s trong %(all)s lượt có hạn", good=good, all=all_due))
        return [
            (str(_("Đã tiếp nhận")), unknown if self.is_empty else received, ""),
            (str(_("Đã trả lời")), unknown if self.is_empty else answered, ""),
            (str(_("Đúng hạn")), percent, share),
        ]

    @property
    def note(self) -> str:
        """Period and cut-off in one sentence."""
        return str(_("%(label)s, tính %(days)s.", label=self.label, days=self.days))

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
        return self.year.is_empty


@dataclass
class Tally:
    """What one month of Decree 09/2019 saw."""

    received: int = 0
    answered: int = 0
    due: int = 0
    on_time: int = 0


Tallies = dict[tuple[int, int], Tally]


def overview(db: Session, today: date) -> Overview:
    """The figures up to the close of today, by the years and quarters of Decree 09/2019."""
    present, month = month_of(today)
    year = Period(present, "")
    facts = facts_at(db, Window(year, today).until)
    tallies = tally(facts, today)
    return Overview(
        year=of(year, tallies, today),
        quarter=of(Period(present, f"Q{(month + 2) // 3}"), tallies, today),
        months=tuple(
            of(Period(present, f"{part:02}"), tallies, today) for part in range(1, month + 1)
        ),
        kinds=_kinds(year, facts),
    )


def month_of(day: date) -> tuple[int, int]:
    """Year and month to which the decree counts a day: from the 15th on the month that follows."""
    later = day.month + (day.day >= 15)
    return (day.year + 1, 1) if later > MONTHS else (day.year, later)


def tally(facts: Iterable[CaseFact], today: date) -> Tallies:
    """Every month's figures up to today.

    On time is an answer sent by its last day. What is compared with it: the answers of the month
    that had a deadline, and what became overdue in it and is still open.
    """
    months: Tallies = defaultdict(Tally)
    for fact in facts:
        months[month_of(clock.local_date(fact.received_at))].received += 1
        if fact.finished_at is not None:
            day = clock.local_date(fact.finished_at)
            month = months[month_of(day)]
            month.answered += 1
            month.due += fact.due_on is not None
            month.on_time += fact.due_on is not None and day <= fact.due_on
        elif fact.due_on is not None and is_overdue(fact, today):
            months[month_of(fact.due_on)].due += 1
    return months


def of(period: Period, tallies: Tallies, today: date) -> PublicFigures:
    """One period up to today: its months together."""
    first, last = period.months
    found = [tallies.get((period.year, month), Tally()) for month in range(first, last + 1)]
    return PublicFigures(
        period=period,
        cut_off=min(today, period.to_day),
        received=sum(month.received for month in found),
        answered=sum(month.answered for month in found),
        due=sum(month.due for month in found),
        on_time=sum(month.on_time for month in found),
    )


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


def _kinds(year: Period, facts: Iterable[CaseFact]) -> tuple[tuple[Kind, int, int], ...]:
    received, answered = Counter[str](), Counter[str]()
    for fact in facts:
        received[fact.kind] += year.start <= fact.received_at < year.end
        if fact.finished_at is not None:
            answered[fact.kind] += year.start <= fact.finished_at < year.end
    return tuple((kind, received[kind], answered[kind]) for kind in KINDS)
