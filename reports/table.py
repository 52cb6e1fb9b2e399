"""The form as a table on a page: every figure knows the headings that stand over and beside it."""

from dataclasses import dataclass

from reports import heading
from reports.record import Figures


@dataclass(frozen=True)
class HeadCell:
    id: str
    text: str
    rows: int
    columns: int

    @property
    def scope(self) -> str:
        return "colgroup" if self.columns > 1 else "col"


@dataclass(frozen=True)
class FigureCell:
    """One figure; `headers` names its headings, the nearest last."""

    key: str
    value: int
    headers: str


@dataclass(frozen=True)
class TableRow:
    """`number` is the place of the row among the fields; None is the total."""

    id: str
    field: str
    number: int | None
    cells: tuple[FigureCell, ...]


@dataclass(frozen=True)
class Table:
    caption: str
    head: tuple[tuple[HeadCell, ...], ...]
    numbering: tuple[str, ...]
    rows: tuple[TableRow, ...]


def of(found: Figures) -> Table:
    """The table of these figures."""
    return Table(
        caption=f"{found.form.title}. {found.label}",
        head=tuple(
            tuple(HeadCell(_id(cell), cell.text, cell.rows, cell.columns) for cell in row)
            for row in heading.rows(found.form)
        ),
        numbering=tuple(column.numbering for column in found.form.columns),
        rows=_rows(found),
    )


def _rows(found: Figures) -> tuple[TableRow, ...]:
    over = [
        " ".join(_id(cell) for cell in heading.over(found.form, place))
        for place in range(len(found.form.columns))
    ]
    rows = []
    for number, row in enumerate(found.lines):
        total = number == len(found.rows)
        name = "dong-tong" if total else f"dong-{number + 1}"
        cells = tuple(
            FigureCell(column.key, row.values[column.key], f"{name} {over[place]}")
            for place, column in enumerate(found.form.figures, start=1)
        )
        rows.append(TableRow(name, row.field, None if total else number, cells))
    return tuple(rows)


def _id(cell: heading.Cell) -> str:
    return f"cot-{cell.row + 1}-{cell.column + 1}"
