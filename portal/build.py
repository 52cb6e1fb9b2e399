"""Which build this is: a fingerprint of everything that decides what a page looks like."""

import hashlib
from functools import lru_cache
from pathlib import Path

from portal.config import HOME

MIGRATIONS = HOME / "portal" / "migrations" / "versions"
PARTS = ("site", "content", "portal", "agencies", "search_index", "feedback", "reports")
ENDINGS = {".py", ".html", ".css", ".mo", ".yaml", ".md", ".tsv", ".csv", ".svg", ".woff2"}


@lru_cache(maxsize=1)
def identity() -> str:
    """Sixteen hexadecimal digits; they change when a file of the product changes."""
    hasher = hashlib.sha256()
    for file in sorted(_files()):
        status = file.stat()
        hasher.update(f"{file.relative_to(HOME)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return hasher.hexdigest()[:16]


def newest_migration() -> str:
    """The number of the newest migration, from the file names: no Alembic at start-up."""
    return max(file.name[:4] for file in MIGRATIONS.glob("[0-9]*.py"))


def _files() -> list[Path]:
    return [
        file
        for part in PARTS
        for file in (HOME / part).rglob("*")
        if file.suffix in ENDINGS and "__pycache__" not in file.parts
    ]
