"""Puts pinned pages at their places among what was found."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from search_index import searching
from search_index.analysis import fold
from search_index.documents import SearchDocument
from search_index.kept import Pin
from search_index.ranking import Hit
from search_index.searching import Group, Question


def applied(
    db: Session,
    groups: Sequence[Group],
    question: Question,
    pins: Mapping[str, Sequence[Pin]],
    today: date,
) -> tuple[Group, ...]:
    """The groups with pinned ones lifted; narrowed results only ever hold what was narrowed to."""
    wanted = [pin for pin in pins.get(fold(question.text), ()) if today <= pin.until]
    if not wanted:
        return tuple(groups)
    pages = searching.documents(db, [pin.document for pin in wanted])
    shown = list(groups)
    for pin in wanted:
        page = pages.get(pin.document)
        if page is None or (page.language != "vi" and not question.english):
            continue
        own = next((one for one in shown if _holds(one, pin.document)), None)
        if own is not None:
            shown.remove(own)
        elif not question.narrowed:
            own = Group((_hit(page),))
        if own is not None:
            shown.insert(pin.position - 1, own)
    return tuple(shown)


def _holds(group: Group, key: str) -> bool:
    return any(hit.key == key for hit in group.hits)


def _hit(page: SearchDocument) -> Hit:
    about = page.described()
    return Hit(page.key, about["group"], 0.0, 0, (), about)
