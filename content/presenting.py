"""Says what is known of a procedure as answers, and counts what is not known."""

from dataclasses import dataclass

from flask_babel import gettext as _

from content import completeness, labels
from content.projecting import LONGEST_ANSWER, UNKNOWN, handling_agency
from content.reading import ProcedurePage
from content.shapes import Channel, Paper, Procedure
from portal.durations import duration
from portal.vietnamese import fold

LONGEST_FEE_IN_TABLE = 120
LONGEST_AGENCY = 120
LONGEST_DESCRIPTION = 155

Fact = tuple[str, str, str]


@dataclass(frozen=True)
class Way:
    """Ways of submitting that share their period, fee and note."""

    channels: str
    time: str
    fee: str
    note: str

    @property
    def has_long_fee(self) -> bool:
        return len(self.fee) > LONGEST_FEE_IN_TABLE


@dataclass(frozen=True)
class Papers:
    """The papers of one case; `is_note` where the source put remarks among the papers."""

    title: str
    papers: tuple[Paper, ...]
    is_note: bool


@dataclass(frozen=True)
class Shown:
    """A procedure's page, put into words."""

    description: str
    facts: list[Fact]
    ways: list[Way]
    papers: list[Papers]
    long_agency: str
    missing: list[str]
    can_start_online: bool


def shown(page: ProcedurePage) -> Shown:
    procedure = page.procedure
    agency = handling_agency(procedure)
    return Shown(
        description=_description(procedure),
        facts=_facts(procedure),
        ways=_ways(procedure),
        papers=_papers(procedure),
        long_agency=agency if len(agency) > LONGEST_AGENCY else "",
        missing=[duty.words for duty in completeness.missing(procedure)],
        can_start_online=procedure.online in labels.CAN_START_ONLINE and page.listed,
    )


def _facts(procedure: Procedure) -> list[Fact]:
    ask = _("Hỏi nơi giải quyết trước khi đi.")
    audience = ", ".join(str(labels.AUDIENCES[one]) for one in procedure.audience)
    online_note = ""
    if procedure.online in labels.CAN_START_ONLINE:
        online_note = _("Trên Cổng Dịch vụ công quốc gia")
    elif procedure.online == UNKNOWN:
        online_note = _("Xem trên Cổng Dịch vụ công quốc gia.")
    return [
        (_("Thời gian"), *_agreed([duration(method.time) for method in procedure.methods], ask)),
        (_("Lệ phí"), *_agreed([method.fee for method in procedure.methods], ask)),
        (_("Nơi giải quyết"), *_place(handling_agency(procedure))),
        (_("Nộp trực tuyến"), str(labels.ONLINE[procedure.online]), online_note),
        (_("Dành cho"), audience or _("Chưa rõ"), "" if audience else ask),
    ]


def _place(agency: str) -> tuple[str, str]:
    if not agency:
        return _("Chưa rõ"), _("Gọi tổng đài để hỏi.")
    return (agency if len(agency) <= LONGEST_AGENCY else _("Xem mục Nơi giải quyết")), ""


def _agreed(answers: list[str], ask: str) -> tuple[str, str]:
    """The answer on which all ways of submitting agree, or where to read on, or whom to ask."""
    known = {answer for answer in answers if answer}
    if not known:
        return _("Chưa rõ"), ask
    only = next(iter(known))
    if len(known) > 1 or len(only) > LONGEST_ANSWER:
        return _("Xem mục Cách nộp"), ""
    return only, "" if all(answers) else _("Có cách nộp chưa rõ, xem mục Cách nộp.")


def _ways(procedure: Procedure) -> list[Way]:
    channels: dict[tuple[str, str, str], list[Channel]] = {}
    for method in procedure.methods:
        same = channels.setdefault((method.time, method.fee, method.note), [])
        if method.channel not in same:
            same.append(method.channel)
    return [
        Way(", ".join(str(labels.CHANNELS[one]) for one in ways), time, fee, note)
        for (time, fee, note), ways in channels.items()
    ]


def _papers(procedure: Procedure) -> list[Papers]:
    several = len(procedure.papers) > 1
    usual = _("Trường hợp thông thường") if several else _("Hồ sơ gồm")
    return [
        Papers(
            title=group.title or usual,
            papers=group.papers,
            is_note=fold(group.title).startswith("luu y"),
        )
        for group in procedure.papers
    ]


def _description(procedure: Procedure) -> str:
    """One line for search engines and for links sent to friends."""
    text = procedure.summary or _(
        "%(name)s: giấy tờ, các bước, thời gian, nơi giải quyết.", name=procedure.heading
    )
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    return text[:LONGEST_DESCRIPTION].rpartition(" ")[0] + "…"
