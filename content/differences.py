"""What is different between two versions of a page: part by part, and word by word within a part.

Rows (steps, methods, papers, citations …) are matched by their name, so that one that has only
moved is not shown as gone and new.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from textwrap import shorten
from typing import Any

from flask_babel import lazy_gettext as _l

from content import part_labels, word_differences
from content.row_matching import Pair, matched, name_of
from content.shapes import PaperGroup, Shape
from content.word_differences import Op, Piece

ORDER = _l("thứ tự")
UNNAMED = _l("chung")
LONGEST_NAME = 120


@dataclass(frozen=True)
class Change:
    """One part that differs; `row` says which row of it, empty where the part is one text.

    `old` is empty for what is new, `new` for what is gone.
    """

    part: str
    label: str
    old: str
    new: str
    row: str = ""

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The same words and the new ones give `new`; the same and the gone give `old`."""
        if self.old == self.new:  # only in what people do not read, such as a blank
            return Piece(Op.GONE, self.old), Piece(Op.NEW, self.new)
        return word_differences.pieces(self.old, self.new)

    @cached_property
    def excerpt(self) -> tuple[Piece, ...]:
        """The pieces without what is far from every change."""
        return word_differences.excerpt(self.pieces)


def between(old: Shape | None, new: Shape) -> tuple[Change, ...]:
    """What has changed, in the order of the page; against None everything said is new.

    Raises ValueError for pages of different kinds.
    """
    if old is not None and type(old) is not type(new):
        raise ValueError("only pages of one kind can be compared")
    changes: list[Change] = []
    for part, field in type(new).model_fields.items():
        after = getattr(new, part)
        before = field.get_default() if old is None else getattr(old, part)
        if before != after:
            label = part_labels.of(type(new), part)
            known = () if isinstance(after, tuple) else None
            changes += _part(part, label, known if old is None else before, after, "")
    return tuple(changes)


def changed_parts(old: Shape, new: Shape) -> tuple[str, ...]:
    """The names of the parts that differ; quick, for lists."""
    return tuple(
        part for part in type(new).model_fields if getattr(old, part) != getattr(new, part)
    )


def _part(part: str, label: str, old: Any, new: Any, row: str) -> Iterator[Change]:
    if _has_rows(old) or _has_rows(new):
        yield from _rows(part, label, old, new, row)
    else:
        yield Change(part, label, said(old), said(new), row)


def _has_rows(value: Any) -> bool:
    return isinstance(value, tuple) and any(isinstance(row, Shape) for row in value)


def _rows(
    part: str, label: str, old: Sequence[Shape], new: Sequence[Shape], above: str
) -> Iterator[Change]:
    pairs = matched(old, new)
    if _have_moved(pairs):
        before, after = ("\n".join(map(_row_name, rows)) for rows in (old, new))
        yield Change(part, label, before, after, _under(above, str(ORDER)))
    for pair in pairs:
        if pair.old != pair.new:
            yield from _row(part, label, pair, above)


def _row(part: str, label: str, pair: Pair, above: str) -> Iterator[Change]:
    named = _under(above, _row_name(pair.new or pair.old))
    if isinstance(pair.old, PaperGroup) and isinstance(pair.new, PaperGroup):
        if pair.old.title != pair.new.title:
            yield Change(part, label, pair.old.title, pair.new.title, named)
        if pair.old.papers != pair.new.papers:
            yield from _rows(part, label, pair.old.papers, pair.new.papers, named)
    else:
        yield Change(part, label, said(pair.old), said(pair.new), named)


def _have_moved(pairs: Sequence[Pair]) -> bool:
    places = [pair.was_at for pair in pairs if pair.was_at is not None and pair.new is not None]
    return places != sorted(places)


def _row_name(row: Shape | None) -> str:
    name = said(name_of(row)) if row is not None else ""
    return shorten(name, LONGEST_NAME, placeholder=" …") or str(UNNAMED)


def _under(above: str, name: str) -> str:
    return f"{above} / {name}" if above else name


def said(value: Any) -> str:
    """A part as people read it: lists line by line, rows with what their parts are called."""
    if value is None:
        return ""
    if isinstance(value, StrEnum):
        labels = part_labels.VALUES.get(type(value), {})
        return str(labels.get(value, value))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, tuple):
        return "\n".join(map(said, value))
    if isinstance(value, Shape):
        return "\n".join(_lines(value))
    return str(value)


def _lines(row: Shape) -> Iterator[str]:
    """The first part bare, the others with their names; what is not known is left out."""
    for at, part in enumerate(type(row).model_fields):
        words = said(getattr(row, part))
        if words:
            yield f"{part_labels.of(type(row), part)}: {words}" if at else words
