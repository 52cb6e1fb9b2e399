"""Begins a page that does not exist yet, with its title already in its first save."""

from sqlalchemy.orm import Session

from content.editorial import texts, workflow
from content.editorial.clerk import Clerk
from content.editorial.models import Draft
from content.models import Kind
from portal.canonical import canonical_text


def begin(db: Session, clerk: Clerk, kind: str, key: str, title: str) -> Draft:
    """Raises BadKey and KeyTaken."""
    draft = workflow.start_new(db, clerk, kind, key, texts.VIETNAMESE)
    parts = texts.mapping(workflow.current(db, draft).text)
    parts["name" if kind == Kind.PROCEDURE else "title"] = title
    return workflow.save(
        db, clerk, draft.id, seen=draft.revision, text=canonical_text(parts), title=title
    )
