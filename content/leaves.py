"""Pages whose content is one text: articles, questions with answers, life events, form files."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from content.leaf_shapes import FormFile, LifeEvent, Question
from content.models import Kind
from content.projecting import ARTICLE_PATHS, article_document
from content.rendering import plain_text
from content.shapes import Article
from portal.canonical import canonical_text
from portal.vietnamese import sort_key
from search_index.documents import SearchDocument


@dataclass(frozen=True)
class Leaf:
    """What publishing needs of such a page: its canonical text, its row in lists and in search.

    `words` are all its sentences, in which legal instruments may be named.
    """

    kind: Kind
    slug: str
    language: str
    title: str
    summary: str
    order: int
    published_on: date | None
    procedures: tuple[str, ...]
    text: str
    words: str
    document: SearchDocument


def of_article(article: Article) -> Leaf:
    return Leaf(
        kind=Kind(article.kind),
        slug=article.slug,
        language=article.language,
        title=article.title,
        summary=article.summary,
        order=article.order,
        published_on=article.published_on,
        procedures=article.procedures,
        text=canonical_text(article),
        words=f"{article.summary}\n{article.body}\n{article.outcome}",
        document=article_document(article),
    )


def of_question(question: Question) -> Leaf:
    return Leaf(
        kind=Kind.QUESTION,
        slug=question.slug,
        language="vi",
        title=question.title,
        summary=question.summary,
        order=question.order,
        published_on=None,
        procedures=question.procedures,
        text=canonical_text(question),
        words=f"{question.summary}\n{question.body}\n{question.source}",
        document=SearchDocument(
            key=f"{Kind.QUESTION}:{question.slug}",
            kind=Kind.QUESTION,
            url=f"{ARTICLE_PATHS[Kind.QUESTION]}{question.slug}",
            title=question.title,
            text=plain_text(question.body),
            summary=question.summary,
            fields=[question.field] if question.field else [],
            codes=list(question.procedures),
        ),
    )


def of_life_event(event: LifeEvent) -> Leaf:
    """The procedures of all steps, each once; its search text says what the steps say."""
    procedures = tuple(dict.fromkeys(code for step in event.steps for code in step.procedures))
    said = [
        " ".join(filter(None, (step.title, plain_text(step.text), step.who, step.where, step.when)))
        for step in event.steps
    ]
    return Leaf(
        kind=Kind.LIFE_EVENT,
        slug=event.slug,
        language="vi",
        title=event.title,
        summary=event.summary,
        order=event.order,
        published_on=None,
        procedures=procedures,
        text=canonical_text(event),
        words="\n".join([event.summary, *said]),
        document=SearchDocument(
            key=f"{Kind.LIFE_EVENT}:{event.slug}",
            kind=Kind.LIFE_EVENT,
            url=f"{ARTICLE_PATHS[Kind.LIFE_EVENT]}{event.slug}",
            title=event.title,
            text="\n".join(said),
            summary=event.summary,
            codes=list(procedures),
        ),
    )


def of_form(form: FormFile) -> Leaf:
    """People look a form up by its number, its title, or the name of its file."""
    return Leaf(
        kind=Kind.FORM,
        slug=form.slug,
        language="vi",
        title=form.title,
        summary=form.summary,
        order=form.order,
        published_on=None,
        procedures=form.procedures,
        text=canonical_text(form),
        words=f"{form.summary}\n{form.source}",
        document=SearchDocument(
            key=f"{Kind.FORM}:{form.slug}",
            kind=Kind.FORM,
            url=f"{ARTICLE_PATHS[Kind.FORM]}{form.slug}",
            title=form.title,
            aliases=[form.number] if form.number else [],
            text=f"{form.source}\n{form.file.name}",
            summary=form.summary,
            codes=[code for code in (form.number, *form.procedures) if code],
        ),
    )


def row(item_id: int, leaf: Leaf) -> dict[str, Any]:
    """A row of `articles`."""
    return {
        "item_id": item_id,
        "kind": leaf.kind,
        "slug": leaf.slug,
        "language": leaf.language,
        "title": leaf.title,
        "summary": leaf.summary,
        "sort_key": sort_key(leaf.title),
        "position": leaf.order,
        "published_on": leaf.published_on,
    }


def named_rows(item_id: int, leaf: Leaf) -> list[dict[str, Any]]:
    return [{"item_id": item_id, "code": code} for code in dict.fromkeys(leaf.procedures)]
