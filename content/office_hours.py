"""Reads office hours as people write them: "7 giờ 30 - 11 giờ 30, 13h30–17h00"."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

_MOMENT = r"(\d{1,2})\s*(?:giờ|h|:|g)\s*(\d{2})?(?:\s*phút)?"
_SPAN = re.compile(rf"{_MOMENT}\s*(?:-|–|—|đến|tới)\s*{_MOMENT}")
MOST_SPANS = 2
_ANY_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 # a day to do sums on, no moment in time


@dataclass(frozen=True)
class Hours:
    """When an office is open on a working day, in one or two spans, in order."""

    spans: tuple[tuple[time, time], ...]

    @property
    def opens(self) -> time:
        return self.spans[0][0]

    @property
    def closes(self) -> time:
        return self.spans[-1][1]

    def left_after(self, moment: time) -> timedelta:
        """How much working time is left on a day after this moment."""
        return sum(
            (
                _since_midnight(end) - _since_midnight(max(start, moment))
                for start, end in self.spans
                if end > moment
            ),
            timedelta(),
        )

    @property
    def a_day(self) -> timedelta:
        return self.left_after(time.min)


def read(text: str) -> Hours | None:
    """The hours a text states; None where it states none, or others on other days.

    Texts that tell hours for several kinds of days have more spans than two and are not read.
    """
    found = _SPAN.findall(text.lower())
    if not 1 <= len(found) <= MOST_SPANS:
        return None
    spans = []
    for from_hour, from_minute, to_hour, to_minute in found:
        start, end = _time(from_hour, from_minute), _time(to_hour, to_minute)
        if start is None or end is None or start >= end:
            return None
        spans.append((start, end))
    in_order = all(first[1] <= second[0] for first, second in pairwise(spans))
    return Hours(tuple(spans)) if in_order else None


def _time(hour: str, minute: str) -> time | None:
    hours, minutes = int(hour), int(minute or 0)
    return time(hours, minutes) if hours < 24 and minutes < 60 else None


def _since_midnight(moment: time) -> timedelta:
    return datetime.combine(_ANY_DAY, moment) - _ANY_DAY
