"""What the draft of each kind of page consists of, how it is written down, and where it stands."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from pydantic import ValidationError

from content import leaves, legal_documents, publishing
from content.citing import subject_of
from content.editorial.errors import BadText, Problem
from content.english import publish_english
from content.leaf_shapes import EnglishProcedure, FormFile, LifeEvent, Question
from content.legal_document_shape import LegalDocument
from content.models import Kind
from content.publishing import Publication
from content.shapes import Article, Procedure, Shape
from content.staff_edits import publish_procedure
from portal.canonical import canonical_text

VIETNAMESE, ENGLISH = "vi", "en"
ARTICLES = (Kind.GUIDE, Kind.NEWS, Kind.NOTICE, Kind.PAGE, Kind.CONSULTATION)


@dataclass(frozen=True)
class KindFacts:
    """What editing needs of a kind: its shape, how it is published, and which part is its key.

    `publish(publication, shape)` adds the version and shows it; False when nothing is new.
    """

    shape: type[Shape]
    publish: Callable[[Publication, Any], bool]
    key: str = "slug"


def _publish_question(publication: Publication, question: Question) -> bool:
    return publishing.publish_leaf(publication, leaves.of_question(question))


def _publish_life_event(publication: Publication, event: LifeEvent) -> bool:
    return publishing.publish_leaf(publication, leaves.of_life_event(event))


def _publish_form(publication: Publication, form: FormFile) -> bool:
    return publishing.publish_leaf(publication, leaves.of_form(form))


_ARTICLE = KindFacts(Article, publishing.publish_article)

# A kind without a line for "en" has no English variant: questions, life events, form files.
KINDS: dict[tuple[Kind, str], KindFacts] = {
    (Kind.PROCEDURE, VIETNAMESE): KindFacts(Procedure, publish_procedure, "code"),
    (Kind.PROCEDURE, ENGLISH): KindFacts(EnglishProcedure, publish_english, "code"),
    **{(kind, language): _ARTICLE for kind in ARTICLES for language in (VIETNAMESE, ENGLISH)},
    (Kind.QUESTION, VIETNAMESE): KindFacts(Question, _publish_question),
    (Kind.LIFE_EVENT, VIETNAMESE): KindFacts(LifeEvent, _publish_life_event),
    (Kind.FORM, VIETNAMESE): KindFacts(FormFile, _publish_form),
    (Kind.LEGAL_DOCUMENT, VIETNAMESE): KindFacts(LegalDocument, legal_documents.publish),
}


def facts_of(kind: str, language: str) -> KindFacts:
    """Raises BadText where a kind is not written in this language."""
    known = KINDS.get((Kind(kind), language)) if kind in set(Kind) else None
    if known is None:
        raise BadText([Problem("language", _("loại trang này chưa có bản bằng ngôn ngữ đó"))])
    return known


def shape_of(kind: str, language: str) -> type[Shape]:
    return facts_of(kind, language).shape


def parse(kind: str, language: str, text: str) -> Shape:
    """The page a draft's text describes. Raises BadText with every part that is not right."""
    try:
        return shape_of(kind, language).model_validate_json(text)
    except ValidationError as error:
        raise BadText(map(_problem, error.errors())) from error


def text_of(shape: Shape) -> str:
    """The canonical text of a page, whole or still to be filled in."""
    return canonical_text(shape.model_dump(mode="python", warnings=False))


def normal(kind: str, language: str, text: str) -> str:
    """The text as it is kept: what is complete in its canonical form, the rest as it is.

    Raises BadText where it is no JSON object at all.
    """
    try:
        return text_of(parse(kind, language, text))
    except BadText:
        return canonical_text(mapping(text))


def mapping(text: str) -> dict[str, Any]:
    """A draft's parts, complete or not. Raises BadText where there are none."""
    try:
        found = json.loads(text)
        canonical_text(found)
    except (ValueError, TypeError, RecursionError) as error:
        raise BadText([Problem("text", _("nội dung không đọc được"))]) from error
    if not isinstance(found, dict):
        raise BadText([Problem("text", _("nội dung không đọc được"))])
    return found


def blank(kind: str, language: str, key: str) -> Shape:
    """A page of this kind with nothing filled in but what its place says."""
    shape = shape_of(kind, language)
    empty: dict[str, Any] = {
        name: "" if part.annotation is str else () if _is_list(part.annotation) else None
        for name, part in shape.model_fields.items()
        if part.is_required()
    }
    given = {"kind": kind, "slug": key, "code": key, "language": language}
    known = {name: value for name, value in given.items() if name in shape.model_fields}
    if shape is Procedure:
        known.pop("kind")
    return shape.model_construct(**{**empty, **known})


def key_of(kind: str, language: str, text: str) -> str:
    """The key a draft's text gives its page; empty where it gives none."""
    found = mapping(text).get(facts_of(kind, language).key)
    return found.strip() if isinstance(found, str) else ""


def title_of(shape: Shape) -> str:
    """The name people see."""
    heading = getattr(shape, "heading", "") or getattr(shape, "title", "")
    return str(heading or "")


def address_of(kind: str, key: str, language: str = VIETNAMESE) -> str:
    """Where a page stands on this site; tasks about it stand under the same address."""
    return subject_of(kind, key, language)


def _is_list(annotation: object) -> bool:
    return getattr(annotation, "__origin__", None) is tuple


def _problem(error: Any) -> Problem:
    where = ".".join(map(str, error["loc"])) or "text"
    kind = str(error["type"])
    if kind in {"missing", "string_too_short", "too_short"} or error.get("input") in ("", None):
        return Problem(where, _("chưa điền"))
    if kind == "value_error":
        return Problem(where, str(error["ctx"]["error"]))
    if kind == "extra_forbidden":
        return Problem(where, _("không có mục này"))
    if kind.startswith("date"):
        return Problem(where, _("ngày không hợp lệ"))
    if kind.startswith(("int", "greater", "less")):
        return Problem(where, _("số không hợp lệ"))
    return Problem(where, _("không đúng dạng"))
