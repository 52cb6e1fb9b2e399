"""Publishes: a version that never changes, its rows in lists and search, one revision."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, literal, select, update
from sqlalchemy.orm import Session

from content import citing, everyday_names, leaves, projecting
from content.citing import Cites
from content.leaves import Leaf
from content.models import (
    ArticleProcedure,
    ArticleRow,
    ContentItem,
    ContentVersion,
    Kind,
    Origin,
    ProcedureAudience,
    ProcedureLevel,
    ProcedureRow,
    State,
)
from content.overtaking import held_back
from content.shapes import Article, Procedure
from portal import events, revisions
from portal.canonical import digest
from portal.revisions import Area
from search_index import documents
from search_index.models import SearchRow

AREAS = {
    Kind.PROCEDURE: Area.PROCEDURES,
    Kind.GUIDE: Area.GUIDES,
    Kind.NEWS: Area.NEWS,
    Kind.NOTICE: Area.NEWS,
    Kind.PAGE: Area.PAGES,
    Kind.QUESTION: Area.GUIDES,
    Kind.LIFE_EVENT: Area.GUIDES,
    Kind.CONSULTATION: Area.NEWS,
    Kind.FORM: Area.GUIDES,
    Kind.LEGAL_DOCUMENT: Area.PROCEDURES,
}
PUBLISHED_EVENT = "content.published"


@dataclass(frozen=True)
class Credits:
    """Who stands for a version, and what it says of itself; nobody for library and imports."""

    author: str = ""
    approver: str = ""
    forced_reason: str = ""
    note: str = ""
    rolled_back_to: int | None = None


@dataclass
class Publication:
    """One publishing transaction: its moment, and one revision for each kind that changes."""

    db: Session
    now: datetime
    origin: Origin
    credits: Credits = Credits()
    _numbers: dict[Kind, int] = field(default_factory=dict)

    def revision(self, kind: Kind) -> int:
        """The number of this publication, taken at the first change of this kind."""
        if kind not in self._numbers:
            self._numbers[kind] = revisions.advance(self.db, AREAS[kind])
        return self._numbers[kind]


@dataclass(frozen=True)
class Release:
    """A procedure about to be shown, with the item it belongs to and the version it becomes."""

    item_id: int
    version: int
    procedure: Procedure
    text: str
    sha256: str
    listed: bool
    featured: bool
    is_new_version: bool


def publish_procedures(publication: Publication, releases: Sequence[Release]) -> None:
    """Versions, lists and search of these procedures, in a few statements however many."""
    if not releases:
        return
    db = publication.db
    fresh = [release for release in releases if release.is_new_version]
    _add_versions(publication, fresh)
    _project(db, releases)
    number = publication.revision(Kind.PROCEDURE)
    found = [
        projecting.procedure_document(release.procedure, featured=release.featured)
        for release in releases
        if release.listed
    ]
    documents.put(db, found, revision=number)
    hidden = [r.procedure.code for r in releases if not r.listed]
    documents.withdraw(db, map(projecting.procedure_key, hidden), revision=number)
    citing.keep(db, map(_cited_by, releases), revision=number, now=publication.now)
    for release in fresh:
        url = projecting.procedure_path(release.procedure)
        events.emit(db, PUBLISHED_EVENT, url=url, kind=Kind.PROCEDURE.value)


def renew_names(publication: Publication) -> int:
    """Write anew what search knows of procedures whose everyday names have changed; how many."""
    db, codes = publication.db, sorted(everyday_names.table())
    found = db.execute(
        select(ContentVersion.text, ProcedureRow.featured, SearchRow.aliases)
        .join(ContentItem, ContentItem.id == ContentVersion.item_id)
        .join(ProcedureRow, ProcedureRow.item_id == ContentItem.id)
        .join(SearchRow, SearchRow.key == literal(projecting.PROCEDURE_KEY) + ProcedureRow.code)
        .where(
            ContentVersion.number == ContentItem.version,
            ProcedureRow.listed,
            ProcedureRow.code.in_(codes),
        )
    ).all()
    renewed = []
    for row in found:
        procedure = Procedure.model_validate_json(row.text)
        document = projecting.procedure_document(procedure, featured=row.featured)
        if list(document.aliases) != json.loads(row.aliases):
            renewed.append(document)
    if renewed:
        documents.put(db, renewed, revision=publication.revision(Kind.PROCEDURE))
    return len(renewed)


def _cited_by(release: Release) -> Cites:
    subject = citing.subject_of(Kind.PROCEDURE, release.procedure.code, "vi")
    return Cites(release.item_id, subject, release.procedure.legal_basis)


def publish_article(publication: Publication, article: Article) -> bool:
    """Publish a guide, news item or page; False when this very text is already published."""
    return publish_leaf(publication, leaves.of_article(article))


def publish_leaf(publication: Publication, leaf: Leaf) -> bool:
    """Publish a page whose content is one text; False when this very text is already published,
    or where it is not for the library to say: on pages that staff changed or took away.
    """
    item = new_version(publication, leaf.kind, leaf.slug, leaf.language, leaf.text)
    if item is None:
        return False
    show_leaf(publication, item, leaf)
    events.emit(publication.db, PUBLISHED_EVENT, url=leaf.document.url, kind=leaf.kind.value)
    return True


def new_version(
    publication: Publication, kind: Kind, key: str, language: str, text: str
) -> ContentItem | None:
    """The page of this key with this text as its newest version; None where nothing changes."""
    db = publication.db
    item = _locked_item(db, kind, key, language)
    if item is None:
        item = ContentItem(kind=kind, key=key, language=language, version=0)
        db.add(item)
    elif not _is_to_publish(publication, item, text):
        return None
    item.state, item.sha256, item.version = State.PUBLISHED, digest(text), item.version + 1
    db.flush()
    db.add(_version(publication, item.id, item.version, text))
    db.flush()
    return item


def _is_to_publish(publication: Publication, item: ContentItem, text: str) -> bool:
    """Staff publish whatever is new; what they changed or took away is not for the library."""
    if item.state == State.PUBLISHED and item.sha256 == digest(text):
        return False
    if publication.origin is Origin.EDITOR:
        return True
    is_shown = item.state == State.PUBLISHED
    return is_shown and not held_back(publication.db, item, text, now=publication.now)


def show_leaf(publication: Publication, item: ContentItem, leaf: Leaf) -> None:
    """Put a page into the lists, into search, and among those that cite an instrument."""
    db = publication.db
    for table in (ArticleProcedure, ArticleRow):
        db.execute(delete(table).where(table.item_id == item.id))
    _insert(db, ArticleRow, [leaves.row(item.id, leaf)])
    _insert(db, ArticleProcedure, leaves.named_rows(item.id, leaf))
    number = publication.revision(leaf.kind)
    documents.put(db, [leaf.document], revision=number)
    subject = citing.subject_of(leaf.kind, leaf.slug, leaf.language)
    cites = Cites(item.id, subject, words=leaf.words)
    citing.keep(db, [cites], revision=number, now=publication.now)


def _locked_item(db: Session, kind: Kind, key: str, language: str) -> ContentItem | None:
    return db.scalar(
        select(ContentItem)
        .where(ContentItem.kind == kind, ContentItem.key == key, ContentItem.language == language)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _version(publication: Publication, item_id: int, number: int, text: str) -> ContentVersion:
    return ContentVersion(
        item_id=item_id,
        number=number,
        text=text,
        sha256=digest(text),
        origin=publication.origin,
        published_at=publication.now,
        **vars(publication.credits),
    )


def _add_versions(publication: Publication, releases: Iterable[Release]) -> None:
    rows = [
        {
            "item_id": release.item_id,
            "number": release.version,
            "text": release.text,
            "sha256": release.sha256,
            "origin": publication.origin,
            "published_at": publication.now,
            **vars(publication.credits),
        }
        for release in releases
    ]
    _insert(publication.db, ContentVersion, rows)
    moved = [{"id": row["item_id"], "version": row["number"]} for row in rows]
    if moved:
        publication.db.execute(update(ContentItem), moved)


def _project(db: Session, releases: Sequence[Release]) -> None:
    ids = [release.item_id for release in releases]
    for table in (ProcedureLevel, ProcedureAudience, ProcedureRow):
        db.execute(delete(table).where(table.item_id.in_(ids)))
    rows, levels, audience = [], [], []
    for r in releases:
        row = projecting.procedure_row(r.item_id, r.procedure, listed=r.listed, featured=r.featured)
        rows.append(row)
        levels += projecting.level_rows(r.item_id, r.procedure)
        audience += projecting.audience_rows(r.item_id, r.procedure)
    _insert(db, ProcedureRow, rows)
    _insert(db, ProcedureLevel, levels)
    _insert(db, ProcedureAudience, audience)


def _insert(db: Session, table: type[Any], rows: list[dict[str, Any]]) -> None:
    if rows:
        db.execute(insert(table), rows)
