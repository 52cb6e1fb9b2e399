"""The work list of searches that helped nobody: what became of each, and figures of a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal import tasks
from portal.database import lock
from portal.staff.audit import record
from search_index import editing, query_log
from search_index.analysis import fold
from search_index.editing import Editor, EditRefused, tidy
from search_index.editor_models import SearchSettled
from search_index.models import SearchQuery
from search_index.query_log import LEAST_ASKERS, LEAST_DAYS, Entry, Totals

ALIAS, SYNONYM, PAGE, NOTHING = "alias", "synonym", "page", "nothing"
OUTCOMES = (ALIAS, SYNONYM, PAGE, NOTHING)
QUIET_DAYS = 30  # a settled term that still helps nobody comes back after these
MOST_TERMS = 20


@dataclass(frozen=True)
class Figures:
    """The searches of a period and its most frequent terms, none of a single person."""

    totals: Totals
    terms: Sequence[tuple[str, int]]

    @property
    def nothing_share(self) -> int:
        """In hundredths of all searches."""
        return (
            round(100 * self.totals.nothing / self.totals.searches) if self.totals.searches else 0
        )


def waiting(db: Session, *, since: date, until: date, today: date) -> list[Entry]:
    """The work list without what was settled lately."""
    settled = {row.term: row.at.date() for row in db.scalars(select(SearchSettled))}
    quiet_from = today - timedelta(days=QUIET_DAYS)
    return [
        entry
        for entry in query_log.work_list(db, since=since, until=until)
        if settled.get(entry.term, date.min) < quiet_from
    ]


def settle(
    db: Session, editor: Editor, entry: Entry, *, outcome: str, written: str, answer: str
) -> None:
    """Make of a term a name of a page, a synonym, a task for a new page, or nothing.

    `written` is the term with its marks, `answer` the code of the page or the official words.
    """
    written = tidy(written) or entry.term
    if outcome in (ALIAS, SYNONYM) and fold(written) != entry.term:
        raise EditRefused("written", _("Chỉ thêm dấu cho từ đã gõ; không đổi sang từ khác."))
    if outcome == ALIAS:
        editing.add_alias(db, editor, target=answer, alias=written)
    elif outcome == SYNONYM:
        editing.add_synonym(db, editor, phrase=written, meaning=answer)
    elif outcome == PAGE:
        tasks.open_task(db, kind="write-page", subject=written, origin="search", now=editor.now)
    elif outcome != NOTHING:
        raise EditRefused("answer", _("Chọn một trong các nút ở cuối dòng."))
    _settled(db, editor, entry.term, outcome)


def figures(db: Session, since: date, until: date) -> Figures:
    """Counts of a period, both days included."""
    return Figures(query_log.totals(db, since, until), _terms(db, since, until))


def _settled(db: Session, editor: Editor, term: str, outcome: str) -> None:
    row = lock(db, SearchSettled, term)
    if row is None:
        row = SearchSettled(term=term, outcome=outcome, by=editor.username, at=editor.now)
        db.add(row)
    row.outcome, row.by, row.at = outcome, editor.username, editor.now
    db.flush()
    detail = {"outcome": outcome}
    record(
        db, actor=editor.username, action="search.settle", subject=term, detail=detail,
        at=editor.now,
    )  # fmt: skip


def _terms(db: Session, since: date, until: date) -> list[tuple[str, int]]:
    """The most frequent terms, of those the log may name."""
    times = func.sum(SearchQuery.times)
    days, askers = (
        func.count(SearchQuery.day.distinct()),
        func.count(SearchQuery.asker.distinct()),
    )
    nameable = select(SearchQuery.term).where(SearchQuery.term != "").group_by(SearchQuery.term)
    nameable = nameable.having(or_(days >= LEAST_DAYS, askers >= LEAST_ASKERS))
    asked = select(SearchQuery.term, times).where(
        SearchQuery.day.between(since, until), SearchQuery.term.in_(nameable)
    )
    ordered = asked.group_by(SearchQuery.term).order_by(times.desc(), SearchQuery.term)
    return [(term, int(n)) for term, n in db.execute(ordered.limit(MOST_TERMS))]
