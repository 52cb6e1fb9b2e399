"""Today's names of units, and what a name means that a sender typed, old or new.

Kept in memory until the register of units or the day changes.
"""

from collections.abc import Callable
from datetime import date

from flask import current_app
from sqlalchemy.orm import Session

from agencies import reading
from portal import revisions
from portal.revisions import Area

Names = Callable[[Session], list[tuple[str, str]]]


class Places:
    """The names of one moment of the register."""

    def __init__(self) -> None:
        self._known: tuple[int, date] | None = None
        self._names: tuple[str, ...] = ()

    def names(self, db: Session, day: date, read: Names) -> tuple[str, ...]:
        """Names to choose from; `read` gives code and name of the units of today."""
        moment = (revisions.current(db)[Area.UNITS], day)
        if moment != self._known:
            self._names = tuple(name for _code, name in read(db))
            self._known = moment
        return self._names


def names(db: Session, day: date) -> tuple[str, ...]:
    """The names of the units of this day."""
    places: Places = current_app.extensions.setdefault("feedback_places", Places())
    return places.names(db, day, current_app.extensions["portal"].unit_choices)


def meant(db: Session, typed: str, day: date) -> tuple[str, ...]:
    """The units of this day that somebody may mean; none where nothing is called so."""
    if not typed or typed in names(db, day):
        return (typed,) if typed else ()
    return tuple(office.name for office in reading.office_for(db, typed, day))
