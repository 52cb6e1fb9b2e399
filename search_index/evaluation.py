"""Measures search on judged queries, asked exactly as the site asks."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from search_index.ranking import Ranker
from search_index.searching import Answer, Question, answer

DEPTH = 10


class BadQueries(ValueError):
    """A file of judged queries that cannot be read; says which line and why."""


@dataclass(frozen=True)
class Judged:
    """A query with its right answers. `half`: which part of a set split for tuning, if any."""

    id: str
    query: str
    relevant: frozenset[str]
    kind: str
    half: str = ""

    @property
    def counted_as(self) -> list[str]:
        """Its kind, and apart from it the half of its kind."""
        return [self.kind, f"{self.kind}/{self.half}"] if self.half else [self.kind]


@dataclass(frozen=True)
class Measured:
    """Quality of one kind of query: share answered first, within ten, mean reciprocal rank."""

    n: int
    r1: float
    r10: float
    mrr: float


@dataclass(frozen=True)
class Report:
    kinds: dict[str, Measured]
    latency_ms: dict[str, float]
    left_out: int

    def as_json(self) -> dict[str, Any]:
        kinds = {kind: vars(measured) for kind, measured in self.kinds.items()}
        return {"kinds": kinds, "latency_ms": self.latency_ms, "left_out": self.left_out}


def read(path: Path) -> list[Judged]:
    """One query per line: id, query, relevant (official codes), kind, perhaps half.

    Raises BadQueries.
    """
    judged = []
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadQueries(f"Không đọc được tệp {path.name}.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            relevant = frozenset(map(str, record["relevant"]))
            kind, half = str(record["kind"]), str(record.get("half") or "")
            judged.append(Judged(str(record["id"]), str(record["query"]), relevant, kind, half))
        except (ValueError, TypeError, KeyError) as error:
            raise BadQueries(f"Dòng {number} của tệp {path.name} không đúng mẫu.") from error
    return judged


def evaluate(db: Session, ranker: Ranker, queries: Iterable[Judged]) -> Report:
    """Rank every query; one whose answers are all outside the index is left out and counted."""
    held = {about["key"].rpartition(":")[2] for about in ranker.segment.about}
    ranks: dict[str, list[int]] = {}
    latencies: list[float] = []
    left_out = 0
    for judged in queries:
        if not judged.relevant & held:
            left_out += 1
            continue
        started = time.perf_counter()
        found = answer(db, ranker, Question(judged.query))
        latencies.append((time.perf_counter() - started) * 1000)
        for kind in judged.counted_as:
            ranks.setdefault(kind, []).append(rank(found, judged.relevant))
    kinds = {kind: _measured(found) for kind, found in sorted(ranks.items())}
    return Report(kinds, _percentiles(latencies), left_out)


def rank(found: Answer, relevant: frozenset[str]) -> int:
    """The place, from 1, of the first group that holds a relevant page; 0 beyond DEPTH."""
    for place, group in enumerate(found.groups[:DEPTH], start=1):
        if any(hit.key.rpartition(":")[2] in relevant for hit in group.hits):
            return place
    return 0


def _measured(ranks: list[int]) -> Measured:
    n = len(ranks)
    reciprocal = sum(1 / place for place in ranks if place)
    return Measured(
        n=n,
        r1=round(ranks.count(1) / n, 3),
        r10=round(sum(1 for place in ranks if place) / n, 3),
        mrr=round(reciprocal / n, 3),
    )


def _percentiles(values: list[float]) -> dict[str, float]:
    ordered = sorted(values) or [0.0]
    return {
        f"p{share}": round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)], 2)
        for share in (50, 95, 99)
    }
