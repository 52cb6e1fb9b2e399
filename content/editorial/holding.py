"""Who has a draft open at present, so that two do not write into it without knowing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from content.editorial import drafts
from content.editorial.clerk import Clerk
from content.editorial.models import Draft
from content.editorial.stages import Step

HOLD_LASTS = timedelta(minutes=5)


@dataclass(frozen=True)
class Held:
    """Who has a draft open, until when; `is_mine` for whoever asked."""

    by: str
    until: datetime | None
    is_mine: bool


def hold(db: Session, clerk: Clerk, draft_id: int, *, take_over: bool = False) -> Held:
    """Say that one has a draft open, again every few minutes; or see who else has.

    Taking over from somebody is allowed, and written down. Nothing hangs on it but courtesy: what
    keeps words from being lost is the number of the save.
    """
    draft = drafts.take(db, clerk, draft_id, Step.SAVE)
    until = draft.editing_until
    if draft.editing_by not in ("", clerk.name) and until is not None and until > clerk.now:
        if not take_over:
            return Held(draft.editing_by, until, is_mine=False)
        drafts.note_down(db, clerk, "take-over", draft, {"from": draft.editing_by})
    keep(draft, clerk)
    db.flush()
    return Held(clerk.name, draft.editing_until, is_mine=True)


def let_go(db: Session, clerk: Clerk, draft_id: int) -> None:
    """Say that one no longer has a draft open."""
    draft = drafts.take(db, clerk, draft_id, Step.SAVE)
    if draft.editing_by == clerk.name:
        draft.editing_by, draft.editing_until = "", None
        db.flush()


def keep(draft: Draft, clerk: Clerk) -> None:
    draft.editing_by, draft.editing_until = clerk.name, clerk.now + HOLD_LASTS
