"""The register of cases: numbered from one in each year, without a gap."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from feedback.models import Case, CaseRegister
from portal.database import lock


def locked(db: Session, year: int) -> CaseRegister:
    """The register of a year, held until the transaction ends: whoever enters waits here."""
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    db.execute(insert(CaseRegister).values(year=year, last_number=0).on_conflict_do_nothing())
    register = lock(db, CaseRegister, year)
    assert register is not None
    return register


def enter(case: Case, register: CaseRegister) -> None:
    """Give the case the next number; it is used up only if the transaction is kept."""
    register.last_number += 1
    case.register_year, case.register_number = register.year, register.last_number
