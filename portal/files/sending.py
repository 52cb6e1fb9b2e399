"""Takes uploads through routes that ask for them, and sends kept files to a browser."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, current_app, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from portal.errors import NotFound, page
from portal.files.errors import BYTES_IN_MB
from portal.files.keeping import Cabinet
from portal.files.kinds import FileKind
from portal.files.models import StoredFile
from portal.headers import FOREVER

SANDBOX = "sandbox; default-src 'none'"
STAFF_LIMIT = 20 * BYTES_IN_MB
PUBLIC_LIMIT = 10 * BYTES_IN_MB
SHOWN_IN_THE_PAGE = {FileKind.PDF, FileKind.JPEG, FileKind.PNG}

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def cabinet() -> Cabinet:
    """Where the running application keeps its files."""
    settings = current_app.extensions["portal"].settings
    return Cabinet(folder=settings.files, clamd=settings.clamd)


def takes_files(limit: int, *, at_most: int = 1) -> Callable[[View], View]:
    """This view takes `at_most` files of up to `limit` bytes; all other routes stay as they are.

    The whole body may be half as large again, so that a file a little too large is refused beside
    its field with everything else kept; only beyond that the whole request is refused with 413.
    """

    def widen(view: View) -> View:
        @wraps(view)
        def widened(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            if request.mimetype == "multipart/form-data":
                request.max_content_length = limit * at_most * 3 // 2 + BYTES_IN_MB
            try:
                return view(*args, **kwargs)
            except RequestEntityTooLarge:
                return page(413, _("Mỗi tệp tối đa %(size)s MB.", size=limit // BYTES_IN_MB))

        return cast(View, widened)

    return widen


def send(stored: StoredFile, name: str, *, inline: bool = False, public: bool = False) -> Response:
    """The answer that carries a kept file, named `name` (a clean name).

    `inline` lets a browser show a picture or a PDF; everything else is always saved, not shown.
    `public` lets everybody keep it for ever: only for addresses that name the fingerprint.
    """
    path = cabinet().path(stored.sha256)
    if not path.is_file():
        raise NotFound
    shown = inline and stored.media_type in SHOWN_IN_THE_PAGE
    made = send_file(
        path,
        mimetype=stored.media_type,
        as_attachment=not shown,
        download_name=name,
        etag=stored.sha256,
        last_modified=stored.kept_at,
    )
    made.headers["Content-Security-Policy"] = SANDBOX
    made.headers["X-Content-Type-Options"] = "nosniff"
    made.headers["Cache-Control"] = FOREVER if public else "no-store"
    return made
