"""Pictures and files of published pages, for everybody."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from content.editorial import media
from portal.database import session
from portal.files import sending
from portal.staff.access import public

# Not for ever: what was published by mistake has to be gone some day from every cache.
A_DAY = "public, max-age=86400"

bp = Blueprint("content_media", __name__)


@bp.get("/tep/<fingerprint>/<name>")
@public
def file(fingerprint: str, name: str) -> ResponseReturnValue:
    stored = media.published(session(), fingerprint, name)
    answer = sending.send(stored, name, inline=True, public=True)
    answer.headers["Cache-Control"] = A_DAY
    return answer
