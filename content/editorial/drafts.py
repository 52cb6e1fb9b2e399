"""Drafts as they stand: finding one, taking it in hand for a step, and writing that step down."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.editorial.clerk import Clerk
from content.editorial.errors import NoSuchDraft, NotAllowed, Overtaken, WrongStage
from content.editorial.models import Draft, DraftRevision
from content.editorial.stages import STEP_LABELS, WAYS, Stage, Step
from portal.canonical import digest
from portal.database import lock
from portal.staff.audit import record
from portal.staff.models import Role


def find(db: Session, draft_id: int) -> Draft:
    """A draft for reading, open or closed. Raises NoSuchDraft."""
    draft = db.get(Draft, draft_id)
    if draft is None:
        raise NoSuchDraft
    return draft


def open_draft(db: Session, kind: str, key: str, language: str) -> Draft | None:
    """The one draft of a page that is under way."""
    return db.scalar(
        select(Draft).where(
            Draft.kind == kind,
            Draft.key == key,
            Draft.language == language,
            Draft.closed_at.is_(None),
        )
    )


def current(db: Session, draft: Draft) -> DraftRevision:
    """The newest save; number 0, by nobody, is what the draft began with."""
    return revision(db, draft, draft.revision)


def revision(db: Session, draft: Draft, number: int) -> DraftRevision:
    """One save of a draft. Raises NoSuchDraft where there is none of this number."""
    found = db.scalar(
        select(DraftRevision).where(
            DraftRevision.draft_id == draft.id, DraftRevision.number == number
        )
    )
    if found is None:
        raise NoSuchDraft
    return found


def authors(db: Session, draft: Draft) -> frozenset[str]:
    """Everybody whose words went into a draft."""
    names = select(DraftRevision.author).where(
        DraftRevision.draft_id == draft.id, DraftRevision.author != ""
    )
    return frozenset(db.scalars(names))


def take(db: Session, clerk: Clerk, draft_id: int, step: Step, seen: int | None = None) -> Draft:
    """The draft, locked, for a step this clerk may take now.

    Raises NoSuchDraft, NotAllowed, WrongStage, and Overtaken where it was saved since `seen`.
    """
    stages, _to, roles = WAYS[step]
    allow(clerk, roles)
    draft = lock(db, Draft, draft_id)
    if draft is None:
        raise NoSuchDraft
    if Stage(draft.stage) not in stages:
        raise WrongStage(
            _("Bản nháp đang ở chỗ khác, không «%(step)s» được.", step=STEP_LABELS[step])
        )
    if seen is not None and seen != draft.revision:
        raise Overtaken(current(db, draft))
    return draft


def allow(clerk: Clerk, roles: frozenset[Role]) -> None:
    """Raises NotAllowed where the clerk holds none of these roles."""
    if not clerk.staff.has(*roles):
        raise NotAllowed(_("Vai trò của ông/bà không làm được việc này."))


def note_down(
    db: Session, clerk: Clerk, step: str, draft: Draft, detail: dict[str, object] | None = None
) -> None:
    """Write a step into the log of what staff did."""
    subject = f"{draft.kind}:{draft.key}:{draft.language}"
    body = {"draft": draft.id, "revision": draft.revision, **(detail or {})}
    record(
        db, actor=clerk.name, action=f"content.{step}", subject=subject, at=clerk.now, detail=body
    )


def add_revision(db: Session, draft: Draft, text: str, *, author: str, now: datetime) -> None:
    draft.revision += 1
    draft.changed_at = now
    db.add(new_revision(draft, text, author=author, now=now))


def back_to_draft(draft: Draft) -> None:
    """Forget an approval: what was read by the second person is exactly what is published."""
    draft.stage = Stage.DRAFT
    draft.approver = draft.approved_sha256 = draft.forced_reason = ""
    draft.publish_at = None


def new_revision(draft: Draft, text: str, *, author: str, now: datetime) -> DraftRevision:
    return DraftRevision(
        draft_id=draft.id,
        number=draft.revision,
        text=text,
        sha256=digest(text),
        author=author,
        saved_at=now,
    )
