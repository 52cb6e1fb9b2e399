"""Counts the cases of a period into the rows of a form.

In the table stand the petitions that were open when the period began or came in during it. Which
columns a case counts in follows from three things: its contents, when it came, how it stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from feedback.counting import CaseFact
from feedback.kinds import KINDS, Kind
from portal import clock
from portal.vietnamese import sort_key
from reports.form import Arrived, Content, Form, Outcome
from reports.record import NO_FIELD, TOTAL, AnnexRow, Bridge, CaseLine, Cases, Row

NOT_ACCEPTED = "K0"
UNDER_WAY: frozenset[Outcome] = frozenset({"open", "waiting", "unclassified"})


def outcome(fact: CaseFact) -> Outcome:
    """How the case stands. An answer to a case that went elsewhere does not make it ours."""
    if fact.withdrawn:
        return "withdrawn"
    if fact.triage == NOT_ACCEPTED:
        return "refused"
    if fact.transferred:
        return "transferred"
    if fact.finished:
        return "done"
    if fact.competence == "undecided" or fact.triage is None:
        return "unclassified"
    return "open" if fact.competence == "own" else "waiting"


def content(fact: CaseFact) -> Content | None:
    """Content type 1 is conduct, 2 to 8 are regulations (Decree 20/2008/NĐ-CP, Article 5).

    A petition whose types nobody has noted counts by what its kind usually is about; what is no
    petition has no such content.
    """
    if not fact.petition:
        return None
    conduct, regulation = fact.conduct, fact.regulation
    if not conduct and not regulation:
        usual = KINDS[Kind(fact.kind)].content_types
        conduct, regulation = 1 in usual, any(number != 1 for number in usual)
    if conduct and regulation:
        return "both"
    return "conduct" if conduct else "regulation"


@dataclass(frozen=True)
class Counted:
    """The cases of a period, and how they follow from the period before."""

    cases: Cases
    bridge: Bridge


def count(before: Iterable[CaseFact], after: Iterable[CaseFact], start: datetime) -> Counted:
    """The cases that belong to a period.

    `before` is every case as it stood at `start`, the first moment of the period, `after` the same
    at its end or cut-off.
    """
    earlier = {fact.code: fact for fact in before}
    later = list(after)
    petitions: list[CaseLine] = []
    others: list[CaseLine] = []
    for fact in later:
        arrived = _arrived(fact, earlier.get(fact.code), start)
        if arrived is not None:
            (petitions if fact.petition else others).append(_line(fact, arrived))
    cases = Cases(petitions=tuple(petitions), others=tuple(others))
    return Counted(cases, _bridge(earlier, later, petitions))


def rows(form: Form, cases: Cases) -> tuple[tuple[Row, ...], Row]:
    """One row for each field that occurs, in alphabetical order, and the row of all."""
    by_field: dict[str, list[CaseLine]] = {}
    for line in cases.petitions:
        by_field.setdefault(line.field, []).append(line)
    fields = sorted(by_field, key=lambda field: (field == NO_FIELD, sort_key(field), field))
    return (
        tuple(Row(field=field, values=_values(form, by_field[field])) for field in fields),
        Row(field=TOTAL, values=_values(form, cases.petitions)),
    )


def annex(cases: Cases) -> tuple[AnnexRow, ...]:
    """Every kind that is no petition, in the order in which senders see them."""
    return tuple(
        _annex_row(kind, [line for line in cases.others if line.kind == kind])
        for kind, facts in KINDS.items()
        if not facts.petition
    )


def _arrived(fact: CaseFact, before: CaseFact | None, start: datetime) -> Arrived | None:
    """When the case came, or None where it had ended before the period."""
    if fact.received_at >= start:
        return "new"
    return "carried" if before is None or outcome(before) in UNDER_WAY else None


def _line(fact: CaseFact, arrived: Arrived) -> CaseLine:
    return CaseLine(
        code=fact.code,
        kind=fact.kind,
        kind_label=str(KINDS[Kind(fact.kind)].label),
        field=_plain(fact.field) or NO_FIELD,
        unit_code=fact.unit_code or "",
        content=content(fact),
        arrived=arrived,
        outcome=outcome(fact),
        published=fact.published,
        received_on=clock.local_date(fact.received_at),
        due_on=fact.due_on,
        finished_on=_day(fact.finished_at),
    )


def _plain(name: str) -> str:
    """Spaces squeezed, and nothing that cannot be printed: a name goes into three file formats."""
    words = ("".join(letter for letter in word if letter.isprintable()) for word in name.split())
    return " ".join(word for word in words if word)


def _day(moment: datetime | None) -> date | None:
    return clock.local_date(moment) if moment else None


def _values(form: Form, lines: Sequence[CaseLine]) -> dict[str, int]:
    return {
        key: sum(line.counts_in(counts) for line in lines) for key, counts in form.counted.items()
    }


def _annex_row(kind: Kind, lines: list[CaseLine]) -> AnnexRow:
    def number(*outcomes: Outcome) -> int:
        return sum(line.outcome in outcomes for line in lines)

    return AnnexRow(
        kind=kind,
        label=str(KINDS[kind].label),
        new=sum(line.arrived == "new" for line in lines),
        carried=sum(line.arrived == "carried" for line in lines),
        done=number("done"),
        transferred=number("transferred"),
        withdrawn=number("withdrawn", "refused"),
        open=number(*UNDER_WAY),
    )


def _bridge(
    earlier: dict[str, CaseFact], later: list[CaseFact], petitions: list[CaseLine]
) -> Bridge:
    now = {fact.code: fact for fact in later}
    left = {code for code, fact in earlier.items() if fact.petition and outcome(fact) in UNDER_WAY}
    carried = {line.code for line in petitions if line.arrived == "carried"}
    ended = [
        (fact, now[code])
        for code, fact in earlier.items()
        if code in now and now[code].petition and outcome(fact) not in UNDER_WAY
    ]
    return Bridge(
        left_open=len(left),
        joined=tuple(sorted(carried - left)),
        gone=tuple(sorted(left - carried)),
        reopened=tuple(sorted(f.code for f, after in ended if outcome(after) != outcome(f))),
        published_late=tuple(
            sorted(f.code for f, after in ended if after.published and not f.published)
        ),
    )
