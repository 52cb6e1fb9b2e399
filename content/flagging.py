"""Knows which published procedures still use words the law has left behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, select, true
from sqlalchemy.orm import Session

from content.citing import subject_of
from content.editorial.clerk import Clerk
from content.import_models import OldWords
from content.models import ContentItem, ContentVersion, Kind, ProcedureRow, State
from content.old_words import Flag, found_in
from content.versions import newest
from portal import tasks
from portal.database import Database
from portal.paging import Page, paginate
from portal.staff import audit
from portal.vietnamese import fold

LOOK_EVERY = timedelta(minutes=1)
PROCEDURES_AT_ONCE = 300
ON_A_PAGE = 50
MEND_OLD_WORDS = "mend-old-words"
# Written anew when what is sought for changes, so that everything is read again.
RULE = "1"


@dataclass(frozen=True)
class Flagged:
    code: str
    heading: str
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class Listed:
    flag: Flag | None
    words: str
    counts: dict[Flag, int]
    page: Page
    rows: list[Flagged]


def refresh(store: Database, *, districts: bool) -> int:
    """Read every procedure whose text has not been read yet; how many there were."""
    done = 0
    while True:
        with store.write() as db:
            read = _refresh_some(db, districts=districts)
            db.commit()
        done += read
        if read < PROCEDURES_AT_ONCE:
            return done


def _refresh_some(db: Session, *, districts: bool) -> int:
    rule = f":{RULE}:{'d' if districts else '-'}"
    rows = db.execute(
        select(ContentItem.key, ContentVersion.sha256, ContentVersion.text)
        .join(ContentVersion, newest())
        .outerjoin(OldWords, OldWords.code == ContentItem.key)
        .where(
            ContentItem.kind == Kind.PROCEDURE,
            ContentItem.language == "vi",
            ContentItem.state == State.PUBLISHED,
            (OldWords.seen.is_(None)) | (OldWords.seen != ContentVersion.sha256 + rule),
        )
        .limit(PROCEDURES_AT_ONCE)
    ).all()
    if rows:
        db.execute(delete(OldWords).where(OldWords.code.in_([row.key for row in rows])))
        db.execute(
            insert(OldWords),
            [
                {
                    "code": row.key,
                    "seen": row.sha256 + rule,
                    "flags": " ".join(found_in(row.text, districts=districts)),
                }
                for row in rows
            ],
        )
    return len(rows)


def counts(db: Session) -> dict[Flag, int]:
    """How many procedures use each kind of word; one may use several."""
    return {flag: db.scalar(_of_this_site(select(func.count()), _has(flag))) or 0 for flag in Flag}


def listed(db: Session, flag: str, words: str, number: str | None) -> Listed:
    """Procedures with outdated words, of one kind or of any."""
    wanted = Flag(flag) if flag in set(Flag) else None
    meant = and_(_has(wanted), _named(words))
    page = paginate(db.scalar(_of_this_site(select(func.count()), meant)) or 0, number, ON_A_PAGE)
    found = _of_this_site(select(OldWords.code, ProcedureRow.heading, OldWords.flags), meant)
    rows = db.execute(
        found.order_by(ProcedureRow.sort_key, OldWords.code).limit(page.size).offset(page.offset)
    )
    entries = [Flagged(row.code, row.heading, tuple(map(Flag, row.flags.split()))) for row in rows]
    return Listed(wanted, words, counts(db), page, entries)


def ask(db: Session, codes: Sequence[str], *, clerk: Clerk) -> int:
    """Make these procedures tasks for whoever edits; how many."""
    known = db.scalars(
        select(OldWords.code).where(OldWords.code.in_(codes), OldWords.flags != "")
    ).all()
    for code in known:
        subject = subject_of(Kind.PROCEDURE, code, "vi")
        tasks.open_task(db, kind=MEND_OLD_WORDS, subject=subject, origin=clerk.name, now=clerk.now)
    detail = {"procedures": len(known)}
    audit.record(
        db,
        actor=clerk.name,
        action="content.ask-old-words",
        subject="procedures",
        at=clerk.now,
        detail=detail,
    )
    return len(known)


def _of_this_site(
    found: Select[*tuple[Any, ...]], meant: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    return (
        found.select_from(OldWords)
        .join(ProcedureRow, ProcedureRow.code == OldWords.code)
        .join(ContentItem, ContentItem.id == ProcedureRow.item_id)
        .where(ProcedureRow.listed, ContentItem.state == State.PUBLISHED, meant)
    )


def _has(flag: Flag | None) -> ColumnElement[bool]:
    return OldWords.flags.contains(flag.value) if flag else OldWords.flags != ""


def _named(words: str) -> ColumnElement[bool]:
    sought = [
        ProcedureRow.folded.contains(word, autoescape=True)
        | OldWords.code.startswith(word, autoescape=True)
        for word in fold(words).split()
    ]
    return and_(true(), *sought)
