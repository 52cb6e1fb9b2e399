"""The index as flat arrays: what the web processes hold in memory and search."""

import hashlib
import json
import os
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index.analysis import keys_of, spell

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int32]
Counts = NDArray[np.uint8]


class Damaged(Exception):
    """A file of arrays that is missing, cut short or not ours."""


@dataclass(frozen=True)
class Segment:
    """Postings of many names.

    The entries that carry term `hashes[i]` are `entries[starts[i]:starts[i + 1]]`, `times` says
    how often. `about[e]` describes entry e, `syllables` counts the exact keys of all names.
    """

    hashes: Hashes
    starts: NDArray[np.int64]
    entries: Numbers
    times: Counts
    about: tuple[dict[str, Any], ...]
    syllables: Mapping[str, int]

    def find(self, terms: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
        """Where the postings of each (field, token) begin and end; (0, 0) where there are none."""
        if not terms or not len(self.hashes):
            return [(0, 0)] * len(terms)
        wanted = np.array([term_hash(*term) for term in terms], dtype=np.uint64)
        at = np.minimum(np.searchsorted(self.hashes, wanted), len(self.hashes) - 1)
        hit = self.hashes[at] == wanted
        begins = np.where(hit, self.starts[at], 0).tolist()
        ends = np.where(hit, self.starts[at + 1], 0).tolist()
        return list(zip(begins, ends, strict=True))


@lru_cache(maxsize=8_000)
def term_hash(field: str, token: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"{field}\0{token}".encode(), digest_size=8).digest())


def pack(
    *,
    hashes: Hashes,
    lengths: NDArray[np.int64],
    entries: Numbers,
    times: Counts,
    about: Sequence[dict[str, Any]],
    syllables: Mapping[str, int],
) -> Segment:
    """A segment from postings in any order of terms; the same term may come more than once."""
    order = np.argsort(hashes, kind="stable")
    begins = np.concatenate(([0], np.cumsum(lengths)))[:-1]
    sorted_lengths = lengths[order]
    ends = np.cumsum(sorted_lengths)
    total = int(ends[-1]) if len(ends) else 0
    # For each posting in the new order, where it stood in the old one.
    source = np.arange(total) + np.repeat(begins[order] - (ends - sorted_lengths), sorted_lengths)
    unique, first = np.unique(hashes[order], return_index=True)
    term_lengths = np.add.reduceat(sorted_lengths, first) if len(first) else sorted_lengths
    starts = np.concatenate(([0], np.cumsum(term_lengths))).astype(np.int64)
    return Segment(unique, starts, entries[source], times[source], tuple(about), dict(syllables))


def join(parts: Sequence[tuple[Segment, Iterable[int]]]) -> Segment:
    """One segment out of several, without the entries named as deleted."""
    if len(parts) == 1 and not list(parts[0][1]):
        return parts[0][0]
    hashes, lengths, entries, times = ([array] for array in _nothing())
    about: list[dict[str, Any]] = []
    syllables: Counter[str] = Counter()
    for segment, deleted in parts:
        alive = np.ones(len(segment.about), dtype=bool)
        alive[list(deleted)] = False
        moved = (np.cumsum(alive) - 1 + len(about)).astype(np.int32)
        kept = alive[segment.entries]
        hashes.append(segment.hashes)
        before = np.concatenate(([0], np.cumsum(kept)))
        lengths.append(before[segment.starts[1:]] - before[segment.starts[:-1]])
        entries.append(moved[segment.entries[kept]])
        times.append(segment.times[kept])
        about += [one for one, lives in zip(segment.about, alive.tolist(), strict=True) if lives]
        syllables.update(segment.syllables)
    return pack(
        hashes=np.concatenate(hashes),
        lengths=np.concatenate(lengths),
        entries=np.concatenate(entries),
        times=np.concatenate(times),
        about=about,
        syllables=syllables,
    )


def _nothing() -> tuple[Hashes, NDArray[np.int64], Numbers, Counts]:
    """Arrays of no postings: an index of no pages is made of these."""
    return (
        np.zeros(0, dtype=np.uint64),
        np.zeros(0, dtype=np.int64),
        np.zeros(0, dtype=np.int32),
        np.zeros(0, dtype=np.uint8),
    )


def write(segment: Segment, path: Path) -> None:
    """Complete or not at all: written beside, then moved into place."""
    words = json.dumps([segment.about, segment.syllables], ensure_ascii=False).encode()
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        np.savez(
            file,
            hashes=segment.hashes,
            starts=segment.starts,
            entries=segment.entries,
            times=segment.times,
            words=np.frombuffer(words, dtype=np.uint8),
        )
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read(path: Path) -> Segment:
    """The arrays in this file, their checksums checked. Raises Damaged."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        about, syllables = json.loads(arrays.pop("words").tobytes())
        return Segment(**arrays, about=tuple(about), syllables=syllables)
    except (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise Damaged(f"{path.name}: {error}") from error


def folded_syllables(segment: Segment) -> tuple[dict[str, int], dict[str, str]]:
    """How often each folded syllable stands in a name, and its most usual spelling."""
    counts: Counter[str] = Counter()
    best: dict[str, tuple[int, str]] = {}
    for exact, count in segment.syllables.items():
        surface = spell(exact)
        folded = keys_of(surface)[1]
        counts[folded] += count
        best[folded] = max(best.get(folded, (0, "")), (count, surface))
    return dict(counts), {folded: surface for folded, (_, surface) in best.items()}
