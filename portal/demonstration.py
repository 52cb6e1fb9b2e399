"""A fictitious Centre for shows and tests: filled on an empty site, marked on every page."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import g
from flask.sansio.app import App
from sqlalchemy import CheckConstraint, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import revisions
from portal.database import Base, UtcDateTime, database, lock
from portal.errors import RefusedInput
from portal.keys import KeyRing
from portal.revisions import Area
from portal.staff import accounts
from portal.staff.models import Role, StaffAccount, StaffMember

ONLY_ROW = 1
SEED = 20260701
OFFICER, SECOND_OFFICER, APPROVER, EDITOR, ADMIN, UNIT_OFFICER = (
    "mau-canbo", "mau-canbo2", "mau-duyet", "mau-bientap", "mau-quantri", "mau-donvi",
)  # fmt: skip
PEOPLE = {
    OFFICER: ("Nguyễn Văn Mẫu", (Role.OFFICER,)),
    SECOND_OFFICER: ("Trần Thị Ví Dụ", (Role.OFFICER,)),
    APPROVER: ("Lê Văn Giả Định", (Role.APPROVER,)),
    EDITOR: ("Phạm Thị Minh Họa", (Role.EDITOR,)),
    ADMIN: ("Hoàng Văn Thử", (Role.ADMIN,)),
    UNIT_OFFICER: ("Võ Thị Mẫu", (Role.OFFICER,)),
}


class Demonstration(Base):
    """One row, and only on a site whose people and cases are invented; it is never taken away.

    `batches` counts how often cases were filled in.
    """

    __tablename__ = "demonstration"
    __table_args__ = (CheckConstraint("id = 1", name="only_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    batches: Mapped[int]


@dataclass(frozen=True)
class Stage:
    """What a room needs to fill itself: the moment, keys, chance that repeats, invented staff."""

    now: datetime
    ring: KeyRing
    chance: random.Random
    staff: Mapping[str, StaffMember]
    unit_codes: tuple[str, ...]
    batch: int


class NotEmpty(RefusedInput):
    """Something real may already be here."""


Filler = Callable[[Session, Stage], str]
Counter = Callable[[Session], int]


def provide(app: App, fill: Filler, real: Counter | None = None) -> None:
    """Have a room filled; `fill` says in one line what it did, `real` counts what must not be
    there before."""
    app.extensions.setdefault("demonstration", []).append((fill, real))


def is_on(db: Session) -> bool:
    """Whether what this site shows is invented."""
    return db.scalar(select(Demonstration.id)) is not None


def is_shown() -> bool:
    """Whether this page has to say that what it shows is invented; asked once a request.

    A page that says why the database cannot be read must not need it.
    """
    if "invented" not in g:
        try:
            with database().read() as db:
                g.invented = is_on(db)
        except (SQLAlchemyError, OSError):
            g.invented = False
    return bool(g.invented)


def begin(app: App, db: Session, now: datetime, *, again: bool) -> int:
    """Mark this site as invented; returns the number of this filling, from 1.

    Raises NotEmpty where a case or a second account is there, and where a marked site is to be
    filled once more without saying so.
    """
    mark = lock(db, Demonstration, ONLY_ROW)
    if mark is not None:
        if not again:
            raise NotEmpty("Bản trình diễn này đã có dữ liệu; thêm một đợt nữa thì dùng --again.")
        mark.batches += 1
        return mark.batches
    found = sum(real(db) for _fill, real in _rooms(app) if real is not None)
    people = db.scalar(select(func.count()).select_from(StaffAccount)) or 0
    if found or people > 1:
        raise NotEmpty(
            "Chỉ điền dữ liệu giả định vào bản cài đặt còn trống: ở đây đã có phản ánh hoặc có hơn "
            "một tài khoản cán bộ. Hãy dùng một thư mục VAR mới."
        )
    db.add(Demonstration(id=ONLY_ROW, begun_at=now, batches=1))
    revisions.advance(db, Area.FRAME)
    return 1


def people(db: Session, unit_code: str | None, now: datetime) -> dict[str, str]:
    """Make the invented accounts that are not there yet; user name → first password."""
    known = set(db.scalars(select(StaffAccount.username)))
    made = {}
    for username, (name, roles) in PEOPLE.items():
        if username not in known:
            unit = unit_code if username == UNIT_OFFICER else None
            _account, made[username] = accounts.create(
                db, username=username, name=name, roles=roles, now=now, by="flask portal demo",
                unit_code=unit,
            )  # fmt: skip
    return made


def fill(app: App, db: Session, stage: Stage) -> list[str]:
    """Fill every room, in the order in which they were joined; what each says it did."""
    return [fill(db, stage) for fill, _real in _rooms(app)]


def stage(
    db: Session, ring: KeyRing, unit_codes: tuple[str, ...], batch: int, now: datetime
) -> Stage:
    chosen = select(StaffAccount).where(StaffAccount.username.in_(PEOPLE))
    staff = {row.username: accounts.member(row) for row in db.scalars(chosen)}
    return Stage(now, ring, chance_of(batch), staff, unit_codes, batch)


def chance_of(batch: int) -> random.Random:
    """Chance that falls the same way each time; never for secrets."""
    return random.Random(SEED + batch)  # nosec B311


def _rooms(app: App) -> list[tuple[Filler, Counter | None]]:
    found: list[tuple[Filler, Counter | None]] = app.extensions.get("demonstration", [])
    return found
