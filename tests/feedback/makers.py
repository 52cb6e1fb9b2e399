"""Makers with defaults: a message, a case, somebody at the desk, an answered case."""

import itertools
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import answering, publishing, triage
from feedback.cases import Clerk
from feedback.identity import Identity
from feedback.intake import Message, Receipt, receive
from feedback.kinds import Kind
from feedback.models import Case
from feedback.publishing import Publication
from feedback.triage import Classification
from portal import workdays
from portal.keys import KeyRing
from portal.staff.models import Role, StaffMember

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
CALENDAR = workdays.Calendar()
SENDER = Identity(
    name="Nguyễn Thị Bưởi",
    address="Thôn Trung Đàn, xã Thăng Bình",
    phone="0905 123 456",
    email="buoi@thu.vn",
)
TEXT = "Hồ sơ tách thửa quá hẹn ba tuần mà chưa có kết quả."
_nonces = itertools.count(1)


def a_message(**changed: Any) -> Message:
    given: dict[str, Any] = {
        "kind": Kind.CONDUCT,
        "text": TEXT,
        "stamp_nonce": f"nonce-{next(_nonces)}",
        "notice_version": "2026-11",
        "identity": SENDER,
    }
    return Message(**(given | changed))


def a_receipt(db: Session, ring: KeyRing, *, now: datetime = NOW, **changed: Any) -> Receipt:
    return receive(db, a_message(**changed), ring=ring, calendar=CALENDAR, now=now)


def a_case(db: Session, ring: KeyRing, *, now: datetime = NOW, **changed: Any) -> Case:
    code = a_receipt(db, ring, now=now, **changed).code
    return db.scalars(select(Case).where(Case.code == code)).one()


def a_clerk(
    ring: KeyRing,
    *roles: Role,
    name: str = "an",
    unit: str | None = None,
    now: datetime = NOW,
) -> Clerk:
    staff = StaffMember(
        id=1,
        username=name,
        name=name.title(),
        roles=frozenset(roles or (Role.OFFICER,)),
        unit_code=unit,
        must_change_password=False,
    )
    return Clerk(staff=staff, now=now, ring=ring, calendar=CALENDAR)


def classified(db: Session, case: Case, clerk: Clerk, **changed: Any) -> Case:
    given: dict[str, Any] = {
        "kind": Kind(case.kind),
        "triage": "K1",
        "content_types": (1,),
        "field": "Đất đai",
        "competence": "own",
    }
    triage.classify(db, case, Classification(**(given | changed)), clerk)
    return case


def answered(db: Session, case: Case, ring: KeyRing, *, now: datetime = NOW) -> Case:
    officer = a_clerk(ring, name="an", now=now)
    approver = a_clerk(ring, Role.APPROVER, name="binh", now=now)
    classified(db, case, officer)
    triage.assign(db, case, unit_code=None, officer="", clerk=officer)
    answering.draft(db, case, text="Hồ sơ đã có kết quả, mời đến nhận.", clerk=officer)
    answering.approve(db, case, clerk=approver)
    answering.send(db, case, clerk=officer)
    return case


def published(
    db: Session, case: Case, ring: KeyRing, *, now: datetime = NOW, title: str = "Tách thửa quá hẹn"
) -> str:
    answered(db, case, ring, now=now)
    wanted = Publication(title, "Hồ sơ quá hẹn ba tuần.", "Đã có kết quả, mời đến nhận.")
    approver = a_clerk(ring, Role.APPROVER, name="binh", now=now)
    return publishing.publish(db, case, wanted, clerk=approver, allowed=())
