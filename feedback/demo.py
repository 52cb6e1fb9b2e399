"""Fills the feedback room for shows: invented messages over six months, in every state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback import answering, publishing, triage
from feedback.cases import Clerk
from feedback.demo_texts import COMPANIES, NAMES, REFUSED, STORIES, Story
from feedback.forms import NOTICE_VERSION
from feedback.identity import Identity
from feedback.intake import Message, receive
from feedback.kinds import Kind
from feedback.models import Case
from feedback.publishing import Publication, TracesLeft
from feedback.states import State
from feedback.triage import Classification
from portal import workdays
from portal.demonstration import APPROVER, OFFICER, SECOND_OFFICER, Stage

CASES = 90
SPREAD = timedelta(days=180)
# Of ten cases as old as they are here most are done; what came lately is still under way.
ENDINGS = (
    *[State.PUBLISHED] * 4, *[State.ANSWERED] * 3, State.CLOSED, State.TRANSFERRED,
    State.WITHDRAWN,
)  # fmt: skip
OPENINGS = (
    State.REGISTERED, State.CLASSIFIED, State.ASSIGNED, State.DRAFTED, State.APPROVED,
    State.NOT_ACCEPTED,
)  # fmt: skip
LATELY = timedelta(days=20)


Act = Callable[[Session, Clerk, Case], None]


@dataclass
class Tale:
    """One invented case: what is written, when, and where it ends."""

    number: int
    story: Story
    ending: State
    began: datetime
    slow: bool
    code: str = ""


@dataclass(frozen=True)
class Turn:
    """What happens to a case at a moment; without `act` it arrives."""

    at: datetime
    tale: Tale
    who: str = OFFICER
    act: Act | None = None


def count(db: Session) -> int:
    """How many messages there are that may be real."""
    return db.scalar(select(func.count()).select_from(Case)) or 0


def fill(db: Session, stage: Stage) -> str:
    """Send the invented messages and take each as far as its ending, in the order of time."""
    tales = [_tale(stage, number) for number in range(CASES)]
    turns = [turn for tale in tales for turn in _turns(tale, stage)]
    calendar = workdays.load(db)
    for turn in sorted(turns, key=lambda one: (one.at, one.tale.number)):
        clerk = Clerk(stage.staff[turn.who], turn.at, stage.ring, calendar)
        if turn.act is None:
            message = _message(turn.tale, stage)
            made = receive(db, message, ring=stage.ring, calendar=calendar, now=turn.at)
            turn.tale.code = made.code
        else:
            chosen = select(Case).where(Case.code == turn.tale.code)
            turn.act(db, clerk, db.scalars(chosen).one())
    return f"Phản ánh, kiến nghị: {len(tales)} trường hợp giả định."


def _tale(stage: Stage, number: int) -> Tale:
    """The older, the likelier done; every state comes up whatever the chance."""
    chance = stage.chance
    age = SPREAD * (CASES - number) / CASES - timedelta(hours=chance.randint(1, 9))
    began = stage.now - max(age, timedelta(hours=2))
    lately = stage.now - began < LATELY
    ending = OPENINGS[number % len(OPENINGS)] if lately else chance.choice(ENDINGS)
    story = REFUSED if ending is State.NOT_ACCEPTED else STORIES[number % len(STORIES)]
    if ending is State.TRANSFERRED and story.triage not in {"K1", "K3"}:
        ending = State.ANSWERED
    return Tale(number, story, ending, began, slow=chance.random() < 0.12)


def _turns(tale: Tale, stage: Stage) -> list[Turn]:
    """The case's way, spread over the time it has; a slow one takes longer than it may."""
    acts = _acts(tale)
    whole = timedelta(days=45 if tale.slow else stage.chance.randint(3, 9))
    pause = min(whole, (stage.now - tale.began) * 0.9) / (len(acts) + 1)
    found = [Turn(tale.began, tale)]
    for place, (who, act) in enumerate(acts, start=1):
        found.append(Turn(tale.began + pause * place, tale, who, act))
    return found


def _acts(tale: Tale) -> list[tuple[str, Act]]:
    officer = OFFICER if tale.number % 2 else SECOND_OFFICER
    way = {State.REGISTERED: 0, State.CLASSIFIED: 1, State.NOT_ACCEPTED: 1}
    long_way: list[tuple[str, Act]] = [
        (officer, partial(_classify, tale)),
        (officer, partial(_assign, officer)),
        (officer, partial(_draft, tale)),
        (APPROVER, lambda db, clerk, case: answering.approve(db, case, clerk=clerk)),
        (officer, lambda db, clerk, case: answering.send(db, case, clerk=clerk)),
        (APPROVER, partial(_publish, tale)),
    ]
    if tale.ending is State.WITHDRAWN:
        return [*long_way[:2], (officer, _withdraw)]
    if tale.ending is State.TRANSFERRED:
        return [*long_way[:1], (officer, _transfer)]
    if tale.ending is State.CLOSED:
        return [*long_way[:5], (officer, _close)]
    way |= {State.ASSIGNED: 2, State.DRAFTED: 3, State.APPROVED: 4, State.ANSWERED: 5}
    return long_way[: way.get(tale.ending, len(long_way))]


def _message(tale: Tale, stage: Stage) -> Message:
    company = COMPANIES[tale.number % len(COMPANIES)] if tale.number % 4 == 0 else ""
    return Message(
        kind=tale.story.kind,
        text=f"{tale.story.text} (Nội dung giả định số {stage.batch}.{tale.number + 1})",
        stamp_nonce=f"demo-{stage.batch}-{tale.number}",
        notice_version=NOTICE_VERSION,
        identity=Identity(
            name=NAMES[tale.number % len(NAMES)],
            address=f"Số {tale.number + 1} đường Giả Định",
            phone=f"0900 000 {tale.number:03}",
            organisation=company,
        ),
        sender_kind="organisation" if company else "person",
        procedure=tale.story.procedure,
        page_url="/bieu-mau" if tale.story.kind is Kind.WEBSITE else "",
    )


def _classify(tale: Tale, db: Session, clerk: Clerk, case: Case) -> None:
    story = tale.story
    own = "own" if story.triage != "K3" else "other"
    decision = Classification(story.kind, story.triage, story.types, story.field, own)
    triage.classify(db, case, decision, clerk, message=story.answer)


def _assign(officer: str, db: Session, clerk: Clerk, case: Case) -> None:
    triage.assign(db, case, unit_code=None, officer=officer, clerk=clerk)


def _draft(tale: Tale, db: Session, clerk: Clerk, case: Case) -> None:
    answering.draft(db, case, text=tale.story.answer, clerk=clerk)


def _publish(tale: Tale, db: Session, clerk: Clerk, case: Case) -> None:
    wanted = Publication(tale.story.title, tale.story.text, tale.story.answer)
    try:
        publishing.publish(db, case, wanted, clerk=clerk, allowed=())
    except TracesLeft as left:
        publishing.publish(db, case, left.masked, clerk=clerk, allowed=())


def _withdraw(db: Session, clerk: Clerk, case: Case) -> None:
    triage.withdraw(db, case, reason="Người gửi giả định đề nghị rút.", clerk=clerk)


def _transfer(db: Session, clerk: Clerk, case: Case) -> None:
    triage.transfer(db, case, agency="Cơ quan giả định", clerk=clerk)


def _close(db: Session, clerk: Clerk, case: Case) -> None:
    triage.close(db, case, reason="Đã trả lời xong (giả định).", clerk=clerk)
