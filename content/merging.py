"""One procedure out of what several sources say, the most trusted first, part by part."""

from collections.abc import Mapping
from typing import Any

from content.models import Source
from content.shapes import Online, Procedure
from portal.canonical import canonical_text

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
    edited = sources.get(Source.EDITED)
    settled = held_by(edited) if edited else frozenset()
    beneath = [one for one in ranked if one is not edited]
    parts = {
        name: getattr(
            edited if edited and name in settled else _speaker(beneath, group_of(name)), name
        )
        for name in Procedure.model_fields
    }
    return Procedure.model_construct(**parts)


def difference(wanted: Procedure, beneath: Procedure | None) -> Procedure:
    """The parts of `wanted` that say something else than the sources beneath, and only these.

    Laid over the same sources, they give `wanted` again to the letter.
    """
    named = {
        name
        for name in Procedure.model_fields
        if beneath is None
        or any(getattr(wanted, one) != getattr(beneath, one) for one in group_of(name))
    }
    parts = {name: getattr(wanted, name) for name in named}
    return Procedure.model_construct(**{"name": "", **parts, "code": wanted.code})


def held_by(edited: Procedure) -> frozenset[str]:
    """The parts on which staff have the last word, also where that word is that there is none."""
    names = set(edited.model_fields_set) - {"code"}
    if not edited.name:
        names.discard("name")
    return frozenset(one for name in names for one in group_of(name))


def edited_text(edited: Procedure) -> str:
    """The parts staff hold, as they are kept: what is not named is left to the other sources."""
    kept = {"code", "name", *held_by(edited)}
    return canonical_text({name: getattr(edited, name) for name in kept})


def is_known(value: object) -> bool:
    return value not in _NOTHING


def group_of(name: str) -> tuple[str, ...]:
    """The parts that go together with this one, itself among them."""
    return _GROUP.get(name, (name,))


def _speaker(ranked: list[Procedure], names: tuple[str, ...]) -> Procedure:
    """The most trusted source that knows any of these parts."""
    for procedure in ranked:
        if any(is_known(getattr(procedure, name)) for name in names):
            return procedure
    return ranked[-1]
