"""What lists and search need of a procedure or an article, taken from its published content."""

import re
from collections.abc import Iterable
from typing import Any

from content import everyday_names
from content.models import Kind
from content.rendering import plain_text
from content.shapes import Article, Procedure
from portal.vietnamese import fold, slug, sort_key
from search_index.documents import SearchDocument

UNKNOWN = "unknown"
UNKNOWN_FIELD = "chua-ro"
LONGEST_ANSWER = 60
FEATURED_WEIGHT = 1
PROCEDURE_KEY = "procedure:"
ARTICLE_PATHS = {
    Kind.GUIDE: "/huong-dan/",
    Kind.NEWS: "/tin-tuc/",
    Kind.NOTICE: "/thong-bao/",
    Kind.PAGE: "/",
    Kind.QUESTION: "/hoi-dap/",
    Kind.LIFE_EVENT: "/viec-doi/",
    Kind.CONSULTATION: "/lay-y-kien/",
    Kind.FORM: "/bieu-mau/",
    Kind.LEGAL_DOCUMENT: "/van-ban/",
}

# Marks of Markdown; rendering thousands of imported texts to lose them would cost seconds.
_MARKS = re.compile(r"\*{2,}|^#{1,6} +", re.MULTILINE)


def path_of(code: str, heading: str) -> str:
    """The address of a procedure: the code, and the name for people who read addresses."""
    name = slug(heading)
    return f"/thu-tuc/{code}-{name}" if name else f"/thu-tuc/{code}"


def procedure_path(procedure: Procedure) -> str:
    return path_of(procedure.code, procedure.heading)


def article_path(article: Article) -> str:
    return f"{ARTICLE_PATHS[Kind(article.kind)]}{article.slug}"


def is_short(procedure: Procedure) -> bool:
    """Too little is known for a page of its own: no papers, or no legal basis."""
    return not (procedure.papers or procedure.papers_text) or not procedure.legal_basis


def handling_agency(procedure: Procedure) -> str:
    """Who handles a dossier, in one line."""
    agency = procedure.implementing_agency or procedure.authority or procedure.issuing_agency
    return " ".join(agency.split())


def shortest_time(procedure: Procedure) -> str:
    """The period where all ways of submitting agree on one; else nothing."""
    times = {method.time for method in procedure.methods if method.time}
    only = times.pop() if len(times) == 1 else ""
    return only if len(only) <= LONGEST_ANSWER else ""


def procedure_row(
    item_id: int, procedure: Procedure, *, listed: bool, featured: bool
) -> dict[str, Any]:
    """A row of `procedures`. What somebody of the Centre wrote is never a short entry."""
    return {
        "item_id": item_id,
        "code": procedure.code,
        "heading": procedure.heading,
        "folded": fold(procedure.heading),
        "sort_key": sort_key(procedure.heading),
        "summary": procedure.summary,
        "field": procedure.field,
        "field_slug": slug(procedure.field) or UNKNOWN_FIELD,
        "field_sort_key": sort_key(procedure.field),
        "agency": handling_agency(procedure),
        "issuing_agency": procedure.issuing_agency,
        "time": shortest_time(procedure),
        "online": procedure.online.value,
        "listed": listed,
        "short": is_short(procedure) and not featured,
        "featured": featured,
    }


def level_rows(item_id: int, procedure: Procedure) -> list[dict[str, Any]]:
    levels = [level.value for level in procedure.levels] or [UNKNOWN]
    return [{"item_id": item_id, "level": level} for level in dict.fromkeys(levels)]


def audience_rows(item_id: int, procedure: Procedure) -> list[dict[str, Any]]:
    audience = [audience.value for audience in procedure.audience] or [UNKNOWN]
    return [{"item_id": item_id, "audience": one} for one in dict.fromkeys(audience)]


def procedure_key(code: str) -> str:
    return PROCEDURE_KEY + code


def procedure_document(procedure: Procedure, *, featured: bool) -> SearchDocument:
    full_name = [procedure.name] if procedure.title else []
    return SearchDocument(
        key=procedure_key(procedure.code),
        kind=Kind.PROCEDURE,
        url=procedure_path(procedure),
        title=procedure.heading,
        aliases=[*full_name, *everyday_names.names_of(procedure)],
        text=_searched(procedure),
        summary=procedure.summary,
        agency=handling_agency(procedure),
        fields=[procedure.field] if procedure.field else [],
        levels=[level.value for level in procedure.levels],
        audience=[audience.value for audience in procedure.audience],
        online=procedure.online.value,
        time=shortest_time(procedure),
        codes=[code for code in _codes(procedure) if code],
        weight=FEATURED_WEIGHT if featured else 0,
    )


def article_document(article: Article) -> SearchDocument:
    return SearchDocument(
        key=f"{article.kind}:{article.slug}:{article.language}",
        kind=article.kind,
        language=article.language,
        url=article_path(article),
        title=article.title,
        text=plain_text(article.body),
        summary=article.summary,
        codes=list(article.procedures),
    )


def _codes(procedure: Procedure) -> Iterable[str]:
    yield procedure.code
    yield procedure.decision
    for citation in procedure.legal_basis:
        yield citation.number


def _searched(procedure: Procedure) -> str:
    """All that is said, as plain text: what to do first, then the papers."""
    parts = [procedure.keywords, procedure.steps_text, procedure.conditions, *procedure.results]
    for step in procedure.steps:
        parts += [step.title, step.text]
    for group in procedure.papers:
        parts += [group.title, *(paper.name for paper in group.papers)]
    said = "\n".join(filter(None, [*parts, procedure.papers_text]))
    return _MARKS.sub("", said)
