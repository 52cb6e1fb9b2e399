"""Pages told in English: a procedure's English page, and whether it is older than its original."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from content import projecting, versions
from content.leaf_shapes import EnglishProcedure
from content.models import ContentItem, ContentVersion, Kind, ProcedureRow, State
from content.publishing import PUBLISHED_EVENT, Publication, new_version
from content.shapes import Procedure
from portal import events
from portal.canonical import canonical_text, digest
from search_index import documents
from search_index.documents import SearchDocument

LANGUAGE = "en"
# What the English tells. An original that changed elsewhere (its legal basis, say) makes no
# English page older.
TOLD = (
    "name", "title", "summary", "steps", "steps_text", "methods", "papers", "papers_text",
    "conditions",
)  # fmt: skip


def told_digest(procedure: Procedure) -> str:
    """The fingerprint of what an English page is made from; kept as its `source_digest`."""
    return digest(canonical_text({name: getattr(procedure, name) for name in TOLD}))


def english_of(db: Session, code: str) -> tuple[EnglishProcedure, bool] | None:
    """What is told of a procedure in English, and whether its original has changed since."""
    text = _shown(db, Kind.PROCEDURE, code, LANGUAGE)
    if text is None:
        return None
    told = EnglishProcedure.model_validate_json(text)
    original = _shown(db, Kind.PROCEDURE, code, "vi")
    if original is None:
        return told, True
    return told, told.source_digest != told_digest(Procedure.model_validate_json(original))


def is_older(db: Session, kind: Kind, key: str) -> bool:
    """Whether a page has an English variant that is older than what is shown in Vietnamese."""
    if kind is Kind.PROCEDURE:
        found = english_of(db, key)
        return found is not None and found[1]
    item, version = aliased(ContentItem), aliased(ContentVersion)
    last = (
        select(item.language, func.max(version.published_at))
        .join(version, (version.item_id == item.id) & (version.number == item.version))
        .where(item.kind == kind, item.key == key, item.state == State.PUBLISHED)
        .group_by(item.language)
    )
    at = dict(db.execute(last).all())
    return {LANGUAGE, "vi"} <= at.keys() and at[LANGUAGE] < at["vi"]


def current_digest(db: Session, code: str) -> str:
    """What an English page written now has to carry; empty where there is no original."""
    original = _shown(db, Kind.PROCEDURE, code, "vi")
    return told_digest(Procedure.model_validate_json(original)) if original else ""


def publish_english(publication: Publication, told: EnglishProcedure) -> bool:
    """Publish a procedure's English page; False when this very text is already published."""
    text = canonical_text(told)
    item = new_version(publication, Kind.PROCEDURE, told.code, LANGUAGE, text)
    if item is None:
        return False
    url = show_english(publication, told)
    events.emit(publication.db, PUBLISHED_EVENT, url=f"/{LANGUAGE}{url}", kind=Kind.PROCEDURE.value)
    return True


def show_english(publication: Publication, told: EnglishProcedure) -> str:
    """Let search find a procedure under its English name; the address it has on this site."""
    db = publication.db
    row = db.scalar(select(ProcedureRow).where(ProcedureRow.code == told.code))
    number = publication.revision(Kind.PROCEDURE)
    url = projecting.path_of(told.code, row.heading if row else "")
    if row is not None and row.listed:
        documents.put(db, [_document(told, row, url)], revision=number)
    return url


def search_key(code: str) -> str:
    return f"{projecting.procedure_key(code)}:{LANGUAGE}"


def _document(told: EnglishProcedure, row: ProcedureRow, url: str) -> SearchDocument:
    steps = [words for step in told.steps for words in (step.title, step.text)]
    papers = [paper.name for group in told.papers for paper in group.papers]
    said = [*steps, *papers, told.conditions, told.fees_note, told.time_note]
    return SearchDocument(
        key=search_key(told.code),
        kind=Kind.PROCEDURE,
        language=LANGUAGE,
        url=url,
        title=told.title,
        text="\n".join(filter(None, said)),
        summary=told.summary,
        agency=row.agency,
        fields=[row.field] if row.field else [],
        online=row.online,
        codes=[told.code],
        weight=projecting.FEATURED_WEIGHT if row.featured else 0,
    )


def _shown(db: Session, kind: Kind, key: str, language: str) -> str | None:
    return db.scalar(
        select(ContentVersion.text)
        .join(ContentItem, versions.newest())
        .where(
            ContentItem.kind == kind,
            ContentItem.key == key,
            ContentItem.language == language,
            ContentItem.state == State.PUBLISHED,
        )
    )
