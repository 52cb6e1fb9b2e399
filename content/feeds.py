"""Tells feed readers what is new: an Atom feed for each section."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from content import versions
from content.errors import NoSuchPage
from content.listing import Wanted, conditions
from content.models import ArticleRow, ContentItem, ContentVersion, Kind, ProcedureRow
from content.projecting import ARTICLE_PATHS, path_of
from portal.database import session
from portal.languages import language
from portal.machines import open_answer, site
from portal.profile import profile
from portal.staff.access import public

ENTRIES = 50
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
# Names stay the same when the site moves to another domain.
NAMES = UUID("5b6f1a52-6c0e-4c39-9c1c-1f0f3f6d7c11")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)

# What XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

bp = Blueprint("content_feeds", __name__)


@dataclass(frozen=True)
class Entry:
    """A page in a feed: when it was shown first, and when last changed."""

    id: str
    title: str
    summary: str
    path: str
    language: str
    category: str
    published: datetime
    updated: datetime


@bp.get("/tin-tuc.atom")
@public
def news() -> ResponseReturnValue:
    return _feed(_("Tin tức, thông báo"), "/tin-tuc", _articles(Kind.NEWS))


@bp.get("/huong-dan.atom")
@public
def guides() -> ResponseReturnValue:
    return _feed(_("Hướng dẫn dịch vụ công trực tuyến"), "/huong-dan", _articles(Kind.GUIDE))


@bp.get("/thong-bao.atom")
@public
def notices() -> ResponseReturnValue:
    return _feed(_("Thông báo"), "/thong-bao", _articles(Kind.NOTICE))


@bp.get("/lay-y-kien.atom")
@public
def consultations() -> ResponseReturnValue:
    return _feed(_("Lấy ý kiến dự thảo"), "/lay-y-kien", _articles(Kind.CONSULTATION))


@bp.get("/bieu-mau.atom")
@public
def forms() -> ResponseReturnValue:
    return _feed(_("Biểu mẫu"), "/bieu-mau", _articles(Kind.FORM))


@bp.get("/hoi-dap.atom")
@public
def questions() -> ResponseReturnValue:
    return _feed(_("Hỏi đáp"), "/hoi-dap", _articles(Kind.QUESTION))


@bp.get("/viec-doi.atom")
@public
def life_events() -> ResponseReturnValue:
    return _feed(_("Theo việc trong đời"), "/viec-doi", _articles(Kind.LIFE_EVENT))


@bp.get("/thu-tuc.atom")
@public
def procedures() -> ResponseReturnValue:
    """Of one field where the address names one. Raises NoSuchPage for a field without any."""
    wanted = Wanted.from_address(request.args)
    found = changed_procedures(session(), profile().tenant, Wanted(field=wanted.field))
    title = _("Thủ tục hành chính mới thay đổi")
    if not wanted.field:
        return _feed(title, "/thu-tuc", found)
    if not found:
        raise NoSuchPage
    path = f"/thu-tuc?linh-vuc={wanted.field}"
    return _feed(f"{title}: {found[0].category}", path, found)


def xml_text(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def xml_moment(moment: datetime) -> str:
    """A moment as RFC 3339 writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def identifier(tenant: str, *parts: str) -> str:
    """A name for a feed or an entry that never changes."""
    return uuid5(NAMES, "/".join((tenant, *parts))).urn


def changed_procedures(db: Session, tenant: str, wanted: Wanted) -> list[Entry]:
    """The listed procedures that changed last, newest first."""
    chosen = _dated(ProcedureRow).where(*conditions(wanted)).order_by(ProcedureRow.code)
    return [
        Entry(
            id=identifier(tenant, Kind.PROCEDURE, row.code),
            title=row.heading,
            summary=row.summary,
            path=path_of(row.code, row.heading),
            language="vi",
            category=row.field,
            published=published,
            updated=updated,
        )
        for row, updated, published in db.execute(chosen.limit(ENTRIES))
    ]


def changed_articles(db: Session, tenant: str, kind: Kind, language: str) -> list[Entry]:
    """The articles of a kind that changed last, each in this language or else in Vietnamese."""
    chosen = _dated(ArticleRow).where(
        ArticleRow.kind == kind, ArticleRow.language.in_({"vi", language})
    )
    rows = db.execute(chosen.order_by(ArticleRow.slug)).all()
    own = {row.slug for row, _updated, _published in rows if row.language == language}
    found = [
        Entry(
            id=identifier(tenant, kind, row.slug, row.language),
            title=row.title,
            summary=row.summary,
            path=f"{ARTICLE_PATHS[kind]}{row.slug}",
            language=row.language,
            category="",
            published=published,
            updated=updated,
        )
        for row, updated, published in rows
        if row.language == language or row.slug not in own
    ]
    return found[:ENTRIES]


def _dated(table: type[Any]) -> Select[Any]:
    """Rows with the moments of their newest and first versions, the latest change first."""
    first = aliased(ContentVersion)
    began = (
        select(func.min(first.published_at))
        .where(first.item_id == ContentItem.id)
        .scalar_subquery()
    )
    return (
        select(table, ContentVersion.published_at, began)
        .join(ContentItem, ContentItem.id == table.item_id)
        .join(ContentVersion, versions.newest())
        .order_by(ContentVersion.published_at.desc())
    )


def _articles(kind: Kind) -> list[Entry]:
    return changed_articles(session(), profile().tenant, kind, language())


def _feed(title: str, path: str, entries: Iterable[Entry]) -> Response:
    found = list(entries)
    text = render_template(
        "feeds/feed.xml",
        id=identifier(profile().tenant, "feed", language(), path),
        title=title,
        path=path,
        self_path=path.replace("?", ".atom?") if "?" in path else f"{path}.atom",
        entries=found,
        updated=max((entry.updated for entry in found), default=NEVER),
        root=site() + request.script_root,
    )
    return open_answer(text.encode(), MEDIA_TYPE)
