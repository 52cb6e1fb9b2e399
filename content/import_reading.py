"""What the desk shows of imports: the files, what each would change, and one record in full."""

import json
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, select, true
from sqlalchemy.orm import Session, defer

from content.differences import Change, between
from content.import_models import Found, ImportChange, ImportRun, Verdict
from content.import_taking import sources_of
from content.merging import effective
from content.models import ContentItem, Kind, Source
from content.shapes import Procedure
from portal.errors import NotFound
from portal.paging import Page, paginate
from portal.vietnamese import fold

RUNS_ON_A_PAGE = 20
CHANGES_ON_A_PAGE = 50


class Tab(StrEnum):
    """What of an import is listed, in the order of the tabs."""

    NEW = "moi"
    CHANGED = "doi"
    GONE = "mat"
    RESCINDED = "bai-bo"
    FLAGGED = "tu-ngu-cu"
    ELSEWHERE = "tinh-khac"
    BENEATH = "phia-duoi"
    STALE = "da-khac"
    APPLIED = "da-ap-dung"
    REJECTED = "da-bo"


_WAITS = ImportChange.verdict == Verdict.WAITING
_HERE = and_(_WAITS, ImportChange.elsewhere.is_(False))
_MEANT: dict[Tab, ColumnElement[bool]] = {
    Tab.NEW: and_(_HERE, ImportChange.found == Found.NEW),
    Tab.CHANGED: and_(_HERE, ImportChange.found == Found.CHANGED),
    Tab.GONE: and_(_WAITS, ImportChange.found == Found.GONE),
    Tab.RESCINDED: and_(_WAITS, ImportChange.rescinded),
    Tab.FLAGGED: and_(_HERE, ImportChange.flags != ""),
    Tab.ELSEWHERE: and_(_WAITS, ImportChange.elsewhere),
    Tab.BENEATH: and_(_HERE, ImportChange.found == Found.BENEATH),
    Tab.STALE: ImportChange.verdict == Verdict.STALE,
    Tab.APPLIED: ImportChange.verdict == Verdict.APPLIED,
    Tab.REJECTED: ImportChange.verdict == Verdict.REJECTED,
}


@dataclass(frozen=True)
class Runs:
    page: Page
    rows: list[ImportRun]


@dataclass(frozen=True)
class Listed:
    """One page of what an import would change; `to_apply` is how much waits in all."""

    run: ImportRun
    tab: Tab
    counts: dict[Tab, int]
    to_apply: int
    page: Page
    rows: list[ImportChange]
    problems: list[tuple[int, str, str]]


@dataclass(frozen=True)
class Record:
    """One record: what readers would see changed, and what only changes beneath."""

    run: ImportRun
    row: ImportChange
    seen: tuple[Change, ...]
    beneath: tuple[Change, ...]
    is_shown: bool


def runs(db: Session, number: str | None) -> Runs:
    """The files that were handed in, the newest first."""
    total = db.scalar(select(func.count()).select_from(ImportRun)) or 0
    page = paginate(total, number, RUNS_ON_A_PAGE)
    found = select(ImportRun).order_by(ImportRun.id.desc()).limit(page.size).offset(page.offset)
    return Runs(page, list(db.scalars(found)))


def run(db: Session, run_id: int) -> ImportRun:
    found = db.get(ImportRun, run_id)
    if found is None:
        raise NotFound
    return found


def listed(db: Session, run_id: int, tab: str, words: str, number: str | None) -> Listed:
    """The changes of one tab whose code or name holds these words."""
    found, counts, to_apply = run(db, run_id), *_counts(db, run_id)
    usual = next((one for one in Tab if counts[one]), Tab.NEW)
    wanted = Tab(tab) if tab in set(Tab) else usual
    meant = and_(ImportChange.run_id == run_id, _MEANT[wanted], _named(words))
    total = db.scalar(select(func.count()).select_from(ImportChange).where(meant)) or 0
    page = paginate(total, number, CHANGES_ON_A_PAGE)
    rows = db.scalars(
        select(ImportChange)
        .options(defer(ImportChange.text))
        .where(meant)
        .order_by(ImportChange.code)
        .limit(page.size)
        .offset(page.offset)
    ).all()
    problems = [(line, code, words) for line, code, words in json.loads(found.problems)]
    return Listed(found, wanted, counts, to_apply, page, list(rows), problems)


def record(db: Session, run_id: int, change_id: int) -> Record:
    """One record against what is kept now. Raises NotFound."""
    row = db.get(ImportChange, change_id)
    if row is None or row.run_id != run_id:
        raise NotFound
    found = run(db, run_id)
    seen, beneath = _compared(db, found, row) if row.text else ((), ())
    state = select(ContentItem.version).where(
        ContentItem.kind == Kind.PROCEDURE,
        ContentItem.key == row.code,
        ContentItem.language == "vi",
    )
    return Record(found, row, seen, beneath, is_shown=bool(db.scalar(state)))


def _compared(
    db: Session, found: ImportRun, row: ImportChange
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    source, said = Source(found.source), Procedure.model_validate_json(row.text)
    sources = sources_of(db, row.code)
    before = effective(sources) if sources else None
    seen = between(before, effective({**sources, source: said}))
    parts = {change.part for change in seen}
    earlier = sources.get(source)
    beneath = between(earlier, said) if earlier else ()
    return seen, tuple(change for change in beneath if change.part not in parts)


def _counts(db: Session, run_id: int) -> tuple[dict[Tab, int], int]:
    sums = [func.sum(case((meant, 1), else_=0)) for meant in _MEANT.values()]
    to_apply = and_(_WAITS, ImportChange.found != Found.GONE)
    row = db.execute(
        select(*sums, func.sum(case((to_apply, 1), else_=0))).where(ImportChange.run_id == run_id)
    ).one()
    return dict(zip(_MEANT, (number or 0 for number in row[:-1]), strict=True)), row[-1] or 0


def _named(words: str) -> ColumnElement[bool]:
    sought = [
        ImportChange.folded.contains(word, autoescape=True)
        | ImportChange.code.startswith(word, autoescape=True)
        for word in fold(words).split()
    ]
    return and_(true(), *sought)
