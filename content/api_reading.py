"""Finds for machines what is published: lists in pages, one procedure, one guide."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from content import reading, versions
from content.api_shapes import (
    FieldName,
    GuideDetail,
    GuideEntry,
    GuideList,
    GuidesAsked,
    ProcedureDetail,
    ProcedureEntry,
    ProcedureList,
    ProcedureRecord,
    ProceduresAsked,
    TakenIn,
    Version,
    known,
)
from content.listing import Wanted, conditions
from content.models import (
    ArticleRow,
    ContentItem,
    ContentVersion,
    Kind,
    ProcedureLevel,
    ProcedureRow,
)
from content.projecting import ARTICLE_PATHS, UNKNOWN, path_of
from content.shapes import Level, Online
from portal.machines import counted
from portal.problems import both
from portal.vietnamese import fold

ELSEWHERE = _l(
    "Thủ tục này do địa phương khác ban hành; trang giữ lại để tham khảo, hồ sơ nộp tại địa "
    "phương đó."
)
_ORDER = {level.value: place for place, level in enumerate(Level)}


def procedures(db: Session, asked: ProceduresAsked, site: str) -> ProcedureList:
    """One page of the listed procedures, by name in Vietnamese order."""
    wanted = Wanted(
        field=asked.field,
        level=asked.level.value if asked.level else "",
        audience=asked.audience.value if asked.audience else "",
    )
    found = conditions(wanted)
    if asked.q:
        found.append(ProcedureRow.folded.startswith(fold(asked.q), autoescape=True))
    total = db.scalar(select(func.count()).select_from(ProcedureRow).where(*found)) or 0
    chosen = select(ProcedureRow).where(*found)
    return ProcedureList(
        items=tuple(entries(db, chosen.offset(asked.offset).limit(asked.size), site)),
        **counted(asked, total),
    )


def entries(db: Session, chosen: Select[Any], site: str) -> list[ProcedureEntry]:
    """These procedures by name, each with its version and levels."""
    rows = db.execute(
        chosen.add_columns(
            ContentVersion.number, ContentVersion.published_at, ContentVersion.sha256
        )
        .join(ContentItem, ContentItem.id == ProcedureRow.item_id)
        .join(ContentVersion, versions.newest())
        .order_by(ProcedureRow.sort_key, ProcedureRow.heading, ProcedureRow.code)
    ).all()
    levels: dict[int, list[str]] = {row[0].item_id: [] for row in rows}
    for item_id, level in db.execute(
        select(ProcedureLevel.item_id, ProcedureLevel.level).where(
            ProcedureLevel.item_id.in_(levels), ProcedureLevel.level != UNKNOWN
        )
    ):
        levels[item_id].append(level)
    return [_entry(row, levels[row[0].item_id], site) for row in rows]


def procedure(db: Session, code: str, site: str) -> ProcedureDetail:
    """The published record of one procedure. Raises NoSuchPage and Withdrawn."""
    page = reading.procedure(db, code, "vi")
    version = versions.published(db, Kind.PROCEDURE, code, "vi")
    notice, notice_en = (None, None) if page.listed else both(ELSEWHERE)
    return ProcedureDetail(
        code=code,
        url=site + page.path,
        listed=page.listed,
        notice=notice,
        notice_en=notice_en,
        version=_version(version.number, version.at, version.sha256),
        sources=tuple(TakenIn(source=one.source, at=one.at) for one in page.sources),
        procedure=ProcedureRecord.model_validate(known(page.procedure.model_dump(mode="json"))),
    )


def guides(db: Session, asked: GuidesAsked, site: str) -> GuideList:
    """The guides in the order of the site, each in the language asked for or in Vietnamese."""
    found = reading.articles(db, Kind.GUIDE, asked.language)
    slugs = [entry.path.removeprefix(ARTICLE_PATHS[Kind.GUIDE]) for entry in found]
    chosen = list(zip(slugs, found, strict=True))[asked.offset : asked.offset + asked.size]
    shown = _versions(db, [slug for slug, _entry in chosen])
    return GuideList(
        items=tuple(
            GuideEntry(
                slug=slug,
                language="en" if entry.language == "en" else "vi",
                title=entry.title,
                summary=entry.summary or None,
                url=site + _prefix(entry.language) + entry.path,
                version=shown[slug, entry.language],
            )
            for slug, entry in chosen
        ),
        **counted(asked, len(found)),
    )


def guide(db: Session, slug: str, language: str, site: str) -> GuideDetail:
    """One guide with its text. Raises NoSuchPage and Withdrawn."""
    found = reading.article(db, Kind.GUIDE, slug, language).article
    version = versions.published(db, Kind.GUIDE, slug, found.language)
    return GuideDetail(
        slug=slug,
        language=found.language,
        title=found.title,
        summary=found.summary or None,
        url=f"{site}{_prefix(found.language)}{ARTICLE_PATHS[Kind.GUIDE]}{slug}",
        version=_version(version.number, version.at, version.sha256),
        published_on=found.published_on,
        checked_on=found.checked_on,
        procedures=found.procedures,
        body=found.body,
    )


def _entry(row: Row[Any], levels: list[str], site: str) -> ProcedureEntry:
    found, version, at, sha256 = tuple(row)
    return ProcedureEntry(
        code=found.code,
        name=found.heading,
        url=site + path_of(found.code, found.heading),
        field=FieldName(slug=found.field_slug, name=found.field) if found.field else None,
        agency=found.agency or None,
        levels=tuple(Level(level) for level in sorted(levels, key=_ORDER.__getitem__)) or None,
        time=found.time or None,
        online=None if found.online == UNKNOWN else Online(found.online),
        has_details=not found.short,
        version=_version(version, at, sha256),
    )


def _versions(db: Session, slugs: list[str]) -> dict[tuple[str, str], Version]:
    rows = db.execute(
        select(
            ArticleRow.slug,
            ArticleRow.language,
            ContentVersion.number,
            ContentVersion.published_at,
            ContentVersion.sha256,
        )
        .join(ContentItem, ContentItem.id == ArticleRow.item_id)
        .join(ContentVersion, versions.newest())
        .where(ArticleRow.kind == Kind.GUIDE, ArticleRow.slug.in_(slugs))
    )
    return {
        (slug, language): _version(number, at, sha256)
        for slug, language, number, at, sha256 in rows
    }


def _version(number: int, at: datetime, sha256: str) -> Version:
    return Version(number=number, published_at=at, sha256=sha256)


def _prefix(language: str) -> str:
    return "" if language == "vi" else f"/{language}"
