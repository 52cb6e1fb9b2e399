"""Answers machines: parameters are checked against their declaration, answers are JSON."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, request
from flask.sansio.app import App
from flask_babel import lazy_gettext as _l
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from portal import problems
from portal.errors import RefusedInput
from portal.headers import OPEN_TO_OTHER_SITES
from portal.paging import Page
from portal.problems import PREFIX, Said
from portal.staff.access import public

LARGEST_PAGE = 100
USUAL_PAGE = 50
LAST_PAGE = 1_000_000

_NUMBER = re.compile(r"-?[0-9]{1,12}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def N_(sentence: str) -> str:
    """Marks a description for the collector of sentences; it is translated where it is shown."""
    return sentence


def _digits(value: object) -> object:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise PydanticCustomError("int_parsing", "not a whole number")
    return value


def _iso_day(value: object) -> object:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise PydanticCustomError("date_parsing", "not a day")
    return value


Number = Annotated[int, BeforeValidator(_digits)]
Day = Annotated[date, BeforeValidator(_iso_day)]


class Asked(BaseModel):
    """The parameters of a question, those of the path included; unknown ones are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Paging(Asked):
    page: Number = Field(1, ge=1, le=LAST_PAGE, description=N_("Trang thứ mấy, từ 1."))
    size: Number = Field(
        USUAL_PAGE, ge=1, le=LARGEST_PAGE, description=N_("Số mục mỗi trang, nhiều nhất 100.")
    )

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Listed(Answer):
    """One page of a list; `items` is declared by each list."""

    total: int = Field(ge=0, description=N_("Tổng số mục khớp với câu hỏi."))
    page: int = Field(ge=1)
    size: int = Field(ge=1, le=LARGEST_PAGE)
    pages: int = Field(ge=1)


class Misasked(RefusedInput):
    """Parameters that cannot be used."""

    def __init__(self, troubles: list[tuple[str, Said]]) -> None:
        super().__init__()
        self.troubles = troubles


@dataclass(frozen=True)
class Operation:
    """A question that machines may ask: where, with which parameters, and what it answers."""

    path: str
    name: str
    tag: str
    summary: Said
    asks: type[Asked]
    gives: type[Answer]


A = TypeVar("A", bound=Asked)
Handler = Callable[[A], Answer]


def operation(
    bp: Blueprint, path: str, *, tag: str, summary: Said, asks: type[A], gives: type[Answer]
) -> Callable[[Handler[A]], Handler[A]]:
    """Declare a question at /api/v1 + `path` ("/units/{code}"); the handler gets it checked."""

    def declare(handler: Handler[A]) -> Handler[A]:
        @public
        def view(**place: str) -> Response:
            try:
                asked = _checked(asks, place)
            except Misasked as wrong:
                said = _l("Tham số không dùng được")
                return problems.answer(wrong.status, said, troubles=wrong.troubles)
            return _given(handler(asked), asked, request.path)

        name = f"{tag}.{handler.__name__}"
        found = Operation(path, name, tag, summary, asks, gives)
        rule = PREFIX + path.replace("{", "<").replace("}", ">")
        bp.add_url_rule(rule, endpoint=handler.__name__, view_func=view)
        bp.record(lambda state: operations(state.app).append(found))
        return handler

    return declare


def operations(app: App) -> list[Operation]:
    """All that the rooms of this application have declared."""
    found: list[Operation] = app.extensions.setdefault("machines", [])
    return found


def site() -> str:
    """How absolute addresses begin."""
    found: str = current_app.extensions["portal"].settings.public_url
    return found


def counted(asked: Paging, total: int) -> dict[str, int]:
    """What a list says of itself; a page after the last is empty."""
    pages = Page(number=1, size=asked.size, total=total).pages
    return {"total": total, "page": asked.page, "size": asked.size, "pages": pages}


def open_json(text: str) -> Response:
    """JSON that programs of any other site may read, with the fingerprint of these very bytes."""
    return open_answer((text + "\n").encode(), "application/json")


def open_answer(content: bytes, media_type: str) -> Response:
    made = Response(content, content_type=media_type)
    made.set_etag(hashlib.sha256(content).hexdigest()[:40])
    made.headers.update(OPEN_TO_OTHER_SITES)
    return made


def _checked(asks: type[A], place: Mapping[str, str]) -> A:
    given: dict[str, object] = {}
    troubles: list[tuple[str, Said]] = []
    for name, values in request.args.lists():
        if len(values) > 1 or name in place:
            troubles.append((name, _l("Tham số này chỉ được ghi một lần.")))
        given[name] = values[0]
    try:
        asked = asks.model_validate(given | dict(place))
    except ValidationError as wrong:
        troubles += [(str(error["loc"][0]), _sentence(error)) for error in wrong.errors()]
    if troubles:
        raise Misasked(troubles)
    return asked


def _sentence(error: Mapping[str, Any]) -> Said:
    told = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            return _l("Không có tham số này.")
        case "int_parsing":
            return _l("Phải là một số nguyên.")
        case "greater_than_equal":
            return _l("Nhỏ nhất là %(number)s.", number=told["ge"])
        case "less_than_equal":
            return _l("Lớn nhất là %(number)s.", number=told["le"])
        case "string_too_long":
            return _l("Dài nhất là %(number)s ký tự.", number=told["max_length"])
        case "enum" | "literal_error":
            return _l(
                "Phải là một trong các giá trị: %(values)s.",
                values=told["expected"].replace(" or ", ", "),
            )
        case kind if kind.startswith("date"):
            return _l("Phải là một ngày có thật, dạng 2026-11-23.")
    return _l("Giá trị không đúng dạng.")


def _given(answer: Answer, asked: Asked, path: str) -> Response:
    made = open_json(answer.model_dump_json())
    if isinstance(answer, Listed) and isinstance(asked, Paging):
        made.headers["X-Total-Count"] = str(answer.total)
        made.headers["Link"] = ", ".join(_links(answer, asked, path))
    return made


def _links(answer: Listed, asked: Paging, path: str) -> list[str]:
    """The neighbours of a page in the list (RFC 8288)."""
    places = {"first": 1, "prev": min(asked.page - 1, answer.pages), "next": asked.page + 1}
    places["last"] = answer.pages
    chosen = json.loads(asked.model_dump_json(exclude_defaults=True, exclude={"page"}))
    address = site() + path
    return [
        f'<{address}?{urlencode(chosen | {"page": number})}>; rel="{name}"'
        for name, number in places.items()
        if 1 <= number <= answer.pages
    ]
