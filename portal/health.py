"""Whether this web process is alive, for whoever watches it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal.staff.access import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
