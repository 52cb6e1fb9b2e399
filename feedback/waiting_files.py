"""Files chosen in a form that was not sent: kept apart, opened by nobody, gone in two hours."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from feedback.models import Case, CaseFile, WaitingFile
from portal import limits
from portal.files.errors import BYTES_IN_MB, FileRefused
from portal.files.forgetting import forget
from portal.files.keeping import Kept

MOST_FILES = 5
LARGEST_BYTES = 10 * BYTES_IN_MB
LARGEST_BYTES_OF_A_FORM = 50 * BYTES_IN_MB
KEPT_FOR = timedelta(hours=2)
SCOPE = "feedback.files"
DAY = timedelta(days=1)
MB_A_DAY = 200
LARGEST_ID = 2**31


def of(db: Session, nonce: str) -> list[WaitingFile]:
    """The files that wait under this showing of the form, in the order in which they came."""
    found = select(WaitingFile).where(WaitingFile.nonce == nonce).order_by(WaitingFile.id)
    return list(db.scalars(found))


def check_room(db: Session, nonce: str, address: str, size: int, *, now: datetime) -> None:
    """Raises FileRefused where this form or this address has brought too much already.

    Only the file is refused: the message can be sent without it.
    """
    there = select(func.count(WaitingFile.id), func.sum(WaitingFile.size))
    count, total = db.execute(there.where(WaitingFile.nonce == nonce)).one()
    if count >= MOST_FILES or (total or 0) + size > LARGEST_BYTES_OF_A_FORM:
        raise FileRefused(
            _("Mỗi lần gửi được nhiều nhất %(most)s tệp; tệp này không được nhận.", most=MOST_FILES)
        )
    if limits.count(db, scope=SCOPE, key=address, window=DAY, now=now) >= MB_A_DAY:
        raise FileRefused(
            _(
                "Hôm nay đã có quá nhiều tệp gửi từ mạng này nên tệp không được nhận; nội dung vẫn "
                "gửi được, tệp có thể gửi sau ở trang tra cứu."
            )
        )


def add(db: Session, nonce: str, address: str, kept: Kept, *, now: datetime) -> None:
    """Have a kept file wait; the same file chosen twice waits once."""
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = {"nonce": nonce, "sha256": kept.sha256, "name": kept.name, "size": kept.size}
    values = insert(WaitingFile).values(**row, media_type=kept.kind.value, came_at=now)
    db.execute(values.on_conflict_do_nothing())
    for _started_mb in range(-(-kept.size // BYTES_IN_MB)):
        limits.hit(db, scope=SCOPE, key=address, window=DAY, now=now)


def remove(db: Session, nonce: str, file_id: int) -> None:
    """Take one file out of the form; a file of another form is left alone."""
    row = db.get(WaitingFile, file_id)
    if row is not None and row.nonce == nonce:
        _drop(db, [row])


def move(db: Session, nonce: str, new_nonce: str) -> None:
    """Have the files wait under another showing of the same form."""
    for row in of(db, nonce):
        row.nonce = new_nonce
    db.flush()


def attach(db: Session, case: Case, now: datetime) -> None:
    """Make the files that waited under the form of this case its own."""
    for row in of(db, case.stamp_nonce):
        db.add(
            CaseFile(
                case_id=case.id,
                sha256=row.sha256,
                name=row.name,
                media_type=row.media_type,
                size=row.size,
                added_at=now,
            )
        )
        db.delete(row)
    db.flush()


def sweep(db: Session, now: datetime) -> int:
    """Drop what was never sent; says how many files that were."""
    late = select(WaitingFile).where(WaitingFile.came_at <= now - KEPT_FOR)
    rows = list(db.scalars(late))
    _drop(db, rows)
    return len(rows)


def _drop(db: Session, rows: Sequence[WaitingFile]) -> None:
    for row in rows:
        db.delete(row)
    db.flush()
    for row in rows:
        forget(db, row.sha256, since=row.came_at)
