"""Finds what is published: a procedure, an article, what the home page and the site map show."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from content.errors import Moved, NoSuchPage, Withdrawn
from content.listing import Choice, Entry, Wanted, entries, fields
from content.models import (
    ArticleProcedure,
    ArticleRow,
    ContentItem,
    ContentVersion,
    Kind,
    ProcedureRow,
    ProcedureSource,
    Source,
    State,
)
from content.projecting import ARTICLE_PATHS, handling_agency, path_of
from content.shapes import Article, Procedure

PROCEDURES_ON_HOME = 8
FIELDS_ON_HOME = 12
GUIDES_ON_HOME = 7
NEWS_ON_HOME = 4

GONE = (State.WITHDRAWN, State.SUPERSEDED)

_ADDRESS = re.compile(r"(\d\.\d{6})(?:-.*)?", re.DOTALL)
_CODE = re.compile(r"\b\d\.\d{6}\b")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class TakenFrom:
    """A source of a procedure's facts and when it was taken in."""

    source: Source
    at: datetime


@dataclass(frozen=True)
class ArticleEntry:
    """A guide, news item or page in a list."""

    title: str
    summary: str
    path: str
    language: str
    published_on: date | None


@dataclass(frozen=True)
class ProcedurePage:
    """All that the page of one procedure shows."""

    procedure: Procedure
    path: str
    field_word: str
    listed: bool
    short: bool
    sources: tuple[TakenFrom, ...]
    related: tuple[Entry, ...]
    guides: tuple[ArticleEntry, ...]
    replacement: Entry | None = None

    @property
    def agency(self) -> str:
        return handling_agency(self.procedure)


@dataclass(frozen=True)
class ArticlePage:
    """A guide, news item or page, in the language asked for or else in Vietnamese."""

    article: Article
    procedures: tuple[Entry, ...]


@dataclass(frozen=True)
class Home:
    popular: tuple[Entry, ...]
    fields: tuple[Choice, ...]
    guides: tuple[ArticleEntry, ...]
    news: tuple[ArticleEntry, ...]


def code_of(address: str) -> str:
    """The code with which an address begins. Raises NoSuchPage where it begins with none."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise NoSuchPage
    return found.group(1)


def procedure(db: Session, address: str, language: str) -> ProcedurePage:
    """The procedure whose code begins this address. Raises NoSuchPage and Withdrawn."""
    code = code_of(address)
    shown = Procedure.model_validate_json(published_text(db, Kind.PROCEDURE, code, "vi"))
    row = db.scalars(select(ProcedureRow).where(ProcedureRow.code == code)).one()
    sources = db.execute(
        select(ProcedureSource.source, ProcedureSource.imported_at).where(
            ProcedureSource.code == code
        )
    ).all()
    came = {Source(source): at for source, at in sources}
    return ProcedurePage(
        procedure=shown,
        path=path_of(row.code, row.heading),
        field_word=row.field_slug,
        listed=row.listed,
        short=row.short,
        sources=tuple(TakenFrom(source, came[source]) for source in Source if source in came),
        related=named(db, shown.related),
        guides=naming(db, [code], language),
        replacement=next(iter(named(db, codes_in(shown.replaced_by))), None),
    )


def codes_in(words: str) -> tuple[str, ...]:
    """The codes of procedures that stand in a text."""
    return tuple(_CODE.findall(words))


def as_it_was(page: ProcedurePage, procedure: Procedure) -> ProcedurePage:
    """The page with an earlier text; what leads on from it is today's."""
    return replace(page, procedure=procedure)


def article(db: Session, kind: Kind, slug: str, language: str) -> ArticlePage:
    """The article in this language, or in Vietnamese. Raises NoSuchPage and Withdrawn."""
    if not _SLUG.fullmatch(slug):
        raise NoSuchPage
    try:
        text = published_text(db, kind, slug, language)
    except (NoSuchPage, Withdrawn, Moved):
        text = published_text(db, kind, slug, "vi")
    shown = Article.model_validate_json(text)
    return ArticlePage(shown, named(db, shown.procedures))


def articles(db: Session, kind: Kind, language: str) -> tuple[ArticleEntry, ...]:
    """All of a kind: guides and pages in their own order, news from the newest."""
    order = (
        (ArticleRow.published_on.desc(), ArticleRow.position, ArticleRow.sort_key)
        if kind is Kind.NEWS
        else (ArticleRow.position, ArticleRow.sort_key)
    )
    return _once(db, select(ArticleRow).where(ArticleRow.kind == kind).order_by(*order), language)


def home(db: Session, language: str) -> Home:
    """What the home page offers: what guides name most often comes first."""
    times_named = (
        select(func.count())
        .select_from(ArticleProcedure)
        .where(ArticleProcedure.code == ProcedureRow.code)
        .scalar_subquery()
    )
    popular = (
        select(ProcedureRow)
        .where(ProcedureRow.listed.is_(True), ProcedureRow.featured.is_(True))
        .order_by(times_named.desc(), ProcedureRow.sort_key)
        .limit(PROCEDURES_ON_HOME)
    )
    return Home(
        popular=entries(db, popular),
        fields=_most_needed_fields(db),
        guides=articles(db, Kind.GUIDE, language)[:GUIDES_ON_HOME],
        news=articles(db, Kind.NEWS, language)[:NEWS_ON_HOME],
    )


def _most_needed_fields(db: Session) -> tuple[Choice, ...]:
    """First the fields of which the Centre itself has written most, then the largest."""
    written = dict(
        db.execute(
            select(ProcedureRow.field_slug, func.count())
            .where(ProcedureRow.listed.is_(True), ProcedureRow.featured.is_(True))
            .group_by(ProcedureRow.field_slug)
        ).all()
    )
    ranked = sorted(fields(db, Wanted()), key=lambda one: (-written.get(one.word, 0), -one.count))
    return tuple(ranked[:FIELDS_ON_HOME])


def leaf_text(db: Session, kind: Kind, slug: str) -> str:
    """The Vietnamese text of a page named by a slug. Raises NoSuchPage and Withdrawn."""
    if not _SLUG.fullmatch(slug):
        raise NoSuchPage
    return published_text(db, kind, slug, "vi")


def published_text(db: Session, kind: Kind, key: str, language: str) -> str:
    """The canonical text that is shown. Raises NoSuchPage, and Withdrawn or Moved where there was
    one.
    """
    row = db.execute(
        select(
            ContentItem.state,
            ContentItem.reason,
            ContentItem.leads_to,
            ContentItem.withdrawn_at,
            ContentVersion.text,
        )
        .outerjoin(
            ContentVersion,
            (ContentVersion.item_id == ContentItem.id)
            & (ContentVersion.number == ContentItem.version),
        )
        .where(ContentItem.kind == kind, ContentItem.key == key, ContentItem.language == language)
    ).one_or_none()
    if row is not None and row.state != State.PUBLISHED:
        if row.leads_to:
            raise Moved(row.leads_to, row.reason)
        if row.state in GONE or row.withdrawn_at:
            raise Withdrawn(row.reason)
    if row is None or row.state != State.PUBLISHED or row.text is None:
        raise NoSuchPage
    return str(row.text)


def named(db: Session, codes: tuple[str, ...]) -> tuple[Entry, ...]:
    """The listed procedures with these codes, in the order in which they were named."""
    chosen = select(ProcedureRow).where(ProcedureRow.code.in_(codes), ProcedureRow.listed.is_(True))
    found = {entry.code: entry for entry in entries(db, chosen)} if codes else {}
    return tuple(found[code] for code in dict.fromkeys(codes) if code in found)


def naming(
    db: Session, codes: Sequence[str], language: str, kind: Kind = Kind.GUIDE
) -> tuple[ArticleEntry, ...]:
    """The guides, or pages of another kind, that name any of these procedures."""
    having = select(ArticleProcedure.item_id).where(ArticleProcedure.code.in_(codes))
    chosen = (
        select(ArticleRow)
        .where(ArticleRow.kind == kind, ArticleRow.item_id.in_(having))
        .order_by(ArticleRow.position, ArticleRow.sort_key)
    )
    return _once(db, chosen, language)


def _once(db: Session, chosen: Select[ArticleRow], language: str) -> tuple[ArticleEntry, ...]:
    """Each article once: in this language where there is one, else in Vietnamese."""
    rows = [row for row in db.scalars(chosen) if row.language in {"vi", language}]
    own = {row.slug for row in rows if row.language == language}
    return tuple(
        ArticleEntry(
            title=row.title,
            summary=row.summary,
            path=f"{ARTICLE_PATHS[Kind(row.kind)]}{row.slug}",
            language=row.language,
            published_on=row.published_on,
        )
        for row in rows
        if row.language == language or row.slug not in own
    )
