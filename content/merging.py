"""One procedure out of what several sources say, the most trusted first, part by part."""

from collections.abc import Mapping
from typing import Any

from content.models import Source
from content.shapes import Online, Procedure

# Parts that say one thing in two ways come from one source together.
TOGETHER = (("steps", "steps_text"), ("papers", "papers_text"))

_GROUP = {name: names for names in TOGETHER for name in names}
_NOTHING: tuple[Any, ...] = ("", (), None, Online.UNKNOWN)


def effective(sources: Mapping[Source, Procedure]) -> Procedure:
    """The procedure people see. The order in which the sources came in does not matter.

    Raises ValueError when there is no source.
    """
    ranked = [sources[source] for source in Source if source in sources]
    if not ranked:
        raise ValueError("a procedure needs at least one source")
    if len(ranked) == 1:
        return ranked[0]
    parts = {
        name: getattr(_speaker(ranked, _GROUP.get(name, (name,))), name)
        for name in Procedure.model_fields
    }
    return Procedure.model_construct(**parts)


def _speaker(ranked: list[Procedure], names: tuple[str, ...]) -> Procedure:
    """The most trusted source that knows any of these parts."""
    for procedure in ranked:
        if any(getattr(procedure, name) not in _NOTHING for name in names):
            return procedure
    return ranked[-1]
