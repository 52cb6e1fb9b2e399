"""Life events, questions and answers, as everybody may read them."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from content import labels, life_events, questions
from content.life_events import NamedProcedure
from content.projecting import LONGEST_ANSWER
from content.shapes import Online
from portal.database import session
from portal.languages import language
from portal.staff.access import public

bp = Blueprint("content_life_events", __name__)


@bp.get("/viec-doi")
@public
def life_event_list() -> ResponseReturnValue:
    entries = life_events.life_events(session(), language())
    return render_template("content/life_events.html", entries=entries)


@bp.get("/viec-doi/<slug>")
@public
def life_event(slug: str) -> ResponseReturnValue:
    found = life_events.life_event(session(), slug, language())
    return render_template(
        "content/life_event.html", found=found, event=found.event, facts=procedure_facts
    )


@bp.get("/hoi-dap")
@public
def question_list() -> ResponseReturnValue:
    fields = questions.questions(session())
    wanted = request.args.get("linh-vuc", "")
    chosen = next((field for field in fields if field.word == wanted), None)
    return render_template("content/questions.html", fields=fields, chosen=chosen)


@bp.get("/hoi-dap/<slug>")
@public
def question(slug: str) -> ResponseReturnValue:
    found = questions.question(session(), slug)
    return render_template("content/question.html", found=found, question=found.question)


def procedure_facts(named: NamedProcedure) -> list[tuple[str, str]]:
    """How long, how much, online or not: the strip under a procedure in a step."""
    return [
        (_("Thời gian"), _agreed(named.times)),
        (_("Lệ phí"), _agreed(named.fees)),
        (_("Nộp trực tuyến"), str(labels.ONLINE[Online(named.entry.online)])),
    ]


def _agreed(answers: Sequence[str]) -> str:
    """What all ways of submitting say; an empty answer is unknown, never none and never free."""
    if not any(answers):
        return str(_("Chưa rõ"))
    if len(answers) > 1 or len(answers[0]) > LONGEST_ANSWER:
        return str(_("Tùy cách nộp, xem trang thủ tục"))
    return answers[0]
