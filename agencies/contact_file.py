"""The contacts of all units as one CSV file: out to be filled in, back in line by line."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from agencies import contacts, publishing, register
from agencies.contact_models import Part, UnitContact
from agencies.contacts import Editor, Fact
from agencies.models import UnitRow
from portal import clock
from portal.errors import PortalError, RefusedInput
from portal.spreadsheets import as_csv
from portal.stamps import clean

COLUMNS = ("code", "name", "part", "text", "source", "checked_on")
MOST_LINES = 20_000


@dataclass(frozen=True)
class Imported:
    """How many facts changed, how many lines said nothing new, and which lines were refused."""

    changed: int
    unchanged: int
    refused: tuple[tuple[int, str], ...]


def write(db: Session, day: date) -> bytes:
    """One line for each unit of the day and each part, empty where nobody has told it."""
    known = {(row.unit_code, row.part): row for row in db.scalars(select(UnitContact))}
    rows = [
        _line(unit.code, unit.name, part, known.get((unit.code, part.value)))
        for unit in register.current(db, day)
        for part in Part
    ]
    return as_csv(COLUMNS, rows)


def read(db: Session, editor: Editor, data: bytes) -> Imported:
    """Enter every good line; an empty text changes nothing. The caller commits.

    Raises RefusedInput where the file as a whole cannot be read.
    """
    changed = unchanged = 0
    refused: list[tuple[int, str]] = []
    for number, cells in _lines(data):
        if not cells["text"]:
            continue
        try:
            part, fact = _part(cells["part"]), _fact(cells)
            row = db.get(UnitRow, cells["code"])
            if row is None:
                raise RefusedInput(f"không có đơn vị mã «{cells['code']}»")
            if cells["name"] and cells["name"] != row.name:
                raise RefusedInput(f"mã «{row.code}» là «{row.name}», không phải tên này")
            done = contacts.enter(db, editor, row.code, {part: fact})
        except PortalError as refusal:
            refused.append((number, str(refusal).rstrip(".")))
            continue
        changed, unchanged = changed + len(done), unchanged + (not done)
    if changed:
        publishing.publish(db, clock.local_date(editor.now))
    return Imported(changed, unchanged, tuple(refused))


def day_of(text: str) -> date | None:
    """25/11/2026 or 2026-11-25; None for anything else."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def _line(code: str, name: str, part: Part, kept: UnitContact | None) -> list[str]:
    if kept is None:
        return [code, name, part.value, "", "", ""]
    return [code, name, part.value, kept.text, kept.source, f"{kept.checked_on:%d/%m/%Y}"]


def _lines(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedInput("Tệp không phải chữ UTF-8; hãy lưu lại dạng «CSV UTF-8».") from error
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=";" if first.count(";") > 2 else ","
    )
    try:
        if tuple(name.strip() for name in reader.fieldnames or ()) != COLUMNS:
            raise RefusedInput(f"Các cột phải là {', '.join(COLUMNS)}.")
        for at, cells in enumerate(reader):
            if at >= MOST_LINES:
                raise RefusedInput(f"Tệp dài quá {MOST_LINES} dòng.")
            yield reader.line_num, {name: _plain(cells.get(name)) for name in COLUMNS}
    except csv.Error as error:
        raise RefusedInput("Tệp không đúng dạng CSV.") from error


def _plain(cell: str | None) -> str:
    """The cell as it was meant: spreadsheets are told by a quote mark not to calculate."""
    text = " ".join(clean(cell or "").split())
    return text[1:] if text[:1] == "'" and text[1:2] in set("=+-@") else text


def _part(text: str) -> Part:
    if text not in set(Part):
        raise RefusedInput(f"mục «{text}» phải là một trong {', '.join(Part)}")
    return Part(text)


def _fact(cells: dict[str, str]) -> Fact:
    day = day_of(cells["checked_on"])
    if day is None:
        raise RefusedInput(f"ngày kiểm tra «{cells['checked_on']}» không đọc được")
    return Fact(cells["text"], cells["source"], day)
