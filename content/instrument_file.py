"""Reads the shipped register of legal instruments, line by line, and checks it."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from content import instrument_numbers
from content.errors import BadFile
from content.instrument_models import Evidence, RegisteredBy
from content.instrument_numbers import Number
from portal.vietnamese import fold

COLUMNS = (
    "number", "kind", "title", "issuer", "signed_on", "effective_from", "ended_on", "successor",
    "note", "link", "source", "evidence",
)  # fmt: skip
_DAYS = ("signed_on", "effective_from", "ended_on")
_TEXTS = ("kind", "title", "issuer", "note", "link", "source")


def read(file: Path) -> list[dict[str, Any]]:
    """The lines of the shipped register, checked. Raises BadFile with the line and the reason."""
    found: dict[str, dict[str, Any]] = {}
    for at, line in _lines(file):
        try:
            facts = _facts(line)
        except ValueError as error:
            raise BadFile(f"{file.name}, dòng {at}: {error}.") from error
        if facts["key"] in found:
            raise BadFile(f"{file.name}, dòng {at}: số «{line['number']}» đã có ở dòng trên.")
        found[facts["key"]] = facts
    for facts in found.values():
        if facts["successor"] and facts["successor"] not in found:
            raise BadFile(f"{file.name}: văn bản thay {facts['number']} chưa có trong tệp.")
    return list(found.values())


def _lines(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise BadFile(f"{file.name}: các cột phải là {', '.join(COLUMNS)}.")
            for line in reader:
                if None in line or None in line.values():
                    raise BadFile(f"{file.name}, dòng {reader.line_num}: số ô không khớp.")
                yield reader.line_num, line
    except UnicodeDecodeError as error:
        raise BadFile(f"{file.name}: không phải chữ UTF-8.") from error


def _facts(line: dict[str, str]) -> dict[str, Any]:
    """A line as a row. Raises ValueError with the reason."""
    number = _number(line["number"])
    successor = _number(line["successor"]) if line["successor"] else None
    facts: dict[str, Any] = {name: line[name].strip() for name in _TEXTS}
    facts |= {name: _day(line[name]) for name in _DAYS}
    begun, ended = facts["effective_from"], facts["ended_on"]
    if begun and ended and ended < begun:
        raise ValueError("hết hiệu lực trước khi có hiệu lực")
    if not facts["title"] or not facts["source"]:
        raise ValueError("thiếu nội dung hoặc nguồn")
    return facts | {
        "key": number.key,
        "number": number.written,
        "kind": facts["kind"] or number.kind,
        "issuer": facts["issuer"] or number.issuer,
        "year": number.year or (facts["signed_on"].year if facts["signed_on"] else 0),
        "folded": fold(f"{number.written} {facts['title']}"),
        "successor": successor.key if successor else "",
        "evidence": Evidence(line["evidence"]).value,
        "registered_by": RegisteredBy.LIBRARY.value,
    }


def _number(text: str) -> Number:
    number = instrument_numbers.first(text)
    if number is None:
        raise ValueError(f"không đọc được số «{text}»")
    return number


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
