"""Refusals for machines: problem JSON (RFC 9457), each sentence in Vietnamese and in English."""

from collections.abc import Sequence

from flask import Response, request
from flask_babel import force_locale
from pydantic import BaseModel, ConfigDict, Field

from portal.headers import OPEN_TO_OTHER_SITES

PREFIX = "/api/v1"
MEDIA_TYPE = "application/problem+json"

Said = object  # a lazy sentence, spoken by str() in the language of the moment


class Trouble(BaseModel):
    """One parameter that cannot be used, and why."""

    model_config = ConfigDict(frozen=True)

    parameter: str
    detail: str
    detail_en: str


class Problem(BaseModel):
    """Why there is no answer. `detail_en` is null where the reason was written in Vietnamese."""

    model_config = ConfigDict(frozen=True)

    type: str = "about:blank"
    status: int = Field(ge=400, le=599)
    title: str
    title_en: str
    detail: str | None = None
    detail_en: str | None = None
    errors: tuple[Trouble, ...] = ()


def wanted() -> bool:
    """Whether a machine asked, so that a page would be of no use to it."""
    return request.path == PREFIX or request.path.startswith(f"{PREFIX}/")


def both(said: Said) -> tuple[str, str]:
    """A sentence in Vietnamese and in English."""
    spoken = []
    for language in ("vi", "en"):
        with force_locale(language):
            spoken.append(str(said))
    return spoken[0], spoken[1]


def answer(
    status: int, title: Said, sentence: str = "", troubles: Sequence[tuple[str, Said]] = ()
) -> Response:
    """The answer for a status; `troubles` are parameters and what is wrong with each."""
    vi, en = both(title)
    found = [(name, *both(said)) for name, said in troubles]
    problem = Problem(
        status=status,
        title=vi,
        title_en=en,
        detail=sentence or None,
        errors=tuple(Trouble(parameter=n, detail=d, detail_en=e) for n, d, e in found),
    )
    made = Response(problem.model_dump_json() + "\n", status, content_type=MEDIA_TYPE)
    if request.method in {"GET", "HEAD"}:
        made.headers.update(OPEN_TO_OTHER_SITES)
    return made
