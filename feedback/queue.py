"""The desk's queue: what waits, filtered by what stands in the address, with a count per tab."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session

from feedback import deadlines, permission
from feedback.deadlines import DueWords, WorkingDays
from feedback.kinds import KINDS, Kind
from feedback.models import Case
from feedback.states import FOLLOWED, OPEN, STATE_LABELS, UNFINISHED, State
from portal.paging import Page, paginate
from portal.staff.models import StaffMember
from search_index.analysis import fold

ROWS_ON_A_PAGE = 30
EXCERPT = 90


class Tab(StrEnum):
    """The desk's usual questions."""

    OPEN = "dang-mo"
    MINE = "cua-toi"
    UNASSIGNED = "chua-giao"
    TODAY = "den-han-hom-nay"
    OVERDUE = "qua-han"
    APPROVAL = "cho-duyet"
    DUPLICATES = "co-the-trung"
    QUARANTINE = "cho-xem-lai"
    ALL = "tat-ca"


TAB_LABELS: dict[Tab, LazyString] = {
    Tab.OPEN: _l("Đang mở"),
    Tab.MINE: _l("Của tôi"),
    Tab.UNASSIGNED: _l("Chưa giao"),
    Tab.TODAY: _l("Đến hạn hôm nay"),
    Tab.OVERDUE: _l("Quá hạn"),
    Tab.APPROVAL: _l("Chờ duyệt"),
    Tab.DUPLICATES: _l("Có thể trùng"),
    Tab.QUARANTINE: _l("Chờ xem lại"),
    Tab.ALL: _l("Tất cả"),
}


@dataclass(frozen=True)
class Wanted:
    """What the address of the queue asks for; unknown values count as not given."""

    tab: Tab = Tab.OPEN
    state: str = ""
    kind: str = ""
    unit: str = ""
    words: str = ""

    @classmethod
    def from_address(cls, args: Mapping[str, str]) -> "Wanted":
        tab, state, kind = args.get("muc", ""), args.get("trang-thai", ""), args.get("loai", "")
        return cls(
            tab=Tab(tab) if tab in set(Tab) else Tab.OPEN,
            state=state if state in set(State) else "",
            kind=kind if kind in set(Kind) else "",
            unit=args.get("don-vi", "")[:40].replace("\0", ""),
            words=args.get("q", "")[:200].replace("\0", "").strip(),
        )

    def address(self, **changed: str) -> dict[str, str]:
        """The arguments of an address that asks for this, with some of them changed."""
        args = {
            "muc": self.tab.value,
            "trang-thai": self.state,
            "loai": self.kind,
            "don-vi": self.unit,
            "q": self.words,
        } | changed
        return {name: value for name, value in args.items() if value}


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue."""

    code: str
    excerpt: str
    kind: LazyString
    field: str
    unit_code: str | None
    state: LazyString
    due: DueWords
    officer: str
    received_at: datetime
    doubtful: bool


def rows(
    db: Session,
    wanted: Wanted,
    number: str | None,
    *,
    staff: StaffMember,
    today: date,
    calendar: WorkingDays,
) -> tuple[list[QueueRow], Page]:
    """One page of the queue, what is due first on top."""
    chosen = _chosen(wanted, staff)
    tab = _conditions(staff, today)[wanted.tab]
    total = db.scalar(select(func.count(Case.id)).where(chosen, tab)) or 0
    page = paginate(total, number, ROWS_ON_A_PAGE)
    found = (
        select(Case)
        .where(chosen, tab)
        .order_by(Case.due_on.asc().nulls_last(), Case.id)
        .offset(page.offset)
        .limit(page.size)
    )
    return [_row(case, today, calendar) for case in db.scalars(found)], page


def counts(db: Session, wanted: Wanted, *, staff: StaffMember, today: date) -> dict[Tab, int]:
    """How many cases each tab would show under the other filters; one query."""
    conditions = _conditions(staff, today)
    columns = [func.count(Case.id).filter(conditions[tab]) for tab in Tab]
    found = db.execute(select(*columns).where(_chosen(wanted, staff))).one()
    return dict(zip(Tab, found, strict=True))


def _conditions(staff: StaffMember, today: date) -> dict[Tab, ColumnElement[bool]]:
    waiting = Case.state.in_(sorted(OPEN))
    followed = Case.state.in_(sorted(FOLLOWED))
    return {
        Tab.OPEN: waiting,
        Tab.MINE: and_(waiting, Case.officer == staff.username),
        Tab.UNASSIGNED: and_(waiting, Case.officer == "", Case.unit_code.is_(None)),
        Tab.TODAY: and_(followed, Case.due_on == today),
        Tab.OVERDUE: and_(followed, Case.due_on < today),
        Tab.APPROVAL: Case.state == State.DRAFTED,
        Tab.DUPLICATES: and_(waiting, Case.possible_duplicate_of.is_not(None)),
        Tab.QUARANTINE: Case.state == State.QUARANTINED,
        Tab.ALL: true(),
    }


def _chosen(wanted: Wanted, staff: StaffMember) -> ColumnElement[bool]:
    """Who may see what comes first; then the filters. Identity columns are in another table."""
    conditions = [permission.visible(staff)]
    if wanted.state:
        conditions.append(Case.state == wanted.state)
    if wanted.kind:
        conditions.append(Case.kind == wanted.kind)
    if wanted.unit:
        conditions.append(Case.unit_code == wanted.unit)
    if wanted.words:
        conditions.append(Case.search_text.contains(fold(wanted.words), autoescape=True))
    return and_(*conditions)


def _row(case: Case, today: date, calendar: WorkingDays) -> QueueRow:
    text = " ".join(case.text.split())
    state = State(case.state)
    return QueueRow(
        code=case.code,
        excerpt=text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + "…",
        kind=KINDS[Kind(case.kind)].label,
        field=case.field,
        unit_code=case.unit_code,
        state=STATE_LABELS[state],
        due=deadlines.in_words(case.due_on, today, calendar, waiting=state in UNFINISHED),
        officer=case.officer,
        received_at=case.received_at,
        doubtful=case.quarantine_score > 0 or case.possible_duplicate_of is not None,
    )
