"""Who at the desk sees which case, and who may know its sender."""

from sqlalchemy import ColumnElement, and_, true

from feedback.kinds import CONDUCT_TYPE, unpack
from feedback.models import Case
from portal.staff.models import Role, StaffMember

COORDINATORS = (Role.APPROVER, Role.ADMIN)


def sees_all(staff: StaffMember) -> bool:
    """Approvers, administrators and the Centre's own officers coordinate: they see every case."""
    return staff.unit_code is None or staff.has(*COORDINATORS)


def opens_locked(staff: StaffMember) -> bool:
    """A denunciation is opened by the Centre's approvers and administrators alone."""
    return staff.unit_code is None and staff.has(*COORDINATORS)


def visible(staff: StaffMember) -> ColumnElement[bool]:
    """What `sees` says, as a condition on the table of cases."""
    own = true() if sees_all(staff) else Case.unit_code == staff.unit_code
    return own if opens_locked(staff) else and_(own, Case.locked.is_(False))


def sees(staff: StaffMember, case: Case) -> bool:
    """The Centre sees every case and a unit its own; a locked one only who may open it."""
    if case.locked and not opens_locked(staff):
        return False
    return sees_all(staff) or case.unit_code == staff.unit_code


def may_know_sender(staff: StaffMember, case: Case) -> bool:
    """In a case about conduct the unit concerned does not learn who complains about it."""
    about_conduct = CONDUCT_TYPE in unpack(case.content_types)
    return sees(staff, case) and (sees_all(staff) or not about_conduct)
