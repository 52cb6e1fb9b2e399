"""Who may open a route: everybody, or staff with one of the named roles."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from portal.database import session as db_session
from portal.errors import Forbidden
from portal.staff import accounts
from portal.staff.models import Role, StaffAccount, StaffMember
from portal.staff.sessions import DeskSession

EVERYONE = "everyone"
ALL_STAFF = tuple(Role)

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def public(view: View) -> View:
    """Everybody may open this."""
    view.access = EVERYONE  # type: ignore[attr-defined] # read by the test that lists all routes
    return view


def requires(*roles: Role, while_password_is_new: bool = False) -> Callable[[View], View]:
    """Only staff with one of these roles; others see the sign-in page or a refusal."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            staff = current_staff()
            if staff is None:
                return redirect(url_for("staff.sign_in", tiep=request.full_path.rstrip("?")))
            if staff.must_change_password and not while_password_is_new:
                return redirect(url_for("staff.change_password"))
            if not staff.has(*roles):
                raise Forbidden
            return view(*args, **kwargs)

        guarded.access = frozenset(roles)  # type: ignore[attr-defined] # as above
        return cast(View, guarded)

    return guard


def current_staff() -> StaffMember | None:
    """Who is signed in, or None."""
    if "staff" not in g:
        desk = session._get_current_object()  # type: ignore[attr-defined] # the proxied object
        account_id = desk.account_id if isinstance(desk, DeskSession) else None
        account = db_session().get(StaffAccount, account_id) if account_id else None
        g.staff = accounts.member(account) if account is not None and account.active else None
    return cast("StaffMember | None", g.staff)


def signed_in() -> StaffMember:
    """Who is signed in, on a route that requires somebody to be."""
    staff = current_staff()
    if staff is None:
        raise Forbidden
    return staff
