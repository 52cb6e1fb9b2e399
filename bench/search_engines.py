"""Search engines over the same pages, ours and three others, each as its own manual shows it."""

import sqlite3
import statistics
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from portal.database import Database
from search_index import indexing
from search_index.analysis import fold, words
from search_index.documents import SearchDocument
from search_index.ranking import Ranker
from search_index.searching import Engine, Question, answer

# Official codes of the best ten, groups of one name as one place.
Search = Callable[[str], list[set[str]]]
DATABASE = "bench.sqlite3"
BUILDS = 3  # of ours, the middle one counts


class Missing(Exception):
    """An engine that is not installed; says how to get it."""


@dataclass(frozen=True)
class Engaged:
    """A search engine with its index made."""

    search: Search
    build_seconds: float
    builds: int = 1


def ours(place: Path, _documents: list[SearchDocument], builds: int = BUILDS) -> Engaged:
    store = Database(f"sqlite:///{place / DATABASE}")
    seconds = [indexing.rebuild(store, place / "index").seconds for _ in range(builds)]
    ranker = Engine(place / "index").ranker()
    assert ranker is not None
    return Engaged(asking(store, ranker), statistics.median(seconds), builds)


def asking(store: Database, ranker: Ranker) -> Search:
    def search(text: str) -> list[set[str]]:
        with store.read() as db:
            groups = answer(db, ranker, Question(text)).groups[:10]
        return [{hit.key.rpartition(":")[2] for hit in group.hits} for group in groups]

    return search


def fts5(_place: Path, documents: list[SearchDocument]) -> Engaged:
    started = time.perf_counter()
    store = sqlite3.connect(":memory:")
    store.execute(
        "CREATE VIRTUAL TABLE page USING fts5(code UNINDEXED, title, aliases, body,"
        " tokenize = 'unicode61 remove_diacritics 2')"
    )
    rows = [(one.codes[0], *map(folded_d, _texts(one))) for one in documents]
    store.executemany("INSERT INTO page VALUES (?, ?, ?, ?)", rows)
    seconds = time.perf_counter() - started
    groups = _same_names(documents)

    def search(text: str) -> list[set[str]]:
        terms = " OR ".join(f'"{word}"' for word in words(folded_d(text)))
        found = store.execute(
            "SELECT code FROM page WHERE page MATCH ? ORDER BY bm25(page, 0, 10, 10, 1) LIMIT 30",
            (terms,),
        )
        return _grouped([code for (code,) in found], groups)

    return Engaged(search, seconds)


def folded_d(text: str) -> str:
    """FTS5 folds every mark but the bar of đ; without this it finds nothing typed plainly."""
    return text.replace("đ", "d").replace("Đ", "D")


def tutorial(place: Path, documents: list[SearchDocument]) -> Engaged:
    """Whoosh as its own first pages show it, with OR between the words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from whoosh import fields, index, qparser
    folder = place / "tutorial"
    folder.mkdir()
    started = time.perf_counter()
    schema = fields.Schema(
        code=fields.ID(stored=True), title=fields.TEXT, aliases=fields.TEXT, body=fields.TEXT
    )
    made: Any = index.create_in(folder, schema)
    writer = made.writer(limitmb=256)
    for one in documents:
        title, aliases, body = _texts(one)
        writer.add_document(code=one.codes[0], title=title, aliases=aliases, body=body)
    writer.commit()
    seconds = time.perf_counter() - started
    searcher = made.searcher()
    named = ["title", "aliases", "body"]
    parser = qparser.MultifieldParser(named, schema, group=qparser.OrGroup)
    groups = _same_names(documents)

    def search(text: str) -> list[set[str]]:
        hits = searcher.search(parser.parse(text), limit=30)
        return _grouped([hit["code"] for hit in hits], groups)

    return Engaged(search, seconds)


def tantivy(_place: Path, documents: list[SearchDocument]) -> Engaged:
    """tantivy in memory, marks folded, names weighing ten times the text, OR between words."""
    try:
        import tantivy as engine
    except ImportError:
        raise Missing("cài gói tantivy (pip install tantivy) để so sánh") from None
    started = time.perf_counter()
    built = engine.SchemaBuilder()
    built.add_text_field("code", stored=True, tokenizer_name="raw")
    for name in ("title", "aliases", "body"):
        built.add_text_field(name)
    made = engine.Index(built.build())
    writer = made.writer(heap_size=128_000_000, num_threads=1)
    for one in documents:
        title, aliases, body = map(fold, _texts(one))
        writer.add_document(
            engine.Document(code=one.codes[0], title=title, aliases=aliases, body=body)
        )
    writer.commit()
    writer.wait_merging_threads()
    made.reload()
    seconds = time.perf_counter() - started
    searcher, groups = made.searcher(), _same_names(documents)
    boosts = {"title": 10.0, "aliases": 10.0, "body": 1.0}

    def search(text: str) -> list[set[str]]:
        query, _ = made.parse_query_lenient(fold(text), list(boosts), field_boosts=boosts)
        found = searcher.search(query, 30).hits
        return _grouped([searcher.doc(address)["code"][0] for _, address in found], groups)

    return Engaged(search, seconds)


ENGINES: dict[str, tuple[str, Callable[[Path, list[SearchDocument]], Engaged]]] = {
    "ours": ("của ta", ours),
    "once": ("của ta", partial(ours, builds=1)),
    "tantivy": ("tantivy", tantivy),
    "fts5": ("SQLite FTS5", fts5),
    "whoosh": ("Whoosh theo sách", tutorial),
}


def _texts(document: SearchDocument) -> tuple[str, str, str]:
    body = f"{document.summary}\n{document.text}"
    return document.title, " . ".join(document.aliases), body


def _same_names(documents: list[SearchDocument]) -> dict[str, str]:
    return {one.codes[0]: one.described()["group"] for one in documents}


def _grouped(codes: list[str], names: dict[str, str]) -> list[set[str]]:
    found: dict[str, set[str]] = {}
    for code in codes:
        found.setdefault(names[code], set()).add(code)
    return list(found.values())[:10]
