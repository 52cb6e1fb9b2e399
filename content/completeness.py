"""What the law wants said of a procedure, and which of it nobody has told us."""

from dataclasses import dataclass

from flask_babel import gettext as _

from content.projecting import handling_agency
from content.shapes import Procedure


@dataclass(frozen=True)
class Duty:
    """One thing that has to be said, called `words`; `part` is where an editor says it."""

    part: str
    words: str
    known: bool


def duties(procedure: Procedure) -> tuple[Duty, ...]:
    """Decree 63/2010/NĐ-CP, Article 8(2), with the legal basis of Article 15."""
    parts = (
        ("steps", _("các bước"), procedure.steps or procedure.steps_text),
        ("methods", _("cách nộp"), procedure.methods),
        ("papers", _("giấy tờ cần có"), procedure.papers or procedure.papers_text),
        ("methods", _("thời gian giải quyết"), any(one.time for one in procedure.methods)),
        ("methods", _("phí, lệ phí"), any(one.fee for one in procedure.methods)),
        ("audience", _("đối tượng"), procedure.audience),
        ("implementing_agency", _("cơ quan giải quyết"), handling_agency(procedure)),
        ("results", _("kết quả"), procedure.results),
        ("conditions", _("điều kiện"), procedure.conditions),
        ("legal_basis", _("căn cứ pháp lý"), procedure.legal_basis),
    )
    return tuple(Duty(part, words, bool(known)) for part, words, known in parts)


def missing(procedure: Procedure) -> list[Duty]:
    return [duty for duty in duties(procedure) if not duty.known]
