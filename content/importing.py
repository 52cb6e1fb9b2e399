"""Imports the national export: good lines are loaded, bad ones listed, all under one revision."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from content import import_gone, national_export, national_records
from content.errors import BadFile, BadRecord
from content.import_gone import Gone
from content.import_models import Found
from content.import_taking import RECORDS_AT_ONCE, Noticed, take_records
from content.models import Origin, Source
from content.national_export import Line
from content.publishing import Publication
from content.shapes import Procedure
from content.taking_in import Serves


@dataclass(frozen=True)
class Finding:
    """Something odd about one line that was loaded all the same."""

    line: int
    code: str
    reason: str


@dataclass
class Outcome:
    """What became of a file. `elsewhere` counts procedures of other provinces, `beneath` those
    whose page is unchanged though this source now says something else.

    `gone` are those that this source named before and names no more: proposals to withdraw them.
    """

    source: Source = Source.DETAILED
    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    beneath: int = 0
    elsewhere: int = 0
    known: int = 0
    errors: list[tuple[int, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    gone: list[Gone] = field(default_factory=list)
    rescinded: list[Gone] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        return len(self.errors)

    def count(self, noticed: Iterable[Noticed]) -> None:
        for one in noticed:
            setattr(self, one.change, getattr(self, one.change) + 1)
            self.beneath += one.found is Found.BENEATH
            self.elsewhere += one.elsewhere
            self.codes.add(one.procedure.code)
            if one.rescinded and one.found is not None:
                self.rescinded.append(Gone(one.procedure.code, one.procedure.name))

    def as_json(self) -> dict[str, Any]:
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "errors": [{"line": line, "reason": reason} for line, reason in self.errors],
            "findings": [vars(finding) for finding in self.findings],
            "gone": [vars(one) for one in self.gone],
        }


def import_procedures(
    db: Session,
    path: Path,
    *,
    now: datetime,
    serves: Serves,
    draft: bool = False,
    partial: bool = False,
) -> Outcome:
    """Take the whole file in; the caller commits, or not.

    `serves` tells whether procedures of an issuing agency are meant for this site's people; a
    `partial` file says nothing about the procedures it does not name. Raises BadFile where the file
    as a whole cannot be taken: then nothing may be committed.
    """
    publication = Publication(db, now, Origin.IMPORT)
    outcome = Outcome()
    with national_export.opened(path) as (source, lines):
        outcome.source = source
        known = {} if partial else import_gone.known(db, source)
        for batch in batches(source, lines, outcome):
            outcome.count(take_records(publication, source, batch, serves=serves, draft=draft))
    finish(outcome, path.name, known)
    return outcome


def finish(outcome: Outcome, name: str, known: Mapping[str, str]) -> None:
    """Look at the file as a whole once every line is read; `known` is what its source named before,
    nothing for a file that is a part. Raises BadFile.
    """
    if not outcome.read:
        raise BadFile(f"Tệp «{name}» không có bản ghi nào.")
    outcome.known = len(known)
    outcome.gone = [Gone(code, said) for code, said in known.items() if code not in outcome.codes]
    import_gone.refuse_too_many(outcome.known, outcome.gone)


def batches(source: Source, lines: Iterator[Line], outcome: Outcome) -> Iterator[list[Procedure]]:
    """The records that can be read, some hundred at a time; the others are noted."""
    batch: list[Procedure] = []
    for procedure in _procedures(source, lines, outcome):
        batch.append(procedure)
        if len(batch) == RECORDS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


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
