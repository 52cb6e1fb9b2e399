"""What can be searched: one row per published page, written when the page is published."""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from search_index.analysis import fold, without_place
from search_index.editor_aliases import editor_aliases
from search_index.likely_levels import likely_levels
from search_index.models import SearchRow

ROWS_AT_ONCE = 400
CONTROLS = set(range(32)) - {ord("\n"), ord("\t")} | set(range(127, 160))
NO_CONTROLS = dict.fromkeys(CONTROLS, " ")
LISTS = ("aliases", "fields", "levels", "audience", "codes")


@dataclass(frozen=True)
class SearchDocument:
    """One page as search sees it.

    `text` is plain text; `aliases` are everyday names that count like second titles; `codes` are
    official numbers by which it is found directly; `weight` lifts (up to 5) or sinks (down to -5)
    a page among near equals; `levels`, `audience` and `online` carry the words of content.shapes.
    """

    key: str
    kind: str
    url: str
    title: str
    language: str = "vi"
    aliases: Sequence[str] = ()
    text: str = ""
    summary: str = ""
    agency: str = ""
    fields: Sequence[str] = ()
    levels: Sequence[str] = ()
    audience: Sequence[str] = ()
    online: str = "unknown"
    time: str = ""
    codes: Sequence[str] = ()
    weight: int = 0

    @property
    def names(self) -> list[str]:
        """The title and after it the aliases, each once."""
        return list(dict.fromkeys([self.title, *self.aliases]))

    def described(self) -> dict[str, Any]:
        """What ranking and filters need to know; pages of one `group` bear the same name."""
        return {
            "kind": self.kind,
            "language": self.language,
            "group": f"{self.kind}:{fold(without_place(self.title)).removeprefix('thu tuc ')}",
            "fields": list(self.fields),
            "levels": list(self.levels),
            "likely_levels": list(self.levels) or likely_levels(self.agency),
            "audience": list(self.audience),
            "online": self.online,
            "weight": self.weight,
        }


def document_of(row: SearchRow) -> SearchDocument:
    values = {name: getattr(row, name) for name in SearchDocument.__dataclass_fields__}
    return SearchDocument(**values | {name: tuple(json.loads(values[name])) for name in LISTS})


def put(db: Session, documents: Iterable[SearchDocument], *, revision: int) -> int:
    """Write these documents, new or changed, and return how many.

    Called in the publishing transaction with the number `portal.revisions.advance` gave. Where a
    key comes twice, the last one counts. Names given by editors are added to the page's own.
    """
    given = {document.key: document for document in documents}
    named = editor_aliases(db, given)
    rows = {key: _row(_with(one, named.get(key, ())), revision) for key, one in given.items()}
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(SearchRow)
    db.flush()
    changed = {
        column.name: statement.excluded[column.name]
        for column in SearchRow.__table__.columns
        if column.name != "key"
    }
    upsert = statement.on_conflict_do_update(index_elements=["key"], set_=changed)
    # Always in the order of keys: two publishers that meet on some rows wait, never deadlock.
    ordered = [rows[key] for key in sorted(rows)]
    for start in range(0, len(ordered), ROWS_AT_ONCE):
        db.execute(upsert, ordered[start : start + ROWS_AT_ONCE])
    for known in [row for row in db.identity_map.values() if isinstance(row, SearchRow)]:
        db.expire(known)
    return len(ordered)


def withdraw(db: Session, keys: Iterable[str], *, revision: int) -> int:
    """Take these documents out of search; unknown keys are passed over. Returns how many went."""
    wanted = sorted(set(keys))
    gone = 0
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        some = wanted[start : start + ROWS_AT_ONCE]
        kept = select(SearchRow).where(SearchRow.key.in_(some), SearchRow.withdrawn.is_(False))
        for row in db.scalars(kept.order_by(SearchRow.key).with_for_update()):
            row.withdrawn, row.revision = True, revision
            gone += 1
    db.flush()
    return gone


def _with(document: SearchDocument, names: Sequence[str]) -> SearchDocument:
    aliases = tuple(dict.fromkeys([*document.aliases, *names]))
    return replace(document, aliases=aliases) if names else document


def _row(document: SearchDocument, revision: int) -> dict[str, Any]:
    row = {name: _clean(value) for name, value in asdict(document).items()}
    names = [row["title"], *row["aliases"]]
    row["folded_title"] = " | ".join(f" {fold(name)} " for name in names)
    for name in LISTS:
        row[name] = json.dumps(row[name], ensure_ascii=False)
    return row | {"revision": revision, "withdrawn": False}


def _clean(value: Any) -> Any:
    """Composed letters without control characters: PostgreSQL and HTML refuse them."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.translate(NO_CONTROLS))
    if isinstance(value, (list, tuple)):
        return [_clean(part) for part in value]
    return value
