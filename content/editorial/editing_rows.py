"""Adds, moves and drops the rows of a form by its buttons; nothing that was typed is lost."""

from collections.abc import Sequence

from content.editorial.editing_forms import Box, Look
from content.editorial.editing_reading import MOST_ROWS, Typed

ADD, UP, DOWN, DROP = "them", "len", "xuong", "bo"


def blank(boxes: Sequence[Box]) -> Typed:
    """A row into which nothing was typed yet."""
    return {box.name: [] if box.look in {Look.ROWS, Look.MANY} else "" for box in boxes}


def done(boxes: Sequence[Box], parts: Typed, command: str) -> str:
    """Do what a button says, such as "them:papers-0-papers"; the field to go to, or nothing.

    A button that fits no row does nothing.
    """
    verb, _colon, place = command.partition(":")
    steps = place.split("-")
    row_number = None if verb == ADD else _number(steps.pop())
    found = _rows(boxes, parts, steps)
    if found is None or (verb != ADD and row_number is None):
        return ""
    box, rows = found
    if verb == ADD:
        if len(rows) >= MOST_ROWS:
            return ""
        rows.append(_first(box))
        return f"{place}-{len(rows) - 1}-{box.inner[0].name}"
    assert row_number is not None
    return _moved(verb, "-".join(steps), box, rows, row_number)


def _moved(verb: str, place: str, box: Box, rows: list[Typed], number: int) -> str:
    if number >= len(rows):
        return ""
    if verb == DROP:
        del rows[number]
        return f"{place}-add"
    target = number + {UP: -1, DOWN: 1}.get(verb, 0)
    if not 0 <= target < len(rows):
        return f"{place}-{number}-{box.inner[0].name}"
    rows[number], rows[target] = rows[target], rows[number]
    return f"{place}-{target}-{box.inner[0].name}"


def _first(box: Box) -> Typed:
    """A new row; where rows stand within it, it begins with one of those."""
    row = blank(box.inner)
    for one in box.inner:
        if one.look is Look.ROWS:
            row[one.name] = [blank(one.inner)]
    return row


def _rows(
    boxes: Sequence[Box], parts: Typed, steps: Sequence[str]
) -> tuple[Box, list[Typed]] | None:
    fitting = (one for one in boxes if one.look is Look.ROWS and one.name in steps[:1])
    box = next(fitting, None)
    if box is None:
        return None
    rows: list[Typed] = parts[box.name]
    if len(steps) == 1:
        return box, rows
    number = _number(steps[1])
    if number is None or number >= len(rows) or len(steps) == 2:
        return None
    return _rows(box.inner, rows[number], steps[2:])


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None
