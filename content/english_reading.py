"""A procedure told in English, and whether its Vietnamese original has changed since."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from content import reading, versions
from content.errors import NoSuchPage, Withdrawn
from content.leaf_shapes import EnglishProcedure
from content.models import Kind


@dataclass(frozen=True)
class English:
    """The English words of a procedure; `is_older` where the original was published later."""

    text: EnglishProcedure
    is_older: bool


def english_of(db: Session, code: str) -> English | None:
    """The published English of a procedure; None where there is none."""
    try:
        text = reading.published_text(db, Kind.PROCEDURE, code, "en")
        own = versions.published(db, Kind.PROCEDURE, code, "en")
        original = versions.published(db, Kind.PROCEDURE, code, "vi")
    except (NoSuchPage, Withdrawn):
        return None
    return English(EnglishProcedure.model_validate_json(text), own.at < original.at)
