"""The report as a workbook: the form, the messages of other kinds, and the cases behind it."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from portal.spreadsheets import neutral
from reports import heading, wording
from reports.record import CaseLine, Figures, Frozen, Row

if TYPE_CHECKING:
    import xlsxwriter

FONT = {"font_name": "Times New Roman", "font_size": 11}
BOX = {"border": 1, "valign": "vcenter", "text_wrap": True}
A4 = 9
FIRST_WIDTH, FIGURE_WIDTH = 30, 9.3
HEADING_TOP = 5
GROUP_HEIGHT, LEAF_HEIGHT, NUMBERING_HEIGHT, LINE_HEIGHT = 18, 88, 30, 15
LETTERS_IN_FIELD = 40
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Style = Callable[..., Any]


def write(frozen: Frozen) -> bytes:
    """The XLSX file; the same figures always give the same bytes."""
    import xlsxwriter

    found = frozen.figures
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, **AS_TEXT})
    moment = datetime.combine(found.window.last_day, time.min, tzinfo=UTC).replace(tzinfo=None)
    book.set_properties(
        {
            "title": found.form.title,
            "subject": found.label,
            "author": found.head.full_name,
            "created": moment,
        }
    )
    formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def style(**wanted: Any) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in formats:
            formats[key] = book.add_format(FONT | wanted)
        return formats[key]

    _form_sheet(book, found, style)
    _annex_sheet(book, found, style)
    _cases_sheet(book, frozen, style)
    book.close()
    return file.getvalue()


def _sheet(book: "xlsxwriter.Workbook", name: str, title_rows: tuple[int, int]) -> Any:
    """An empty landscape A4 sheet that is printed as wide as the paper."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(*title_rows)
    sheet.set_footer('&C&"Times New Roman"&10&P/&N')
    sheet.hide_gridlines(2)
    return sheet


def _form_sheet(book: "xlsxwriter.Workbook", found: Figures, style: Style) -> None:
    form, top = found.form, HEADING_TOP
    numbering = top + heading.depth(form)
    sheet = _sheet(book, form.code, (top, numbering))
    sheet.set_column(0, 0, FIRST_WIDTH)
    sheet.set_column(1, len(form.figures), FIGURE_WIDTH)
    _form_head(sheet, found, style)
    _form_heading(sheet, found, style)
    for offset, row in enumerate(found.lines):
        last = offset == len(found.rows)
        _form_row(sheet, found, row, numbering + 1 + offset, style, bold=last)
    below = numbering + len(found.lines) + 2
    _notes(sheet, found, below, style)
    sheet.freeze_panes(numbering + 1, 1)
    sheet.print_area(0, 0, below + len(wording.footnotes(found)) + 1, len(form.figures))


def _form_head(sheet: Any, found: Figures, style: Style) -> None:
    """Form code on the left, title and period in the middle, who reports to whom on the right."""
    last = len(found.form.figures)
    right = last - 4
    plain = {"valign": "top", "text_wrap": True}
    sheet.write_string(0, 0, f"Biểu số {found.head.form_code}", style(**plain, bold=True))
    sheet.write_string(
        1, 0, f"({found.form.source.partition(';')[0]})", style(**plain, italic=True)
    )
    title = style(bold=True, font_size=13, align="center", valign="vcenter", text_wrap=True)
    sheet.merge_range(0, 1, 1, right - 1, found.form.title.upper(), title)
    line = style(italic=True, align="center", valign="vcenter", text_wrap=True)
    sheet.merge_range(2, 1, 2, right - 1, wording.period_line(found), line)
    units = (wording.reporting_unit(found), wording.receiving_units(found))
    for row, text in enumerate(units):
        sheet.merge_range(row, right, row, last, neutral(text), style(**plain))
        sheet.set_row(row, LINE_HEIGHT * (1 + len(text) // 45))
    sheet.merge_range(3, right, 3, last, "Đơn vị tính: số PAKN", style(italic=True, align="right"))


def _form_heading(sheet: Any, found: Figures, style: Style) -> None:
    form, top = found.form, HEADING_TOP
    head = style(**BOX, bold=True, align="center")
    for cell in heading.cells(form):
        place = (top + cell.row, cell.column)
        if cell.rows == cell.columns == 1:
            sheet.write_string(*place, cell.text, head)
        else:
            sheet.merge_range(*place, top + cell.last_row, cell.last_column, cell.text, head)
    levels = heading.depth(form)
    for level in range(levels):
        sheet.set_row(top + level, LEAF_HEIGHT if level == levels - 1 else 2 * GROUP_HEIGHT)
    numbers = style(**BOX, italic=True, align="center", font_size=9)
    for number, column in enumerate(form.columns):
        sheet.write_string(top + levels, number, column.numbering, numbers)
    sheet.set_row(top + levels, NUMBERING_HEIGHT)


def _form_row(sheet: Any, found: Figures, row: Row, line: int, style: Style, *, bold: bool) -> None:
    name = neutral(row.field)
    sheet.write_string(line, 0, name, style(**BOX, bold=bold, indent=0 if bold else 1))
    cell = style(**BOX, bold=bold, align="right", indent=1, num_format="#,##0")
    for place, column in enumerate(found.form.figures, start=1):
        sheet.write_number(line, place, row.values[column.key], cell)
    sheet.set_row(line, LINE_HEIGHT * (1 + len(name) // LETTERS_IN_FIELD) + 3)


def _notes(sheet: Any, found: Figures, below: int, style: Style) -> None:
    last = len(found.form.figures)
    sheet.merge_range(below, 0, below, last, "Ghi chú:", style(bold=True, italic=True))
    text = style(text_wrap=True, valign="top")
    for offset, note in enumerate(wording.footnotes(found), start=1):
        sheet.merge_range(below + offset, 0, below + offset, last, f"({offset}) {note}", text)


def _annex_sheet(book: "xlsxwriter.Workbook", found: Figures, style: Style) -> None:
    sheet = _sheet(book, "Ý kiến khác", (2, 2))
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, len(wording.ANNEX_HEADS) - 1, 15)
    rows = map(wording.annex_cells, found.annex)
    title = "Ý kiến không phải phản ánh, kiến nghị về quy định hành chính, theo loại"
    _list(sheet, (title, wording.period_line(found)), wording.ANNEX_HEADS, rows, style)


def _cases_sheet(book: "xlsxwriter.Workbook", frozen: Frozen, style: Style) -> None:
    sheet = _sheet(book, "Danh sách", (2, 2))
    for place, width in enumerate((20, 22, 30, 16, 12, 20, 24, 10, 12, 12, 12)):
        sheet.set_column(place, place, width)
    lines = (*frozen.cases.petitions, *frozen.cases.others)
    title = "Danh sách vụ việc làm căn cứ của số liệu (không có thông tin người gửi)"
    period = wording.period_line(frozen.figures)
    _list(sheet, (title, period), wording.CASE_HEADS, map(_case, lines), style)
    if lines:
        sheet.autofilter(2, 0, 2 + len(lines), len(wording.CASE_HEADS) - 1)


def _case(line: CaseLine) -> tuple[str | int | date | None, ...]:
    return (
        line.code,
        line.kind_label,
        line.field,
        line.unit_code,
        wording.CONTENTS.get(line.content or "", ""),
        wording.ARRIVALS[line.arrived],
        wording.OUTCOMES[line.outcome],
        "Có" if line.published else "",
        line.received_on,
        line.due_on,
        line.finished_on,
    )


def _list(
    sheet: Any,
    titles: tuple[str, str],
    heads: tuple[str, ...],
    rows: Iterable[tuple[str | int | date | None, ...]],
    style: Style,
) -> None:
    """A plain table under two lines of title."""
    sheet.write_string(0, 0, titles[0], style(bold=True, font_size=13))
    sheet.write_string(1, 0, titles[1], style(italic=True))
    head = style(**BOX, bold=True, align="center")
    for place, text in enumerate(heads):
        sheet.write_string(2, place, text, head)
    sheet.set_row(2, 2 * LINE_HEIGHT + 3)
    for line, row in enumerate(rows, start=3):
        for place, value in enumerate(row):
            _value(sheet, line, place, value, style)
    sheet.freeze_panes(3, 1)


def _value(sheet: Any, line: int, place: int, value: str | int | date | None, style: Style) -> None:
    if value is None:
        sheet.write_blank(line, place, None, style(**BOX))
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, style(**BOX, num_format="dd/mm/yyyy"))
    elif isinstance(value, int):
        sheet.write_number(line, place, value, style(**BOX, num_format="#,##0"))
    else:
        sheet.write_string(line, place, neutral(value), style(**BOX))
