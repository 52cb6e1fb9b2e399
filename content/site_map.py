"""The map of all public pages for search engines, in one file or, when it grows, in several."""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, Response, current_app, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import versions
from content.errors import NoSuchPage
from content.models import ArticleRow, ContentItem, ContentVersion, Kind, ProcedureRow
from content.projecting import ARTICLE_PATHS, path_of
from portal import clock, site_map
from portal.database import session
from portal.site_map import LANGUAGES, Address
from portal.staff.access import public

MOST_IN_A_FILE = 40_000
SECTIONS = (
    "/", "/thu-tuc", "/huong-dan", "/tin-tuc", "/so-lieu", "/phan-anh-kien-nghi",
    "/phan-anh-kien-nghi/tra-cuu", "/phan-anh-kien-nghi/tra-loi", "/so-do-trang", "/du-lieu-mo",
    "/viec-doi", "/hoi-dap", "/thong-bao", "/lay-y-kien", "/bieu-mau",
    "/api",
)  # fmt: skip

bp = Blueprint("content_site_map", __name__)


@bp.get("/sitemap.xml")
@public
def whole() -> ResponseReturnValue:
    """All pages, or where there are too many for one file, the list of the files."""
    found = _places(session())
    if len(found) <= MOST_IN_A_FILE:
        return _xml("content/sitemap.xml", places=found)
    files = -(-len(found) // MOST_IN_A_FILE)
    return _xml("content/sitemap_index.xml", files=range(1, files + 1))


@bp.get("/sitemap-<int:number>.xml")
@public
def part(number: int) -> ResponseReturnValue:
    begin = (number - 1) * MOST_IN_A_FILE
    found = _places(session())
    if number < 1 or begin >= len(found) or len(found) <= MOST_IN_A_FILE:
        raise NoSuchPage
    return _xml("content/sitemap.xml", places=found[begin : begin + MOST_IN_A_FILE])


def addresses(db: Session) -> list[Address]:
    """The sections, the listed procedures with details, and every article."""
    return [Address(path, None, LANGUAGES) for path in SECTIONS] + _procedures(db) + _articles(db)


def _procedures(db: Session) -> list[Address]:
    rows = db.execute(
        select(ProcedureRow.code, ProcedureRow.heading, ContentVersion.published_at)
        .join(ContentItem, ContentItem.id == ProcedureRow.item_id)
        .join(ContentVersion, versions.newest())
        .where(ProcedureRow.listed.is_(True), ProcedureRow.short.is_(False))
        .order_by(ProcedureRow.code)
    )
    return [Address(path_of(code, heading), clock.local_date(at)) for code, heading, at in rows]


def _articles(db: Session) -> list[Address]:
    rows = db.execute(
        select(ArticleRow.kind, ArticleRow.slug, ArticleRow.language, ContentVersion.published_at)
        .join(ContentItem, ContentItem.id == ArticleRow.item_id)
        .join(ContentVersion, versions.newest())
        .where(ArticleRow.kind.in_(ARTICLE_PATHS))
        .order_by(ArticleRow.kind, ArticleRow.slug, ArticleRow.language.desc())
    )
    found: dict[str, list[tuple[str, datetime]]] = {}
    for kind, slug, language, at in rows:
        found.setdefault(f"{ARTICLE_PATHS[Kind(kind)]}{slug}", []).append((language, at))
    return [
        Address(
            path,
            clock.local_date(max(at for _language, at in written)),
            tuple(language for language, _at in written),
        )
        for path, written in found.items()
    ]


def _places(db: Session) -> Sequence[tuple[Address, str]]:
    """Each page once for each language in which it is written."""
    found = site_map.addresses(current_app, db)
    return [(address, language) for address in found for language in address.languages]


def _xml(template: str, **parts: object) -> Response:
    text = render_template(template, languages=LANGUAGES, **parts)
    return Response(text, mimetype="application/xml")
