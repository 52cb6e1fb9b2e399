"""The code and the secret a sender gets, and the QR picture of the code."""

import re
import secrets
from datetime import date

import segno

from portal.keys import KeyRing

# No 0, O, 1, I: people copy the secret from paper. 32 letters, 5 bits each.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SECRET_LETTERS = 12
GROUP = 4
CODE_DIGITS = 4
TRIES_PER_LENGTH = 8
CODE = re.compile(r"PAKN\D{0,3}(\d{8})\D{0,3}(\d{4,8})")


def secret_for(ring: KeyRing, nonce: str) -> str:
    """The secret that belongs to this showing of the form: 60 bits, "ABCD-EFGH-JKLM".

    It is derived, not drawn, so that the very same receipt can be shown again to who repeats the
    same sending, although only its fingerprint is kept.
    """
    number = int(ring.mac("secret", f"receipt\n{nonce}"), 16)
    letters = ""
    for _position in range(SECRET_LETTERS):
        number, rest = divmod(number, len(ALPHABET))
        letters += ALPHABET[rest]
    return "-".join(letters[start : start + GROUP] for start in range(0, SECRET_LETTERS, GROUP))


def plain_secret(typed: str) -> str:
    """A secret as it is compared: without gaps, in capitals."""
    return re.sub(r"[^0-9A-Za-z]", "", typed)[:100].upper()


def plain_code(typed: str) -> str:
    """A code as it is kept, from whatever way it was typed; "" if it cannot be one."""
    found = CODE.fullmatch(typed.strip().upper())
    return f"PAKN.{found[1]}.{found[2]}" if found else ""


def draw_code(day: date, attempt: int) -> str:
    """A code by chance, which says nothing about the register; longer after many attempts."""
    digits = CODE_DIGITS + attempt // TRIES_PER_LENGTH
    return f"PAKN.{day:%Y%m%d}.{secrets.randbelow(10**digits):0{digits}d}"


def qr_picture(address: str) -> str:
    """The QR code of an address, as the text of an image source."""
    # One of the eight patterns, not the best of them: trying all took 4 of 6 ms, any can be read.
    return str(segno.make(address, error="m", mask=4).svg_data_uri(scale=4, border=4))
