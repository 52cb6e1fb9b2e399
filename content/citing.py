"""Writes down which page cites which legal instrument, whenever a page is published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from content import instrument_numbers
from content.instrument_models import Evidence, InstrumentCitation, LegalInstrument, RegisteredBy
from content.instrument_numbers import Number
from content.instrument_search import document
from content.models import Kind
from content.projecting import ARTICLE_PATHS
from content.shapes import Citation
from portal.tasks import Task
from portal.vietnamese import fold
from search_index import documents

CHECK_BASIS = "check-basis"
FROM_A_PAGE = "theo căn cứ pháp lý của thủ tục trích dẫn"


@dataclass(frozen=True)
class Cites:
    """What one published page cites; `subject` is the address under which its tasks stand."""

    item_id: int
    subject: str
    citations: tuple[Citation, ...] = ()
    words: str = ""


def number_of(citation: Citation) -> Number | None:
    """The instrument a citation means; some sources write the number into the title."""
    return instrument_numbers.first(citation.number, citation.title)


def subject_of(kind: str, key: str, language: str) -> str:
    """The address under which tasks about a page stand; the same under any name of the page."""
    prefix = "" if language == "vi" else f"/{language}"
    folder = "/thu-tuc/" if kind == Kind.PROCEDURE else ARTICLE_PATHS[Kind(kind)]
    return f"{prefix}{folder}{key}"


def keep(db: Session, pages: Iterable[Cites], *, revision: int, now: datetime) -> None:
    """Replace what these pages cited before. An instrument that nobody registered yet is entered
    under the title the citation gives, marked as unchecked.

    Tasks to check a page's basis are closed where the page no longer cites that instrument.
    """
    named: dict[str, tuple[Number, str]] = {}
    cited: dict[str, set[str]] = {}
    rows, ids = [], []
    for page in pages:
        keys = cited.setdefault(page.subject, set())
        for citation in page.citations:
            number = number_of(citation)
            if number is not None:
                named.setdefault(number.key, (number, citation.title))
                keys.add(number.key)
        keys.update(number.key for number in instrument_numbers.every(page.words))
        rows += [{"item_id": page.item_id, "key": key} for key in sorted(keys)]
        ids.append(page.item_id)
    db.execute(delete(InstrumentCitation).where(InstrumentCitation.item_id.in_(ids)))
    if rows:
        db.execute(insert(InstrumentCitation), rows)
    _register(db, named, revision)
    _close_answered(db, cited, now)


def _register(db: Session, named: Mapping[str, tuple[Number, str]], revision: int) -> None:
    chosen = select(LegalInstrument.key).where(LegalInstrument.key.in_(list(named)))
    known = set(db.scalars(chosen))
    new = [stub(*named[key]) for key in sorted(named) if key not in known]
    db.add_all(new)
    db.flush()
    documents.put(db, map(document, new), revision=revision)


def stub(number: Number, title: str, by: RegisteredBy = RegisteredBy.CITATION) -> LegalInstrument:
    """An instrument of which only the number is sure."""
    title = " ".join(title.split())
    return LegalInstrument(
        key=number.key,
        number=number.written,
        kind=number.kind or instrument_numbers.act_named(title),
        title=title,
        folded=fold(f"{number.written} {title}"),
        issuer=number.issuer,
        year=number.year,
        successor="",
        note="",
        link="",
        source=FROM_A_PAGE,
        evidence=Evidence.UNCHECKED,
        registered_by=by,
    )


def _close_answered(db: Session, cited: Mapping[str, set[str]], now: datetime) -> None:
    """A page published anew without the ended instrument has been checked."""
    waiting = select(Task).where(Task.kind == CHECK_BASIS, Task.closed_at.is_(None))
    for task in db.scalars(waiting.where(Task.subject.in_(list(cited)))):
        if task.origin not in cited[task.subject]:
            task.closed_at = now
    db.flush()
