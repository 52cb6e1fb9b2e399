"""A form of the reporting regime as data: columns, what each counts, and what must add up."""

import re
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from flask_babel import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from reports.errors import BadForm

FOLDER = Path(__file__).parent / "forms"
SUFFIX = ".yaml"

Content = Literal["conduct", "regulation", "both"]
Arrived = Literal["carried", "new"]
Outcome = Literal["done", "open", "transferred", "waiting", "unclassified", "refused", "withdrawn"]

_TERM = re.compile(r"\s*([+-]?)\s*([a-z_0-9]+)")


class Part(BaseModel):
    """A piece of a record: never changed, and nothing in it that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Counts(Part):
    """What a case must be to be counted; an empty list asks for nothing."""

    content: tuple[Content, ...] = ()
    arrived: tuple[Arrived, ...] = ()
    outcome: tuple[Outcome, ...] = ()
    published: bool | None = None

    def holds(self, *, content: str, arrived: str, outcome: str, published: bool) -> bool:
        return (
            (not self.content or content in self.content)
            and (not self.arrived or arrived in self.arrived)
            and (not self.outcome or outcome in self.outcome)
            and (self.published is None or published is self.published)
        )


class Column(Part):
    """One column; the first has no `counts`, for it names the row."""

    number: int
    key: str
    heading: str
    group: tuple[str, ...] = ()
    shown: str = ""
    counts: Counts | None = None
    evidence: str

    @property
    def numbering(self) -> str:
        """What stands in the row of column numbers: (3), or how the column comes about."""
        return self.shown or f"({self.number})"

    @property
    def full_name(self) -> str:
        """All its headings from the top."""
        return " – ".join((*self.group, self.heading))


class Footnote(Part):
    """A figure without a column."""

    key: str
    text: str
    counts: Counts
    always: bool = False


class Form(Part):
    """One form, checked when it is read."""

    code: str
    title: str
    source: str
    evidence: str
    reporting_regime: tuple[str, ...]
    columns: tuple[Column, ...]
    footnotes: tuple[Footnote, ...]
    identities: tuple[str, ...]

    @model_validator(mode="after")
    def agrees(self) -> Self:
        """Raise ValueError, so that a slip in the file is found before a report is made of it."""
        numbers = [column.number for column in self.columns]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError("các cột phải được đánh số liên tục từ 1")
        keys = [c.key for c in self.columns] + [note.key for note in self.footnotes]
        if len(set(keys)) != len(keys):
            raise ValueError("hai cột hoặc ghi chú trùng khóa (key)")
        if self.columns[0].counts or not all(column.counts for column in self.columns[1:]):
            raise ValueError("chỉ cột (1) không có counts")
        known = set(self.counted)
        for identity in self.identities:
            terms = [key for side in sides(identity) for _sign, key in side]
            unknown = [key for key in terms if key not in known]
            if unknown or not terms:
                raise ValueError(f"đẳng thức «{identity}» nêu khóa không có: {unknown}")
        return self

    @cached_property
    def counted(self) -> dict[str, Counts]:
        """Everything that is counted, columns and footnotes, by key."""
        parts = [(column.key, column.counts) for column in self.columns if column.counts]
        return dict(parts) | {note.key: note.counts for note in self.footnotes}

    @property
    def first(self) -> Column:
        """The column that names the rows."""
        return self.columns[0]

    @property
    def figures(self) -> tuple[Column, ...]:
        return self.columns[1:]

    def column(self, key: str) -> Column | None:
        return next((column for column in self.figures if column.key == key), None)

    def broken(self, values: dict[str, int]) -> list[str]:
        """The identities that these values do not keep."""
        return [identity for identity in self.identities if not _holds(identity, values)]


def sides(identity: str) -> list[list[tuple[int, str]]]:
    """ "a = b - c" as [[(1, a)], [(1, b), (-1, c)]]; raises ValueError."""
    found = []
    for side in identity.split("="):
        if not re.fullmatch(rf"(?:{_TERM.pattern})+\s*", side):
            raise ValueError(f"không đọc được đẳng thức «{identity}»")
        found.append([(-1 if sign == "-" else 1, key) for sign, key in _TERM.findall(side)])
    if len(found) < 2:
        raise ValueError(f"đẳng thức «{identity}» không có dấu bằng")
    return found


def _holds(identity: str, values: dict[str, int]) -> bool:
    sums = {sum(sign * values[key] for sign, key in side) for side in sides(identity)}
    return len(sums) == 1


def load(code: str, own: Path | None = None) -> Form:
    """The form of this code; a corrected copy in the folder `own` goes before ours.

    Raises BadForm with a sentence when the file contradicts itself.
    """
    path = FOLDER / f"{code}{SUFFIX}"
    if own is not None and (own / path.name).is_file():
        path = own / path.name
    try:
        written: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Form.model_validate(written)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        reason = f"{place}: {first['msg']}" if place else str(first["msg"])
        raise BadForm(_bad(path, reason)) from error
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise BadForm(_bad(path, str(error).splitlines()[0])) from error


def _bad(path: Path, reason: str) -> str:
    return str(_("Tệp mô tả biểu %(name)s có lỗi: %(reason)s", name=path.name, reason=reason))
