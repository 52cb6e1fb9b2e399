"""Looks inside PDF files: whole, open to everybody, and nothing in them that acts by itself."""

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from portal.files import errors

if TYPE_CHECKING:
    from pypdf import PdfReader

START = b"%PDF-"
MOST_OBJECTS = 100_000
MOST_ESCAPES = 50_000
SNIFFED_BYTES = 1024

ACTS = {
    *("/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia"),
    *("/SubmitForm", "/ImportData", "/GoToE", "/XFA", "/Rendition", "/Movie", "/Sound"),
}
_VERSION = re.compile(rb"%PDF-[12]\.\d[\r\n \t]")
_LAST = re.compile(rb"%%EOF[\s\x00]*\Z")
_CUT_OFF = re.compile(rb"startxref\s+\d+\s+%%EOF")
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|script|svg|\?php|body|iframe)", re.IGNORECASE)
# The longer names, looked for in every byte: a program that mends a PDF may find an object which
# the list of objects does not name.
_ACTS_ANYWHERE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)(?=[\s/<>\[\]()])"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def check(data: bytes) -> None:
    """Raises FileRefused, or whatever the library raises for a PDF it cannot read."""
    if not _VERSION.match(data) or _MARKUP.search(data[:SNIFFED_BYTES]):
        raise errors.two_in_one()
    if not _LAST.search(data[-2048:]):
        raise errors.two_in_one() if _CUT_OFF.search(data) else errors.broken()
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise errors.two_in_one()
    plain, escapes = _ESCAPED.subn(lambda found: bytes([int(found[1], 16)]), data, MOST_ESCAPES)
    if escapes == MOST_ESCAPES or _ACTS_ANYWHERE.search(plain):
        raise errors.acts_by_itself()
    _check_objects(data)


def _check_objects(data: bytes) -> None:
    from pypdf import PdfReader

    # Small faults are common in real files; each would be a line in the log of the site.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise errors.locked()
    for found in _objects(reader):
        _check_object(found)
    if not reader.pages or not reader.pages[0].mediabox:
        raise errors.broken()


def _objects(reader: "PdfReader") -> Iterator[Any]:
    from pypdf.generic import IndirectObject

    yield reader.trailer
    numbers = [
        (number, generation)
        for generation, listed in reader.xref.items()
        for number in listed
        if number and generation < 65535
    ]
    numbers += [(number, 0) for number in reader.xref_objStm]
    if len(numbers) > MOST_OBJECTS:
        raise errors.swells()
    for number, generation in numbers:
        yield reader.get_object(IndirectObject(number, generation, reader))


def _check_object(found: Any) -> None:
    """Names and keys of one object and of what lies directly in it."""
    from pypdf.generic import NameObject

    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if not ACTS.isdisjoint(one):
                raise errors.acts_by_itself()
            waiting += [dict.__getitem__(one, key) for key in one]
        elif isinstance(one, list):
            waiting += list.__iter__(one)
        elif isinstance(one, NameObject) and one in ACTS:
            raise errors.acts_by_itself()
