"""A proof that a browser worked or a person waited, asked only where very many messages come.

The puzzle has the form that ALTCHA made known: find the number that, behind the salt, gives the
challenge as its SHA-256. It belongs to one showing of one form, which can be sent only once; so
nothing has to be remembered to keep a solution from being used twice.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum

from portal.keys import KeyRing

MOST = 60_000
WAIT_SECONDS = 20
VALID_SECONDS = 2 * 3600
SALT_BYTES = 12


class Shown(StrEnum):
    """What came with the form."""

    WORK = "work"
    PATIENCE = "patience"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Puzzle:
    """What the page carries: `salt` ends in the second at which it was made."""

    salt: str
    challenge: str
    signature: str

    def __str__(self) -> str:
        return ":".join((self.salt, self.challenge, self.signature))


def make(ring: KeyRing, nonce: str, now: float) -> Puzzle:
    """A puzzle for the form shown under this nonce; `now` in seconds since 1970."""
    salt = f"{secrets.token_hex(SALT_BYTES)}.{int(now)}."
    challenge = _challenge(salt, secrets.randbelow(MOST))
    return Puzzle(salt, challenge, _signature(ring, salt, challenge, nonce))


def check(ring: KeyRing, nonce: str, puzzle: str, number: str, now: float) -> Shown:
    """What the puzzle and the number found for it show; anything odd shows nothing."""
    salt, challenge, signature = (*puzzle[:300].split(":"), "", "", "")[:3]
    expected = _signature(ring, salt, challenge, nonce)
    if not hmac.compare_digest(signature.encode(), expected.encode()):
        return Shown.NOTHING
    waited = now - int(salt.split(".")[1])
    if not 0 <= waited <= VALID_SECONDS:
        return Shown.NOTHING
    small = number.isascii() and number.isdigit() and len(number) <= len(str(MOST))
    if small and _challenge(salt, int(number)) == challenge:
        return Shown.WORK
    return Shown.PATIENCE if waited >= WAIT_SECONDS else Shown.NOTHING


def _challenge(salt: str, number: int) -> str:
    return hashlib.sha256(f"{salt}{number}".encode()).hexdigest()


def _signature(ring: KeyRing, salt: str, challenge: str, nonce: str) -> str:
    return ring.mac("stamp", f"proof\n{salt}\n{challenge}\n{nonce}")
