"""Reads the list of procedures that the national portal gives as a spreadsheet (XLSX)."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from content.errors import BadFile
from portal.files import packages
from portal.files.errors import FileRefused
from portal.vietnamese import fold

LARGEST_BYTES = 20 * 1024 * 1024
HEAD_WITHIN_ROWS = 40
MOST_ROWS = 50_000
MOST_COLUMNS = 60
MOST_EMPTY_ROWS = 1000
CHUNK_BYTES = 1024 * 1024
LONGEST_MERGE_BYTES = 200
ERRORS = {"#N/A", "#REF!", "#NAME?", "#VALUE!", "#NULL!", "#NUM!", "#DIV/0!"}

# What the columns are called, folded; the first five are all that the portal itself writes.
NAMES = {
    "code": ("ma so", "ma thu tuc", "ma so thu tuc", "ma tthc", "ma so tthc"),
    "name": ("ten", "ten thu tuc", "ten thu tuc hanh chinh", "ten tthc"),
    "issuing_agency": ("co quan ban hanh", "co quan cong bo"),
    "implementing_agency": ("co quan thuc hien",),
    "field": ("linh vuc",),
    "url": ("dia chi", "duong dan", "lien ket", "url"),
    "status": ("trang thai", "tinh trang", "loai quyet dinh"),
    "effective_from": ("ngay hieu luc", "ngay co hieu luc", "hieu luc tu ngay", "hieu luc tu"),
    "replaced_by": ("thay the boi", "duoc thay the boi", "thu tuc thay the"),
}
NEEDED = {"code": "Mã số", "name": "Tên"}

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_LISTED = re.compile(r"\s*\n\s*")

Row = tuple[Any, ...]
# Column and first row of cells merged downwards → their last row; the first holds all the words.
Merges = dict[tuple[int, int], int]


def rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The number of each row with its record.

    Raises BadFile where this is no list of procedures.
    """
    try:
        yield from _rows(path)
    except BadFile:
        raise
    except Exception as error:  # whatever the libraries find in bytes that only look like a book
        raise BadFile(f"«{path.name}» là bảng tính bị hỏng; chưa nạp gì.") from error


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    from openpyxl import load_workbook

    _check(path)
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        yield from _first_list(path, book)
    finally:
        book.close()


def _check(path: Path) -> None:
    if path.stat().st_size > LARGEST_BYTES:
        raise BadFile(f"Bảng tính «{path.name}» lớn hơn {LARGEST_BYTES // 2**20} MB.")
    try:
        kind = packages.check(path.read_bytes())
    except FileRefused as refusal:
        raise BadFile(f"«{path.name}»: {refusal}") from refusal
    if kind != packages.EXCEL:
        raise BadFile(f"«{path.name}» là tệp Word; cần bảng tính XLSX.")


def _first_list(path: Path, book: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        head = _head(sheet)
        if head is not None:
            yield from _records(sheet, *head, _merges(book, sheet))
            return
    wanted = ", ".join(f"«{name}»" for name in NEEDED.values())
    raise BadFile(f"«{path.name}» không phải danh sách thủ tục: không thấy cột {wanted}.")


def _head(sheet: Any) -> tuple[int, dict[int, str]] | None:
    """The row in which the columns are named, and where each stands."""
    meant = {name: part for part, names in NAMES.items() for name in names}
    for number, row in enumerate(_all(sheet, HEAD_WITHIN_ROWS), start=1):
        found: dict[int, str] = {}
        for column, cell in enumerate(row):
            part = meant.get(fold(_words(cell)).strip(" :*."))
            if part and part not in found.values():
                found[column] = part
        if set(NEEDED) <= set(found.values()):
            return number, found
    return None


def _records(
    sheet: Any, head: int, columns: dict[int, str], merges: Merges
) -> Iterator[tuple[int, dict[str, Any]]]:
    above: dict[int, Any] = {}
    until: dict[int, int] = {}
    empty = 0
    for number, row in enumerate(_all(sheet, MOST_ROWS + 1), start=1):
        if number > MOST_ROWS:
            raise BadFile(f"Bảng tính có hơn {MOST_ROWS} dòng; chưa nạp gì.")
        if number <= head:
            continue
        record = {}
        for column, part in columns.items():
            cell = row[column] if column < len(row) else None
            if cell is None and number <= until.get(column, 0):
                cell = above[column]
            above[column] = cell
            until[column] = max(until.get(column, 0), merges.get((column, number), 0))
            record[part] = _words(cell)
        empty = 0 if any(record.values()) else empty + 1
        if empty > MOST_EMPTY_ROWS:
            return
        if not empty and not _is_numbering(record):
            yield number, _tidy(record)


def _all(sheet: Any, rows: int) -> Iterator[Row]:
    found: Iterator[Row] = sheet.iter_rows(max_row=rows, max_col=MOST_COLUMNS, values_only=True)
    return found


def _is_numbering(record: dict[str, Any]) -> bool:
    """The row "(1) (2) (3) …" beneath the names of the columns."""
    return all(re.fullmatch(r"\(?\d{1,2}\)?", text) for text in record.values() if text)


def _tidy(record: dict[str, Any]) -> dict[str, Any]:
    """Several agencies stand beneath one another here, and behind one another elsewhere."""
    for part in ("implementing_agency", "issuing_agency", "field"):
        if part in record:
            record[part] = _LISTED.sub("; ", record[part])
    record["name"] = " ".join(record["name"].split())
    return record


def _words(cell: Any) -> str:
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float):
        # A code somebody let the spreadsheet take for a number: 1.0001 was 1.000100.
        return f"{cell:.6f}"
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    text = str(cell).strip()
    return "" if text in ERRORS else text


def _merges(book: Any, sheet: Any) -> Merges:
    """Which cells are merged downwards; a book read row by row does not say so itself."""
    from openpyxl.utils import column_index_from_string as index

    found: Merges = {}
    with book._archive.open(sheet._worksheet_path) as stream:
        rest = b""
        while chunk := stream.read(CHUNK_BYTES):
            for column, top, bottom in _MERGED.findall(rest + chunk):
                found[index(column.decode()) - 1, int(top)] = int(bottom)
            rest = (rest + chunk)[-LONGEST_MERGE_BYTES:]
    return found
