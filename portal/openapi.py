"""Describes in OpenAPI 3.1 what machines may ask, from the very declarations that answer them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from portal.machines import Asked, Listed, Operation
from portal.problems import MEDIA_TYPE, PREFIX, Problem

VERSION = "1.0.0"
REF = "#/components/schemas/{model}"

Json = dict[str, Any]


@dataclass(frozen=True)
class About:
    """Whose description this is."""

    title: str
    description: str
    server: str
    contact: str
    licence: str
    licence_url: str


@dataclass(frozen=True)
class Parameter:
    """One parameter, as a table shows it."""

    name: str
    place: str
    required: bool
    description: str
    schema: Json


def document(operations: Sequence[Operation], about: About) -> Json:
    """The whole description."""
    schemas = _schemas(operations)
    asked = {model: schemas.pop(model) for model in {found.asks.__name__ for found in operations}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": about.title,
            "version": VERSION,
            "description": about.description,
            "contact": {"name": about.contact, "url": about.server},
            "license": {"name": about.licence, "url": about.licence_url},
        },
        "servers": [{"url": about.server}],
        "tags": [{"name": name} for name in dict.fromkeys(found.tag for found in operations)],
        "paths": {
            PREFIX + found.path: {"get": _get(found, asked[found.asks.__name__])}
            for found in operations
        },
        "components": {"schemas": schemas, "responses": _refusals(operations)},
    }


def parameters(operation: Operation) -> list[Parameter]:
    """The parameters of one operation, those of its path first."""
    schema = operation.asks.model_json_schema(ref_template=REF)
    known = schema.get("$defs", {})
    found = list(_parameters(operation, schema))
    for one in found:
        name = one.schema.get("$ref", "").rpartition("/")[2]
        one.schema.update(known.get(name, {}))
    return found


def _parameters(operation: Operation, schema: Json) -> Iterable[Parameter]:
    required = set(schema.get("required", ()))
    in_path = {name for name in operation.asks.model_fields if f"{{{name}}}" in operation.path}
    for name, described in sorted(
        schema.get("properties", {}).items(), key=lambda pair: pair[0] not in in_path
    ):
        own = {key: value for key, value in described.items() if key not in {"title", "default"}}
        description = own.pop("description", "")
        choices = [one for one in own.pop("anyOf", []) if one != {"type": "null"}]
        own |= choices[0] if len(choices) == 1 else {"anyOf": choices} if choices else {}
        if described.get("default"):
            own["default"] = described["default"]
        place = "path" if name in in_path else "query"
        yield Parameter(name, place, name in required, description, own)


def _get(operation: Operation, asked: Json) -> Json:
    headers: Json = {"ETag": _header("string", "Dấu vân tay của câu trả lời.")}
    if issubclass(operation.gives, Listed):
        headers["X-Total-Count"] = _header("integer", "Tổng số mục.")
        headers["Link"] = _header("string", "Trang đầu, trước, sau, cuối (RFC 8288).")
    given = {"schema": {"$ref": REF.format(model=operation.gives.__name__)}}
    refused = {code: {"$ref": f"#/components/responses/{code}"} for code in _codes(operation)}
    return {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": str(operation.summary),
        "parameters": [
            {
                "name": one.name,
                "in": one.place,
                "required": one.required,
                "description": one.description,
                "schema": one.schema,
            }
            for one in _parameters(operation, asked)
        ],
        "responses": {
            "200": {
                "description": "Câu trả lời.",
                "headers": headers,
                "content": {"application/json": given},
            },
            "304": {"description": "Không có gì mới kể từ ETag đã gửi ở If-None-Match."},
            **refused,
        },
    }


def _codes(operation: Operation) -> list[str]:
    return ["404", "410", "422"] if "{" in operation.path else ["422"]


def _refusals(operations: Sequence[Operation]) -> Json:
    said = {
        "404": "Không có mục này, hoặc mục này chưa được công bố.",
        "410": "Mục này đã được gỡ; phần detail ghi lý do.",
        "422": "Tham số không dùng được; phần errors ghi từng tham số.",
    }
    used = {code for found in operations for code in _codes(found)}
    content = {MEDIA_TYPE: {"schema": {"$ref": REF.format(model=Problem.__name__)}}}
    return {code: {"description": said[code], "content": content} for code in sorted(used)}


def _header(kind: str, description: str) -> Json:
    return {"description": description, "schema": {"type": kind}}


def _schemas(operations: Sequence[Operation]) -> Json:
    Mode = Literal["validation", "serialization"]
    wanted: list[tuple[type[BaseModel], Mode]] = [(Problem, "serialization")]
    asked: set[type[Asked]] = {found.asks for found in operations}
    wanted += [(model, "validation") for model in sorted(asked, key=lambda one: one.__name__)]
    wanted += [(found.gives, "serialization") for found in operations]
    _keys, made = models_json_schema(wanted, ref_template=REF)
    schemas: Json = made["$defs"]
    return schemas
