"""Who at the desk sees which case, and who may know its sender."""

from sqlalchemy import ColumnElement, true

from feedback.kinds import CONDUCT_TYPE, unpack
from feedback.models import Case
from portal.staff.models import Role, StaffMember

COORDINATORS = (Role.APPROVER, Role.ADMIN)


def sees_all(staff: StaffMember) -> bool:
    """Approvers, administrators and the Centre's own officers coordinate: they see every case."""
    return staff.unit_code is None or staff.has(*COORDINATORS)


def visible(staff: StaffMember) -> ColumnElement[bool]:
    """The same rule as a condition on the table of cases."""
    return true() if sees_all(staff) else Case.unit_code == staff.unit_code


def sees(staff: StaffMember, case: Case) -> bool:
    return sees_all(staff) or case.unit_code == staff.unit_code


def may_know_sender(staff: StaffMember, case: Case) -> bool:
    """In a case about conduct the unit concerned does not learn who complains about it."""
    about_conduct = CONDUCT_TYPE in unpack(case.content_types)
    return sees(staff, case) and (sees_all(staff) or not about_conduct)
