"""The form of each kind of page, taken from what such a page consists of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from flask_babel import lazy_gettext as _l

from content import part_labels
from content.editorial.editing_layout import (
    HINTS,
    LISTED,
    MARKDOWN,
    NEVER_ASKED,
    NOT_OF_KIND,
    ONLY_WHEN_NEW,
    PARAGRAPHS,
    ROWS_OF,
    SECTIONS,
    STEPPED,
)
from content.leaf_shapes import FileRef
from content.shapes import Code, Shape

Option = tuple[str, str]
UNNAMED = _l("Khác")


class Look(StrEnum):
    """How a part is asked for."""

    LINE = "line"
    TEXT = "text"
    MARKDOWN = "markdown"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    MANY = "many"
    LINES = "lines"
    CODES = "codes"
    ROWS = "rows"
    FILE = "file"


@dataclass(frozen=True)
class Box:
    """One part of a page in its form.

    `needed` where the page cannot be without; `listed` names the list of suggestions; `first` is
    what a choice says before anything was chosen, and `inner` the parts of one row.
    """

    name: str
    label: str
    look: Look
    hint: str = ""
    needed: bool = False
    rows: int = 3
    listed: str = ""
    options: tuple[Option, ...] = ()
    inner: tuple["Box", ...] = ()
    row_name: str = ""


@dataclass(frozen=True)
class Section:
    """Parts that stand together under a heading."""

    key: str
    title: str
    boxes: tuple[Box, ...]


@lru_cache(maxsize=64)
def sections(shape: type[Shape], kind: str, *, is_new: bool = False) -> tuple[Section, ...]:
    """The form of this kind; the address of a page is asked only while it is new."""
    unasked = NOT_OF_KIND.get(kind, frozenset())
    boxes = {b.name: b for b in _boxes(shape, is_new=is_new) if b.name not in unasked}
    made = []
    for key, title, names in SECTIONS.get(shape.__name__, ()):
        chosen = tuple(boxes.pop(name) for name in names if name in boxes)
        if chosen:
            made.append(Section(key, title, chosen))
    if boxes:
        made.append(Section("khac", UNNAMED, tuple(boxes.values())))
    return tuple(made)


def boxes(shape: type[Shape], kind: str, *, is_new: bool = False) -> tuple[Box, ...]:
    """All parts that are asked for, whatever section they stand in."""
    return tuple(box for one in sections(shape, kind, is_new=is_new) for box in one.boxes)


def _boxes(shape: type[Shape], *, is_new: bool) -> list[Box]:
    skipped = NEVER_ASKED | (set() if is_new else ONLY_WHEN_NEW)
    return [
        _box(shape, name, part.annotation, needed=part.is_required())
        for name, part in shape.model_fields.items()
        if name not in skipped and (shape.__name__, name) not in NEVER_ASKED
    ]


def _box(shape: type[Shape], name: str, annotation: Any, *, needed: bool) -> Box:
    place = (shape.__name__, name)
    kind, many, optional = _plain(annotation)
    look, options, inner = _look(place, kind, many=many)
    if optional and look is Look.CHOICE and place not in STEPPED:
        options = (("", _l("Chưa rõ")), *options)
    elif look is Look.CHOICE and needed:
        options = (("", _l("Chọn…")), *options)
    return Box(
        name=name,
        label=part_labels.PARTS.get(shape, {}).get(name, name),
        look=look,
        hint=HINTS.get(place, ""),
        needed=needed,
        rows=PARAGRAPHS.get(place, 24 if look is Look.MARKDOWN else 3),
        listed=LISTED.get(place, ""),
        options=options,
        inner=inner,
        row_name=ROWS_OF.get(kind.__name__, _l("Dòng")) if look is Look.ROWS else "",
    )


def _look(
    place: tuple[str, str], kind: Any, *, many: bool
) -> tuple[Look, tuple[Option, ...], tuple[Box, ...]]:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        words = part_labels.VALUES.get(kind, {})
        options = tuple((one.value, words.get(one, one.value)) for one in kind)
        return (Look.MANY if many else Look.CHOICE), options, ()
    if kind is FileRef:
        return Look.FILE, (), ()
    if isinstance(kind, type) and issubclass(kind, Shape):
        return Look.ROWS, (), tuple(_boxes(kind, is_new=False))
    if place in STEPPED:
        return Look.CHOICE, STEPPED[place], ()
    if many:
        return (Look.CODES if kind is CODE else Look.LINES), (), ()
    if kind is int:
        return Look.NUMBER, (), ()
    if kind is date:
        return Look.DATE, (), ()
    if place in MARKDOWN:
        return Look.MARKDOWN, (), ()
    return (Look.TEXT if place in PARAGRAPHS else Look.LINE), (), ()


class CODE:
    """Stands for the official code of a procedure."""


def _plain(annotation: Any) -> tuple[Any, bool, bool]:
    """The bare type, whether there may be many, and whether there may be none."""
    if annotation == Code:
        return CODE, False, False
    origin = get_origin(annotation)
    if origin is Annotated:
        return get_args(annotation)[0], False, False
    if origin is tuple:
        return _plain(get_args(annotation)[0])[0], True, False
    if origin in {Union, UnionType}:
        inner = next(one for one in get_args(annotation) if one is not type(None))
        return _plain(inner)[0], False, True
    return annotation, False, False
