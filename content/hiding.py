"""Takes a page out of lists, search, feeds and citations; its versions stay."""

from sqlalchemy import delete

from content.models import (
    ArticleProcedure,
    ArticleRow,
    ContentItem,
    InstrumentCitation,
    Kind,
    ProcedureAudience,
    ProcedureLevel,
    ProcedureRow,
)
from content.publishing import Publication
from portal import events
from search_index import documents

HIDDEN_EVENT = "content.withdrawn"
ROWS = (
    InstrumentCitation, ArticleProcedure, ArticleRow, ProcedureLevel, ProcedureAudience,
    ProcedureRow,
)  # fmt: skip


def hide(publication: Publication, item: ContentItem, address: str) -> None:
    """No list, no search and no feed leads to a page any more; its state is the caller's to set."""
    db = publication.db
    for table in ROWS:
        db.execute(delete(table).where(table.item_id == item.id))
    number = publication.revision(Kind(item.kind))
    documents.withdraw(db, search_keys(item), revision=number)
    events.emit(db, HIDDEN_EVENT, url=address, kind=item.kind)


def search_keys(item: ContentItem) -> list[str]:
    """The keys under which search may know a page: with its language, or without for Vietnamese."""
    plain = f"{item.kind}:{item.key}"
    named = f"{plain}:{item.language}"
    return [plain, named] if item.language == "vi" else [named]
