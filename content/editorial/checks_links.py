"""Whether links that stay on this site lead to something, and codes name a procedure of ours."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, has_app_context
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.editorial.checks_text import Finding, links, pictures
from content.models import ArticleRow, Kind, LegalInstrument, ProcedureRow
from content.projecting import ARTICLE_PATHS
from content.rendering import FILE, anchor, pieces, words_of
from content.shapes import Shape
from portal.files.models import StoredFile
from search_index.models import SearchRow

_CODE = re.compile(r"/thu-tuc/(\d\.\d{6})(?:-[a-z0-9-]*)?")
_FAR = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


def findings(db: Session, where: str, text: str, *, own: Shape, kind: str) -> Iterator[Finding]:
    """Dead links of one Markdown text; `own` is the page it stands on."""
    for address, words in links(text):
        if address.startswith("#"):
            if unquote(address[1:]) not in _anchors(text):
                yield Finding(
                    where,
                    _(
                        "Liên kết “%(words)s” dẫn tới mục “%(address)s” không có trên trang này.",
                        words=words, address=address,
                    ),
                )  # fmt: skip
        elif not address.startswith("/") or address.startswith("//"):
            if not _FAR.match(address):
                yield Finding(where, _unclear(words, address))
        elif not is_alive(db, address) and not _is_own(address, kind, own):
            yield Finding(
                where,
                _(
                    "Liên kết “%(words)s” dẫn tới “%(address)s”, trang này không có trên hệ thống.",
                    words=words, address=address,
                ),
            )  # fmt: skip
    for address in pictures(text):
        if FILE.fullmatch(unquote(address)) and not is_alive(db, address):
            yield Finding(where, _("Ảnh “%(address)s” không có trong kho.", address=address))


def codes(db: Session, kind: str, language: str, shape: Shape) -> Iterator[Finding]:
    """Procedures that a page names by a code which is not published here."""
    named = dict(_named(shape))
    if kind == Kind.PROCEDURE and language == "en":
        named[str(getattr(shape, "code", ""))] = "code"
    known = select(ProcedureRow.code).where(ProcedureRow.code.in_(named))
    published = set(db.scalars(known)) if named else set()
    for code, where in named.items():
        if code not in published:
            yield Finding(where, _("Không có thủ tục mã “%(code)s” trên trang này.", code=code))


def is_alive(db: Session, address: str) -> bool:
    """Whether a path of this site, with or without /en, is published or one of its fixed pages."""
    path = unquote(urlsplit(address).path)
    path = path.removeprefix("/en") if path == "/en" or path.startswith("/en/") else path
    path = path.rstrip("/") or "/"
    if found := _CODE.fullmatch(path):
        return _any(db, select(ProcedureRow.code).where(ProcedureRow.code == found[1]))
    if found := FILE.fullmatch(path):
        begins = StoredFile.sha256.startswith(found[1], autoescape=True)
        return _any(db, select(StoredFile.sha256).where(begins))
    folder, _slash, slug = path.rpartition("/")
    kinds = [kind for kind, begins in ARTICLE_PATHS.items() if begins == f"{folder}/"]
    if kinds and _any(
        db, select(ArticleRow.slug).where(ArticleRow.kind.in_(kinds), ArticleRow.slug == slug)
    ):
        return True
    if folder == "/van-ban":
        return _any(db, select(LegalInstrument.key).where(LegalInstrument.key == slug))
    if _any(db, select(SearchRow.key).where(SearchRow.url == path, SearchRow.withdrawn.is_(False))):
        return True
    return _is_fixed(path)


def _any(db: Session, chosen: Any) -> bool:
    return db.execute(chosen.limit(1)).first() is not None


def _is_fixed(path: str) -> bool:
    """Whether this is a page without parameters, such as /lien-he or /tim-kiem."""
    if not has_app_context():
        return False
    return any(
        rule.rule == path and not rule.arguments and "GET" in (rule.methods or ())
        for rule in current_app.url_map.iter_rules()
        if not rule.rule.startswith("/quan-tri")
    )


def _is_own(address: str, kind: str, own: Shape) -> bool:
    begins = ARTICLE_PATHS.get(Kind(kind))
    slug: str = getattr(own, "slug", "")
    return bool(begins and slug) and urlsplit(address).path.removeprefix("/en") == f"{begins}{slug}"


def _anchors(text: str) -> set[str]:
    taken: set[str] = set()
    found = pieces(text)
    for at, piece in enumerate(found):
        if piece.type == "heading_open":
            anchor(words_of(found[at + 1]), taken)
    return taken


def _named(shape: Shape) -> Iterator[tuple[str, str]]:
    for code in getattr(shape, "procedures", ()):
        yield code, "procedures"
    for number, step in enumerate(getattr(shape, "steps", ())):
        for code in getattr(step, "procedures", ()):
            yield code, f"steps-{number}-procedures"


def _unclear(words: str, address: str) -> str:
    return str(
        _(
            "Liên kết “%(words)s” dẫn tới “%(address)s”: địa chỉ trên trang này phải bắt đầu "
            "bằng /, địa chỉ nơi khác bằng https://.",
            words=words,
            address=address,
        )
    )
