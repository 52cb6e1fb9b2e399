"""Names that editors gave to pages; every writing of a page takes them along."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from search_index.editor_models import SearchAlias

KEYS_AT_ONCE = 400


def editor_aliases(db: Session, keys: Iterable[str]) -> dict[str, list[str]]:
    """For each of these pages the names in force, the oldest first; pages without are left out."""
    wanted: Sequence[str] = sorted(set(keys))
    found: dict[str, list[str]] = {}
    for start in range(0, len(wanted), KEYS_AT_ONCE):
        some = SearchAlias.document.in_(wanted[start : start + KEYS_AT_ONCE])
        named = select(SearchAlias.document, SearchAlias.alias).where(some, SearchAlias.active)
        for document, alias in db.execute(named.order_by(SearchAlias.id)):
            found.setdefault(document, []).append(alias)
    return found
