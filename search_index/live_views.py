"""Beside the search page: suggestions while typing, and the count of results opened."""

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from portal import clock
from portal.keys import ring
from portal.languages import DEFAULT, language
from portal.staff.access import public
from portal.stamps import came_from_elsewhere
from search_index import noting
from search_index.query_recording import Clicked
from search_index.searching import Engine
from search_index.suggesting import Suggester

bp = Blueprint("search_index_live", __name__)

LARGEST_BEACON_BYTES = 2_000


@bp.get("/tim-kiem/goi-y")
@public
def suggest() -> ResponseReturnValue:
    """Names of pages of which a word begins as typed in `q`."""
    engine: Engine = current_app.extensions["search"]
    suggester: Suggester = current_app.extensions["search_suggester"]
    typed = request.args.get("q", "")[:1000]
    found = suggester.suggest(typed, engine.ranker(), english=language() != DEFAULT)
    answer = jsonify(suggestions=found)
    # What somebody is typing is personal: their own browser may keep it, nobody else.
    answer.headers["Cache-Control"] = "private, max-age=300"
    return answer


@bp.post("/tim-kiem/bam")
@public
def click() -> ResponseReturnValue:
    """Count that a result was opened; only our own pages say so, and nothing is set or told."""
    said_where = "Sec-Fetch-Site" in request.headers or "Origin" in request.headers
    if said_where and came_from_elsewhere():
        return "", 403
    if not said_where or (request.content_length or 0) > LARGEST_BEACON_BYTES:
        return "", 422
    opened = noting.read_token(request.form.get("token", ""), ring())
    if opened is None:
        return "", 422
    day = clock.local_date(clock.now())
    one = Clicked(day, noting.asker(day), opened.mark, opened.key, opened.place)
    noting.recorder().clicked(one)
    return "", 204
