"""What people searched for, as the desk may see it: counts, and no term of a single person."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, case, delete, func, or_, select
from sqlalchemy.orm import Session

from search_index.models import SearchClick, SearchQuery
from search_index.query_recording import NOTHING, REPAIRED

LEAST_DAYS = 3
LEAST_ASKERS = 3
MONTHS_KEPT = 13
ABANDONED = "abandoned"
MOST_CLICKED_OF_ABANDONED = 0.2  # of those who asked; without scripts no click is counted


@dataclass(frozen=True)
class Entry:
    """A term that needs work; `kind` is "nothing" or "abandoned"."""

    term: str
    times: int
    days: int
    askers: int
    kind: str


@dataclass(frozen=True)
class Totals:
    """The searches of a period; `askers` are counted anew every day, `place` is the mean place
    of the results opened, None where none was."""

    searches: int
    nothing: int
    repaired: int
    clicks: int
    askers: int
    place: float | None

    @property
    def found(self) -> int:
        return self.searches - self.nothing - self.repaired


def work_list(db: Session, *, since: date, until: date, most: int = 200) -> list[Entry]:
    """Terms whose last search found nothing, then terms whose results nearly nobody opened.

    Both days count. Only terms that came on LEAST_DAYS days or from LEAST_ASKERS addresses
    within what is kept are ever named.
    """
    asked = select(
        SearchQuery.term,
        func.sum(SearchQuery.times).label("times"),
        func.count(SearchQuery.day.distinct()).label("days"),
        func.count(SearchQuery.asker.distinct()).label("askers"),
        func.count().label("rows"),
        func.sum(case((SearchQuery.clicked, 1), else_=0)).label("clicked"),
        func.max(SearchQuery.day).label("last"),
    )
    asked = asked.where(SearchQuery.day.between(since, until), SearchQuery.term.in_(_nameable()))
    found = db.execute(asked.group_by(SearchQuery.term)).all()
    in_vain = _in_vain(db, since, until)
    entries = []
    for row in found:
        kind = ""
        if (row.term, row.last) in in_vain:
            kind = NOTHING
        elif row.clicked <= MOST_CLICKED_OF_ABANDONED * row.rows:
            kind = ABANDONED
        if kind:
            entries.append(Entry(row.term, int(row.times), row.days, row.askers, kind))
    entries.sort(key=lambda one: (one.kind != NOTHING, -one.askers, -one.times, one.term))
    return entries[:most]


def totals(db: Session, since: date, until: date) -> Totals:
    """How much was searched from one day to another, both included; terms do not appear."""
    within = SearchQuery.day.between(since, until)
    per_outcome = select(SearchQuery.outcome, func.sum(SearchQuery.times)).where(within)
    times = {name: int(n) for name, n in db.execute(per_outcome.group_by(SearchQuery.outcome))}
    askers = select(SearchQuery.day, SearchQuery.asker).where(within).distinct().subquery()
    counted = select(func.sum(SearchClick.n), func.sum(SearchClick.places))
    clicks, places = db.execute(counted.where(SearchClick.day.between(since, until))).one()
    return Totals(
        searches=sum(times.values()),
        nothing=times.get(NOTHING, 0),
        repaired=times.get(REPAIRED, 0),
        clicks=int(clicks or 0),
        askers=db.scalar(select(func.count()).select_from(askers)) or 0,
        place=round(int(places) / int(clicks), 1) if clicks else None,
    )


def erase(db: Session, today: date) -> int:
    """Forget what is older than MONTHS_KEPT months; returns how many rows went."""
    first = months_before(today, MONTHS_KEPT)
    gone = 0
    for model in (SearchQuery, SearchClick):
        old = select(model.id).where(model.day < first)
        gone += db.scalar(select(func.count()).select_from(old.subquery())) or 0
        db.execute(delete(model).where(model.day < first))
    return gone


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _nameable() -> Select[str]:
    """Terms that so many asked that they tell of no single person."""
    days = func.count(SearchQuery.day.distinct())
    askers = func.count(SearchQuery.asker.distinct())
    named = select(SearchQuery.term).where(SearchQuery.term != "").group_by(SearchQuery.term)
    return named.having(or_(days >= LEAST_DAYS, askers >= LEAST_ASKERS))


def _in_vain(db: Session, since: date, until: date) -> set[tuple[str, date]]:
    """Terms and days on which every search for the term found nothing."""
    found = func.max(case((SearchQuery.outcome == NOTHING, 0), else_=1))
    asked = select(SearchQuery.term, SearchQuery.day).where(SearchQuery.day.between(since, until))
    rows = db.execute(asked.group_by(SearchQuery.term, SearchQuery.day).having(found == 0))
    return {(row.term, row.day) for row in rows}
