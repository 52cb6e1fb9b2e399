"""Shows a text exactly as the public would see it: publishes it and takes that back at once."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Response, current_app, g, make_response, request
from flask_babel import gettext as _
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from content.editorial import texts
from content.errors import NoSuchPage
from content.models import ContentItem, Origin, State
from content.publishing import Publication
from content.shapes import Shape
from portal import clock
from portal.database import database
from portal.errors import PortalError, RefusedInput

MOST_REDIRECTS = 2


class NothingToShow(RefusedInput):
    """The text is not yet a page that could be shown."""


@dataclass(frozen=True)
class Frame:
    """What a shown text says it is, and where its pictures are; empty: at the desk."""

    banner: str
    files_at: str = ""


def as_public(kind: str, key: str, language: str, shape: Shape, frame: Frame) -> Response:
    """The public page with a banner that says what it is; nothing of it is kept.

    Raises NothingToShow, and BadText from reading the shape is the caller's.
    """
    with database().write() as db:
        _publish(db, kind, key, language, shape)
        answer = _rendered(db, texts.address_of(kind, key, language), language, frame)
        db.rollback()
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _publish(db: Session, kind: str, key: str, language: str, shape: Shape) -> None:
    """Whatever was withdrawn is shown for the moment: the draft may be there to bring it back."""
    same = (ContentItem.kind == kind, ContentItem.key == key, ContentItem.language == language)
    shown = update(ContentItem).where(*same, ContentItem.version > 0)
    db.execute(shown.values(state=State.PUBLISHED))
    publication = Publication(db, clock.now(), Origin.EDITOR)
    texts.facts_of(kind, language).publish(publication, shape)
    db.flush()


def _rendered(db: Session, address: str, language: str, frame: Frame) -> Response:
    """The answer of the public view, asked with the session that holds what was published."""
    prefix = "" if language == texts.VIETNAMESE else f"/{language}"
    path = address.removeprefix(prefix)
    for _turn in range(MOST_REDIRECTS):
        answer = _asked(db, path, prefix, language, frame)
        if answer.status_code not in range(300, 400):
            return answer
        path = urlsplit(answer.headers["Location"]).path.removeprefix(prefix)
    raise NothingToShow(_("Trang này chưa có địa chỉ công khai để xem trước."))


def _asked(db: Session, path: str, prefix: str, language: str, frame: Frame) -> Response:
    app = current_app._get_current_object()  # type: ignore[attr-defined] # the proxied object
    environ = {"portal.language": language, "portal.base": "", "SCRIPT_NAME": prefix}
    with app.test_request_context(path, base_url=request.host_url, environ_overrides=environ):
        g.db, g.preview = db, frame.banner
        if frame.files_at:
            g.files_at = frame.files_at
        try:
            if request.routing_exception is not None:
                raise request.routing_exception
            view = app.view_functions[request.endpoint or ""]
            return make_response(view(**(request.view_args or {})))
        except (HTTPException, NoSuchPage) as error:
            raise NothingToShow(_("Trang này chưa có địa chỉ công khai để xem trước.")) from error
        except PortalError as refusal:
            raise NothingToShow(str(refusal)) from refusal
        finally:
            g.pop("db")  # the caller rolls back and closes
