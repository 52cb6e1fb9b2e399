"""Who does something to a draft, and when."""

from dataclasses import dataclass
from datetime import datetime

from portal.staff.models import StaffMember


@dataclass(frozen=True)
class Clerk:
    """The member of staff at work and the moment, as every rule of editing takes them."""

    staff: StaffMember
    now: datetime

    @property
    def name(self) -> str:
        return self.staff.username
