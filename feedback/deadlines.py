"""Until when a case must be transferred or answered: dated rules, each with its source."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from feedback.kinds import Kind


class WorkingDays(Protocol):
    """What is needed of portal.workdays.Calendar."""

    def add(self, day: date, n: int) -> date: ...

    def between(self, a: date, b: date) -> int: ...


@dataclass(frozen=True)
class Rule:
    """A time limit in working days; the day of receipt is not counted.

    `traced` is false where no article could be found for the number: the page then says so.
    """

    key: str
    working_days: int
    kinds: tuple[Kind, ...]
    words: LazyString
    source: LazyString
    traced: bool
    valid_from: date
    valid_until: date | None = None


PETITIONS = (Kind.RULE, Kind.CONDUCT, Kind.LATE, Kind.IDEA)
DECREE_20 = date(2008, 3, 3)
ACCESS_LAW = date(2018, 7, 1)
UNTRACED = _l("Mức do Trung tâm đặt ra; chưa xác định được điều khoản.")
ACCESS_SOURCE = _l(
    "Luật Tiếp cận thông tin 104/2016/QH13; chưa đối chiếu với luật có hiệu lực từ 01/09/2026."
)
DATA_LAW = date(2026, 1, 1)
DATA_SOURCE = _l(
    "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Nghị định 356/2025/NĐ-CP; số ngày do Trung tâm "
    "đặt ra, chưa xác định được điều khoản."
)

RULES: tuple[Rule, ...] = (
    Rule(
        key="transfer",
        working_days=5,
        kinds=PETITIONS,
        words=_l("Chuyển cơ quan có thẩm quyền trong 5 ngày làm việc."),
        source=_l("Nghị định 20/2008/NĐ-CP, Điều 9 khoản 1 điểm d."),
        traced=True,
        valid_from=DECREE_20,
    ),
    Rule(
        key="answer",
        working_days=15,
        kinds=(*PETITIONS, Kind.QUESTION, Kind.WEBSITE),
        words=_l("Trả lời trong 15 ngày làm việc."),
        source=UNTRACED,
        traced=False,
        valid_from=DECREE_20,
    ),
    Rule(
        key="information",
        working_days=3,
        kinds=(Kind.INFO_REQUEST,),
        words=_l("Cung cấp thông tin có sẵn, hoặc báo thời hạn, trong 3 ngày làm việc."),
        source=ACCESS_SOURCE,
        traced=False,
        valid_from=ACCESS_LAW,
    ),
    Rule(
        key="information_complex",
        working_days=15,
        kinds=(Kind.INFO_REQUEST,),
        words=_l("Cung cấp thông tin phức tạp trong 15 ngày làm việc."),
        source=ACCESS_SOURCE,
        traced=False,
        valid_from=ACCESS_LAW,
    ),
    Rule(
        key="own_data",
        working_days=10,
        kinds=(Kind.OWN_DATA,),
        words=_l("Trả lời yêu cầu về dữ liệu cá nhân trong 10 ngày làm việc."),
        source=DATA_SOURCE,
        traced=False,
        valid_from=DATA_LAW,
    ),
)
FIRST_RULE = {
    Kind.INFO_REQUEST: "information",
    Kind.OWN_DATA: "own_data",
    Kind.PRAISE: "",
}


@dataclass(frozen=True)
class Deadline:
    """The last day, and the key of the rule it comes from; no day where nothing is due."""

    due_on: date | None
    rule: str


def on_receipt(kind: Kind, received: date, calendar: WorkingDays) -> Deadline:
    """The deadline a message gets when it is registered."""
    return by_rule(FIRST_RULE.get(kind, "answer"), received, calendar)


def by_rule(key: str, received: date, calendar: WorkingDays) -> Deadline:
    """The deadline by one rule as it stood on the day of receipt; none for an empty key."""
    rule = rule_on(key, received)
    if rule is None:
        return Deadline(None, "")
    return Deadline(calendar.add(received, rule.working_days), rule.key)


def rule_on(key: str, day: date) -> Rule | None:
    """The rule of this key that was in force on that day."""
    for rule in RULES:
        ended = rule.valid_until is not None and day >= rule.valid_until
        if rule.key == key and rule.valid_from <= day and not ended:
            return rule
    return None


@dataclass(frozen=True)
class DueWords:
    """A deadline as the desk reads it: words, and a tone that is never shown by colour alone."""

    text: str
    tone: str


def in_words(
    due_on: date | None, today: date, calendar: WorkingDays, *, waiting: bool = True
) -> DueWords:
    """For example "còn 2 ngày làm việc"; nothing is due any more where nobody is `waiting`."""
    if not waiting:
        return DueWords(_("đã xong"), "neutral")
    if due_on is None:
        return DueWords(_("không hạn"), "neutral")
    if due_on == today:
        return DueWords(_("hôm nay"), "warn")
    if due_on < today:
        days = max(1, calendar.between(due_on, today))
        return DueWords(_("quá hạn %(days)s ngày làm việc", days=days), "bad")
    days = calendar.between(today, due_on)
    tone = "warn" if days <= 2 else "good"
    return DueWords(_("còn %(days)s ngày làm việc", days=days), tone)
