"""Open data: the lists of procedures and of units, whole, as CSV and JSON, with their licence."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agencies import api as units_api
from agencies.models import UnitRow
from content import api_reading, versions
from content.listing import Wanted, conditions
from content.models import ProcedureRow
from portal import clock
from portal.database import session
from portal.machines import open_answer, open_json, site
from portal.profile import profile
from portal.spreadsheets import as_csv
from portal.staff.access import public

# Columns of their own for the parts of a part.
PARTED = {"field": ("slug", "name"), "version": ("number", "published_at", "sha256")}
CSV = "text/csv; charset=utf-8"

bp = Blueprint("content_open_data", __name__)


@dataclass(frozen=True)
class DataSet:
    """A list one can download; `changed_on` is when it changed last, as far as is known."""

    name: str
    total: int
    changed_on: date | None


Row = dict[str, object]


@bp.get("/du-lieu-mo")
@public
def downloads() -> ResponseReturnValue:
    sets = [_about(session(), name) for name in ROWS]
    return render_template("content/api_downloads.html", sets=sets)


@bp.get("/du-lieu-mo/<any('thu-tuc', 'don-vi'):data_set>.<any(csv, json):data_format>")
@public
def download(data_set: str, data_format: str) -> ResponseReturnValue:
    rows = ROWS[data_set](session())
    about = _about(session(), data_set)
    answer = _csv(rows) if data_format == "csv" else _json(about, rows)
    answer.headers["Content-Disposition"] = f'attachment; filename="{data_set}.{data_format}"'
    return answer


def _about(db: Session, name: str) -> DataSet:
    if name == "thu-tuc":
        counted = select(func.count()).select_from(ProcedureRow).where(*conditions(Wanted()))
        changed = versions.last_change(db)
    else:
        counted = select(func.count()).select_from(UnitRow)
        changed = db.scalar(select(func.max(UnitRow.changed_at)))
    return DataSet(name, db.scalar(counted) or 0, clock.local_date(changed) if changed else None)


def _procedures(db: Session) -> list[Row]:
    listed = select(ProcedureRow).where(*conditions(Wanted()))
    return [entry.model_dump(mode="json") for entry in api_reading.entries(db, listed, site())]


def _units(db: Session) -> list[Row]:
    """Every unit of the register, those that have ended too."""
    rows = db.scalars(select(UnitRow).order_by(UnitRow.sort_key, UnitRow.code))
    return [units_api.entry(row, site()).model_dump(mode="json") for row in rows]


ROWS = {"thu-tuc": _procedures, "don-vi": _units}


def _flat(entry: Mapping[str, object]) -> Row:
    """One row: lists become one text, parts of parts columns of their own."""
    flat: Row = {}
    for name, value in entry.items():
        if name in PARTED:
            parts = value if isinstance(value, dict) else {}
            flat |= {f"{name}_{part}": parts.get(part) for part in PARTED[name]}
        else:
            flat[name] = "|".join(value) if isinstance(value, list) else value
    return flat


def _csv(rows: Sequence[Row]) -> Response:
    flat = [_flat(row) for row in rows]
    heads = list(flat[0]) if flat else []
    return open_answer(as_csv(heads, (list(row.values()) for row in flat)), CSV)


def _json(about: DataSet, rows: Sequence[Row]) -> Response:
    mine = profile()
    told = {
        "name": about.name,
        "publisher": mine.organisation.full_name,
        "licence": mine.data_licence.name,
        "licence_url": mine.data_licence.url,
        "changed_on": about.changed_on.isoformat() if about.changed_on else None,
        "total": about.total,
        "items": rows,
    }
    return open_json(json.dumps(told, ensure_ascii=False))
