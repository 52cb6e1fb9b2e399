"""What holds in this province beside the national record, of which only today's is shown."""

from collections.abc import Iterable
from datetime import date

from content.shapes import LocalFact, LocalPart, Procedure

# In the answers on top of the page each stands beside the national value of the same matter.
FEES = (LocalPart.FEE, LocalPart.DISCOUNT)


def in_force(procedure: Procedure, day: date) -> tuple[LocalFact, ...]:
    """The local facts of this day by their parts; `until` is the last day on which one holds."""
    order = list(LocalPart)
    holding = (fact for fact in procedure.local if _holds(fact, day))
    return tuple(sorted(holding, key=lambda fact: order.index(fact.part)))


def of_part(facts: Iterable[LocalFact], *parts: LocalPart) -> tuple[LocalFact, ...]:
    return tuple(fact for fact in facts if fact.part in parts)


def _holds(fact: LocalFact, day: date) -> bool:
    return (fact.since is None or fact.since <= day) and (fact.until is None or day <= fact.until)
