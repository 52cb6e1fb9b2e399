"""Reads the files of the national database as they are, line by line, however long."""

import csv
import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from content import national_sheet
from content.errors import BadFile
from content.models import Source

LONGEST_LINE_BYTES = 4 * 1024 * 1024
LONGEST_FILE_BYTES = 2 * 1024 * 1024 * 1024
COLUMNS = ("code", "name", "issuing_agency", "implementing_agency", "field", "url")
# More lines than any file of the national database has; a packed file may swell to billions.
MOST_LINES = 200_000
SHEET = b"PK\x03\x04"
OTHER_FILES = {
    b"\xd0\xcf\x11\xe0": "bảng tính hoặc tài liệu kiểu cũ (XLS, DOC)",
    b"%PDF": "tệp PDF",
    b"\xff\xfe": "tệp UTF-16",
    b"\xfe\xff": "tệp UTF-16",
}


@dataclass(frozen=True)
class Line:
    """One record of the file, or the reason why it cannot be read."""

    number: int
    record: dict[str, Any] | None = None
    problem: str = ""


@contextmanager
def opened(path: Path) -> Iterator[tuple[Source, Iterator[Line]]]:
    """What kind of export this is, and its records. Raises BadFile with one sentence."""
    try:
        with path.open("rb") as raw:
            start = raw.peek(len(SHEET))
            if start.startswith(SHEET):
                yield Source.CATALOGUE, _sheet_records(path)
            else:
                packed = start[:2] == b"\x1f\x8b"
                yield _recognised(path, gzip.GzipFile(fileobj=raw) if packed else raw)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadFile(f"Tệp nén «{path.name}» bị cụt hoặc hỏng; chưa nạp gì.") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BadFile(f"Không đọc được tệp «{path}»: {reason}.") from error


def _recognised(path: Path, stream: "IO[bytes] | gzip.GzipFile") -> tuple[Source, Iterator[Line]]:
    lines = _lines(stream)
    first = next(lines, None)
    if first is None:
        raise BadFile(f"Tệp «{path.name}» rỗng.")
    for mark, kind in OTHER_FILES.items():
        if first.startswith(mark):
            raise BadFile(
                f"«{path.name}» là {kind}; cần tệp JSONL (.gz cũng được), CSV UTF-8 hoặc XLSX."
            )
    first = first.removeprefix(b"\xef\xbb\xbf")
    if first.lstrip().startswith(b"["):
        raise BadFile(f"«{path.name}» là một mảng JSON; cần mỗi dòng một bản ghi (JSONL).")
    if first.lstrip().startswith(b"{") or not first.strip():
        return Source.DETAILED, _json_records(_again(first, lines))
    return Source.CATALOGUE, _csv_records(path, _again(first, lines))


def _lines(stream: "IO[bytes] | gzip.GzipFile") -> Iterator[bytes]:
    """Lines as bytes; of one that is too long only the beginning, to be refused by its reader."""
    total = lines = 0
    while line := stream.readline(LONGEST_LINE_BYTES + 1):
        total += len(line)
        lines += 1
        if lines > MOST_LINES:
            raise BadFile(f"Tệp có hơn {MOST_LINES} dòng; chưa nạp gì.")
        rest = line
        while len(rest) > LONGEST_LINE_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE_BYTES + 1)
            total += len(rest)
            _check_size(total)
        _check_size(total)
        yield line


def _check_size(total: int) -> None:
    if total > LONGEST_FILE_BYTES:
        raise BadFile("Tệp lớn hơn 2 GB khi giải nén; chưa nạp gì.")


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _sheet_records(path: Path) -> Iterator[Line]:
    for number, found in national_sheet.rows(path):
        yield Line(number, record=found)


def _json_records(lines: Iterator[bytes]) -> Iterator[Line]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if len(line) > LONGEST_LINE_BYTES:
            yield Line(number, problem="Dòng dài hơn 4 MB.")
            continue
        yield _json_record(number, line)


def _json_record(number: int, line: bytes) -> Line:
    try:
        found = json.loads(line.decode(), parse_constant=_refuse, parse_float=_refuse)
    except UnicodeDecodeError:
        return Line(number, problem="Dòng không phải chữ UTF-8.")
    except (ValueError, RecursionError):
        return Line(number, problem="Dòng không phải một bản ghi JSON đọc được.")
    if not isinstance(found, dict):
        return Line(number, problem="Dòng không phải một bản ghi có tên mục.")
    return Line(number, record=found)


def _refuse(written: str) -> None:
    raise ValueError(written)


def _csv_records(path: Path, lines: Iterator[bytes]) -> Iterator[Line]:
    """Rows under their column names. Bytes that are no UTF-8 are kept aside until their row."""
    reader = csv.reader((line.decode(errors="surrogateescape") for line in lines), strict=True)
    head = next(_csv_rows(reader))[1]
    missing = [name for name in COLUMNS if not isinstance(head, list) or name not in head]
    if missing:
        listed = ", ".join(missing)
        raise BadFile(f"«{path.name}» không phải danh mục thủ tục: thiếu cột {listed}.")
    columns = cast(list[str], head)
    for number, row in _csv_rows(reader):
        if isinstance(row, str):
            yield Line(number, problem=row)
        elif row:
            yield _csv_record(number, columns, row)


def _csv_rows(reader: Any) -> Iterator[tuple[int, list[str] | str]]:
    """Number of the first line of each row with its cells, or with a reason."""
    while True:
        number = reader.line_num + 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, "Dòng không đúng dạng CSV (dấu ngoặc kép hoặc ô quá dài)."


def _csv_record(number: int, columns: Iterable[str], row: list[str]) -> Line:
    names = list(columns)
    if len(row) != len(names):
        return Line(number, problem=f"Dòng có {len(row)} ô, cần {len(names)}.")
    if any("\udc80" <= character <= "\udcff" for cell in row for character in cell):
        return Line(number, problem="Dòng không phải chữ UTF-8.")
    return Line(number, record=dict(zip(names, row, strict=True)))
