"""What a few records of a source do to what is published: looked at and applied by one function.

A preview calls it and throws the transaction away; applying calls it and commits.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.differences import changed_parts
from content.import_models import Found
from content.merging import effective
from content.models import ContentItem, Kind, ProcedureSource, Source
from content.publishing import Publication
from content.shapes import Decided, Procedure
from content.taking_in import Change, Serves, take_in
from portal.canonical import canonical_text, digest

RECORDS_AT_ONCE = 200

_FOUND = {Change.CREATED: Found.NEW, Change.UPDATED: Found.CHANGED}

Sources = Mapping[Source, Procedure]


@dataclass(frozen=True)
class Noticed:
    """What became of one record, or would; `found` is None where nothing at all did.

    `before` is the fingerprint of what stood until then, `after` of the page as it now is.
    """

    procedure: Procedure
    text: str
    change: Change
    found: Found | None
    elsewhere: bool
    parts: tuple[str, ...]
    beneath: tuple[str, ...]
    before: str
    after: str

    @property
    def rescinded(self) -> bool:
        return self.procedure.decided is Decided.RESCINDED


@dataclass(frozen=True)
class _Kept:
    """What every source said of a procedure until now; read only where it is needed."""

    texts: Mapping[Source, str]

    def read(self, *sources: Source) -> dict[Source, Procedure]:
        return {one: Procedure.model_validate_json(self.texts[one]) for one in sources}


def take_records(
    publication: Publication,
    source: Source,
    procedures: Sequence[Procedure],
    *,
    serves: Serves,
    draft: bool = False,
) -> list[Noticed]:
    """Take these records in and tell, for each, what is other than before."""
    db, codes = publication.db, [one.code for one in procedures]
    kept = _kept(db, codes)
    before = fingerprints(db, codes)
    procedures = [_with_address(one, source, kept.get(one.code)) for one in procedures]
    changes = take_in(publication, source, procedures, serves=serves, draft=draft)
    after = {code: item.sha256 for code, item in _items(db, codes).items()}
    return [
        _noticed(
            one,
            source,
            kept.get(one.code, _Kept({})),
            changes[one.code],
            elsewhere=not serves(one.issuing_agency),
            before=before[one.code],
            after=after[one.code],
        )
        for one in procedures
    ]


def fingerprints(db: Session, codes: Iterable[str], *, hold: bool = False) -> dict[str, str]:
    """For each code what stands: its state, its content and every source's word on it.

    With `hold` nobody else changes these pages until the transaction ends.
    """
    wanted = list(codes)
    items = _items(db, wanted, hold=hold)
    rows = db.execute(
        select(ProcedureSource.code, ProcedureSource.source, ProcedureSource.sha256)
        .where(ProcedureSource.code.in_(wanted))
        .order_by(ProcedureSource.code, ProcedureSource.source)
    )
    said: dict[str, list[str]] = {code: [] for code in wanted}
    for code, item in items.items():
        said[code] += [item.state, item.sha256]
    for row in rows:
        said[row.code] += [row.source, row.sha256]
    return {code: digest(" ".join(words)) if words else "" for code, words in said.items()}


def sources_of(db: Session, code: str) -> dict[Source, Procedure]:
    """What every source says of a procedure."""
    kept = _kept(db, [code]).get(code, _Kept({}))
    return kept.read(*kept.texts)


@dataclass(frozen=True)
class _Item:
    state: str
    sha256: str


def _items(db: Session, codes: list[str], *, hold: bool = False) -> dict[str, _Item]:
    found = select(ContentItem.key, ContentItem.state, ContentItem.sha256).where(
        ContentItem.kind == Kind.PROCEDURE,
        ContentItem.language == "vi",
        ContentItem.key.in_(codes),
    )
    rows = db.execute(found.with_for_update() if hold else found)
    return {row.key: _Item(row.state, row.sha256) for row in rows}


def _kept(db: Session, codes: list[str]) -> dict[str, _Kept]:
    rows = db.execute(
        select(ProcedureSource.code, ProcedureSource.source, ProcedureSource.text).where(
            ProcedureSource.code.in_(codes)
        )
    )
    texts: dict[str, dict[Source, str]] = {}
    for row in rows:
        texts.setdefault(row.code, {})[Source(row.source)] = row.text
    return {code: _Kept(found) for code, found in texts.items()}


def _with_address(procedure: Procedure, source: Source, kept: _Kept | None) -> Procedure:
    """A list without addresses does not say that there is none: the known one stays."""
    if procedure.source_url or kept is None or source not in kept.texts:
        return procedure
    earlier = kept.read(source)[source].source_url
    return procedure.model_copy(update={"source_url": earlier}) if earlier else procedure


def _noticed(
    procedure: Procedure,
    source: Source,
    kept: _Kept,
    change: Change,
    *,
    elsewhere: bool,
    before: str,
    after: str,
) -> Noticed:
    text = canonical_text(procedure)
    is_other = kept.texts.get(source) != text
    is_first_and_silent = source not in kept.texts and change is Change.UNCHANGED
    compare = is_other and not is_first_and_silent
    parts, beneath = _differences(procedure, source, kept) if compare else ((), ())
    return Noticed(
        procedure=procedure,
        text=text,
        change=change,
        found=_FOUND.get(change) or (Found.BENEATH if is_other else None),
        elsewhere=elsewhere,
        parts=parts,
        beneath=beneath,
        before=before,
        after=after,
    )


def _differences(
    procedure: Procedure, source: Source, kept: _Kept
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parts people see changed, and those that changed only under a more trusted source."""
    sources = kept.read(*kept.texts)
    if not sources:
        return (), ()
    seen = changed_parts(effective(sources), effective({**sources, source: procedure}))
    if source not in sources:
        return seen, ()
    said = changed_parts(sources[source], procedure)
    return seen, tuple(part for part in said if part not in seen)
