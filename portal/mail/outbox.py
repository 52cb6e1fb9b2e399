"""The outbox: a letter is written in the transaction of its cause and carried by the worker."""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.database import Database, lock
from portal.keys import KeyRing
from portal.mail.carriers import Carrier, Never, NotNow
from portal.mail.letters import Letter
from portal.mail.models import OutboxLetter, Standing

EMAIL = "email"
PAUSES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240, 480, 720, 720, 720)
)
LONGEST_CARRYING = timedelta(minutes=5)
LETTERS_AT_ONCE = 50
TABLE, COLUMN = OutboxLetter.__tablename__, "recipient"
# Deliberately narrow: what is unusual is refused rather than carried into a header.
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}")


class BadAddress(ValueError):
    """This is no address a letter can go to."""


def put(
    db: Session,
    *,
    ring: KeyRing,
    recipient: str,
    subject: str,
    body: str,
    language: str,
    origin: str,
    now: datetime,
    channel: str = EMAIL,
) -> OutboxLetter:
    """Have this letter carried once the transaction has committed. Raises BadAddress."""
    if channel == EMAIL and not ADDRESS.fullmatch(recipient):
        raise BadAddress(recipient)
    nonce = secrets.token_hex(16)
    letter = OutboxLetter(
        nonce=nonce,
        channel=channel,
        recipient=ring.seal(recipient, table=TABLE, column=COLUMN, row=nonce),
        subject=" ".join(subject.split())[:200],
        body=body,
        language=language,
        origin=origin,
        standing=Standing.WAITING,
        next_at=now,
        made_at=now,
    )
    db.add(letter)
    db.flush()
    return letter


def carry_due(
    store: Database,
    carriers: Mapping[str, Carrier],
    *,
    ring: KeyRing,
    sender_name: str,
    now: datetime,
) -> int:
    """Carry what is due, one letter after another; returns how many were handed over.

    A letter is first marked as under way for five minutes, so that two workers never carry the
    same one; a worker that dies in between leaves it to be tried again.
    """
    sent = 0
    for letter_id in _due(store, now):
        letter = _claim(store, letter_id, ring=ring, sender_name=sender_name, now=now)
        if letter is None:
            continue
        trouble, dead = _handed_over(carriers.get(letter.channel), letter)
        _settle(store, letter_id, trouble=trouble, dead=dead, now=now)
        sent += not trouble
    return sent


def _due(store: Database, now: datetime) -> list[int]:
    waiting = select(OutboxLetter.id).where(
        OutboxLetter.standing == Standing.WAITING, OutboxLetter.next_at <= now
    )
    with store.read() as db:
        return list(db.scalars(waiting.order_by(OutboxLetter.id).limit(LETTERS_AT_ONCE)))


def _claim(
    store: Database, letter_id: int, *, ring: KeyRing, sender_name: str, now: datetime
) -> Letter | None:
    with store.write() as db:
        row = lock(db, OutboxLetter, letter_id)
        if row is None or row.standing != Standing.WAITING or row.next_at > now:
            return None
        row.attempts, row.next_at = row.attempts + 1, now + LONGEST_CARRYING
        db.commit()
        return Letter(
            nonce=row.nonce,
            channel=row.channel,
            recipient=ring.open(row.recipient, table=TABLE, column=COLUMN, row=row.nonce),
            sender_name=sender_name,
            subject=row.subject,
            body=row.body,
            language=row.language,
            made_at=row.made_at,
        )


def _handed_over(carrier: Carrier | None, letter: Letter) -> tuple[str, bool]:
    """What went wrong ("" if nothing), and whether trying again is of no use."""
    if carrier is None:
        return f"kênh {letter.channel} chưa được mở", True
    try:
        carrier.carry(letter)
    except NotNow as error:
        return str(error), False
    except Never as error:
        return str(error), True
    return "", False


def _settle(store: Database, letter_id: int, *, trouble: str, dead: bool, now: datetime) -> None:
    with store.write() as db:
        row = lock(db, OutboxLetter, letter_id)
        assert row is not None
        row.trouble = trouble[:300]
        if not trouble:
            row.standing, row.ended_at = Standing.SENT, now
        elif dead or row.attempts > len(PAUSES):
            row.standing, row.ended_at = Standing.DEAD, now
        else:
            row.next_at = now + PAUSES[row.attempts - 1]
        db.commit()


def try_again(db: Session, letter_id: int, *, now: datetime) -> bool:
    """Let a dead letter wait once more, from the first attempt on; False if it is not dead."""
    row = lock(db, OutboxLetter, letter_id)
    if row is None or row.standing != Standing.DEAD:
        return False
    row.standing, row.attempts, row.next_at, row.ended_at = Standing.WAITING, 0, now, None
    db.flush()
    return True


def dead(db: Session) -> list[OutboxLetter]:
    """Letters nobody could carry, the newest first."""
    found = select(OutboxLetter).where(OutboxLetter.standing == Standing.DEAD)
    return list(db.scalars(found.order_by(OutboxLetter.id.desc()).limit(200)))


def waiting(db: Session) -> int:
    counted = select(func.count(OutboxLetter.id)).where(OutboxLetter.standing == Standing.WAITING)
    return db.scalar(counted) or 0
