"""The log of what staff did, readable and chained."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal import chain
from portal.canonical import canonical_text
from portal.staff.models import StaffAction

CHAIN = "staff"


def record(
    db: Session,
    *,
    actor: str,
    action: str,
    subject: str,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Note that `actor` did `action` to `subject`; never put personal data into `detail`."""
    body = {"actor": actor, "action": action, "subject": subject, "detail": dict(detail or {})}
    text = canonical_text(body["detail"])
    db.add(StaffAction(at=at, actor=actor, action=action, subject=subject, detail=text))
    chain.append(db, chain=CHAIN, body=body, at=at)
