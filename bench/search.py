"""Quality, speed and memory of search on the real catalogue, beside three other engines.

All answer the same judged queries in the same run, each in a process of its own. `--growth` also
measures ours on 1, 4 and 16 times the pages (`--growth 1 4`: only these). Needs
../shared/data/tthc; says so where it is missing.
"""

import gc
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import search_corpus
from bench.search_engines import DATABASE, ENGINES, Missing
from portal.database import Base, Database
from search_index import evaluation
from search_index.documents import SearchDocument, put
from search_index.evaluation import Judged

HOME = Path(__file__).resolve().parent.parent
KINDS = (
    "need",
    "llm_variant",
    "title_template",
    "portal_faq",
    "everyday/tune",
    "everyday/held",
    "strangers/first",
    "strangers/second",
)
OURS = [HOME / "tests" / "search_index" / f"{name}.jsonl" for name in ("everyday", "strangers")]
PAGES, QUERIES = "pages.pickle", "queries.pickle"
GROWTH = (1, 4, 16)
COMPARED = {engine: told for engine, told in ENGINES.items() if engine != "once"}
PAGES_AT_ONCE = 2_000
WEB_PROCESS = """
import sys
from pathlib import Path
import portal.database, flask, babel
def held():
    kilobytes = next(l for l in open("/proc/self/status") if l.startswith("VmRSS"))
    return int(kilobytes.split()[1]) / 1024
before = held()
from search_index.searching import Engine, Question, answer
ranker = Engine(Path(sys.argv[1])).ranker()
for text in ("làm sổ đỏ", "doi gplx", "ddawng kys kết hno", "giấy độc thân"):
    answer(None, ranker, Question(text))
print(held() - before)
"""


def main() -> None:
    if len(sys.argv) == 4 and sys.argv[1] == "--engine":
        print(json.dumps(measured(sys.argv[2], Path(sys.argv[3]))))
        return
    if not search_corpus.available():
        sys.exit("Không có ../shared/data/tthc: không đo tìm kiếm.")
    pages = search_corpus.documents()
    queries = judged({page.codes[0] for page in pages})
    load = os.getloadavg()[0]
    print(f"{datetime.now(UTC):%d/%m/%Y %H:%M} UTC, {os.cpu_count()} nhân, tải lúc đầu {load:.1f}")
    print(f"{len(pages)} thủ tục, {len(queries)} câu hỏi có đáp án", flush=True)
    show(compared(pages, queries))
    print(f"tải lúc cuối {os.getloadavg()[0]:.1f}", flush=True)
    if "--growth" in sys.argv:
        grow(pages, queries, [int(one) for one in sys.argv[2:]] or GROWTH)


def judged(held: set[str]) -> list[Judged]:
    asked = [
        Judged(line["id"], line["query"], frozenset(line["relevant"]), line["kind"])
        for line in search_corpus.queries()
    ]
    asked += [
        replace(one, kind=f"{one.kind}/{one.half}", half="")
        for file in OURS
        for one in evaluation.read(file)
    ]
    return [one for one in asked if one.kind in KINDS and one.relevant & held]


def compared(pages: list[SearchDocument], queries: list[Judged]) -> dict[str, dict[str, Any]]:
    """What each engine did, ours first."""
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        prepare(place, pages, queries)
        for engine, (name, _) in COMPARED.items():
            told = apart(engine, place)
            if "missing" in told:
                print(f"{name}: {told['missing']}")
                continue
            results[name] = told
        print(f"tiến trình web có tìm kiếm giữ thêm {web_process(place):.0f} MB (≤ 80)")
        print(text_of("bench.search_pages", place))
    return results


def prepare(place: Path, pages: list[SearchDocument], queries: list[Judged]) -> None:
    store = Database(f"sqlite:///{place / DATABASE}")
    Base.metadata.create_all(store.engine)
    for start in range(0, len(pages), PAGES_AT_ONCE):
        with store.write() as db:
            put(db, pages[start : start + PAGES_AT_ONCE], revision=1)
            db.commit()
    store.dispose()
    (place / PAGES).write_bytes(pickle.dumps(pages))
    (place / QUERIES).write_bytes(pickle.dumps(queries))


def apart(engine: str, place: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(text_of("bench.search", "--engine", engine, place))
    return told


def web_process(place: Path) -> float:
    command = [sys.executable, "-c", WEB_PROCESS, str(place / "index")]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HOME)
    return float(done.stdout)


def text_of(module: str, *arguments: object) -> str:
    """What a module says, run in a process of its own."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HOME)
    return done.stdout.strip()


def held(what: str) -> float:
    """Megabytes of this process: VmRSS now, VmHWM at most since `forget_peak`."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line for line in lines if line.startswith(what)).split()[1]) / 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def measured(engine: str, place: Path) -> dict[str, Any]:
    """Build an index, ask everything: places of right answers (0: not among ten), and times."""
    # Ours reads its pages from the database; the others are handed them.
    pages = [] if engine == "ours" else pickle.loads((place / PAGES).read_bytes())
    queries: list[Judged] = pickle.loads((place / QUERIES).read_bytes())
    gc.collect()
    forget_peak()
    before, worked = held("VmRSS"), time.process_time()
    try:
        engaged = ENGINES[engine][1](place, pages)
    except Missing as missing:
        return {"missing": str(missing)}
    worked = (time.process_time() - worked) / engaged.builds
    build = {"build": engaged.build_seconds, "build_cpu": worked}
    gc.collect()
    for one in queries[:100]:
        engaged.search(one.query)
    places: dict[str, list[int]] = {kind: [] for kind in KINDS}
    wall, processor = [], []
    for one in queries:
        started, worked = time.perf_counter(), time.thread_time()
        found = engaged.search(one.query)
        wall.append((time.perf_counter() - started) * 1000)
        processor.append((time.thread_time() - worked) * 1000)
        right = [place for place, codes in enumerate(found, start=1) if codes & one.relevant]
        places[one.kind].append(right[0] if right else 0)
    times = {"wall": sorted(wall), "processor": sorted(processor)}
    return {"places": places, "memory": held("VmHWM") - before, **times, **build}


def show(results: dict[str, dict[str, Any]]) -> None:
    print(f"\n{'R@1 / R@10':<18}" + "".join(f"{kind:>17}" for kind in KINDS))
    for name, told in results.items():
        cells = [
            f"{ranks.count(1) / len(ranks):.3f} / {sum(map(bool, ranks)) / len(ranks):.3f}"
            for ranks in told["places"].values()
        ]
        print(f"{name:<18}" + "".join(f"{cell:>17}" for cell in cells))
    for title, times in (("đồng hồ, ms", "wall"), ("bộ xử lý, ms", "processor")):
        print(f"\n{title:<18}{'p50':>9}{'p95':>9}{'p99':>9}{'gấp':>9}")
        for name, told in results.items():
            ratio = middle(told[times]) / middle(results["của ta"][times])
            print(f"{name:<18}{percentiles(told[times])}{ratio:>9.1f}")
    print(f"\n{'lập chỉ mục':<18}{'giây':>9}{'gấp':>9}{'bộ xử lý':>10}{'MB thêm':>9}{'gấp':>9}")
    ours = results["của ta"]
    for name, told in results.items():
        ratios = told["build"] / ours["build"], told["memory"] / ours["memory"]
        print(
            f"{name:<18}{told['build']:>9.1f}{ratios[0]:>9.2f}{told['build_cpu']:>10.1f}"
            f"{told['memory']:>9.0f}{ratios[1]:>9.2f}"
        )


def percentiles(values: list[float]) -> str:
    return "".join(f"{values[len(values) * share // 100]:>9.2f}" for share in (50, 95, 99))


def middle(values: list[float]) -> float:
    return values[len(values) // 2]


def grow(pages: list[SearchDocument], queries: list[Judged], sizes: Sequence[int]) -> None:
    """Time and memory of ours on more pages: copies with other codes and some other words."""
    print(
        f"\n{'cỡ':<6}{'trang':>8}{'lập, giây':>11}{'bộ xử lý':>10}{'MB lập':>8}{'MB web':>8}",
        end="",
    )
    print(f"{'p50':>9}{'p95':>9}{'p99':>9}  bộ xử lý, ms", flush=True)
    for times in sizes:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            many = [copy for number in range(times) for copy in copies(pages, number)]
            prepare(place, many, queries)
            told, web = apart("once", place), web_process(place)
        print(f"{times:<6}{len(many):>8}{told['build']:>11.1f}{told['build_cpu']:>10.1f}", end="")
        print(f"{told['memory']:>8.0f}{web:>8.0f}{percentiles(told['processor'])}", flush=True)


def copies(pages: list[SearchDocument], number: int) -> list[SearchDocument]:
    """The pages themselves (number 0), or copies with other codes and every third word other."""
    if not number:
        return pages

    def other(text: str) -> str:
        words = text.split()
        words[::3] = [f"{word}{chr(96 + number)}" for word in words[::3]]
        return " ".join(words)

    return [
        replace(
            page,
            key=f"{page.key}.{number}",
            title=other(page.title),
            aliases=[other(name) for name in page.aliases],
            text=other(page.text),
            codes=[f"{code}.{number}" for code in page.codes],
        )
        for page in pages
    ]


if __name__ == "__main__":
    main()
