""" "Trang này có hữu ích không?": the click, the thanks, and a sentence if somebody likes."""

from datetime import date

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from feedback import typed, usefulness
from feedback.usefulness import LONGEST_PATH, LONGEST_WORDS, Seen
from portal import clock
from portal.database import session
from portal.errors import Forbidden, RefusedInput
from portal.keys import ring
from portal.languages import DEFAULT, base, language
from portal.staff.access import public
from portal.stamps import PublicForm, came_from_elsewhere

bp = Blueprint("usefulness", __name__, url_prefix="/huu-ich")

ANSWERS = {"yes": True, "no": False}


class WordsForm(PublicForm):
    """One sentence about the page that was judged."""

    form_name = "usefulness"
    page = HiddenField()
    version = HiddenField()
    mark = HiddenField()
    useful = HiddenField()
    words = TextAreaField(
        _l("Vì sao? (một câu)"),
        [
            DataRequired(_l("Hãy viết một câu, hoặc đóng trang: phiếu đã được ghi.")),
            Length(max=LONGEST_WORDS, message=_l("Dài quá: nhiều nhất %(max)d ký tự.")),
        ],
        filters=[typed.lines],
    )


@bp.get("")
@public
def start() -> ResponseReturnValue:
    """Who opens the address by hand has no page to judge."""
    return redirect(url_for("content.home"))


@bp.post("")
@public
def vote() -> ResponseReturnValue:
    """Count one click; the page it came from is one kept page for all, so it carries no stamp."""
    seen, useful = _told()
    day, db = clock.local_date(clock.now()), session()
    usefulness.vote(db, seen, day=day, asker=_asker(day), useful=useful)
    db.commit()
    return _thanks(WordsForm(formdata=None, data=_carried()), seen, useful=useful)


@bp.post("/loi")
@public
def say() -> ResponseReturnValue:
    """Put a sentence beside the vote."""
    seen, useful = _told()
    form = WordsForm(request.form)
    if not form.validate():
        return _thanks(form, seen, useful=useful), 422
    day = clock.local_date(clock.now())
    if not form.trapped:
        db = session()
        words = form.words.data or ""
        usefulness.say(db, seen, day=day, asker=_asker(day), useful=useful, words=words)
        db.commit()
    return _thanks(None, seen, useful=useful)


def page_mark(version: int) -> dict[str, str]:
    """What the question on a page carries; the same for everybody who is shown the page."""
    prefix = "" if language() == DEFAULT else f"/{language()}"
    seen = Seen(f"{prefix}{request.path}", version)
    return {"page": seen.path, "version": str(version), "mark": usefulness.mark(ring(), seen)}


def _told() -> tuple[Seen, bool]:
    """The page and the vote, if both are ours; raises Forbidden or RefusedInput."""
    if came_from_elsewhere():
        raise Forbidden(_("Phiếu này đến từ một trang khác nên không được ghi."))
    given = request.form
    path, number, useful = given.get("page", ""), given.get("version", ""), given.get("useful", "")
    whole = number.isascii() and number.isdigit() and len(number) < 8 and len(path) <= LONGEST_PATH
    if whole and useful in ANSWERS:
        seen = Seen(path, int(number))
        if usefulness.is_ours(ring(), seen, given.get("mark", "")):
            return seen, ANSWERS[useful]
    raise RefusedInput(_("Phiếu không trọn vẹn. Hãy mở lại trang rồi bấm lại “Có” hoặc “Không”."))


def _carried() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in ("page", "version", "mark", "useful")}


def _asker(day: date) -> str:
    return usefulness.asker(ring(), request.remote_addr or "", day)


def _thanks(form: WordsForm | None, seen: Seen, *, useful: bool) -> Response:
    shown = {"form": form, "seen": seen, "useful": useful, "back": base() + seen.path}
    return make_response(render_template("feedback/useful_thanks.html", **shown))
