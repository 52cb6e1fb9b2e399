"""What was typed into the form of a page: read, kept as it was typed, turned into its parts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from content.editorial.editing_forms import Box, Look
from portal.stamps import clean

Typed = dict[str, Any]
LONGEST_TEXT = 200_000
LONGEST_LINE = 3_000
MOST_ROWS = 400
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_BETWEEN_CODES = re.compile(r"[\s,;]+")
_NUMBER = re.compile(r"\d{1,6}")


def typed(boxes: Sequence[Box], pairs: Iterable[tuple[str, str]]) -> Typed:
    """The form as it was sent: `papers-0-papers-1-name` is a name within rows within rows."""
    nested: dict[str, Any] = {}
    for name, value in pairs:
        *above, last = name.split("-")
        inner: Any = nested
        for step in above:
            inner = inner.setdefault(step, {}) if isinstance(inner, dict) else None
        if isinstance(inner, dict) and isinstance(inner.setdefault(last, []), list):
            inner[last].append(clean(value).replace("\r\n", "\n"))
    return {box.name: _typed(box, nested.get(box.name)) for box in boxes}


def _typed(box: Box, given: Any) -> Any:
    if box.look is Look.ROWS:
        rows = given if isinstance(given, dict) else {}
        numbers = sorted((int(n), n) for n in rows if _NUMBER.fullmatch(n) and n.isascii())
        return [
            {one.name: _typed(one, rows[name].get(one.name)) for one in box.inner}
            for _number, name in numbers[:MOST_ROWS]
            if isinstance(rows[name], dict)
        ]
    values = given if isinstance(given, list) else []
    if box.look is Look.MANY:
        return [value for value in values if value]
    return values[-1] if values else ""


def written(boxes: Sequence[Box], page: Mapping[str, Any]) -> Typed:
    """The form of a page as it is kept; `page` holds its parts as JSON has them."""
    return {box.name: _written(box, page.get(box.name)) for box in boxes}


def _written(box: Box, value: Any) -> Any:
    match box.look:
        case Look.ROWS:
            rows = value if isinstance(value, list | tuple) else ()
            return [written(box.inner, row) for row in rows]
        case Look.MANY:
            return list(map(str, value or ()))
        case Look.LINES | Look.CODES:
            return "\n".join(map(str, value or ()))
        case Look.FILE:
            return str(value["sha256"]) if isinstance(value, Mapping) else ""
        case _:
            return "" if value is None else str(value)


def pruned(boxes: Sequence[Box], parts: Typed) -> Typed:
    """The same without rows into which nothing was typed."""
    kept = dict(parts)
    for box in boxes:
        if box.look is Look.ROWS:
            rows = (pruned(box.inner, row) for row in parts[box.name])
            kept[box.name] = [row for row in rows if any(row.values())]
    return kept


def read(boxes: Sequence[Box], parts: Typed, at: str = "") -> tuple[dict[str, Any], dict[str, str]]:
    """The parts as JSON has them, and what is wrong by the name of its field. Rows are pruned.

    What is empty is left out: unknown stays unknown, and no default takes its place.
    """
    page: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for box in boxes:
        name, given = f"{at}{box.name}", parts[box.name]
        if box.look is Look.ROWS:
            rows = []
            for number, row in enumerate(given):
                inner, wrong = read(box.inner, row, f"{name}-{number}-")
                rows.append(inner)
                errors.update(wrong)
            page[box.name] = rows
        elif words := _too_much(box, given):
            errors[name] = words
        else:
            try:
                page[box.name] = _value(box, given)
            except ValueError as error:
                errors[name] = str(error)
    return {name: value for name, value in page.items() if value is not None}, errors


def _too_much(box: Box, given: Any) -> str:
    text = "".join(given)
    most = LONGEST_LINE if box.look is Look.LINE else LONGEST_TEXT
    if len(text) > most:
        return str(
            _(
                "“%(label)s” dài quá: %(length)s chữ, nhiều nhất là %(most)s.",
                label=box.label, length=len(text), most=most,
            )
        )  # fmt: skip
    if "\ufffd" in text:
        return str(_("“%(label)s” có chữ bị hỏng (dấu �); hãy gõ lại chỗ đó.", label=box.label))
    return ""


def _value(box: Box, given: Any) -> Any:
    """Raises ValueError with a sentence."""
    match box.look:
        case Look.MANY:
            return given
        case Look.LINES:
            return [line.strip() for line in given.split("\n") if line.strip()]
        case Look.CODES:
            return [code for code in _BETWEEN_CODES.split(given) if code]
        case Look.NUMBER:
            return _number(box, given.strip())
        case Look.CHOICE:
            return (int(given) if given.isdigit() else given) if given else None
        case Look.DATE:
            return _day(box, given.strip())
        case Look.FILE:
            return {"sha256": given} if given else None
        case Look.LINE:
            return " ".join(given.split())
        case _:
            return given.strip()


def _number(box: Box, given: str) -> int | None:
    if not given:
        return None
    if not _NUMBER.fullmatch(given) or not given.isascii():
        raise ValueError(_("“%(label)s” phải là một số, ví dụ 1.", label=box.label))
    return int(given)


def _day(box: Box, given: str) -> str | None:
    """Days come as 2026-11-23 from a browser, and as 23/11/2026 from a person."""
    if not given:
        return None
    if found := _DAY.fullmatch(given):
        given = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise ValueError(
            _("“%(label)s” không phải một ngày; hãy ghi như 23/11/2026.", label=box.label)
        ) from error
