"""Puts together what the desk's page of one case shows: the case, its history, its next steps."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app
from flask_babel.speaklater import LazyString
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import asking, deadlines, history, permission, sender_steps, states, triage
from feedback.deadlines import DueWords, Rule, WorkingDays
from feedback.desk_forms import (
    ApproveForm,
    AskForm,
    AssignForm,
    CaseForm,
    Choices,
    ClassifyForm,
    CloseForm,
    DraftForm,
    NoteForm,
    ReleaseForm,
    SendBackForm,
    SendForm,
    SetAsideForm,
    TransferForm,
    WithdrawForm,
)
from feedback.identity import Identity
from feedback.kinds import CONTENT_TYPES, KINDS, Kind, KindFacts, unpack
from feedback.models import Answer, Case, CaseEvent, CaseFile, CaseQuestion, PastAnswer
from feedback.publish_forms import UnpublishForm
from feedback.states import MOVE_LABELS, STATE_LABELS, Move, State
from portal import clock
from portal.staff.models import StaffMember

PANELS: tuple[type[CaseForm], ...] = (
    ReleaseForm,
    SetAsideForm,
    ClassifyForm,
    AssignForm,
    AskForm,
    DraftForm,
    ApproveForm,
    SendForm,
    SendBackForm,
    TransferForm,
    UnpublishForm,
    CloseForm,
    WithdrawForm,
    NoteForm,
)
FORMS = {form.slug: form for form in PANELS}

# What usually comes next from a state: that panel stands open.
NEXT = {
    State.QUARANTINED: Move.RELEASE,
    State.REGISTERED: Move.CLASSIFY,
    State.REOPENED: Move.ASSIGN,
    State.CLASSIFIED: Move.ASSIGN,
    State.ASSIGNED: Move.DRAFT,
    State.DRAFTED: Move.APPROVE,
    State.APPROVED: Move.SEND,
}


@dataclass(frozen=True)
class Panel:
    """One step that may be taken now, and its form."""

    label: LazyString
    form: CaseForm
    open: bool


@dataclass(frozen=True)
class CasePage:
    """Everything on the page. `sender` is set only in the answer to a recorded request."""

    case: Case
    facts: KindFacts
    state: LazyString
    due: DueWords
    rule: Rule | None
    contents: list[LazyString]
    steps: list[CaseEvent]
    answer: Answer | None
    files: list[CaseFile]
    questions: list[CaseQuestion]
    past_answers: list[PastAnswer]
    panels: list[Panel]
    duplicate_of: str
    units: dict[str, str]
    fields: list[str]
    may_know_sender: bool
    may_publish: bool
    sender: Identity | None = None


def unit_choices(db: Session) -> list[tuple[str, str]]:
    """Code and name of the units of today."""
    found: list[tuple[str, str]] = current_app.extensions["portal"].unit_choices(db)
    return found


def form_for(db: Session, kind: type[CaseForm], *args: Any) -> CaseForm:
    """A form with its lists of units and people."""
    form = kind(*args)
    form.prepare(unit_choices(db), _people(db))
    return form


def _people(db: Session) -> Choices:
    return [(name, f"{label} ({name})") for name, label in triage.officers(db)]


def build(
    db: Session,
    case: Case,
    *,
    staff: StaffMember,
    today: date,
    calendar: WorkingDays,
    unfinished: CaseForm | None = None,
    sender: Identity | None = None,
) -> CasePage:
    """The page; `unfinished` is a form that was refused and keeps what was typed."""
    state = State(case.state)
    twin = db.get(Case, case.possible_duplicate_of) if case.possible_duplicate_of else None
    moves = states.possible(state, staff.roles)
    return CasePage(
        case=case,
        facts=KINDS[Kind(case.kind)],
        state=STATE_LABELS[state],
        due=deadlines.in_words(case.due_on, today, calendar, waiting=state in states.UNFINISHED),
        rule=deadlines.rule_on(case.due_rule, clock.local_date(case.received_at)),
        contents=[CONTENT_TYPES[number] for number in unpack(case.content_types)],
        steps=history.of(db, case)[::-1],
        answer=db.get(Answer, case.id),
        files=files_of(db, case),
        questions=asking.questions(db, case),
        past_answers=sender_steps.past_answers(db, case),
        panels=_panels(db, case, moves, unfinished),
        duplicate_of=twin.code if twin is not None and permission.sees(staff, twin) else "",
        units=dict(unit_choices(db)),
        fields=triage.known_fields(db),
        may_know_sender=permission.may_know_sender(staff, case),
        may_publish=Move.PUBLISH in moves,
        sender=sender,
    )


def files_of(db: Session, case: Case) -> list[CaseFile]:
    """The files that came with a case, the first one first."""
    found = select(CaseFile).where(CaseFile.case_id == case.id).order_by(CaseFile.id)
    return list(db.scalars(found))


def _panels(
    db: Session, case: Case, moves: tuple[Move, ...], unfinished: CaseForm | None
) -> list[Panel]:
    units, people, panels = unit_choices(db), _people(db), []
    for kind in PANELS:
        refused = unfinished is not None and unfinished.move is kind.move
        if kind.move not in moves and not refused:
            continue
        if unfinished is not None and refused:
            form = unfinished
        else:
            form = kind(formdata=None)
            form.prepare(units, people)
            form.offer(case)
            _offer_draft(db, case, form)
        form.version.data = str(case.version)
        usual = NEXT.get(State(case.state)) is kind.move and unfinished is None
        panels.append(Panel(MOVE_LABELS[kind.move], form, refused or usual))
    return panels


def _offer_draft(db: Session, case: Case, form: CaseForm) -> None:
    answer = db.get(Answer, case.id) if isinstance(form, DraftForm) else None
    if isinstance(form, DraftForm) and answer is not None:
        form.text.data = answer.text
