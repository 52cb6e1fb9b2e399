"""The heading of a form in several rows, as cells that span columns and rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.form import Form


@dataclass(frozen=True)
class Cell:
    """One cell of the heading; rows and columns are counted from 0.

    `path` names it among its groups, so that a table in HTML can say which headings stand over
    a figure.
    """

    text: str
    row: int
    column: int
    rows: int
    columns: int
    path: tuple[str, ...]

    @property
    def last_row(self) -> int:
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        return self.column + self.columns - 1


def depth(form: Form) -> int:
    """How many rows of headings the form needs."""
    return max(len(column.group) for column in form.columns) + 1


def cells(form: Form) -> list[Cell]:
    """All cells, row by row from the left; together they cover every place exactly once."""
    return sorted([*_groups(form), *_leaves(form)], key=lambda cell: (cell.row, cell.column))


def rows(form: Form) -> list[list[Cell]]:
    """The same cells, one list for each row."""
    found = cells(form)
    return [[cell for cell in found if cell.row == row] for row in range(depth(form))]


def over(form: Form, column: int) -> list[Cell]:
    """The cells that stand over one column, from the top."""
    return [cell for cell in cells(form) if cell.column <= column <= cell.last_column]


def _leaves(form: Form) -> Iterator[Cell]:
    whole = depth(form)
    for place, column in enumerate(form.columns):
        level = len(column.group)
        path = (*column.group, column.heading)
        yield Cell(column.heading, level, place, whole - level, 1, path)


def _groups(form: Form) -> Iterator[Cell]:
    """Neighbours under the same path share one cell."""
    for level in range(depth(form) - 1):
        start = 0
        while start < len(form.columns):
            path = form.columns[start].group[: level + 1]
            end = start + 1
            while end < len(form.columns) and form.columns[end].group[: level + 1] == path:
                end += 1
            if len(path) == level + 1:
                yield Cell(path[-1], level, start, 1, end - start, path)
                start = end
            else:
                start += 1
