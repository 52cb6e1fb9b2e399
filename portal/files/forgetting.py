"""Forgets files that nothing needs any more; their bytes go with the next sweep of the folder."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.database import Base
from portal.files.models import StoredFile

FINGERPRINT = "sha256"


def forget(db: Session, sha256: str, *, since: datetime) -> bool:
    """Forget the file, unless some row names it or it was kept before `since`.

    `since` is the moment at which the caller took it in: what was there before is somebody else's.
    """
    stored = db.get(StoredFile, sha256)
    if stored is None or stored.kept_at < since or _is_named(db, sha256):
        return False
    db.delete(stored)
    db.flush()
    return True


def _is_named(db: Session, sha256: str) -> bool:
    """Whether any table other than that of files has a row with this fingerprint."""
    for table in Base.metadata.sorted_tables:
        if table.name == StoredFile.__tablename__ or FINGERPRINT not in table.columns:
            continue
        column = table.columns[FINGERPRINT]
        if db.scalar(select(column).where(column == sha256).limit(1)) is not None:
            return True
    return False
