"""Open data: the lists of procedures and of units, whole, as CSV and JSON, with their licence."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
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
    rows: Sequence[dict[str, object]]
    changed_on: date | None


@bp.get("/du-lieu-mo")
@public
def downloads() -> ResponseReturnValue:
    db = session()
    return render_template("content/api_downloads.html", sets=[_procedures(db), _units(db)])


@bp.get("/du-lieu-mo/<any('thu-tuc', 'don-vi'):data_set>.<any(csv, json):data_format>")
@public
def download(data_set: str, data_format: str) -> ResponseReturnValue:
    found = SETS[data_set](session())
    answer = _csv(found) if data_format == "csv" else _json(found)
    answer.headers["Content-Disposition"] = f'attachment; filename="{data_set}.{data_format}"'
    return answer


def _procedures(db: Session) -> DataSet:
    listed = select(ProcedureRow).where(*conditions(Wanted()))
    rows = [entry.model_dump(mode="json") for entry in api_reading.entries(db, listed, site())]
    changed = versions.last_change(db)
    return DataSet("thu-tuc", rows, clock.local_date(changed) if changed else None)


def _units(db: Session) -> DataSet:
    """Every unit of the register, those that have ended too."""
    rows = db.scalars(select(UnitRow).order_by(UnitRow.sort_key, UnitRow.code)).all()
    changed = max((row.changed_at for row in rows), default=None)
    found = [units_api.entry(row, site()).model_dump(mode="json") for row in rows]
    return DataSet("don-vi", found, clock.local_date(changed) if changed else None)


SETS = {"thu-tuc": _procedures, "don-vi": _units}


def _flat(entry: Mapping[str, object]) -> dict[str, object]:
    """One row: lists become one text, parts of parts columns of their own."""
    flat: dict[str, object] = {}
    for name, value in entry.items():
        if name in PARTED:
            parts = value if isinstance(value, dict) else {}
            flat |= {f"{name}_{part}": parts.get(part) for part in PARTED[name]}
        else:
            flat[name] = "|".join(value) if isinstance(value, list) else value
    return flat


def _csv(found: DataSet) -> Response:
    flat = [_flat(row) for row in found.rows]
    heads = list(flat[0]) if flat else []
    return open_answer(as_csv(heads, (list(row.values()) for row in flat)), CSV)


def _json(found: DataSet) -> Response:
    mine = profile()
    about = {
        "name": found.name,
        "publisher": mine.organisation.full_name,
        "licence": mine.data_licence.name,
        "licence_url": mine.data_licence.url,
        "changed_on": found.changed_on.isoformat() if found.changed_on else None,
        "total": len(found.rows),
        "items": found.rows,
    }
    return open_json(json.dumps(about, ensure_ascii=False))
