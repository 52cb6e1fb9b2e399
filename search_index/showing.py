"""Puts what was found into the words of a result page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search_index import filters, snippets
from search_index.analysis import keys_of, words
from search_index.documents import SearchDocument
from search_index.plan import FOLDED_QUESTION_WORDS, Plan
from search_index.ranking import Hit
from search_index.searching import Group
from search_index.snippets import Segment

MOST_SIBLINGS = 12
Asked = tuple[Collection[str], Collection[str]]


@dataclass(frozen=True)
class Sibling:
    """A page of the same name, told apart by agency and code."""

    url: str
    agency: str
    code: str


@dataclass(frozen=True)
class Shown:
    """One result. `alias` is the everyday name it was found by; `explained` what was replaced."""

    key: str
    url: str
    title: Sequence[Segment]
    kind: Any
    agency: str
    levels: Sequence[Any]
    online: Any
    time: str
    snippet: Sequence[Segment]
    alias: str
    explained: Sequence[tuple[str, str]]
    siblings: Sequence[Sibling]
    language: str


def results(
    groups: Sequence[Group], documents: Mapping[str, SearchDocument], plan: Plan, text: str
) -> list[Shown]:
    """The groups as shown; a page withdrawn since it was indexed is left out."""
    return [
        _shown(hits, documents, _asked(hits[0], plan, text))
        for group in groups
        if (hits := [hit for hit in group.hits if hit.key in documents])
    ]


def _asked(hit: Hit, plan: Plan, text: str) -> Asked:
    """The folded words to mark: those of the query, and of what its phrases mean."""
    said = [
        *words(plan.mended or text),
        *(w for _, meaning in hit.explained for w in words(meaning)),
    ]
    keys = {keys_of(word)[1] for word in said}
    beside = keys & FOLDED_QUESTION_WORDS
    return (keys - beside, beside) if keys - beside else (keys, frozenset())


def _shown(hits: Sequence[Hit], documents: Mapping[str, SearchDocument], asked: Asked) -> Shown:
    best, first = hits[0], documents[hits[0].key]
    names = first.names
    is_procedure = first.kind == "procedure"
    body = first.summary if _tells(first.summary, asked[0]) else first.text or first.summary
    return Shown(
        key=best.key,
        url=first.url,
        title=snippets.mark(first.title, *asked),
        kind=filters.KINDS[first.kind][1] if first.kind in filters.KINDS else "",
        agency=first.agency,
        levels=[filters.LEVELS[one][1] for one in first.levels if one in filters.LEVELS],
        online=filters.ONLINE[first.online][1] if is_procedure else "",
        time=first.time,
        snippet=snippets.cut(body, *asked),
        alias=names[best.name] if 0 < best.name < len(names) else "",
        explained=best.explained,
        siblings=[_sibling(documents[hit.key]) for hit in hits[1:MOST_SIBLINGS]],
        language=first.language,
    )


def _sibling(document: SearchDocument) -> Sibling:
    code = document.codes[0] if document.codes else ""
    return Sibling(document.url, document.agency, code)


def _tells(text: str, wanted: Collection[str]) -> bool:
    return any(keys_of(word)[1] in wanted for word in words(text))
