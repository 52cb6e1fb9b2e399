"""Checks a Vietnamese tax code by its check digit, so that a slip of the finger is noticed."""

import re

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
SEPARATORS = re.compile(r"[\s.\-]+")
PERSONAL_ID_DIGITS = 12


def clean(text: str) -> str:
    """Only the digits and letters of what was typed: "0100109106-001" and "0100109106 001"."""
    return SEPARATORS.sub("", text)


def is_valid(text: str) -> bool:
    """10 digits with check digit; 13 with a branch number; 12 for a household by personal number.

    The tenth digit is 10 minus (weighted sum of the first nine modulo 11). The personal number of
    12 digits has no public check digit: only its shape is looked at.
    """
    code = clean(text)
    if not code.isascii() or not code.isdigit():
        return False
    if len(code) == PERSONAL_ID_DIGITS:
        return code[0] == "0"
    if len(code) not in {10, 13} or code[10:] == "000":
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, code[:9], strict=True))
    return 10 - total % 11 == int(code[9])
