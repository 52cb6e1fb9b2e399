"""Recognises what a file is by what it contains; its name and its claims count for nothing."""

import re
from dataclasses import dataclass
from enum import StrEnum

from portal.files import compound, errors, layout, packages, portable


class FileKind(StrEnum):
    """The kinds of file taken in; the value is the media type."""

    PDF = "application/pdf"
    DOC = "application/msword"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLS = "application/vnd.ms-excel"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    JPEG = "image/jpeg"
    PNG = "image/png"

    @property
    def is_picture(self) -> bool:
        return self in {FileKind.JPEG, FileKind.PNG}

    @property
    def suffix(self) -> str:
        return ".jpg" if self is FileKind.JPEG else f".{self.name.lower()}"

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings a name of this kind may keep."""
        return (".jpg", ".jpeg") if self is FileKind.JPEG else (self.suffix,)


@dataclass(frozen=True)
class Seen:
    """What a file turned out to be; the size in pixels is known of pictures only."""

    kind: FileKind
    width: int | None = None
    height: int | None = None


LOOKED_AT_BYTES = 4096
PDF_JUNK_BYTES = 1024
_RUNS = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|svg|\?php|\?xml|%|iframe|hta:|job|package|img|a\s)"
    rb"|^\s*(?:#!|@echo|<\?|MZ|\x7fELF|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|rem\s|var\s|function\s"
    rb"|import\s|powershell|cmd\s|wscript|dim\s|sub\s|\[autorun|\[internetshortcut)",
    re.IGNORECASE,
)


def recognise(data: bytes, *, limit: int) -> Seen:
    """What these bytes are; raises FileRefused. `limit` is the largest size taken, in bytes.

    What may pass has one meaning only: it starts and ends as its kind must, holds no macro, no
    script, no second file, asks for nothing from outside and can be read without a password.
    """
    if not data:
        raise errors.empty()
    if len(data) > limit:
        raise errors.too_large(limit)
    try:
        return _seen(data)
    except errors.FileRefused:
        raise
    except Exception as error:  # libraries fail in many ways at bytes made to make them fail
        raise errors.broken() from error


def _seen(data: bytes) -> Seen:
    if data.startswith(layout.JPEG_START):
        return Seen(FileKind.JPEG, *layout.jpeg_size(data))
    if data.startswith(layout.PNG_START):
        return Seen(FileKind.PNG, *layout.png_size(data))
    if data.startswith(portable.START):
        portable.check(data)
        return Seen(FileKind.PDF)
    if data.startswith(packages.START):
        return Seen(FileKind.DOCX if packages.check(data) == packages.WORD else FileKind.XLSX)
    if data.startswith(compound.START):
        return Seen(FileKind.DOC if compound.check(data) == compound.WORD else FileKind.XLS)
    raise _refused(data)


def _refused(data: bytes) -> errors.FileRefused:
    if portable.START in data[:PDF_JUNK_BYTES]:
        return errors.two_in_one()
    head = data[:LOOKED_AT_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    return (
        errors.program() if _RUNS.search(head.removeprefix(b"\xef\xbb\xbf")) else errors.unknown()
    )
