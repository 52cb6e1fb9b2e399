"""Gathers all that the page of one draft shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import differences
from content.differences import Change
from content.editorial import checks, history, texts, workflow
from content.editorial.clerk import Clerk
from content.editorial.desk_forms import FORMS, StepForm
from content.editorial.errors import BadText, Found
from content.editorial.history import PageKey
from content.editorial.models import Draft, DraftRevision, ExpertLink, Remark
from content.editorial.stages import STAGE_LABELS, STEP_LABELS, Stage, Step, possible
from content.shapes import Shape
from portal.staff.models import Role, StaffAccount

LINE = (Stage.DRAFT, Stage.IN_REVIEW, Stage.APPROVED, Stage.SCHEDULED, Stage.PUBLISHED)
# What somebody usually does next from each stage; everything else stays folded.
USUAL = {
    Stage.DRAFT: Step.SUBMIT,
    Stage.IN_REVIEW: Step.APPROVE,
    Stage.APPROVED: Step.PUBLISH,
    Stage.SCHEDULED: Step.SCHEDULE,
}


@dataclass(frozen=True)
class Panel:
    """One step that may be taken, with its form."""

    label: str
    form: StepForm
    open: bool


@dataclass(frozen=True)
class Read:
    """What reading a draft's text found: the page it makes, or why it makes none yet."""

    shape: Shape | None
    to_mend: tuple[Found, ...]
    changes: tuple[Change, ...] | None


@dataclass(frozen=True)
class DraftShown:
    draft: Draft
    page: PageKey
    stage: str
    line: tuple[tuple[str, str], ...]
    current: DraftRevision
    read: Read
    published: int
    has_moved: bool
    wrote_it: bool
    saves: Sequence[DraftRevision]
    remarks: Sequence[tuple[Remark, str]]
    links: Sequence[ExpertLink]
    panels: Sequence[Panel]
    names: dict[str, str]
    held_by: str
    forms: dict[str, Any] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.draft.closed_at is None


def build(
    db: Session, draft: Draft, clerk: Clerk, *, unfinished: StepForm | None = None, **forms: Any
) -> DraftShown:
    """`unfinished` is the form that was refused and is shown as it was filled in."""
    page = PageKey(draft.kind, draft.key, draft.language)
    kept = history.item(db, page)
    published = kept.version if kept else 0
    wrote_it = clerk.name in workflow.authors(db, draft)
    return DraftShown(
        draft=draft,
        page=page,
        stage=str(STAGE_LABELS[Stage(draft.stage)]),
        line=_line(Stage(draft.stage)),
        current=workflow.current(db, draft),
        read=read(db, draft, page),
        published=published,
        has_moved=draft.closed_at is None and draft.based_on != published,
        wrote_it=wrote_it,
        saves=history.saves(db, draft.id),
        remarks=_remarks(db, draft),
        links=_links(db, draft),
        panels=_panels(db, draft, clerk, wrote_it=wrote_it, unfinished=unfinished),
        names=names(db),
        held_by=_held_by(draft, clerk.name, clerk.now),
        forms=forms,
    )


def read(db: Session, draft: Draft, page: PageKey) -> Read:
    """What is to be mended, and what is different from the version the draft began from."""
    text = workflow.current(db, draft).text
    try:
        shape = texts.parse(draft.kind, draft.language, text)
    except BadText as bad:
        return Read(None, bad.problems, None)
    old = None
    if draft.based_on:
        before = history.version(db, page, draft.based_on).text
        old = texts.parse(draft.kind, draft.language, before)
    found = tuple(checks.findings(db, draft.kind, draft.language, shape))
    return Read(shape, found, differences.between(old, shape))


def names(db: Session) -> dict[str, str]:
    """The names of everybody with an account, by username."""
    found = db.execute(select(StaffAccount.username, StaffAccount.name))
    return {row.username: row.name for row in found}


def people(db: Session, *roles: Role) -> list[tuple[str, str]]:
    """Those at work who have one of these roles, to choose from."""
    accounts = db.scalars(
        select(StaffAccount).where(StaffAccount.active).order_by(StaffAccount.username)
    )
    return [(one.username, one.name) for one in accounts if one.roles & set(roles)]


def reviewers(db: Session, clerk: Clerk) -> list[tuple[str, str]]:
    """Who could read a draft as the second person."""
    return [one for one in people(db, Role.APPROVER) if one[0] != clerk.name]


def _line(stage: Stage) -> tuple[tuple[str, str], ...]:
    """The way of a draft, each stage "done", "now" or still to come."""
    at = LINE.index(stage) if stage in LINE else len(LINE)
    if stage is Stage.DISCARDED:
        return ((str(STAGE_LABELS[stage]), "now"),)
    standing = ["done" if n < at else "now" if n == at else "" for n in range(len(LINE))]
    return tuple((str(STAGE_LABELS[one]), said) for one, said in zip(LINE, standing, strict=True))


def _remarks(db: Session, draft: Draft) -> list[tuple[Remark, str]]:
    """Each remark with the outside expert who made it; empty for staff."""
    found = (
        select(Remark, ExpertLink.expert)
        .outerjoin(ExpertLink, ExpertLink.id == Remark.link_id)
        .where(Remark.draft_id == draft.id)
        .order_by(Remark.id)
    )
    return [(remark, expert or "") for remark, expert in db.execute(found)]


def _links(db: Session, draft: Draft) -> list[ExpertLink]:
    found = select(ExpertLink).where(ExpertLink.draft_id == draft.id)
    return list(db.scalars(found.order_by(ExpertLink.id.desc())))


def _held_by(draft: Draft, me: str, now: datetime) -> str:
    until = draft.editing_until
    held = until is not None and until > now and draft.editing_by != me
    return draft.editing_by if held else ""


def _panels(
    db: Session, draft: Draft, clerk: Clerk, *, wrote_it: bool, unfinished: StepForm | None
) -> list[Panel]:
    stage = Stage(draft.stage)
    steps = set(possible(stage, clerk.staff.roles)) & set(FORMS)
    if wrote_it:
        steps.discard(Step.APPROVE)
    others = reviewers(db, clerk)
    panels = []
    for step in (one for one in FORMS if one in steps):
        refused = unfinished is not None and unfinished.step is step
        form = unfinished if unfinished is not None and refused else FORMS[step](formdata=None)
        form.prepare(others)
        if not refused:
            form.offer(draft)
        form.seen_save.data = str(draft.revision)
        usual = USUAL.get(stage) is step and unfinished is None
        panels.append(Panel(str(STEP_LABELS[step]), form, open=refused or usual))
    return sorted(panels, key=lambda panel: not panel.open)
