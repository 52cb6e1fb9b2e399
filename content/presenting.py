"""Says what is known of a procedure as answers, and counts what is not known."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from content import completeness, labels, local_facts, paper_cases, periods
from content.paper_cases import Cases
from content.projecting import LONGEST_ANSWER, UNKNOWN, handling_agency
from content.reading import ProcedurePage
from content.shapes import Channel, LocalFact, LocalPart, Method, Online, Paper, Procedure
from portal.durations import duration

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
    counted: str

    @property
    def has_long_fee(self) -> bool:
        return len(self.fee) > LONGEST_FEE_IN_TABLE


@dataclass(frozen=True)
class Papers:
    """The papers under one title; `is_note` where the source put remarks among the papers."""

    number: int
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
    cases: Cases
    local: tuple[LocalFact, ...]
    long_agency: str
    missing: list[str]
    can_start_online: bool
    has_return_date: bool
    proactive: str


def shown(page: ProcedurePage, today: date, case: str = "") -> Shown:
    """What holds today; `case` is the number of the case the reader chose, empty for all."""
    procedure = page.procedure
    agency = handling_agency(procedure)
    cases = paper_cases.cases(procedure.papers, procedure.name, case)
    local = local_facts.in_force(procedure, today)
    return Shown(
        description=_description(procedure),
        facts=_facts(procedure, local),
        ways=_ways(procedure),
        papers=_papers(cases),
        cases=cases,
        local=local,
        long_agency=agency if len(agency) > LONGEST_AGENCY else "",
        missing=[duty.words for duty in completeness.missing(procedure)],
        can_start_online=procedure.online in labels.CAN_START_ONLINE and page.listed,
        has_return_date=page.listed and any(map(periods.of_method, procedure.methods)),
        proactive=_proactive(procedure),
    )


def _facts(procedure: Procedure, local: tuple[LocalFact, ...]) -> list[Fact]:
    ask = _("Hỏi nơi giải quyết trước khi đi.")
    audience = ", ".join(str(labels.AUDIENCES[one]) for one in procedure.audience)
    online_note = ""
    if procedure.online in labels.CAN_START_ONLINE:
        online_note = _("Trên Cổng Dịch vụ công quốc gia")
        if procedure.online == Online.PARTIAL:
            online_note = _("Xem vì sao chỉ một phần ở dưới.")
    elif procedure.online == UNKNOWN:
        online_note = _("Xem trên Cổng Dịch vụ công quốc gia.")
    times = _agreed([_time(method) for method in procedure.methods], ask)
    fees = _agreed([method.fee for method in procedure.methods], ask)
    place = _place(handling_agency(procedure))
    return [
        (_("Thời gian"), *_beside(times, local, LocalPart.TIME)),
        (_("Lệ phí"), *_beside(fees, local, *local_facts.FEES)),
        (_("Nơi giải quyết"), *_beside(place, local, LocalPart.ADDRESS)),
        (_("Nộp trực tuyến"), str(labels.ONLINE[procedure.online]), online_note),
        (_("Dành cho"), audience or _("Chưa rõ"), "" if audience else ask),
    ]


def _beside(
    national: tuple[str, str], local: tuple[LocalFact, ...], *parts: LocalPart
) -> tuple[str, str]:
    """The national answer, with what the province has settled of the same matter beneath it."""
    own = local_facts.of_part(local, *parts)
    if not own:
        return national
    text = own[0].text
    if len(own) > 1 or len(text) > LONGEST_ANSWER:
        return national[0], _("Tỉnh có quy định riêng, xem bên dưới.")
    return national[0], _("Quy định riêng của tỉnh: %(text)s", text=text)


def _time(method: Method) -> str:
    """The period in the source's words; where it has none, as an editor has counted it."""
    return duration(method.time) if method.time else _counted(method)


def _counted(method: Method) -> str:
    if method.amount is None or method.unit is None:
        return ""
    if not method.amount:
        return str(_("Trong ngày"))
    words = next(words for words, unit in periods.UNITS.items() if unit is method.unit)
    return duration(f"{method.amount} {words}")


def _proactive(procedure: Procedure) -> str:
    """The level of proactive service. Source: Decree 224/2026/NĐ-CP, Article 16."""
    words = {
        0: _("Chưa chủ động"),
        1: _("Mức 1: nhắc việc"),
        2: _("Mức 2: nhắc việc và điền sẵn thông tin"),
        3: _("Mức 3: nhắc việc, điền sẵn và gợi ý"),
        4: _("Mức 4: thực hiện tự động"),
    }
    return "" if procedure.proactive is None else str(words[procedure.proactive])


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
    channels: dict[tuple[str, str, str, str], list[Channel]] = {}
    for method in procedure.methods:
        key = (_time(method), method.fee, method.note, _counted(method))
        same = channels.setdefault(key, [])
        if method.channel not in same:
            same.append(method.channel)
    return [
        Way(
            ", ".join(str(labels.CHANNELS[one]) for one in ways),
            time,
            fee,
            note,
            counted if counted != time else "",
        )
        for (time, fee, note, counted), ways in channels.items()
    ]


def _papers(cases: Cases) -> list[Papers]:
    several = len(cases.groups) > 1
    usual = _("Giấy tờ chung") if several else _("Hồ sơ gồm")
    return [
        Papers(group.number, group.title or usual, group.papers, group.is_remark)
        for group in cases.shown
    ]


def _description(procedure: Procedure) -> str:
    """One line for search engines and for links sent to friends."""
    text = procedure.summary or _(
        "%(name)s: giấy tờ, các bước, thời gian, nơi giải quyết.", name=procedure.heading
    )
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    return text[:LONGEST_DESCRIPTION].rpartition(" ")[0] + "…"
