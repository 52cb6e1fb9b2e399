"""How doubtful a message is: points lead to a second look, and never to a refusal.

Many people can stand behind one address of a telephone network. So the first sendings of an hour
pass, the next ones wait a little, later ones show that a browser worked for them, and only after
many does each message wait for a person's look.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from feedback.proof import Shown
from portal import limits

SCOPE = "feedback.send"
WINDOW = timedelta(hours=1)
SENDINGS_BEFORE_SLOWNESS = 10
SENDINGS_BEFORE_PROOF = 20
SENDINGS_BEFORE_QUARANTINE = 60
SECONDS_PER_SENDING = 0.02
LONGEST_PAUSE_SECONDS = 0.5
SECONDS_BETWEEN_SENDINGS = 60

QUARANTINE_FROM = 5
TRAPPED = 5
FAST = 2
FROM_ELSEWHERE = 2
TOO_MANY = 5
FOR_PROOF = {Shown.WORK: 0, Shown.PATIENCE: 3, Shown.NOTHING: 5}
FAST_SECONDS = 3


@dataclass(frozen=True)
class Pressure:
    """How many messages one address has sent within the hour, and what follows from it."""

    sent: int

    @property
    def pause(self) -> float:
        """Seconds to wait before the answer, with no transaction open."""
        many = max(0, self.sent - SENDINGS_BEFORE_SLOWNESS)
        return min(LONGEST_PAUSE_SECONDS, many * SECONDS_PER_SENDING)

    @property
    def retry_after(self) -> int:
        """What the answer tells a program; 0 for nothing."""
        return SECONDS_BETWEEN_SENDINGS if self.sent >= SENDINGS_BEFORE_SLOWNESS else 0

    @property
    def asks_proof(self) -> bool:
        return self.sent >= SENDINGS_BEFORE_PROOF

    def points(self, shown: Shown) -> int:
        """Points for the sending that comes next."""
        if not self.asks_proof:
            return 0
        return FOR_PROOF[shown] + TOO_MANY * (self.sent >= SENDINGS_BEFORE_QUARANTINE)


def pressure(db: Session, key: str, now: datetime) -> Pressure:
    """`key` is the fingerprint of the address for today."""
    return Pressure(limits.count(db, scope=SCOPE, key=key, window=WINDOW, now=now))


def count(db: Session, key: str, now: datetime) -> None:
    """One more message came from this address."""
    limits.hit(db, scope=SCOPE, key=key, window=WINDOW, now=now)
