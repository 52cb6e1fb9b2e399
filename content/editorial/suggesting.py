"""What the editor suggests while somebody types: instruments, fields, forms."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.editorial.editing_forms import Box
from content.models import ArticleRow, Kind, LegalInstrument, ProcedureRow

MOST = 400
Suggestion = tuple[str, str]


def suggestions(db: Session, boxes: Sequence[Box]) -> dict[str, list[Suggestion]]:
    """By the name of the list, what may be written and what it is called."""
    return {name: _FOUND[name](db) for name in sorted(set(_wanted(boxes)))}


def _wanted(boxes: Sequence[Box]) -> Iterator[str]:
    for box in boxes:
        if box.listed:
            yield box.listed
        yield from _wanted(box.inner)


def _instruments(db: Session) -> list[Suggestion]:
    chosen = select(LegalInstrument.number, LegalInstrument.title).order_by(LegalInstrument.number)
    return [(row.number, row.title) for row in db.execute(chosen.limit(MOST))]


def _fields(db: Session) -> list[Suggestion]:
    chosen = select(ProcedureRow.field).where(ProcedureRow.field != "").distinct()
    return [(name, "") for name in db.scalars(chosen.order_by(ProcedureRow.field).limit(MOST))]


def _forms(db: Session) -> list[Suggestion]:
    chosen = select(ArticleRow.slug, ArticleRow.title).where(ArticleRow.kind == Kind.FORM)
    return [
        (row.slug, row.title) for row in db.execute(chosen.order_by(ArticleRow.slug).limit(MOST))
    ]


_FOUND = {"instruments": _instruments, "fields": _fields, "forms": _forms}
