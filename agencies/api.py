"""The register of units for machines: /api/v1/units."""

from datetime import date
from typing import Annotated

from flask import Blueprint
from flask_babel import lazy_gettext as _l
from pydantic import Field, StringConstraints
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from agencies.models import Level, UnitAlias, UnitRow, UnitSuccession
from agencies.publishing import path_of
from portal import clock
from portal.database import session
from portal.errors import NotFound
from portal.machines import N_, Answer, Asked, Day, Listed, Paging, counted, operation, site

UnitCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,60}$")]

bp = Blueprint("agencies_api", __name__)


class UnitsAsked(Paging):
    level: Level | None = Field(None, description=N_("Chỉ các đơn vị của cấp này."))
    parent: UnitCode = Field("", description=N_("Chỉ các đơn vị thuộc đơn vị có mã này."))
    on: Day | None = Field(
        None,
        description=N_("Các đơn vị có vào ngày này; để trống là hôm nay."),
    )


class UnitAsked(Asked):
    code: UnitCode = Field(description=N_("Mã đơn vị của trang này."))


class UnitEntry(Answer):
    """A unit; what nobody has told us is null."""

    code: str
    official_code: str | None = Field(description=N_("Mã trong danh mục đơn vị hành chính."))
    name: str
    level: Level
    parent: str | None = Field(description=N_("Mã của đơn vị cấp trên."))
    valid_from: date | None = Field(description=N_("Ngày đầu tiên đơn vị tồn tại, nếu biết."))
    valid_to: date | None = Field(description=N_("Ngày đầu tiên đơn vị không còn tồn tại."))
    url: str
    office_address: str | None
    latitude: str | None = Field(description=N_("Vĩ độ của trụ sở, tính bằng độ, WGS 84."))
    longitude: str | None = Field(description=N_("Kinh độ của trụ sở, tính bằng độ, WGS 84."))
    hours: str | None = Field(description=N_("Giờ làm việc."))
    phone: str | None
    email: str | None
    source: str = Field(description=N_("Căn cứ của dòng dữ liệu này."))


class UnitList(Listed):
    items: tuple[UnitEntry, ...]


class Succession(Answer):
    code: str
    on: date


class UnitDetail(UnitEntry):
    aliases: tuple[str, ...] = Field(description=N_("Các cách viết khác của tên."))
    predecessors: tuple[Succession, ...] = Field(description=N_("Đơn vị cũ nhập vào đơn vị này."))
    successors: tuple[Succession, ...] = Field(description=N_("Đơn vị tiếp nhận đơn vị này."))


@operation(
    bp, "/units", tag="units", summary=_l("Danh sách đơn vị"), asks=UnitsAsked, gives=UnitList
)
def units(asked: UnitsAsked) -> UnitList:
    return listed(session(), asked, clock.local_date(clock.now()), site())


@operation(
    bp, "/units/{code}", tag="units", summary=_l("Một đơn vị"), asks=UnitAsked, gives=UnitDetail
)
def unit(asked: UnitAsked) -> UnitDetail:
    return detail(session(), asked.code, site())


def listed(db: Session, asked: UnitsAsked, today: date, site: str) -> UnitList:
    """The units of a day, by name in Vietnamese order."""
    conditions = _conditions(asked, asked.on or today)
    total = db.scalar(select(func.count()).select_from(UnitRow).where(*conditions)) or 0
    rows = db.scalars(
        select(UnitRow)
        .where(*conditions)
        .order_by(UnitRow.sort_key, UnitRow.code)
        .offset(asked.offset)
        .limit(asked.size)
    )
    return UnitList(items=tuple(entry(row, site) for row in rows), **counted(asked, total))


def detail(db: Session, code: str, site: str) -> UnitDetail:
    """One unit, whether it still exists or not. Raises NotFound."""
    row = db.get(UnitRow, code)
    if row is None:
        raise NotFound
    aliases = select(UnitAlias.name).where(UnitAlias.unit_code == code).order_by(UnitAlias.name)
    steps = db.scalars(
        select(UnitSuccession)
        .where(or_(UnitSuccession.predecessor == code, UnitSuccession.successor == code))
        .order_by(UnitSuccession.on, UnitSuccession.predecessor, UnitSuccession.successor)
    ).all()
    return UnitDetail(
        **entry(row, site).model_dump(),
        aliases=tuple(db.scalars(aliases)),
        predecessors=tuple(
            Succession(code=one.predecessor, on=one.on) for one in steps if one.successor == code
        ),
        successors=tuple(
            Succession(code=one.successor, on=one.on) for one in steps if one.predecessor == code
        ),
    )


def entry(row: UnitRow, site: str) -> UnitEntry:
    return UnitEntry(
        code=row.code,
        official_code=row.official_code or None,
        name=row.name,
        level=Level(row.level),
        parent=row.parent_code,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        url=site + path_of(row.code),
        office_address=row.office_address or None,
        latitude=row.latitude or None,
        longitude=row.longitude or None,
        hours=row.hours or None,
        phone=row.phone or None,
        email=row.email or None,
        source=row.source,
    )


def _conditions(asked: UnitsAsked, day: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        or_(UnitRow.valid_from.is_(None), UnitRow.valid_from <= day),
        or_(UnitRow.valid_to.is_(None), UnitRow.valid_to > day),
    ]
    if asked.level is not None:
        found.append(UnitRow.level == asked.level.value)
    if asked.parent:
        found.append(UnitRow.parent_code == asked.parent)
    return found
