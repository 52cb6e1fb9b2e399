"""Says a plain length of time ("8 ngày làm việc") in the reader's language."""

import re
from collections.abc import Callable

from flask_babel import ngettext

_UNITS: dict[str, Callable[[int], str]] = {
    "phút": lambda n: ngettext("%(num)s phút", "%(num)s phút", n),
    "giờ": lambda n: ngettext("%(num)s giờ", "%(num)s giờ", n),
    "giờ làm việc": lambda n: ngettext("%(num)s giờ làm việc", "%(num)s giờ làm việc", n),
    "ngày": lambda n: ngettext("%(num)s ngày", "%(num)s ngày", n),
    "ngày làm việc": lambda n: ngettext("%(num)s ngày làm việc", "%(num)s ngày làm việc", n),
    "tháng": lambda n: ngettext("%(num)s tháng", "%(num)s tháng", n),
}
_PLAIN = re.compile(r"(\d{1,4}) (" + "|".join(sorted(_UNITS, key=len, reverse=True)) + ")")


def duration(text: str) -> str:
    """A number and a unit are translated; anything more is the source's wording and stays."""
    found = _PLAIN.fullmatch(text.strip().lower())
    if found is None or found[1].startswith("0"):
        return text
    return _UNITS[found[2]](int(found[1]))
