"""What everybody may read: home, procedures, guides, news, standing pages, site maps."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from content import (
    asking,
    instrument_views,
    life_events,
    listing,
    past_versions,
    posters,
    presenting,
    reading,
)
from content.english import english_of
from content.errors import Withdrawn
from content.models import Kind
from portal import clock
from portal.database import session
from portal.languages import language
from portal.staff.access import public

bp = Blueprint("content", __name__)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    db = session()
    return render_template(
        "content/home.html", home=reading.home(db, language()), life_events=life_events.by_icon(db)
    )


@bp.get("/thu-tuc")
@public
def procedures() -> ResponseReturnValue:
    wanted = listing.Wanted.from_address(request.args)
    found = listing.listing(session(), wanted, request.args.get("trang"))
    return render_template("content/procedures.html", listing=found)


@bp.get("/thu-tuc/<code_slug>")
@public
def procedure(code_slug: str) -> ResponseReturnValue:
    db = session()
    try:
        found = reading.procedure(db, code_slug, language())
    except Withdrawn as gone:
        return _tombstone(reading.code_of(code_slug), str(gone))
    past = asking.read_day(request.args.get("ngay", ""))
    if past:
        code = found.procedure.code
        return redirect(url_for("content_procedures.on_day", code=code, day=past.isoformat()))
    if request.path != found.path:
        return redirect(request.script_root + found.path, 301)
    today = clock.local_date(clock.now())
    shown = presenting.shown(found, today, request.args.get("truong-hop", ""))
    return render_template(
        "content/procedure.html",
        page_of=found,
        procedure=found.procedure,
        shown=shown,
        print_size=posters.size_of_page(found.procedure, shown.cases),
        basis=instrument_views.basis(db, found.procedure),
        english=english_of(db, found.procedure.code),
    )


@bp.get("/huong-dan")
@public
def guides() -> ResponseReturnValue:
    entries = reading.articles(session(), Kind.GUIDE, language())
    return render_template("content/guides.html", entries=entries)


@bp.get("/huong-dan/<slug>")
@public
def guide(slug: str) -> ResponseReturnValue:
    return _article(Kind.GUIDE, slug)


@bp.get("/tin-tuc")
@public
def news() -> ResponseReturnValue:
    entries = reading.articles(session(), Kind.NEWS, language())
    return render_template("content/news.html", entries=entries)


@bp.get("/tin-tuc/<slug>")
@public
def news_item(slug: str) -> ResponseReturnValue:
    return _article(Kind.NEWS, slug)


@bp.get("/<slug>")
@public
def page(slug: str) -> ResponseReturnValue:
    """A standing page; every address right under the site's that is no section's comes here."""
    return _article(Kind.PAGE, slug)


@bp.get("/so-do-trang")
@public
def site_map() -> ResponseReturnValue:
    db = session()
    return render_template(
        "content/site_map.html",
        fields=listing.fields(db, listing.Wanted()),
        guides=reading.articles(db, Kind.GUIDE, language()),
        pages=reading.articles(db, Kind.PAGE, language()),
    )


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    return Response(render_template("content/robots.txt"), mimetype="text/plain")


def _tombstone(code: str, reason: str) -> ResponseReturnValue:
    """What is left of a procedure that was taken away: its name, why, and where to go."""
    db = session()
    procedure, gone_on = past_versions.last_words(db, code)
    html = render_template(
        "content/procedure_gone.html",
        procedure=procedure,
        reason=reason,
        gone_on=gone_on,
        instead=reading.named(db, reading.codes_in(procedure.replaced_by)),
        related=reading.named(db, procedure.related),
    )
    return html, 410


def _article(kind: Kind, slug: str) -> ResponseReturnValue:
    found = reading.article(session(), kind, slug, language())
    return render_template("content/article.html", found=found, article=found.article)
