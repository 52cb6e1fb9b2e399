"""Measuring search: the commands, the file of judged queries, and floors on the real catalogue."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from bench import search_corpus
from portal.database import Base, Database
from search_index import evaluation, indexing
from search_index.documents import SearchDocument, put
from search_index.evaluation import Judged
from search_index.searching import Engine

EVERYDAY = Path(__file__).parent / "everyday.jsonl"


def judged(tmp_path: Path, *lines: object) -> Path:
    file = tmp_path / "queries.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return file


def a_query(query: str, *codes: str, kind: str = "need") -> dict[str, object]:
    return {"id": query, "query": query, "relevant": codes, "kind": kind}


def test_the_index_is_built_refreshed_and_measured_from_the_command_line(
    app: Flask, site: Callable[..., None], catalogue: list[SearchDocument], tmp_path: Path
) -> None:
    run = app.test_cli_runner().invoke
    site(catalogue)
    assert run(args=["index", "rebuild"]).output.startswith("Đã lập lại chỉ mục: 16 trang")
    assert run(args=["index", "refresh"]).output.startswith("Đã cập nhật chỉ mục: 16 trang, 0")
    file = judged(
        tmp_path,
        a_query("giay doc than", "1.004873"),
        a_query("cắt khẩu", "1.003197"),
        a_query("hộ chiếu", "1.001456"),
    )
    told = json.loads(run(args=["index", "evaluate", str(file), "--json"]).output)
    assert told["kinds"] == {"need": {"n": 2, "r1": 1.0, "r10": 1.0, "mrr": 1.0}}
    assert told["left_out"] == 1
    assert set(told["latency_ms"]) == {"p50", "p95", "p99"}
    assert "need" in run(args=["index", "evaluate", str(file)]).output


def test_a_group_of_one_name_counts_when_the_code_is_in_it(
    app: Flask, site: Callable[..., None], procedure: Callable[..., SearchDocument], tmp_path: Path
) -> None:
    site([procedure("1.000001", "Cấp thẻ nhà báo"), procedure("1.000002", "Cấp thẻ nhà báo")])
    file = judged(tmp_path, a_query("the nha bao", "1.000002"))
    told = app.test_cli_runner().invoke(args=["index", "evaluate", str(file), "--json"]).output
    assert json.loads(told)["kinds"]["need"]["r1"] == 1


@pytest.mark.parametrize("text", ['{"id": 1}', "nonsense", '["a"]'])
def test_a_broken_line_is_named_and_nothing_is_measured(
    app: Flask, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_text(f"{json.dumps(a_query('a', 'b'))}\n{text}\n", "utf-8")
    done = app.test_cli_runner().invoke(args=["index", "evaluate", str(file)])
    assert done.exit_code == 1
    assert "Dòng 2 của tệp broken.jsonl" in done.output


def test_a_missing_file_or_index_is_one_sentence(app: Flask, tmp_path: Path) -> None:
    run = app.test_cli_runner().invoke
    missing = run(args=["index", "evaluate", str(tmp_path / "none.jsonl")])
    assert (missing.exit_code, "Không đọc được" in missing.output) == (1, True)
    unmade = run(args=["index", "evaluate", str(judged(tmp_path, a_query("a", "b")))])
    assert (unmade.exit_code, "flask index rebuild" in unmade.output) == (1, True)


def test_halves_of_a_kind_are_also_measured_apart(
    app: Flask, site: Callable[..., None], catalogue: list[SearchDocument], tmp_path: Path
) -> None:
    site(catalogue)
    held = a_query("ket hon", "1.000894") | {"half": "held"}
    tune = a_query("khai tử", "9.999999", "1.000656") | {"half": "tune"}
    file = judged(tmp_path, held, tune)
    told = app.test_cli_runner().invoke(args=["index", "evaluate", str(file), "--json"]).output
    kinds = json.loads(told)["kinds"]
    assert {kind: found["n"] for kind, found in kinds.items()} == {
        "need": 2,
        "need/held": 1,
        "need/tune": 1,
    }


def test_our_own_everyday_queries_are_well_formed_and_split_in_two() -> None:
    """One half is for tuning, the other is held back."""
    queries = evaluation.read(EVERYDAY)
    assert len(queries) >= 300
    assert {(query.kind, query.half) for query in queries} == {
        ("everyday", "tune"),
        ("everyday", "held"),
    }


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> evaluation.Report:
    """The whole national catalogue, indexed once and asked everything."""
    if not search_corpus.available():
        pytest.skip("../shared/data is not here: the real catalogue is not measured")
    folder = tmp_path_factory.mktemp("real")
    store = Database(f"sqlite:///{folder / 'real.sqlite3'}")
    Base.metadata.create_all(store.engine)
    with store.write() as db:
        put(db, search_corpus.documents(), revision=1)
        db.commit()
    indexing.refresh(store, folder / "index")
    ranker = Engine(folder / "index").ranker()
    assert ranker is not None
    queries = [
        Judged(q["id"], q["query"], frozenset(q["relevant"]), q["kind"])
        for q in search_corpus.queries()
    ]
    with store.read() as db:
        report = evaluation.evaluate(db, ranker, [*queries, *evaluation.read(EVERYDAY)])
    store.dispose()
    return report


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("kind", "r1", "r10"),
    [
        ("need", 0.88, 1.0),
        ("llm_variant", 0.56, 0.92),
        ("title_template", 0.98, 1.0),
        ("portal_faq", 1.0, 1.0),
        ("everyday/tune", 0.92, 0.99),
        ("everyday/held", 0.88, 0.98),
    ],
)
def test_the_real_catalogue_is_searched_at_least_this_well(
    real: evaluation.Report, kind: str, r1: float, r10: float
) -> None:
    measured = real.kinds[kind]
    assert measured.r1 >= r1
    assert measured.r10 >= r10


def test_the_figures_of_a_period_are_told_for_the_report(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    period = ["index", "figures", "--from", "2026-07-01", "--to", "2026-09-30"]
    told = json.loads(run(args=[*period, "--json"]).output)
    assert told["searches"] == told["nothing_share"] == 0
    assert told["terms"] == []
    assert "0 lượt tìm" in run(args=period).output
    backwards = ["index", "figures", "--from", "2026-09-30", "--to", "2026-07-01"]
    assert run(args=backwards).exit_code == 1
