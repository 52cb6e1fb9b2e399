"""Brings the index up to what has been published, or makes it anew."""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.database import Database
from search_index import flat, folders, store
from search_index.documents import document_of
from search_index.folders import Part, State
from search_index.models import SearchRow

log = logging.getLogger(__name__)

MOST_CHANGES_AT_ONCE = 400  # beyond this a new build is quicker than changing the old one
MOST_DELETED_SHARE = 0.25
ROWS_READ_AT_ONCE = 200


@dataclass(frozen=True)
class Outcome:
    """What an indexing run did. `skipped`: another indexer was at work on this folder."""

    documents: int = 0
    revision: int = 0
    seconds: float = 0.0
    changed: int = 0
    rebuilt: bool = False
    skipped: bool = False


@dataclass(frozen=True)
class _Published:
    """What the table of search documents holds, as one reading transaction sees it."""

    documents: int
    revision: int


def refresh(database: Database, folder: Path) -> Outcome:
    """Index what is newer than the index, or everything where the index cannot be used."""
    return _run(database, folder, anew=False)


def rebuild(database: Database, folder: Path) -> Outcome:
    """Make the index anew beside the old one, then put it in force."""
    return _run(database, folder, anew=True)


def due(database: Database, folder: Path) -> bool:
    """Whether there is something to index; cheap enough to be asked every second."""
    held = folders.state(folder)
    if held is None or not folders.follows_rules(held):
        return True
    files = [folders.segment_file(folder / held.folder, part.name) for part in held.parts]
    whole = all(file.exists() for file in files)
    with database.read() as db:
        return not whole or _published(db) != _Published(held.documents, held.revision)


def _run(database: Database, root: Path, *, anew: bool) -> Outcome:
    started = time.monotonic()
    with folders.only_indexer(root) as alone, database.read() as db:
        if not alone:
            return Outcome(skipped=True)
        held = None if anew else _usable(root)
        published = _published(db)
        done = _change(db, root, held, published) if held else None
        if done is None:
            done = _build(db, root, published)
        return Outcome(
            documents=done.state.documents,
            revision=done.state.revision,
            seconds=round(time.monotonic() - started, 3),
            changed=done.changed,
            rebuilt=done.rebuilt,
        )


@dataclass(frozen=True)
class _Done:
    state: State
    changed: int
    rebuilt: bool = False


def _usable(root: Path) -> State | None:
    """The index in force, if it follows our rules and all its files are whole."""
    held = folders.state(root)
    if held is None or not folders.follows_rules(held):
        return None
    try:
        folders.load(root, held)
    except flat.Damaged as error:
        log.warning("the search index is damaged and will be made anew: %s", error)
        return None
    return held


def _published(db: Session) -> _Published:
    living = select(func.count()).where(SearchRow.withdrawn.is_(False))
    newest = select(func.coalesce(func.max(SearchRow.revision), 0))
    return _Published(db.scalar(living) or 0, db.scalar(newest) or 0)


def _change(db: Session, root: Path, held: State, published: _Published) -> _Done | None:
    """Apply what is newer; None where only a new build will do."""
    if held.revision > published.revision:
        return None
    newer = SearchRow.revision > held.revision
    changes = db.scalar(select(func.count()).where(newer)) or 0
    if changes == 0:
        return _Done(held, 0) if held.documents == published.documents else None
    if changes > MOST_CHANGES_AT_ONCE:
        return None
    try:
        opened = store.opened(root / held.folder)
        writer = store.writer(opened)
    except store.UnusableIndex as error:
        log.warning("the search index cannot be changed and will be made anew: %s", error)
        return None
    with store.committing(writer):
        for row in _rows(db, select(SearchRow).where(newer)):
            store.remove(writer, row.key)
            if not row.withdrawn:
                store.add(writer, document_of(row))
    new = _exported(root / held.folder, published)
    if new is None or not _worth_keeping(root, new):
        return None
    _put_in_force(root, new, held)
    return _Done(new, changes)


def _build(db: Session, root: Path, published: _Published) -> _Done:
    before = folders.state(root)
    folder = folders.new_folder(root)
    store.create(folder)
    with store.committing(store.writer(store.opened(folder))) as writer:
        for row in _rows(db, select(SearchRow).where(SearchRow.withdrawn.is_(False))):
            store.add(writer, document_of(row))
    new = _exported(folder, published)
    if new is None:
        raise store.UnusableIndex(f"{folder.name}: the new build does not hold what was published")
    _put_in_force(root, new, before)
    return _Done(new, published.documents, rebuilt=True)


def _exported(folder: Path, published: _Published) -> State | None:
    """Write the arrays of segments that have none; None unless each document is held once."""
    opened = store.opened(folder)
    parts = [Part(name, tuple(deleted)) for name, deleted in store.segments(opened)]
    for part in parts:
        path = folders.segment_file(folder, part.name)
        if not path.exists():
            flat.write(store.decode(opened, part.name), path)
    state = State(folder.name, published.revision, published.documents, tuple(parts))
    titles = [
        about["key"] for about in folders.load(folder.parent, state).about if not about["name"]
    ]
    return state if len(titles) == len(set(titles)) == published.documents else None


def _worth_keeping(root: Path, state: State) -> bool:
    deleted = sum(len(part.deleted) for part in state.parts)
    return deleted <= MOST_DELETED_SHARE * max(state.documents, 40)


def _put_in_force(root: Path, new: State, before: State | None) -> None:
    folders.switch(root, new)
    folders.clean(root, [new, before if before and (root / before.folder).is_dir() else None])


def _rows(db: Session, statement: Any) -> Iterator[SearchRow]:
    """Rows one after the other in the order of their keys, never all in memory."""
    ordered = statement.order_by(SearchRow.key).execution_options(yield_per=ROWS_READ_AT_ONCE)
    for row in db.scalars(ordered):
        yield row
        db.expunge(row)
