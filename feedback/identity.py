"""Seals who sent a message, opens it again, and finds cases by phone or e-mail unread."""

import re
from dataclasses import dataclass, fields

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from feedback.models import Case, CaseIdentity
from portal.keys import KeyRing


@dataclass(frozen=True)
class Identity:
    """Who sent a message; everything may be empty."""

    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    organisation: str = ""
    tax_code: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, part.name) for part in fields(self))


COLUMNS = tuple(part.name for part in fields(Identity))


def keep(db: Session, case: Case, identity: Identity, ring: KeyRing) -> None:
    """Seal every value for its own place and add the blind indexes."""
    row = CaseIdentity(
        case_id=case.id,
        phone_index=_phone_index(identity.phone, ring),
        email_index=_email_index(identity.email, ring),
    )
    for column in COLUMNS:
        value = getattr(identity, column)
        if value:
            table = CaseIdentity.__tablename__
            setattr(row, column, ring.seal(value, table=table, column=column, row=case.code))
    db.add(row)
    db.flush()


def reveal(db: Session, case: Case, ring: KeyRing) -> Identity:
    """Open what was sealed. Callers that show it to a person must record who looked."""
    row = db.get(CaseIdentity, case.id)
    if row is None:
        return Identity()
    opened = {}
    for column in COLUMNS:
        sealed = getattr(row, column)
        if sealed is not None:
            table = CaseIdentity.__tablename__
            opened[column] = ring.open(sealed, table=table, column=column, row=case.code)
    return Identity(**opened)


def cases_of(db: Session, contact: str, ring: KeyRing) -> list[Case]:
    """The cases sent from this phone number or e-mail address, the newest first."""
    phone, email = _phone_index(contact, ring), _email_index(contact, ring)
    found = (
        select(Case)
        .join(CaseIdentity, CaseIdentity.case_id == Case.id)
        .where(
            or_(
                CaseIdentity.phone_index == (phone or ""), CaseIdentity.email_index == (email or "")
            )
        )
        .order_by(Case.id.desc())
    )
    return list(db.scalars(found))


def plain_phone(text: str) -> str:
    """Only the digits, with 0 in front: "+84 905 123 456" and "0905.123.456" are one number."""
    digits = re.sub(r"\D", "", text)
    return "0" + digits[2:] if digits.startswith("84") and len(digits) > 10 else digits


def _phone_index(phone: str, ring: KeyRing) -> str | None:
    digits = plain_phone(phone)
    return ring.blind(digits, purpose="case.phone") if digits else None


def _email_index(email: str, ring: KeyRing) -> str | None:
    plain = email.strip().lower()
    return ring.blind(plain, purpose="case.email") if "@" in plain else None
