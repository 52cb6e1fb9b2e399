"""Cases of somebody who leaves."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from feedback import handing_over, history, triage
from feedback.errors import FeedbackRefused
from portal.keys import KeyRing
from portal.staff import accounts
from portal.staff.accounts import HasOpenWork
from portal.staff.models import Role
from tests.feedback.makers import NOW, a_case, a_clerk, classified


@pytest.fixture
def db(app: Flask) -> Iterator[Session]:
    with app.app_context(), app.extensions["portal"].database.write() as session:
        yield session


@pytest.fixture
def ring(app: Flask) -> KeyRing:
    found: KeyRing = app.extensions["portal"].ring
    return found


def test_open_cases_pass_on_each_with_a_step_in_its_history(db: Session, ring: KeyRing) -> None:
    lan, _mai, _nga = (
        accounts.create(
            db, username=name, name=name, roles=[role], now=NOW, by="test", unit_code=unit
        )[0]
        for name, role, unit in (
            ("lan", Role.OFFICER, "so-a"),
            ("mai", Role.OFFICER, "so-a"),
            ("nga", Role.OFFICER, "so-b"),
        )
    )
    case, clerk = a_case(db, ring), a_clerk(ring)
    classified(db, case, clerk)
    triage.assign(db, case, unit_code="so-a", officer="lan", clerk=clerk)
    with pytest.raises(HasOpenWork, match="1 phản ánh, kiến nghị đang xử lý"):
        accounts.set_active(db, lan, active=False, by="admin", now=NOW)
    with pytest.raises(FeedbackRefused):
        accounts.hand_over(db, lan, to="nga", by="admin", now=NOW)
    version = case.version
    assert accounts.hand_over(db, lan, to="mai", by="admin", now=NOW) == 1
    assert (case.officer, case.version) == ("mai", version + 1)
    step = history.of(db, case)[-1]
    assert (step.actor, step.officer, step.note) == ("admin", "mai", "Bàn giao từ lan.")
    accounts.set_active(db, lan, active=False, by="admin", now=NOW)


def test_nobody_hands_over_to_nobody_or_to_themselves(db: Session) -> None:
    lan, _password = accounts.create(
        db, username="lan", name="Lan", roles=[Role.OFFICER], now=NOW, by="test"
    )
    for heir in ("lan", "khong-co", ""):
        with pytest.raises(accounts.RefusedInput):
            accounts.hand_over(db, lan, to=heir, by="admin", now=NOW)
    assert accounts.open_work(db, "lan") == []
    found: list[accounts.OpenWork] = []
    handing_over.tell(db, username="lan", found=found)
    assert found == []
