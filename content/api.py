"""Procedures and guides for machines: /api/v1/procedures, /api/v1/guides, the OpenAPI document."""

import json
from typing import Any

from flask import Blueprint, Response, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from content import api_reading
from content.api_shapes import (
    GuideAsked,
    GuideDetail,
    GuideList,
    GuidesAsked,
    ProcedureAsked,
    ProcedureDetail,
    ProcedureList,
    ProceduresAsked,
)
from portal import openapi
from portal.database import session
from portal.machines import open_json, operation, operations, site
from portal.problems import PREFIX
from portal.profile import profile
from portal.staff.access import public

bp = Blueprint("content_api", __name__)


@operation(
    bp,
    "/procedures",
    tag="procedures",
    summary=_l("Danh sách thủ tục hành chính, xếp theo tên"),
    asks=ProceduresAsked,
    gives=ProcedureList,
)
def procedures(asked: ProceduresAsked) -> ProcedureList:
    return api_reading.procedures(session(), asked, site())


@operation(
    bp,
    "/procedures/{code}",
    tag="procedures",
    summary=_l("Một thủ tục, đầy đủ, kèm nguồn"),
    asks=ProcedureAsked,
    gives=ProcedureDetail,
)
def procedure(asked: ProcedureAsked) -> ProcedureDetail:
    return api_reading.procedure(session(), asked.code, site())


@operation(
    bp,
    "/guides",
    tag="guides",
    summary=_l("Danh sách hướng dẫn"),
    asks=GuidesAsked,
    gives=GuideList,
)
def guides(asked: GuidesAsked) -> GuideList:
    return api_reading.guides(session(), asked, site())


@operation(
    bp,
    "/guides/{slug}",
    tag="guides",
    summary=_l("Một hướng dẫn, đầy đủ"),
    asks=GuideAsked,
    gives=GuideDetail,
)
def guide(asked: GuideAsked) -> GuideDetail:
    return api_reading.guide(session(), asked.slug, asked.language, site())


@bp.get(f"{PREFIX}/openapi.json")
@public
def description() -> ResponseReturnValue:
    return _description()


@bp.get("/api")
@public
def readable() -> ResponseReturnValue:
    return render_template(
        "content/api.html",
        operations=sorted(operations(current_app), key=lambda one: one.path),
        parameters=openapi.parameters,
        prefix=PREFIX,
        examples=EXAMPLES,
        sample=_sample(),
    )


# A question for each operation, as one types it.
EXAMPLES = {
    "procedures.procedures": "/procedures?field=ho-tich&level=commune&size=20",
    "procedures.procedure": "/procedures/1.001193",
    "guides.guides": "/guides?language=vi",
    "guides.guide": "/guides/nop-ho-so-truc-tuyen",
    "units.units": "/units?level=commune",
    "units.unit": "/units/49",
}


def _description() -> Response:
    mine = profile()
    name = mine.organisation.full_name
    about = openapi.About(
        title=_("Dữ liệu của %(name)s cho máy đọc", name=name),
        description=_(
            "Chỉ đọc, không cần khóa. Điều chưa rõ là null, không phải là không có hay miễn phí."
        ),
        server=site(),
        contact=name,
        licence=mine.data_licence.name,
        licence_url=mine.data_licence.url,
    )
    return open_json(
        json.dumps(openapi.document(operations(current_app), about), ensure_ascii=False)
    )


def _sample() -> str:
    """A real answer, spread over lines."""
    asked = ProceduresAsked.model_validate({"size": 1})
    found: Any = procedures(asked).model_dump(mode="json")
    return json.dumps(found, ensure_ascii=False, indent=2)
