"""Takes procedures in from one source, merges them with the others, and publishes what changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import insert, select, update

from content import overtaking
from content.merging import edited_text, effective
from content.models import (
    ContentItem,
    ContentVersion,
    Kind,
    ProcedureRow,
    ProcedureSource,
    Source,
    State,
)
from content.national_records import has_usual_code
from content.publishing import Publication, Release, publish_procedures
from content.shapes import Procedure
from portal.canonical import canonical_text, digest

ODD_CODE = "Mã có dạng khác thường, cần kiểm tra trước khi công bố."

Serves = Callable[[str], bool]


class Change(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Standing:
    """How a procedure stands before a source is taken in."""

    item_id: int
    state: str
    sha256: str
    version: int
    published_sha256: str
    listed: bool
    featured: bool


@dataclass(frozen=True)
class Merged:
    """A procedure out of all its sources."""

    procedure: Procedure
    text: str
    sha256: str
    listed: bool
    featured: bool


@dataclass(frozen=True)
class Said:
    """One source's word on a procedure."""

    procedure: Procedure
    text: str
    sha256: str


def take_in(
    publication: Publication,
    source: Source,
    procedures: Sequence[Procedure],
    *,
    serves: Serves,
    draft: bool = False,
) -> dict[str, Change]:
    """Keep what this source says, and publish the procedures that are other now than before.

    `procedures` have codes of their own; `serves` tells whether an issuing agency's procedures are
    meant for the people of this site. Drafts are kept, not shown. Returns what became of each code.
    """
    said = {found.code: _said(source, found) for found in procedures}
    merged = _merged(publication, source, said, serves)
    before = _standing(publication, list(said))
    _keep_items(publication, merged, before, draft=draft)
    after = _standing(publication, list(said))
    releases = []
    changes = {}
    for code, procedure in merged.items():
        release = None if draft else _release(procedure, after[code])
        if release is not None:
            releases.append(release)
        changes[code] = _change(procedure, before.get(code), release)
    publish_procedures(publication, releases)
    return changes


def _said(source: Source, procedure: Procedure) -> Said:
    text = edited_text(procedure) if source is Source.EDITED else canonical_text(procedure)
    return Said(procedure, text, digest(text))


def _merged(
    publication: Publication, source: Source, said: Mapping[str, Said], serves: Serves
) -> dict[str, Merged]:
    """All sources of these codes as one, after this source's word has been written down."""
    db = publication.db
    rows = db.execute(
        select(
            ProcedureSource.code,
            ProcedureSource.source,
            ProcedureSource.sha256,
            ProcedureSource.text,
        ).where(ProcedureSource.code.in_(said))
    ).all()
    known = {row.code: row.sha256 for row in rows if row.source == source}
    _write_down(publication, source, said, known)
    sources = {code: {source: one.procedure} for code, one in said.items()}
    for row in rows:
        if row.source != source:
            sources[row.code][Source(row.source)] = Procedure.model_validate_json(row.text)
    earlier = {row.code: row.text for row in rows if row.source == source}
    overtaking.tell(db, source, sources, earlier, now=publication.now)
    return {code: _merge(found, said[code], serves) for code, found in sources.items()}


def _merge(sources: Mapping[Source, Procedure], only: Said, serves: Serves) -> Merged:
    procedure = effective(sources)
    is_edited = Source.EDITED in sources
    is_alone = len(sources) == 1 and not is_edited
    text = only.text if is_alone else canonical_text(procedure)
    featured = Source.LIBRARY in sources
    sha256 = only.sha256 if is_alone else digest(text)
    listed = featured or is_edited or serves(procedure.issuing_agency)
    return Merged(procedure, text, sha256, listed=listed, featured=featured)


def _write_down(
    publication: Publication, source: Source, said: Mapping[str, Said], known: Mapping[str, str]
) -> None:
    rows = [
        {
            "code": code,
            "source": source,
            "text": one.text,
            "sha256": one.sha256,
            "imported_at": publication.now,
        }
        for code, one in said.items()
        if known.get(code) != one.sha256
    ]
    if new := [row for row in rows if row["code"] not in known]:
        publication.db.execute(insert(ProcedureSource), new)
    if changed := [row for row in rows if row["code"] in known]:
        publication.db.execute(update(ProcedureSource), changed)


def _standing(publication: Publication, codes: list[str]) -> dict[str, Standing]:
    rows = publication.db.execute(
        select(
            ContentItem.key,
            ContentItem.id,
            ContentItem.state,
            ContentItem.sha256,
            ContentItem.version,
            ContentVersion.sha256,
            ProcedureRow.listed,
            ProcedureRow.featured,
        )
        .outerjoin(
            ContentVersion,
            (ContentVersion.item_id == ContentItem.id)
            & (ContentVersion.number == ContentItem.version),
        )
        .outerjoin(ProcedureRow, ProcedureRow.item_id == ContentItem.id)
        .where(
            ContentItem.kind == Kind.PROCEDURE,
            ContentItem.key.in_(codes),
            ContentItem.language == "vi",
        )
    ).all()
    return {
        key: Standing(
            item_id, state, sha256, version, published or "", bool(listed), bool(featured)
        )
        for key, item_id, state, sha256, version, published, listed, featured in rows
    }


def _keep_items(
    publication: Publication,
    merged: Mapping[str, Merged],
    before: Mapping[str, Standing],
    *,
    draft: bool,
) -> None:
    new = [_first_item(one, draft=draft) for code, one in merged.items() if code not in before]
    changed = []
    for code, was in before.items():
        state = was.state if draft or was.state != State.DRAFT else State.PUBLISHED
        if (state, merged[code].sha256) != (was.state, was.sha256):
            changed.append({"id": was.item_id, "state": state, "sha256": merged[code].sha256})
    if new:
        publication.db.execute(insert(ContentItem), new)
    if changed:
        publication.db.execute(update(ContentItem), changed)


def _first_item(merged: Merged, *, draft: bool) -> dict[str, object]:
    usual = has_usual_code(merged.procedure)
    state = State.UNPUBLISHED if not usual else State.DRAFT if draft else State.PUBLISHED
    return {
        "kind": Kind.PROCEDURE,
        "key": merged.procedure.code,
        "language": "vi",
        "state": state,
        "reason": "" if usual else ODD_CODE,
        "sha256": merged.sha256,
        "version": 0,
    }


def _release(merged: Merged, now: Standing) -> Release | None:
    """What has to be shown anew; None where nothing has, or where it is kept from being shown."""
    is_new_version = merged.sha256 != now.published_sha256
    stands_elsewhere = (merged.listed, merged.featured) != (now.listed, now.featured)
    if now.state != State.PUBLISHED or not (is_new_version or stands_elsewhere):
        return None
    return Release(
        item_id=now.item_id,
        version=now.version + is_new_version,
        procedure=merged.procedure,
        text=merged.text,
        sha256=merged.sha256,
        listed=merged.listed,
        featured=merged.featured,
        is_new_version=is_new_version,
    )


def _change(merged: Merged, before: Standing | None, release: Release | None) -> Change:
    if before is None:
        return Change.CREATED
    published = release is not None and release.is_new_version
    if published or before.sha256 != merged.sha256:
        return Change.UPDATED
    return Change.UNCHANGED
