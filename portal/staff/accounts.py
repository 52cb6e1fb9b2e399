"""Making accounts, checking and changing passwords."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal import events
from portal.errors import RefusedInput
from portal.staff.audit import record
from portal.staff.models import Role, StaffAccount, StaffMember, StaffSession

if TYPE_CHECKING:
    from argon2 import PasswordHasher

USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,58})[a-z0-9]")
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
OPEN_WORK = "staff.open_work"
HANDED_OVER = "staff.handed_over"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class OpenWork:
    """Something somebody still has in hand, in words that follow its number."""

    words: str
    count: int


class HasOpenWork(RefusedInput):
    """Whoever has work in hand is not switched off before somebody else has it."""

    def __init__(self, found: Iterable[OpenWork]) -> None:
        self.found = tuple(found)
        listed = ", ".join(f"{one.count} {one.words}" for one in self.found)
        super().__init__(_("Tài khoản còn việc: %(work)s. Hãy bàn giao trước.", work=listed))


def invent_password() -> str:
    """A password to be read off a screen once: four groups of five, about 99 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _n in range(5)) for _g in range(4))


def create(
    db: Session,
    *,
    username: str,
    name: str,
    roles: Iterable[Role],
    now: datetime,
    by: str,
    unit_code: str | None = None,
) -> tuple[StaffAccount, str]:
    """A new account and its first password, which must be changed at first use."""
    username, held = username.strip().lower(), frozenset(roles)
    if not USERNAME.fullmatch(username):
        raise RefusedInput(
            _("Tên đăng nhập gồm 3 đến 60 chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối.")
        )
    if not name.strip() or not held:
        raise RefusedInput(_("Cần họ tên và ít nhất một vai trò."))
    if db.scalar(select(StaffAccount.id).where(StaffAccount.username == username)):
        raise RefusedInput(_("Tên đăng nhập này đã có người dùng."))
    password = invent_password()
    account = StaffAccount(
        username=username,
        name=name.strip(),
        unit_code=unit_code or None,
        password_hash=_hasher().hash(password),
        must_change_password=True,
        active=True,
        created_at=now,
        role_names=" ".join(sorted(held)),
    )
    db.add(account)
    db.flush()
    detail = {"roles": sorted(held), "unit": unit_code or ""}
    record(db, actor=by, action="account.create", subject=username, at=now, detail=detail)
    return account, password


def check(db: Session, username: str, password: str) -> StaffAccount | None:
    """The account whose password this is; an unknown name costs the same time."""
    wanted = username.strip().lower()
    account = db.scalar(select(StaffAccount).where(StaffAccount.username == wanted))
    known = account is not None and account.active
    stored = account.password_hash if account is not None and known else _nobodys_hash()
    right = _matches(stored, password)
    return account if known and right else None


def change_password(
    db: Session, account: StaffAccount, *, current: str, new: str, now: datetime
) -> None:
    """Set a password of one's own; signs every browser of the account out."""
    if not _matches(account.password_hash, current):
        raise RefusedInput(_("Mật khẩu hiện tại không đúng."))
    if len(new) < SHORTEST_PASSWORD:
        raise RefusedInput(_("Mật khẩu mới cần ít nhất 12 ký tự."))
    if new == current or new.lower() == account.username:
        raise RefusedInput(_("Mật khẩu mới phải khác mật khẩu cũ và tên đăng nhập."))
    account.password_hash = _hasher().hash(new)
    account.must_change_password = False
    db.execute(delete(StaffSession).where(StaffSession.account_id == account.id))
    record(db, actor=account.username, action="account.password", subject=account.username, at=now)


def renew_password(db: Session, account: StaffAccount, *, by: str, now: datetime) -> str:
    """A new first password for somebody who lost theirs."""
    password = invent_password()
    account.password_hash = _hasher().hash(password)
    account.must_change_password = True
    db.execute(delete(StaffSession).where(StaffSession.account_id == account.id))
    record(db, actor=by, action="account.renew", subject=account.username, at=now)
    return password


def set_active(db: Session, account: StaffAccount, *, active: bool, by: str, now: datetime) -> None:
    """Switch an account on or off; the last administrator stays. Raises HasOpenWork."""
    if not active and Role.ADMIN in account.roles and _administrators(db) < 2:
        raise RefusedInput(_("Đây là quản trị viên cuối cùng, không thể khóa."))
    if not active and (found := open_work(db, account.username)):
        raise HasOpenWork(found)
    account.active = active
    if not active:
        db.execute(delete(StaffSession).where(StaffSession.account_id == account.id))
    action = "account.on" if active else "account.off"
    record(db, actor=by, action=action, subject=account.username, at=now)


def open_work(db: Session, username: str) -> list[OpenWork]:
    """What somebody has in hand in any room."""
    found: list[OpenWork] = []
    events.emit(db, OPEN_WORK, username=username, found=found)
    return found


def hand_over(db: Session, account: StaffAccount, *, to: str, by: str, now: datetime) -> int:
    """Pass all that somebody has in hand on to `to`, in every room and in one step; how many
    things. Raises RefusedInput where any of it cannot go to that person: then nothing may be kept.
    """
    heir = db.scalar(select(StaffAccount).where(StaffAccount.username == to))
    if heir is None or not heir.active or heir.id == account.id:
        raise RefusedInput(_("Hãy chọn một người nhận khác, tài khoản đang dùng."))
    moved = sum(one.count for one in open_work(db, account.username))
    events.emit(db, HANDED_OVER, username=account.username, to=to, by=by, now=now)
    detail = {"to": to, "moved": moved}
    record(
        db, actor=by, action="account.hand-over", subject=account.username, at=now, detail=detail
    )
    return moved


def everyone(db: Session) -> list[StaffAccount]:
    return list(db.scalars(select(StaffAccount).order_by(StaffAccount.username)))


def member(account: StaffAccount) -> StaffMember:
    return StaffMember(
        id=account.id,
        username=account.username,
        name=account.name,
        roles=account.roles,
        unit_code=account.unit_code,
        must_change_password=account.must_change_password,
    )


def _administrators(db: Session) -> int:
    holders = select(func.count(StaffAccount.id)).where(
        StaffAccount.active, StaffAccount.role_names.contains(Role.ADMIN.value)
    )
    return db.scalar(holders) or 0


@lru_cache(maxsize=1)
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))


def _matches(stored: str, password: str) -> bool:
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return _hasher().verify(stored, password[:LONGEST_PASSWORD])
    except (Argon2Error, InvalidHashError):
        return False
