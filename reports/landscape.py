"""The form as a landscape annex of the covering report, with the form's own head."""

from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH

from reports import heading, paper, wording
from reports.paper import CENTRED, LEFT_ALIGNED
from reports.record import Figures, Row

ROOM = 25.2
FIRST = 4.2
LETTERS_IN_TITLE = 45
SIDES = 5.9
RIGHT_ALIGNED = WD_ALIGN_PARAGRAPH.RIGHT


def add(document: Any, found: Figures) -> None:
    """Begin a landscape section and write the whole form into it."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    paper.lay_out(section, landscape=True)
    section.different_first_page_header_footer = False
    _annex_lines(document, found)
    _form_head(document, found)
    _table(document, found)
    notes = paper.write(document, "Ghi chú:", size=11, bold=True, italic=True, before=6)
    notes.paragraph_format.keep_with_next = True
    for number, note in enumerate(wording.footnotes(found), start=1):
        paper.write(document, f"({number}) {note}", size=11)


def _annex_lines(document: Any, found: Figures) -> None:
    paper.write(document, "Phụ lục", bold=True, align=CENTRED)
    reference = (
        f"(Kèm theo Báo cáo số …/BC-{found.head.symbol} ngày … tháng … năm … của "
        f"{found.head.full_name})"
    )
    paper.write(document, reference, size=13, italic=True, align=CENTRED, after=8)


def _form_head(document: Any, found: Figures) -> None:
    """Form code on the left, title in the middle, who reports to whom on the right."""
    middle = ROOM - 2 * SIDES
    left, centre, right = paper.grid(document, 1, [SIDES, middle, SIDES], lines=False).rows[0].cells
    paper.write(left, f"Biểu số {found.head.form_code}", size=11, bold=True)
    paper.write(left, f"({found.form.source.partition(';')[0]})", size=11, italic=True)
    for line in paper.balanced(found.form.title.upper(), LETTERS_IN_TITLE).split("\n"):
        paper.write(centre, line, size=13, bold=True, align=CENTRED)
    for line in wording.period_lines(found):
        paper.write(centre, line, size=12, italic=True, align=CENTRED)
    paper.write(right, wording.reporting_unit(found), size=11)
    paper.write(right, wording.receiving_units(found), size=11)
    unit = "Đơn vị tính: số PAKN"
    paper.write(document, unit, size=11, italic=True, align=RIGHT_ALIGNED, before=4, after=2)


def _table(document: Any, found: Figures) -> None:
    form, levels = found.form, heading.depth(found.form)
    each = (ROOM - FIRST) / len(form.figures)
    widths = [FIRST] + [each] * len(form.figures)
    table = paper.grid(document, levels + 1 + len(found.lines), widths, lines=True)
    places = [list(row.cells) for row in table.rows]
    for cell in heading.cells(form):
        first = places[cell.row][cell.column]
        whole = first.merge(places[cell.last_row][cell.last_column])
        _fill(whole, cell.text, size=9, bold=True)
    for place, column in enumerate(form.columns):
        _fill(places[levels][place], column.numbering, size=7.5, italic=True)
    for number, row in enumerate(table.rows):
        paper.keep_whole(row, repeat=number <= levels)
    for row in table.rows[-3:-1]:
        paper.keep_with_next(row)
    for offset, line in enumerate(found.lines):
        _line(places[levels + 1 + offset], found, line, bold=offset == len(found.rows))


def _line(cells: list[Any], found: Figures, row: Row, *, bold: bool) -> None:
    _fill(cells[0], row.field, size=11, bold=bold, align=LEFT_ALIGNED)
    for cell, column in zip(cells[1:], found.form.figures, strict=True):
        _fill(cell, wording.number(row.values[column.key]), size=11, bold=bold)


def _fill(
    cell: Any,
    text: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    align: Any = CENTRED,
) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paper.write(cell, text, size=size, bold=bold, italic=italic, align=align, before=0.5, after=0.5)
