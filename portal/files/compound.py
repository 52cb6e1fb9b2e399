"""Looks inside the older DOC and XLS files: what kind they are, and whether they hold macros."""

import io
import re
import struct
from typing import TYPE_CHECKING

from portal.files import errors

if TYPE_CHECKING:
    import olefile

START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD, EXCEL = "word", "excel"

MACRO_PLACES = {"macros", "vba", "_vba_project", "_vba_project_cur"}
LOCK_PLACES = {"encryptioninfo", "encryptedpackage", "encryption"}
_OBJECT_PLACE = re.compile(
    r"ctls|mbd[0-9a-f]{6,}|\x01ole10native|package|\x03ocxname|_\d{8,}", re.I
)

WORD_MARK = 0xA5EC
WORD_IS_LOCKED = 0x0100
EXCEL_BEGINS, EXCEL_IS_LOCKED, EXCEL_SHEET, EXCEL_ENDS = 0x0809, 0x002F, 0x0085, 0x000A
FREE_SECTOR = 0xFFFFFFFF
EXCEL_PLAIN_SHEETS = {0x00, 0x02}


def check(data: bytes) -> str:
    """WORD or EXCEL; raises FileRefused for anything else, and for what holds more than that.

    Raises whatever the library raises for a file it cannot read.
    """
    import olefile

    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT) as compound:
        _check_places(compound.listdir(streams=True, storages=True))
        kind = _kind(compound)
        _check_whole(data, compound)
        return kind


def _check_places(places: list[list[str]]) -> None:
    folded = {name.casefold() for place in places for name in place}
    if folded & LOCK_PLACES:
        raise errors.locked()
    if folded & MACRO_PLACES:
        raise errors.macros()
    if any(_OBJECT_PLACE.fullmatch(name) for name in folded):
        raise errors.embedded()


def _kind(compound: "olefile.OleFileIO") -> str:
    word = compound.exists("WordDocument")
    books = [name for name in ("Workbook", "Book") if compound.exists(name)]
    if len(books) + word != 1:
        raise errors.two_in_one() if word or books else errors.unknown()
    if word:
        _check_word(compound.openstream("WordDocument").read())
        return WORD
    _check_excel(compound.openstream(books[0]).read())
    return EXCEL


def _check_word(stream: bytes) -> None:
    mark, flags = struct.unpack_from("<H8xH", stream)
    if mark != WORD_MARK:
        raise errors.broken()
    if flags & WORD_IS_LOCKED:
        raise errors.locked()


def _check_excel(stream: bytes) -> None:
    """Walk the records of the workbook: sheets of macros and passwords stand in the first part."""
    at = 0
    while True:
        record, length = struct.unpack_from("<HH", stream, at)
        if at == 0 and record != EXCEL_BEGINS:
            raise errors.broken()
        if record == EXCEL_IS_LOCKED:
            raise errors.locked()
        if record == EXCEL_SHEET and stream[at + 9] not in EXCEL_PLAIN_SHEETS:
            raise errors.macros()
        if record == EXCEL_ENDS:
            return
        at += 4 + length


def _check_whole(data: bytes, compound: "olefile.OleFileIO") -> None:
    """Every stream can be read to its end, and nothing is glued to the file.

    Word keeps its colours as an archive inside a document, so an archive at the end of a stream
    is no second file; bytes behind the last sector in use are.
    """
    for place in compound.listdir():
        if len(compound.openstream(place).read()) < compound.get_size(place):
            raise errors.broken()
    used = max(at for at, following in enumerate(compound.fat) if following != FREE_SECTOR)
    if len(data) > (used + 2) * compound.sectorsize:
        raise errors.two_in_one()
