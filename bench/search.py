"""Quality and speed of search on the real catalogue, beside a tutorial Whoosh and SQLite FTS5.

All three answer the same judged queries in the same run. Needs ../shared/data/tthc; says so and
stops where it is missing.
"""

import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from bench import search_corpus  # noqa: E402
from portal.database import Base, Database  # noqa: E402
from search_index import evaluation, folders  # noqa: E402
from search_index.analysis import fold, words  # noqa: E402
from search_index.documents import SearchDocument, put  # noqa: E402
from search_index.evaluation import Judged  # noqa: E402
from search_index.searching import Engine, Question, answer  # noqa: E402

KINDS = ("need", "llm_variant", "title_template", "portal_faq", "everyday")
EVERYDAY = HOME / "tests" / "search_index" / "everyday.jsonl"
BUILD = """
import sys
from pathlib import Path
from portal.database import Database
from search_index import indexing
print(indexing.rebuild(Database(sys.argv[1]), Path(sys.argv[2])).seconds)
"""

# Official codes of the best ten, groups of one name as one place.
Search = Callable[[str], list[set[str]]]


@dataclass(frozen=True)
class Engaged:
    """A search engine with its index made."""

    name: str
    search: Search
    build_seconds: float


@dataclass(frozen=True)
class Measured:
    """What an engine did: by kind the places of right answers, and times in milliseconds."""

    engine: Engaged
    places: dict[str, list[int]]
    wall: list[float]
    processor: list[float]


def main() -> None:
    if not search_corpus.available():
        sys.exit("Không có ../shared/data/tthc: không đo tìm kiếm.")
    documents = search_corpus.documents()
    queries = judged({document.codes[0] for document in documents})
    print(f"{len(documents)} thủ tục, {len(queries)} câu hỏi có đáp án")
    with tempfile.TemporaryDirectory() as place:
        ours, peak = our_engine(documents, Path(place))
        engines = [ours, fts5(documents), tutorial(documents, Path(place))]
        measured = [measure(engine, queries) for engine in engines]
    show(measured)
    print(f"lập chỉ mục của ta: cao nhất {peak:.0f} MB")


def judged(held: set[str]) -> list[Judged]:
    lines = [*search_corpus.queries()]
    asked = [
        Judged(line["id"], line["query"], frozenset(line["relevant"]), line["kind"])
        for line in lines
    ]
    asked += evaluation.read(EVERYDAY)
    return [one for one in asked if one.kind in KINDS and one.relevant & held]


def our_engine(documents: list[SearchDocument], place: Path) -> tuple[Engaged, float]:
    """Ours, built in a process of its own; returns also the most memory that took, in MB."""
    store = Database(f"sqlite:///{place / 'bench.sqlite3'}")
    Base.metadata.create_all(store.engine)
    with store.write() as db:
        put(db, documents, revision=1)
        db.commit()
    url = store.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", BUILD, url, str(place / "index")]
    built = [
        float(subprocess.run(command, check=True, capture_output=True, cwd=HOME).stdout)
        for _ in range(3)
    ]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    ranker = Engine(place / "index").ranker()
    held = folders.state(place / "index")
    assert ranker is not None and held is not None
    arrays = sum(file.stat().st_size for file in (place / "index" / held.folder).glob("*.flat"))
    print(f"mảng trong bộ nhớ: {arrays / 1e6:.1f} MB")

    def search(text: str) -> list[set[str]]:
        with store.read() as db:
            groups = answer(db, ranker, Question(text)).groups[:10]
        return [{hit.key.rpartition(":")[2] for hit in group.hits} for group in groups]

    return Engaged("của ta", search, sorted(built)[1]), peak


def fts5(documents: list[SearchDocument]) -> Engaged:
    started = time.perf_counter()
    store = sqlite3.connect(":memory:")
    store.execute(
        "CREATE VIRTUAL TABLE page USING fts5(code UNINDEXED, title, body,"
        " tokenize = 'unicode61 remove_diacritics 2')"
    )
    rows = [(one.codes[0], folded_d(one.title), folded_d(one.text)) for one in documents]
    store.executemany("INSERT INTO page VALUES (?, ?, ?)", rows)
    seconds = time.perf_counter() - started
    groups = same_names(documents)

    def search(text: str) -> list[set[str]]:
        terms = " OR ".join(f'"{word}"' for word in words(folded_d(text)))
        found = store.execute(
            "SELECT code FROM page WHERE page MATCH ? ORDER BY bm25(page, 0, 10, 1) LIMIT 30",
            (terms,),
        )
        return grouped([code for (code,) in found], groups)

    return Engaged("SQLite FTS5", search, seconds)


def folded_d(text: str) -> str:
    """FTS5 folds every mark but the bar of đ; without this it finds nothing typed plainly."""
    return text.replace("đ", "d").replace("Đ", "D")


def tutorial(documents: list[SearchDocument], place: Path) -> Engaged:
    """Whoosh as its own first pages show it, with OR between the words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from whoosh import fields, index, qparser
    folder = place / "tutorial"
    folder.mkdir()
    started = time.perf_counter()
    schema = fields.Schema(code=fields.ID(stored=True), title=fields.TEXT, body=fields.TEXT)
    made: Any = index.create_in(folder, schema)
    writer = made.writer(limitmb=256)
    for one in documents:
        writer.add_document(code=one.codes[0], title=one.title, body=one.text)
    writer.commit()
    seconds = time.perf_counter() - started
    searcher = made.searcher()
    parser = qparser.MultifieldParser(["title", "body"], schema, group=qparser.OrGroup)
    groups = same_names(documents)

    def search(text: str) -> list[set[str]]:
        hits = searcher.search(parser.parse(text), limit=30)
        return grouped([hit["code"] for hit in hits], groups)

    return Engaged("Whoosh theo sách", search, seconds)


def same_names(documents: list[SearchDocument]) -> dict[str, str]:
    return {one.codes[0]: fold(one.title) for one in documents}


def grouped(codes: list[str], names: dict[str, str]) -> list[set[str]]:
    found: dict[str, set[str]] = {}
    for code in codes:
        found.setdefault(names[code], set()).add(code)
    return list(found.values())[:10]


def measure(engine: Engaged, queries: list[Judged]) -> Measured:
    """The place of the right answer by kind (0: not among ten), and the times of the queries."""
    for one in queries[:20]:
        engine.search(one.query)
    places: dict[str, list[int]] = {kind: [] for kind in KINDS}
    wall, processor = [], []
    for one in queries:
        started, worked = time.perf_counter(), time.thread_time()
        found = engine.search(one.query)
        wall.append((time.perf_counter() - started) * 1000)
        processor.append((time.thread_time() - worked) * 1000)
        right = [place for place, codes in enumerate(found, start=1) if codes & one.relevant]
        places[one.kind].append(right[0] if right else 0)
    return Measured(engine, places, sorted(wall), sorted(processor))


def show(measured: list[Measured]) -> None:
    print(f"\n{'R@1 / R@10':<18}" + "".join(f"{kind:>17}" for kind in KINDS))
    for one in measured:
        cells = [
            f"{ranks.count(1) / len(ranks):.3f} / {sum(map(bool, ranks)) / len(ranks):.3f}"
            for ranks in one.places.values()
        ]
        print(f"{one.engine.name:<18}" + "".join(f"{cell:>17}" for cell in cells))
    for title, times in (("đồng hồ, ms", "wall"), ("bộ xử lý, ms", "processor")):
        print(f"\n{title:<18}{'p50':>9}{'p95':>9}{'p99':>9}{'gấp':>9}{'lập, giây':>12}")
        ours = getattr(measured[0], times)
        for one in measured:
            values = getattr(one, times)
            cells = "".join(f"{values[len(values) * p // 100]:>9.2f}" for p in (50, 95, 99))
            ratio = values[len(values) // 2] / ours[len(ours) // 2]
            print(f"{one.engine.name:<18}{cells}{ratio:>9.1f}{one.engine.build_seconds:>12.1f}")


if __name__ == "__main__":
    main()
