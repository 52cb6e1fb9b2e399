"""Keeps what staff wrote when an import or the library says something new, and asks a person."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import citing, merging
from content.models import ContentItem, ContentVersion, Kind, Origin, Source
from content.shapes import Procedure
from portal.canonical import digest
from portal.tasks import Task, open_task

LIBRARY_NEWER = "library-newer"
EDITED_OVER_IMPORT = "edited-over-import"
LONGEST_ORIGIN = 200


def tell(
    db: Session,
    source: Source,
    sources: Mapping[str, Mapping[Source, Procedure]],
    earlier: Mapping[str, str],
    *,
    now: datetime,
) -> None:
    """Open a task for each procedure where this source changed a part that staff hold.

    `sources` are all words on each code as they now are, `earlier` this source's word before.
    """
    if source is Source.EDITED:
        return
    for code, known in sources.items():
        edited = known.get(Source.EDITED)
        if edited is None or code not in earlier:
            continue
        now_beneath: dict[Source, Procedure] = {
            one: said for one, said in known.items() if one is not Source.EDITED
        }
        before: dict[Source, Procedure] = {
            **now_beneath,
            source: Procedure.model_validate_json(earlier[code]),
        }
        parts = _changed(edited, merging.effective(before), merging.effective(now_beneath))
        if parts:
            subject = citing.subject_of(Kind.PROCEDURE, code, "vi")
            origin = f"{source}: {', '.join(parts)}"[:LONGEST_ORIGIN]
            open_task(db, kind=EDITED_OVER_IMPORT, subject=subject, origin=origin, now=now)


def _changed(edited: Procedure, before: Procedure, after: Procedure) -> list[str]:
    held = merging.held_by(edited)
    return [
        name
        for name in Procedure.model_fields
        if name in held and getattr(before, name) != getattr(after, name)
    ]


def held_back(db: Session, item: ContentItem, text: str, *, now: datetime) -> bool:
    """Whether staff wrote what is shown, so that the library may not replace it.

    A text of the library that was never seen here becomes a task, once.
    """
    versions = select(ContentVersion).where(ContentVersion.item_id == item.id)
    newest = db.scalar(versions.where(ContentVersion.number == item.version))
    if newest is None or newest.origin != Origin.EDITOR:
        return False
    sha256 = digest(text)
    if db.scalar(versions.where(ContentVersion.sha256 == sha256).limit(1)) is not None:
        return True
    subject = citing.subject_of(item.kind, item.key, item.language)
    asked = select(Task.id).where(
        Task.kind == LIBRARY_NEWER, Task.subject == subject, Task.origin == sha256
    )
    if db.scalar(asked.limit(1)) is None:
        open_task(db, kind=LIBRARY_NEWER, subject=subject, origin=sha256, now=now)
    return True
