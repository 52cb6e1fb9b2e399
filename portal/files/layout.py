"""Reads where a picture begins, how large it is and where it ends, without decoding it."""

import io
import re
import struct
import zipfile
from collections.abc import Iterator

from portal.files import errors

JPEG_START = b"\xff\xd8\xff"
PNG_START = b"\x89PNG\r\n\x1a\n"

END_OF_IMAGE, START_OF_SCAN = 0xD9, 0xDA
MOST_SEGMENTS = 20_000
STANDS_ALONE = {0x01, *range(0xD0, 0xD9)}
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
# Long enough never to come up by chance in a compressed picture.
_FOREIGN = re.compile(
    rb"<script|<\?php|<html[\s>]|<!doctype|<iframe|<svg[\s>][^\x00]{0,80}xmlns|%PDF-1\.|%PDF-2\.",
    re.IGNORECASE,
)
_TRAILER_STARTS = (b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"PK\x03\x04", b"#!", b"\x1f\x8b")


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels; raises FileRefused for what is cut off or holds two files.

    Phones put a second, smaller picture or a film behind the end of the first: that is no reason
    to refuse, as pictures are drawn anew before they are kept.
    """
    width = height = 0
    end = 0
    for code, start, stop in _segments(data):
        if code in FRAMES and stop - start >= 5:
            if width:
                raise errors.broken()
            height, width = struct.unpack(">HH", data[start + 1 : start + 5])
        end = stop
    if not width or not height:
        raise errors.broken()
    _refuse_second_file(data, end)
    return width, height


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Each marker with the place of its content, the end-of-image marker last."""
    at = 2
    for _step in range(MOST_SEGMENTS):
        if data[at : at + 1] != b"\xff" or at + 2 > len(data):
            raise errors.broken()
        code = data[at + 1]
        if code == 0xFF:
            at += 1
            continue
        if code == END_OF_IMAGE:
            yield code, at + 2, at + 2
            return
        if code in STANDS_ALONE:
            at += 2
            continue
        if at + 4 > len(data):
            break
        stop = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        yield code, at + 4, stop
        at = stop
        if code == START_OF_SCAN:
            found = _NEXT_MARKER.search(data, stop)
            if found is None:
                break
            at = found.start()
    raise errors.broken()


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels; raises FileRefused as `jpeg_size` does."""
    if data[12:16] != b"IHDR" or len(data) < 33:
        raise errors.broken()
    width, height = struct.unpack(">II", data[16:24])
    at = len(PNG_START)
    name = b""
    while name != b"IEND":
        if at + 12 > len(data):
            raise errors.broken()
        length, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        at += 12 + length
    if at > len(data) or not width or not height:
        raise errors.broken()
    _refuse_second_file(data, at)
    return width, height


def _refuse_second_file(data: bytes, end: int) -> None:
    behind = data[end : end + 64].lstrip(b"\0\r\n\t ")
    if behind.startswith(_TRAILER_STARTS) or _FOREIGN.search(data):
        raise errors.two_in_one()
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise errors.two_in_one()
