"""Imports the national export: good lines are loaded, bad ones listed, all under one revision."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from content import national_export, national_records
from content.errors import BadFile, BadRecord
from content.models import Origin, Source
from content.national_export import Line
from content.publishing import Publication
from content.shapes import Procedure
from content.taking_in import Serves, take_in

PROCEDURES_AT_ONCE = 200


@dataclass(frozen=True)
class Finding:
    """Something odd about one line that was loaded all the same."""

    line: int
    code: str
    reason: str


@dataclass
class Outcome:
    """What became of a file. `elsewhere` counts procedures of other provinces."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    elsewhere: int = 0
    errors: list[tuple[int, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        return len(self.errors)

    def as_json(self) -> dict[str, Any]:
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "errors": [{"line": line, "reason": reason} for line, reason in self.errors],
            "findings": [vars(finding) for finding in self.findings],
        }


def import_procedures(
    db: Session, path: Path, *, now: datetime, serves: Serves, draft: bool = False
) -> Outcome:
    """Take the whole file in; the caller commits, or not.

    `serves` tells whether procedures of an issuing agency are meant for this site's people. Raises
    BadFile where the file as a whole cannot be read: then nothing may be committed.
    """
    publication = Publication(db, now, Origin.IMPORT)
    outcome = Outcome()
    with national_export.opened(path) as (source, lines):
        for batch in _batches(_procedures(source, lines, outcome)):
            changes = take_in(publication, source, batch, serves=serves, draft=draft)
            for change in changes.values():
                setattr(outcome, change, getattr(outcome, change) + 1)
            outcome.elsewhere += sum(not serves(one.issuing_agency) for one in batch)
    if not outcome.read:
        raise BadFile(f"Tệp «{path.name}» không có bản ghi nào.")
    return outcome


def _procedures(source: Source, lines: Iterator[Line], outcome: Outcome) -> Iterator[Procedure]:
    first_seen: dict[str, int] = {}
    for line in lines:
        outcome.read += 1
        try:
            procedure, findings = _read(source, line)
            earlier = first_seen.setdefault(procedure.code, line.number)
            if earlier != line.number:
                raise BadRecord(f"Mã {procedure.code} đã có ở dòng {earlier} của tệp này.")
        except BadRecord as refusal:
            outcome.errors.append((line.number, str(refusal)))
            continue
        for reason in findings:
            outcome.findings.append(Finding(line.number, procedure.code, reason))
        yield procedure


def _read(source: Source, line: Line) -> tuple[Procedure, list[str]]:
    if line.record is None:
        raise BadRecord(line.problem)
    return national_records.read(source, line.record)


def _batches(procedures: Iterator[Procedure]) -> Iterator[list[Procedure]]:
    batch: list[Procedure] = []
    for procedure in procedures:
        batch.append(procedure)
        if len(batch) == PROCEDURES_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
