"""Takes a message in: number, code, secret, deadline and first step, all in one transaction."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import (
    deadlines,
    doubt,
    history,
    identity,
    kinds,
    receipts,
    recognising,
    register,
    waiting_files,
)
from feedback.deadlines import Deadline, WorkingDays
from feedback.identity import Identity
from feedback.kinds import KINDS, Kind
from feedback.models import Case
from feedback.recognising import OtherWay
from feedback.states import Move, State
from portal import clock, events, revisions, tasks
from portal.keys import KeyRing
from portal.revisions import Area
from search_index.analysis import fold

SALT_BYTES = 16
NOBODY = ""


@dataclass(frozen=True)
class Message:
    """What a sender wrote and chose, checked and cleaned by the form."""

    kind: Kind
    text: str
    stamp_nonce: str
    notice_version: str
    identity: Identity = field(default_factory=Identity)
    sender_kind: str = "person"
    channel: str = "web"
    language: str = "vi"
    about_unit: str = ""
    procedure: str = ""
    page_url: str = ""
    dossier_code: str = ""
    publish_name: bool = False
    ask_afterwards: bool = False
    quarantine_score: int = 0


@dataclass(frozen=True)
class Receipt:
    """What the sender keeps. `repeated`: this form had been sent before, nothing was added;
    `changed`: and its text was another one then. `quarantined`: a person looks at it first."""

    code: str
    secret: str
    kind: Kind
    received_at: datetime
    due_on: date | None
    due_rule: str
    text: str
    quarantined: bool = False
    repeated: bool = False
    changed: bool = False


def receive(
    db: Session, message: Message, *, ring: KeyRing, calendar: WorkingDays, now: datetime
) -> Receipt:
    """Register the message and return its receipt; the same stamp again gives the same receipt.

    The register row is locked first, so that two sendings of one form wait for each other, and a
    number is only used up if the whole intake is kept. A doubtful message is kept in quarantine:
    it has no number and no deadline until somebody releases it.
    """
    today = clock.local_date(now)
    book = register.locked(db, today.year)
    digest = _content_digest(message, ring)
    earlier = db.scalar(select(Case).where(Case.stamp_nonce == message.stamp_nonce))
    if earlier is not None:
        more = waiting_files.of(db, message.stamp_nonce)
        changed = earlier.content_digest != digest or bool(more)
        return _receipt(earlier, ring, repeated=True, changed=changed)
    kind = kinds.filed_as(message.kind, language=message.language, text=message.text)
    case = _case(message, kind, deadlines.on_receipt(kind, today, calendar), ring, now)
    case.code = _free_code(db, today)
    if case.state == State.REGISTERED:
        register.enter(case, book)
    case.content_digest = digest
    case.possible_duplicate_of = _earlier_alike(db, digest)
    case.search_text = _search_text(case)
    db.add(case)
    db.flush()
    if message.identity:
        identity.keep(db, case, message.identity, ring)
    waiting_files.attach(db, case, now)
    history.add(db, case, Move.RECEIVE, actor=NOBODY, ring=ring, now=now)
    _warn(db, case, now)
    if case.state == State.REGISTERED:
        tell(db, case, now)
    return _receipt(case, ring)


def is_known(db: Session, nonce: str) -> bool:
    """Whether this showing of the form has been sent already."""
    return db.scalar(select(Case.id).where(Case.stamp_nonce == nonce)) is not None


def _case(message: Message, kind: Kind, deadline: Deadline, ring: KeyRing, now: datetime) -> Case:
    secret = receipts.secret_for(ring, message.stamp_nonce)
    held = message.quarantine_score >= doubt.QUARANTINE_FROM
    deadline = Deadline(None, "") if held else deadline
    return Case(
        kind=kind,
        chosen_kind=message.kind,
        sender_kind=message.sender_kind,
        channel=message.channel,
        language=message.language,
        text=message.text,
        about_unit=message.about_unit,
        procedure=message.procedure,
        page_url=message.page_url,
        dossier_code=message.dossier_code,
        state=State.QUARANTINED if held else State.REGISTERED,
        locked=recognising.other_way(message.text) is OtherWay.DENUNCIATION,
        alarm=recognising.alarm(message.text) or "",
        competence="undecided",
        content_types=kinds.pack(KINDS[kind].content_types),
        due_on=deadline.due_on,
        due_rule=deadline.rule,
        received_at=now,
        changed_at=now,
        stamp_nonce=message.stamp_nonce,
        secret_digest=ring.secret_digest(receipts.plain_secret(secret)),
        publish_name=message.publish_name,
        ask_afterwards=message.ask_afterwards,
        notice_version=message.notice_version,
        quarantine_score=message.quarantine_score,
        salt=secrets.token_bytes(SALT_BYTES),
    )


def _free_code(db: Session, day: date) -> str:
    """A code nobody has; the register row is held, so none can be taken in between."""
    attempt = 0
    while True:
        code = receipts.draw_code(day, attempt)
        if db.scalar(select(Case.id).where(Case.code == code)) is None:
            return code
        attempt += 1


def _content_digest(message: Message, ring: KeyRing) -> str:
    content = " ".join(message.text.split()).lower()
    return ring.blind(f"{message.kind}\n{content}", purpose="case.content")


def _earlier_alike(db: Session, digest: str) -> int | None:
    alike = select(Case.id).where(Case.content_digest == digest)
    return db.scalar(alike.order_by(Case.id).limit(1))


def _search_text(case: Case) -> str:
    return fold(" ".join((case.code, case.text, case.about_unit, case.procedure, case.page_url)))


def _warn(db: Session, case: Case, now: datetime) -> None:
    """A danger is put on the duty sheet at once, even where the message waits for a second look."""
    if case.alarm:
        tasks.open_task(db, kind="duty-sheet", subject=case.code, origin=case.alarm, now=now)
        events.emit(db, "feedback.alarm", code=case.code, alarm=case.alarm)


def tell(db: Session, case: Case, now: datetime) -> None:
    """Say that a case stands in the register: to the other rooms, and to the figures."""
    if case.kind == Kind.WEBSITE and case.page_url:
        tasks.open_task(db, kind="mend-page", subject=case.page_url, origin=case.code, now=now)
    events.emit(db, "feedback.received", code=case.code, kind=case.kind, page_url=case.page_url)
    revisions.advance(db, Area.FIGURES)


def _receipt(
    case: Case, ring: KeyRing, *, repeated: bool = False, changed: bool = False
) -> Receipt:
    return Receipt(
        code=case.code,
        secret=receipts.secret_for(ring, case.stamp_nonce),
        kind=Kind(case.kind),
        received_at=case.received_at,
        due_on=case.due_on,
        due_rule=case.due_rule,
        text=case.text,
        quarantined=case.state == State.QUARANTINED,
        repeated=repeated,
        changed=changed,
    )
