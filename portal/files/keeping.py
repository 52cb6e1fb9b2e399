"""Keeps files outside the web root, each once, under the fingerprint of its bytes."""

import errno
import hashlib
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from portal.database import lock_or_make
from portal.errors import NotFound
from portal.files import errors, pictures, scanning
from portal.files.kinds import FileKind, Seen, recognise
from portal.files.models import StoredFile
from portal.files.naming import clean_name

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
LEFT_OVER_AFTER = timedelta(days=1)
UNFINISHED = ".unfinished-"
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Cabinet:
    """Where files are kept, and the ClamAV service that sees each before; empty: none."""

    folder: Path
    clamd: str = ""

    def path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise NotFound
        return self.folder / sha256[:2] / sha256[2:]


@dataclass(frozen=True)
class Kept:
    """A file that was taken in, and the clean name that its sender gave it."""

    sha256: str
    kind: FileKind
    name: str
    size: int
    width: int | None
    height: int | None


def keep(
    db: Session, cabinet: Cabinet, data: bytes, name: str, *, limit: int, now: datetime
) -> Kept:
    """Take a file in: recognise it, have it scanned, draw a picture anew, keep it once.

    `limit` is the largest size in bytes. Raises FileRefused; then nothing is kept.
    """
    seen = recognise(data, limit=limit)
    scanning.refuse_if_harmful(data, cabinet.clamd)
    if seen.kind.is_picture:
        data, seen = pictures.redraw(data, seen)
    return _keep(db, cabinet, data, seen, name=clean_name(name, seen.kind), now=now)


def keep_small(db: Session, cabinet: Cabinet, sha256: str, *, now: datetime) -> Kept:
    """A small copy of a kept picture, for lists; kept as a file of its own."""
    data = read(cabinet, sha256)
    seen = recognise(data, limit=len(data))
    data, seen = pictures.redraw(data, seen, longest=pictures.FOR_LISTS)
    return _keep(db, cabinet, data, seen, name=clean_name("", seen.kind), now=now)


def read(cabinet: Cabinet, sha256: str) -> bytes:
    """The bytes of a kept file; raises NotFound."""
    try:
        return cabinet.path(sha256).read_bytes()
    except FileNotFoundError as error:
        raise NotFound from error


def sweep(db: Session, cabinet: Cabinet, now: datetime) -> int:
    """Remove what a crash left behind: unfinished files, and files that no row knows.

    Only what nobody touched for a day goes: its transaction is over one way or the other.
    """
    removed = 0
    before = (now - LEFT_OVER_AFTER).timestamp()
    for file in cabinet.folder.glob("[0-9a-f][0-9a-f]/*"):
        with suppress(FileNotFoundError):
            known = db.get(StoredFile, file.parent.name + file.name) is not None
            if not known and file.stat().st_mtime < before:
                file.unlink()
                removed += 1
    return removed


def _keep(
    db: Session, cabinet: Cabinet, data: bytes, seen: Seen, *, name: str, now: datetime
) -> Kept:
    sha256 = hashlib.sha256(data).hexdigest()
    _write(cabinet.path(sha256), data)
    width, height = seen.width, seen.height
    first = {"size": len(data), "width": width, "height": height, "kept_at": now}
    lock_or_make(db, StoredFile, sha256, media_type=seen.kind.value, **first)
    return Kept(sha256, seen.kind, name, len(data), width, height)


def _write(path: Path, data: bytes) -> None:
    """All or nothing: the name appears when every byte is on the disk."""
    with suppress(FileNotFoundError):
        os.utime(path)
        return
    try:
        _write_whole(path, data)
    except OSError as error:
        if error.errno in FULL:
            raise errors.no_room() from error
        raise


def _write_whole(path: Path, data: bytes) -> None:
    path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).rename(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
