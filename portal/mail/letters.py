"""A letter as its writer gives it and as its carrier gets it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Letter:
    """What is carried: to whom, in whose name, what it says."""

    nonce: str
    channel: str
    recipient: str
    sender_name: str
    subject: str
    body: str
    language: str
    made_at: datetime
