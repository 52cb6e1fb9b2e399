"""Pieces of a document as Decree 30/2020/NĐ-CP lays it out: page, letters, rules, page numbers."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

FONT = "Times New Roman"
TEXT_POINTS = 14
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
SHORT, LONG = Mm(210), Mm(297)
LEFT_ALIGNED = WD_ALIGN_PARAGRAPH.LEFT
CENTRED = WD_ALIGN_PARAGRAPH.CENTER
JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY
INDENT = Cm(1.27)


def prepare(document: Any) -> None:
    """Times New Roman everywhere, Vietnamese for the spell checker, no space nobody asked for."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(TEXT_POINTS)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FONT)
    language = _element("w:lang", {"w:val": "vi-VN"})
    properties.append(language)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)


def lay_out(section: Any, *, landscape: bool = False) -> None:
    """A4 with the margins of the decree."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    wide, high = (LONG, SHORT) if landscape else (SHORT, LONG)
    section.page_width, section.page_height = wide, high
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.header_distance = section.footer_distance = Mm(10)


def number_pages(section: Any) -> None:
    """Page numbers in the middle of the top margin; the first page of the document has none."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRED
    run = paragraph.add_run()
    run.font.size = Pt(TEXT_POINTS)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            run._r.append(_element("w:fldChar", {"w:fldCharType": kind}))
        else:
            code = _element("w:instrText", {})
            code.text = text
            run._r.append(code)


def write(
    place: Any,
    text: str,
    *,
    size: float = TEXT_POINTS,
    bold: bool = False,
    italic: bool = False,
    align: Any = LEFT_ALIGNED,
    before: float = 0,
    after: float = 0,
) -> Any:
    """A paragraph in a document or a cell; the first one of a cell is used if it is empty."""
    empty = place.paragraphs[:1] if hasattr(place, "vertical_alignment") else []
    paragraph = empty[0] if empty and not empty[0].runs else place.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    return paragraph


def rule(place: Any, *, room: float, long: float) -> None:
    """A line of `long` centimetres in the middle of a column `room` centimetres wide."""
    paragraph = place.add_paragraph()
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Cm((room - long) / 2)
    shape.line_spacing, shape.space_after = Pt(3), Pt(4)
    border = _element("w:pBdr", {})
    line = {"w:val": "single", "w:sz": "6", "w:space": "0", "w:color": "000000"}
    border.append(_element("w:bottom", line))
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def grid(document: Any, rows: int, widths: list[float], *, lines: bool) -> Any:
    """A table with fixed widths in centimetres and no room lost at its sides."""
    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    if lines:
        table.style = "Table Grid"
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    side = {"w:w": "28" if lines else "0", "w:type": "dxa"}
    margins = _element("w:tblCellMar", {})
    margins.append(_element("w:left", side))
    margins.append(_element("w:right", side))
    table._tbl.tblPr.append(margins)
    return table


def keep_whole(row: Any, *, repeat: bool) -> None:
    """A row is not torn between pages; a heading row stands on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(_element("w:cantSplit", {}))
    if repeat:
        properties.append(_element("w:tblHeader", {}))


def keep_with_next(row: Any) -> None:
    """A row stands on the same page as the one below it."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def balanced(text: str, letters: int) -> str:
    """The text in two lines of like length where one of `letters` is too short for it."""
    spaces = [place for place, letter in enumerate(text) if letter == " "]
    if len(text) <= letters or not spaces:
        return text
    middle = min(spaces, key=lambda place: abs(2 * place - len(text)))
    return f"{text[:middle]}\n{text[middle + 1 :]}"


def packed(document: Any, day: date) -> bytes:
    """The file, with the day of the figures in place of the moment of writing."""
    raw, file = BytesIO(), BytesIO()
    document.save(raw)
    with ZipFile(raw) as given, ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            entry = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            made.writestr(entry, given.read(name))
    return file.getvalue()


def _element(name: str, attributes: dict[str, str]) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element
