"""Puts a report's files into a folder, all of them whole or none, and tells machines of them."""

import os
import tempfile
from collections.abc import Mapping
from errno import EISDIR
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from reports.errors import ReportRefused
from reports.record import Frozen

READABLE = 0o644


def deliver(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write the files, replacing older ones of the same name; raises ReportRefused.

    Each is written under another name first, so that nobody ever opens half a file, and nothing
    is renamed before everything is written.
    """
    written: list[tuple[str, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in files:
            if (folder / name).is_dir():
                raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        for name, content in files.items():
            written.append((_beside(folder, content), folder / name))
        for temporary, path in written:
            Path(temporary).replace(path)
    except (OSError, ValueError) as error:
        for temporary, _path in written:
            Path(temporary).unlink(missing_ok=True)
        reason = getattr(error, "strerror", None) or str(error)
        raise ReportRefused(
            _("Không ghi được vào thư mục %(folder)s: %(reason)s.", folder=folder, reason=reason)
        ) from error
    return [path for _temporary, path in written]


def _beside(folder: Path, content: bytes) -> str:
    handle, name = tempfile.mkstemp(prefix=".pakn-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(READABLE)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return name


def for_machines(frozen: Frozen, files: list[Path]) -> dict[str, Any]:
    """The report as one JSON object; figures by the keys of the form."""
    found, form = frozen.figures, frozen.figures.form
    columns = [column.key for column in form.figures]
    return {
        "kind": found.kind,
        "period": found.period,
        "by": found.by,
        "from": found.from_day.isoformat(),
        "to": found.to_day.isoformat(),
        "as_of": found.as_of.isoformat() if found.as_of else None,
        "finished": found.finished,
        "rows": [
            {form.first.key: row.field} | {key: row.values[key] for key in columns}
            for row in found.rows
        ],
        "total": {key: found.total.values[key] for key in columns},
        "footnotes": {note.key: found.total.values[note.key] for note in form.footnotes},
        "annex": {row.kind: row.new for row in found.annex},
        "files": [str(path) for path in files],
        "sha256": frozen.sha256,
    }
