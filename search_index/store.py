"""The stored index: Whoosh keeps the postings; nothing outside this module touches Whoosh."""

import warnings
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from search_index import flat, synonyms
from search_index.analysis import (
    ARMED_FORCES,
    acts,
    analyse,
    code_keys,
    of_armed_forces,
    pairs,
    whole_name,
    without_brackets,
)
from search_index.documents import SearchDocument

with warnings.catch_warnings():
    # Whoosh 2.7.4 is older than Python's warning about its escape sequences.
    warnings.simplefilter("ignore")
    from whoosh import fields, index
    from whoosh.reading import SegmentReader
    from whoosh.writing import IndexWriter

MEMORY_MEGABYTES = 256
LONGEST_TEXT = 60_000  # characters of a page's text that are indexed
MOST_NAMES = 40
BARE_NAME = -1  # the number of a name without what stands in brackets
TERM_FIELDS = ("nm", "tf", "tb", "te", "tx", "bb", "code")


class UnusableIndex(Exception):
    """The folder holds no index of ours, or a damaged one."""


def create(folder: Path) -> None:
    """An empty index in an empty folder.

    One entry is one name of a page: its title (number 0, which also carries the text) or an
    alias. Fields: the whole name, its words folded and exact, their pairs, pairs of the text,
    official codes.
    """
    schema = fields.Schema(
        key=fields.ID(stored=True),
        about=fields.STORED(),
        **{name: fields.KEYWORD(scorable=True) for name in TERM_FIELDS},
    )
    index.create_in(folder, schema)


def opened(folder: Path) -> Any:
    """The Whoosh index in this folder. Raises UnusableIndex."""
    with warnings.catch_warnings():
        # Where Whoosh cannot read its files it also forgets to close them.
        warnings.simplefilter("ignore")
        try:
            return index.open_dir(folder)
        except Exception as error:  # whatever its unpickling happens to meet
            reason = repr(error)
        raise UnusableIndex(reason)


def writer(opened_index: Any) -> "IndexWriter":
    """A writer on this index. Raises UnusableIndex."""
    try:
        return opened_index.writer(limitmb=MEMORY_MEGABYTES, timeout=10)
    except Exception as error:
        raise UnusableIndex(str(error)) from error


@contextmanager
def committing(target: "IndexWriter") -> Iterator["IndexWriter"]:
    """Keep everything written within the block, or nothing."""
    try:
        yield target
    except BaseException:
        target.cancel()
        raise
    target.commit()


def remove(target: "IndexWriter", key: str) -> None:
    target.delete_by_term("key", key)


def add(target: "IndexWriter", document: SearchDocument) -> None:
    names = document.names[:MOST_NAMES]
    for number, name in enumerate(names):
        target.add_document(**_entry(document, number, name))
    for bare in dict.fromkeys(map(without_brackets, names)):
        if bare not in names:
            target.add_document(**_entry(document, BARE_NAME, bare))


def _entry(document: SearchDocument, number: int, name: str) -> dict[str, Any]:
    spelled_out = synonyms.shipped().spelled_out
    keys = spelled_out(analyse(name))
    entry: dict[str, Any] = {
        "key": document.key,
        "tf": list(keys.folded),
        "tb": pairs(keys.folded),
        "te": list(keys.exact),
        "tx": pairs(keys.exact),
        "about": {
            "key": document.key,
            "name": number,
            "size": len(keys.folded),
            "acts": _acts(document, keys.folded),
        },
    }
    if number != BARE_NAME:
        entry["nm"] = [whole_name(keys.folded)]
    if number == 0:
        body = spelled_out(analyse(f"{document.summary}\n{document.text}"[:LONGEST_TEXT]))
        entry |= {"bb": pairs(body.folded), "code": code_keys(document.codes)}
        entry["about"] |= document.described()
    return entry


def _acts(document: SearchDocument, folded: Sequence[str]) -> list[str]:
    found = acts(folded)
    armed = of_armed_forces(document.agency) and ARMED_FORCES not in found
    return [*found, ARMED_FORCES] if armed else found


def segments(opened_index: Any) -> list[tuple[str, list[int]]]:
    """Each segment's name and the numbers of its entries that were deleted since."""
    return [
        (segment.segment_id(), sorted(segment.deleted_docs()))
        for segment in opened_index._segments()
    ]


def decode(opened_index: Any, name: str) -> flat.Segment:
    """One segment's postings as flat arrays, deleted entries included."""
    segment = next(one for one in opened_index._segments() if one.segment_id() == name)
    reader = SegmentReader(opened_index.storage, opened_index.schema, segment)
    try:
        return _decoded(reader, segment.doc_count_all())
    finally:
        reader.close()


def _decoded(reader: Any, entries: int) -> flat.Segment:
    hashes, lengths = array("Q"), array("q")
    numbers, times = array("i"), array("B")
    syllables: dict[str, int] = {}
    for field, term in _terms(reader):
        before = len(numbers)
        for number, often in _postings(reader.postings(field, term)):
            numbers.append(number)
            times.append(min(255, int(often)))
        hashes.append(flat.term_hash(field, term.decode()))
        lengths.append(len(numbers) - before)
        if field == "te":
            syllables[term.decode()] = len(numbers) - before
    return flat.pack(
        hashes=np.array(hashes, dtype=np.uint64),
        lengths=np.array(lengths, dtype=np.int64),
        entries=np.array(numbers, dtype=np.int32),
        times=np.array(times, dtype=np.uint8),
        about=[reader.stored_fields(number)["about"] for number in range(entries)],
        syllables=syllables,
    )


def _terms(reader: Any) -> Iterator[tuple[str, bytes]]:
    return ((field, term) for field, term in reader.all_terms() if field in TERM_FIELDS)


def _postings(matcher: Any) -> Iterator[tuple[int, float]]:
    while matcher.is_active():
        yield matcher.id(), matcher.weight()
        matcher.next()
