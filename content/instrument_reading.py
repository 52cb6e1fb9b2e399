"""Legal instruments as people read them: by number, with their validity and who cites them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from content.citing import number_of
from content.errors import NoSuchPage
from content.instrument_models import Evidence, InstrumentCitation, LegalInstrument
from content.instrument_search import path_of
from content.models import ArticleRow, ProcedureRow
from content.projecting import ARTICLE_PATHS
from content.projecting import path_of as procedure_path
from content.shapes import Citation
from portal.paging import Page, paginate
from portal.vietnamese import fold

INSTRUMENTS_PER_PAGE = 30
CITING_PER_PAGE = 30
MOST_WORDS = 8

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Validity(StrEnum):
    """How an instrument stands on a day, as far as we know."""

    UNCHECKED = "unchecked"
    NOT_YET = "not-yet"
    IN_FORCE = "in-force"
    ENDING = "ending"
    ENDED = "ended"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class InstrumentEntry:
    """An instrument in a list or under a citation."""

    name: str
    title: str
    path: str
    validity: Validity
    effective_from: date | None
    ended_on: date | None


@dataclass(frozen=True)
class CitedAs:
    """A citation of a page as its source has it, with the instrument it means, if we know it."""

    citation: Citation
    instrument: InstrumentEntry | None


@dataclass(frozen=True)
class CitingPage:
    """A page that cites an instrument; its language is that of its words."""

    title: str
    path: str
    language: str


@dataclass(frozen=True)
class InstrumentPage:
    """All that the page of an instrument shows; `elsewhere` counts pages of other provinces."""

    instrument: LegalInstrument
    entry: InstrumentEntry
    successor: InstrumentEntry | None
    predecessors: tuple[InstrumentEntry, ...]
    citing: tuple[CitingPage, ...]
    page: Page
    elsewhere: int


@dataclass(frozen=True)
class InstrumentList:
    asked: str
    entries: tuple[InstrumentEntry, ...]
    page: Page


def validity(row: LegalInstrument, today: date) -> Validity:
    if row.ended_on:
        return Validity.ENDED if row.ended_on <= today else Validity.ENDING
    if row.effective_from and row.effective_from > today:
        return Validity.NOT_YET
    if row.successor:
        return Validity.REPLACED
    if row.evidence == Evidence.UNCHECKED:
        return Validity.UNCHECKED
    return Validity.IN_FORCE if row.effective_from else Validity.UNKNOWN


def instruments(db: Session, asked: str, number: str | None, today: date) -> InstrumentList:
    """Those whose number or title holds every word asked for; checked ones first, then newest."""
    words = fold(asked).split()[:MOST_WORDS]
    conditions: list[ColumnElement[bool]] = [
        LegalInstrument.folded.contains(word, autoescape=True) for word in words
    ]
    total = db.scalar(select(func.count()).select_from(LegalInstrument).where(*conditions)) or 0
    page = paginate(total, number, INSTRUMENTS_PER_PAGE)
    unchecked = LegalInstrument.evidence == Evidence.UNCHECKED
    rows = db.scalars(
        select(LegalInstrument)
        .where(*conditions)
        .order_by(unchecked, LegalInstrument.year.desc(), LegalInstrument.key)
        .offset(page.offset)
        .limit(page.size)
    )
    return InstrumentList(asked, tuple(_entry(row, today) for row in rows), page)


def instrument(db: Session, key: str, number: str | None, today: date) -> InstrumentPage:
    """One instrument with a page of those who cite it. Raises NoSuchPage."""
    row = db.get(LegalInstrument, key) if _KEY.fullmatch(key) else None
    if row is None:
        raise NoSuchPage
    heir = db.get(LegalInstrument, row.successor) if row.successor else None
    before = select(LegalInstrument).where(LegalInstrument.successor == key)
    found, elsewhere = _citing(db, key)
    page = paginate(len(found), number, CITING_PER_PAGE)
    return InstrumentPage(
        instrument=row,
        entry=_entry(row, today),
        successor=_entry(heir, today) if heir else None,
        predecessors=tuple(
            _entry(one, today) for one in db.scalars(before.order_by(LegalInstrument.key))
        ),
        citing=tuple(found[page.offset : page.offset + page.size]),
        page=page,
        elsewhere=elsewhere,
    )


def cited(db: Session, citations: Sequence[Citation], today: date) -> tuple[CitedAs, ...]:
    """The legal basis of a page, each citation with the instrument it means."""
    numbers = [number_of(citation) for citation in citations]
    known = _known(db, (number.key for number in numbers if number), today)
    return tuple(
        CitedAs(citation, known.get(number.key) if number else None)
        for citation, number in zip(citations, numbers, strict=True)
    )


def _known(db: Session, keys: Iterable[str], today: date) -> dict[str, InstrumentEntry]:
    chosen = select(LegalInstrument).where(LegalInstrument.key.in_(list(keys)))
    return {row.key: _entry(row, today) for row in db.scalars(chosen)}


def _citing(db: Session, key: str) -> tuple[list[CitingPage], int]:
    """Articles first, then procedures by name; and how many procedures are not listed here."""
    articles = db.scalars(
        select(ArticleRow)
        .join(InstrumentCitation, InstrumentCitation.item_id == ArticleRow.item_id)
        .where(InstrumentCitation.key == key)
        .order_by(ArticleRow.language.desc(), ArticleRow.sort_key)
    )
    procedures = db.execute(
        select(ProcedureRow.code, ProcedureRow.heading, ProcedureRow.listed)
        .join(InstrumentCitation, InstrumentCitation.item_id == ProcedureRow.item_id)
        .where(InstrumentCitation.key == key)
        .order_by(ProcedureRow.sort_key, ProcedureRow.code)
    ).all()
    found = [_article(row.kind, row.slug, row.language, row.title) for row in articles]
    found += [
        CitingPage(heading, procedure_path(code, heading), "vi")
        for code, heading, listed in procedures
        if listed
    ]
    return found, sum(not listed for _code, _heading, listed in procedures)


def _article(kind: str, slug: str, language: str, title: str) -> CitingPage:
    prefix = "" if language == "vi" else f"/{language}"
    return CitingPage(title, f"{prefix}{ARTICLE_PATHS[kind]}{slug}", language)  # type: ignore[index] # a Kind is its text


def _entry(row: LegalInstrument, today: date) -> InstrumentEntry:
    return InstrumentEntry(
        name=row.name,
        title=row.title,
        path=path_of(row.key),
        validity=validity(row, today),
        effective_from=row.effective_from,
        ended_on=row.ended_on,
    )
