"""The public search page."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.database import session
from portal.languages import DEFAULT, language
from portal.paging import paginate
from portal.staff.access import public
from search_index import filters, kept, nearby, noting, pins, plan, searching, showing
from search_index.searching import Engine, Question

bp = Blueprint("search_index", __name__)

RESULTS_ON_A_PAGE = 10
AS_TYPED = "nguyen-van"
CARRIED_TO_FEEDBACK = 300  # characters of the query filled into the feedback form


@bp.get("/tim-kiem")
@public
def search() -> ResponseReturnValue:
    """Results for `q`, narrowed and paged by the address alone."""
    text = plan.clean(request.args.get("q", ""))
    chosen = filters.narrowed(request.args)
    found = _found(text, chosen) if text else {}
    made = make_response(
        render_template("search_index/search.html", text=text, chosen=chosen, **found)
    )
    # A query is personal, and the index is renewed apart from the pages: nobody keeps this page.
    made.headers["Cache-Control"] = "private, no-cache"
    return made


def _found(text: str, chosen: dict[str, str]) -> dict[str, Any]:
    engine: Engine = current_app.extensions["search"]
    as_typed = request.args.get(AS_TYPED) == "1"
    question = Question(text, chosen, english=language() != DEFAULT, mending=not as_typed)
    db = session()
    edited = kept.current(db)
    answer = searching.answer(db, engine.ranker(), question, edited.table)
    answer = noting.learned(db, text, answer)
    today = clock.local_date(clock.now())
    answer = replace(answer, groups=pins.applied(db, answer.groups, question, edited.pins, today))
    pager = paginate(len(answer.groups), request.args.get("trang"), RESULTS_ON_A_PAGE)
    if pager.number == 1 and not chosen:
        noting.note(text, answer)
    groups = answer.groups[pager.offset : pager.offset + pager.size]
    documents = searching.documents(db, [hit.key for group in groups for hit in group.hits])
    results = showing.results(groups, documents, answer.plan, text)
    carried = {"q": text, AS_TYPED: "1"} if as_typed else {"q": text}
    original: dict[str, Any] = {"q": text, AS_TYPED: "1"}
    return {
        "answer": answer,
        "pager": pager,
        "results": results,
        "tokens": noting.tokens(text, [one.key for one in results], pager.offset),
        "facets": filters.choices(chosen, answer.counts, carried),
        "page_arguments": carried | filters.arguments_of(chosen),
        "as_typed_url": url_for(".search", **original),
        "wish": text[:CARRIED_TO_FEEDBACK],
        "nearby": () if results else nearby.fields(engine.ranker(), answer.plan),
    }
