"""Looks inside DOCX and XLSX files: what kind they are, and whether they hold only a document."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import NoReturn
from xml.etree import ElementTree

from portal.files import errors

START = b"PK\x03\x04"
END = b"PK\x05\x06"
END_BYTES = 22
LOCAL_HEADER_BYTES = 30
DESCRIPTOR_BYTES = 24

WORD, EXCEL = "word", "excel"
_OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN_TYPES = {
    f"{_OFFICE}wordprocessingml.document.main+xml": WORD,
    f"{_OFFICE}spreadsheetml.sheet.main+xml": EXCEL,
}
MOST_PARTS = 4000
MOST_BYTES = 300 * 1024 * 1024
MOST_LIST_BYTES = 4 * 1024 * 1024
FREE_BYTES = 10 * 1024 * 1024
MOST_TIMES_LARGER = 150
CHUNK_BYTES = 256 * 1024

PART_SUFFIXES = (
    *(".xml", ".rels", ".vml", ".psmdcp", ".bin", ".odttf", ".fntdata", ".svg", ".wdp"),
    *(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf"),
)
_MACRO_PART = re.compile(r"vba|macrosheet|dialogsheet|intlmacro", re.IGNORECASE)
_OBJECT_PART = re.compile(r"(^|/)(embeddings|activex|ctrlprops|webextensions)/", re.IGNORECASE)
_MACRO_TYPE = re.compile(r"macro|vba|dialogsheet", re.IGNORECASE)
_OBJECT_TYPE = re.compile(r"activex|oleobject|controlproperties|webextension", re.IGNORECASE)
_OBJECT_LINK = re.compile(r"/(afChunk|oleObject|package|control|activeXControl\w*)$")
MAY_LEAD_OUTSIDE = ("/hyperlink", "/externalLinkPath", "/externalLinkLongPath")
_NOT_A_PART = (b"MZ", b"\x7fELF", b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"#!")
_FIELD = re.compile(rb"<(?:\w+:)?instrText[^>]*>([^<]*)<|\b\w*:?instr=[\"']([^\"']*)")
_DDE = re.compile(rb"\bDDE(AUTO)?\b|<(?:\w+:)?ddeLink\b", re.IGNORECASE)


def check(data: bytes) -> str:
    """WORD or EXCEL; raises FileRefused for anything else, and for what holds more than that.

    Raises whatever the library raises for a package it cannot read.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        _check_layout(data, package)
        _check_names(package)
        _check_parts(package)
        return _check_links(package)


def _check_layout(data: bytes, package: zipfile.ZipFile) -> None:
    """The parts lie one behind the other from the first byte to the last, nothing between them."""
    if data[-END_BYTES : -END_BYTES + 4] != END:
        raise errors.two_in_one()
    parts = sorted(package.infolist(), key=lambda part: part.header_offset)
    if len(parts) > MOST_PARTS:
        raise errors.swells()
    at = 0
    for part in parts:
        if part.flag_bits & 1:
            raise errors.locked()
        if not at <= part.header_offset <= at + (DESCRIPTOR_BYTES if at else 0):
            raise errors.two_in_one()
        header = data[part.header_offset : part.header_offset + LOCAL_HEADER_BYTES]
        lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        at = part.header_offset + LOCAL_HEADER_BYTES + lengths + part.compress_size
    if not at <= package.start_dir <= at + DESCRIPTOR_BYTES:
        raise errors.two_in_one()


def _check_names(package: zipfile.ZipFile) -> None:
    names = [part.filename for part in package.infolist()]
    if "[Content_Types].xml" not in names:
        raise errors.unknown()
    if len({name.casefold() for name in names}) < len(names):
        raise errors.two_in_one()
    for name in names:
        if _MACRO_PART.search(name):
            raise errors.macros()
        if _OBJECT_PART.search(name):
            raise errors.embedded()
        if name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name:
            raise errors.broken()
        if not name.endswith("/") and not name.casefold().endswith(PART_SUFFIXES):
            raise errors.embedded()
        if name.casefold().endswith(".bin") and "printersettings" not in name.casefold():
            raise errors.embedded()


def _check_parts(package: zipfile.ZipFile) -> None:
    """Read every part once: it is whole, it is no archive or program, and all do not swell."""
    packed = total = 0
    for part in package.infolist():
        packed += part.compress_size
        for number, chunk in enumerate(_chunks(package, part)):
            if number == 0 and chunk.startswith(_NOT_A_PART):
                raise errors.embedded()
            total += len(chunk)
            if total > MOST_BYTES or total > FREE_BYTES + packed * MOST_TIMES_LARGER:
                raise errors.swells()


def _chunks(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with package.open(part) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk


def _check_links(package: zipfile.ZipFile) -> str:
    """The kind, by the part that the package names as its document."""
    types = _Types(package)
    kind = ""
    for part in package.infolist():
        if part.filename.endswith(".rels"):
            for link in _xml(package, part.filename):
                target = _check_link(link)
                if part.filename == "_rels/.rels" and link.get("Type", "").endswith(
                    "/officeDocument"
                ):
                    kind = types.kind(target.lstrip("/"))
        elif part.filename.endswith(".xml"):
            _check_fields(package, part)
    if not kind:
        raise errors.unknown()
    return kind


def _check_link(link: ElementTree.Element) -> str:
    kind, target = link.get("Type", ""), link.get("Target", "")
    if _OBJECT_LINK.search(kind):
        raise errors.embedded()
    if link.get("TargetMode") == "External" and not kind.endswith(MAY_LEAD_OUTSIDE):
        raise errors.leads_outside()
    return target


def _check_fields(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A field code may be spread over many pieces, so the pieces are put together first."""
    if not part.filename.startswith(("word/", "xl/externalLinks/")):
        return
    text = package.read(part)
    said = b"".join(one or b" " + two + b" " for one, two in _FIELD.findall(text))
    if _DDE.search(said) or (b"ddeLink" in text and _DDE.search(text)):
        raise errors.leads_outside()


class _Types:
    """What `[Content_Types].xml` says of each part."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._parts: dict[str, str] = {}
        self._suffixes: dict[str, str] = {}
        for row in _xml(package, "[Content_Types].xml"):
            said = row.get("ContentType", "")
            if _MACRO_TYPE.search(said):
                raise errors.macros()
            if _OBJECT_TYPE.search(said):
                raise errors.embedded()
            if name := row.get("PartName"):
                self._parts[name.lstrip("/").casefold()] = said
            else:
                self._suffixes[row.get("Extension", "").casefold()] = said

    def kind(self, name: str) -> str:
        folded = name.casefold()
        said = self._parts.get(folded) or self._suffixes.get(folded.rpartition(".")[2], "")
        return MAIN_TYPES.get(said) or _unknown()


def _unknown() -> NoReturn:
    raise errors.unknown()


def _xml(package: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """A small list of the package as XML; one that declares entities is not read at all."""
    if package.getinfo(name).file_size > MOST_LIST_BYTES:
        raise errors.swells()
    text = package.read(name).decode("utf-8-sig")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise errors.broken()
    return ElementTree.fromstring(text.encode())  # nosec B314 # no DOCTYPE, checked just above
