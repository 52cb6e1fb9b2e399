"""The desk of search: what helped nobody, and the words, names and places kept by editors."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.database import session
from portal.errors import NotFound
from portal.staff.access import requires, signed_in
from portal.staff.models import Role
from portal.stamps import StaffForm
from search_index import desk_sections, editing, kept, plan, searching, settling, trying
from search_index.desk_forms import ButtonForm, SettleForm, TryForm
from search_index.desk_sections import SECTIONS, Section
from search_index.editing import Editor, EditRefused
from search_index.query_log import ABANDONED, MONTHS_KEPT, months_before
from search_index.searching import Engine, Question

bp = Blueprint("search_desk", __name__, url_prefix="/quan-tri/tim-kiem")

EDITORS = (Role.EDITOR, Role.ADMIN)
USUAL_DAYS = 30
MOST_NEAR = 5


@bp.get("")
@requires(*EDITORS)
def index() -> ResponseReturnValue:
    """The work list and the figures of a period."""
    return _work_page(SettleForm(formdata=None))


@bp.post("/viec")
@requires(*EDITORS)
def settle() -> ResponseReturnValue:
    """Make something of one term of the work list."""
    form = SettleForm()
    if not form.validate():
        return _work_page(form), 422
    db, editor = session(), _editor()
    since, until = _period()
    today = clock.local_date(editor.now)
    waiting = settling.waiting(db, since=since, until=until, today=today)
    entry = next((one for one in waiting if one.term == form.term.data), None)
    if entry is None:
        flash(_("Từ này không còn trong danh sách."))
        return redirect(url_for(".index", **_period_arguments()))
    try:
        settling.settle(
            db,
            editor,
            entry,
            outcome=form.outcome.data or "",
            written=form.written.data or "",
            answer=form.answer.data or "",
        )
    except EditRefused as refusal:
        _refuse(form, refusal, {"target": "answer", "meaning": "answer"}, other="written")
        return _work_page(form), refusal.status
    _keep()
    flash(_("Đã ghi: “%(term)s”.", term=entry.term))
    return redirect(url_for(".index", **_period_arguments()))


@bp.route("/<slug>", methods=["GET", "POST"])
@requires(*EDITORS)
def section(slug: str) -> ResponseReturnValue:
    """Read one of the lists and add to it."""
    found = _section(slug)
    form = found.form()
    if not form.is_submitted():
        return _section_page(found, form)
    if not form.validate():
        return _section_page(found, form), 422
    try:
        found.add(session(), _editor(), form)
    except EditRefused as refusal:
        _refuse(form, refusal, {}, other=next(iter(form)).short_name)
        return _section_page(found, form), refusal.status
    _keep()
    flash(_("Đã thêm. Trang tìm kiếm dùng ngay trong vài giây."))
    return redirect(url_for(".section", slug=slug))


@bp.post("/<slug>/<int:number>")
@requires(*EDITORS)
def take_back(slug: str, number: int) -> ResponseReturnValue:
    """Put one entry of a list out of force."""
    found = _section(slug)
    if ButtonForm().validate():
        editing.take_back(session(), _editor(), found.model, number)
        _keep()
        flash(_("Đã gỡ."))
    return redirect(url_for(".section", slug=slug))


@bp.get("/thu")
@requires(*EDITORS)
def attempt() -> ResponseReturnValue:
    """The results of a query before and after a change that is not yet made."""
    form = TryForm(request.args)
    tried, ready = None, True
    if form.tu.data or form.nghia.data or form.q.data:
        ranker = _engine().ranker()
        ready = ranker is not None
        try:
            tried = _tried(form, ranker) if form.validate() and ranker else None
        except EditRefused as refusal:
            _refuse(form, refusal, {"phrase": "tu", "meaning": "nghia", "target": "nghia"}, "tu")
    return render_template("search_index/desk_try.html", form=form, tried=tried, ready=ready)


def _tried(form: TryForm, ranker: Any) -> trying.Tried:
    db = session()
    phrase = editing.phrase_of(form.tu.data)
    meaning = editing.meaning_of(desk_sections.title_or_words(db, form.nghia.data), phrase)
    query = plan.clean(form.q.data or "") or phrase
    return trying.compare(db, ranker, query, [phrase], [kept.line(phrase, meaning, 95)])


def _work_page(form: SettleForm) -> str:
    db = session()
    since, until = _period()
    today = clock.local_date(clock.now())
    return render_template(
        "search_index/desk_work.html",
        form=form,
        waiting=settling.waiting(db, since=since, until=until, today=today),
        figures=settling.figures(db, since, until),
        since=since,
        until=until,
        abandoned=ABANDONED,
        arguments=_period_arguments(),
    )


def _section_page(found: Section, form: StaffForm) -> str:
    db = session()
    return render_template(
        "search_index/desk_list.html",
        form=form,
        section=found,
        rows=desk_sections.rows(db, found),
        today=clock.local_date(clock.now()),
    )


def _refuse(form: Any, refusal: EditRefused, names: dict[str, str], other: str) -> None:
    """Nothing is kept; the sentence stands by the field it is about."""
    session().rollback()
    name = names.get(refusal.field, refusal.field)
    field = form[name] if name in form else form[other]
    sentence = str(refusal)
    if refusal.field == "target" and (near := _near(field.data or "")):
        sentence += " " + _("Có phải: %(pages)s?", pages="; ".join(near))
    field.errors = [*field.errors, sentence]


def _near(words: str) -> list[str]:
    """Codes and names of the pages that these words find, the best first."""
    db, question = session(), Question(plan.clean(words), {"kind": "procedure"})
    found = searching.answer(db, _engine().ranker(), question, kept.current(db).table)
    keys = [group.hits[0].key for group in found.groups[:MOST_NEAR]]
    pages = searching.documents(db, keys)
    return [f"{key.rpartition(':')[2]} {pages[key].title}" for key in keys if key in pages]


def _keep() -> None:
    session().commit()
    kept.look_again(session())


def _section(slug: str) -> Section:
    if slug not in SECTIONS:
        raise NotFound
    return SECTIONS[slug]


def _editor() -> Editor:
    return Editor(signed_in().username, clock.now())


def _engine() -> Engine:
    engine: Engine = current_app.extensions["search"]
    return engine


def _period() -> tuple[date, date]:
    """The days asked for in the address, within what the log keeps; else the last thirty."""
    today = clock.local_date(clock.now())
    until = min(_day(request.args.get("den"), today), today)
    since = min(_day(request.args.get("tu"), until - timedelta(days=USUAL_DAYS)), until)
    return max(since, months_before(today, MONTHS_KEPT)), until


def _period_arguments() -> dict[str, Any]:
    return {name: request.args[name][:10] for name in ("tu", "den") if request.args.get(name)}


def _day(text: str | None, usual: date) -> date:
    try:
        found = date.fromisoformat((text or "")[:10])
    except ValueError:
        return usual
    return found if found.year > 2000 else usual
