"""Which words of a text are new, which are gone, which stayed."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby, takewhile

# Beyond this many pairs of words (or lines) a text counts as written anew: a page must not wait.
MOST_PAIRS = 4_000_000
CONTEXT_CHARACTERS = 160
LEFT_OUT = " […] "

_WORD = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")


class Op(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


CHANGED = (Op.GONE, Op.NEW)


@dataclass(frozen=True)
class Piece:
    op: Op
    text: str


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The new text is what is the same and new, in this order; the old what is the same and gone.

    Lines are compared first, and words only within the lines that differ.
    """
    found = _compared(old.splitlines(keepends=True), new.splitlines(keepends=True), _by_words)
    return tuple(_joined(found))


def excerpt(whole: Iterable[Piece]) -> tuple[Piece, ...]:
    """The same pieces with long stretches that stayed shortened to what is near a change."""
    listed = list(whole)
    last = len(listed) - 1
    return tuple(
        Piece(one.op, _shortened(one.text, before=at > 0, after=at < last))
        if one.op == Op.SAME
        else one
        for at, one in enumerate(listed)
    )


def _by_words(old: list[str], new: list[str]) -> Iterator[Piece]:
    return _compared(
        _WORD.findall("".join(old)),
        _WORD.findall("".join(new)),
        lambda gone, come: iter((Piece(Op.GONE, "".join(gone)), Piece(Op.NEW, "".join(come)))),
    )


def _compared(
    old: list[str], new: list[str], within: Callable[[list[str], list[str]], Iterator[Piece]]
) -> Iterator[Piece]:
    """Tokens that stayed, and what `within` makes of the others."""
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    yield Piece(Op.SAME, "".join(old[:start]))
    yield from _middle(old[start : len(old) - end], new[start : len(new) - end], within)
    yield Piece(Op.SAME, "".join(old[len(old) - end :]))


def _middle(
    old: list[str], new: list[str], within: Callable[[list[str], list[str]], Iterator[Piece]]
) -> Iterator[Piece]:
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        yield from within(old, new)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for op, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if op == "equal":
            yield Piece(Op.SAME, "".join(old[from_old:to_old]))
        else:
            yield from within(old[from_old:to_old], new[from_new:to_new])


def _alike(old: list[str], new: list[str]) -> int:
    """How many tokens at the beginning are the same."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


def _joined(found: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one; between two stretches that stayed first gone, then new."""
    stayed = ""
    for same, run in groupby(found, lambda piece: piece.op == Op.SAME):
        listed = list(run)
        if same:
            stayed += "".join(piece.text for piece in listed)
            continue
        gone, new = ("".join(one.text for one in listed if one.op == op) for op in CHANGED)
        blank = _blank_before(gone, new)
        yield from _said(Op.SAME, stayed + blank)
        yield from _said(Op.GONE, gone[len(blank) :])
        yield from _said(Op.NEW, new[len(blank) :])
        stayed = ""
    yield from _said(Op.SAME, stayed)


def _said(op: Op, text: str) -> Iterator[Piece]:
    if text:
        yield Piece(op, text)


def _blank_before(gone: str, new: str) -> str:
    """The blank before a word stays when one word takes the place of another."""
    pairs = takewhile(
        lambda pair: pair[0] == pair[1] and pair[0].isspace(), zip(gone, new, strict=False)
    )
    return "".join(letter for letter, _other in pairs)


def _shortened(text: str, *, before: bool, after: bool) -> str:
    """Only what stands near a change before or after it."""
    kept = CONTEXT_CHARACTERS * (before + after)
    if len(text) <= kept + len(LEFT_OUT):
        return text
    head = text[:CONTEXT_CHARACTERS].rpartition(" ")[0] if before else ""
    tail = text[-CONTEXT_CHARACTERS:].partition(" ")[2] if after else ""
    return f"{head}{LEFT_OUT}{tail}".lstrip("" if before else " ")
