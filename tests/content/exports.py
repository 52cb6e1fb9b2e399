"""Records as the national export writes them, taking them in, and what readers then see."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import importing
from content.importing import Outcome
from content.models import ContentItem, ProcedureRow, ProcedureSource
from portal import profile
from search_index.models import SearchRow

Record = dict[str, Any]
Writes = Callable[..., Path]
Publish = Callable[..., None]

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "tthc"
SERVES = profile.load("quangnam").is_local_or_national


def a_record(code: str = "1.001193", **parts: Any) -> Record:
    """A detailed record as the national export writes it."""
    return {
        "code": code,
        "name": f"Thủ tục đăng ký khai sinh {code}",
        "decision": "163/QĐ-BTP",
        "levels": ["Cấp Xã"],
        "kind": "TTHC được luật giao quy định chi tiết",
        "field": "Hộ tịch",
        "audience": ["Công dân Việt Nam"],
        "implementing_agency": "Ủy ban nhân dân cấp xã",
        "issuing_agency": "Bộ Tư pháp",
        "steps": "- Bước 1: Nộp hồ sơ\n- Bước 2: Nhận kết quả",
        "methods": [{"channel": "Trực tuyến", "time": "1 ngày", "fee": "", "note": ""}],
        "documents": [{"group": "", "name": "- Tờ khai", "originals": "1", "copies": "0"}],
        "legal_basis": [{"number": "60/2014/QH13", "title": "Luật Hộ tịch"}],
        "requirements": "Không",
        "results": [{"name": "Giấy khai sinh", "code": "KQ.1"}],
        "url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/1",
    } | parts


def a_row(code: str = "1.001193", **parts: str) -> dict[str, str]:
    """A row of the catalogue."""
    return {
        "code": code,
        "name": f"Đăng ký khai sinh {code}",
        "issuing_agency": "Bộ Tư pháp",
        "implementing_agency": "UBND cấp xã",
        "field": "Hộ tịch",
        "url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/1",
    } | parts


def as_bytes(line: Record | str | bytes) -> bytes:
    if isinstance(line, bytes):
        return line
    return (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)).encode()


def take(db: Session, path: Path, now: datetime, **options: bool) -> Outcome:
    return importing.import_procedures(
        db, path, now=now, serves=SERVES, **({"partial": True} | options)
    )


def state(db: Session) -> dict[str, Any]:
    """Everything a reader could see, without the moments at which it came in."""
    versions = select(ContentItem.key, ContentItem.state, ContentItem.sha256)
    rows = select(ProcedureRow.code, ProcedureRow.heading, ProcedureRow.listed, ProcedureRow.short)
    found = select(SearchRow.key, SearchRow.title, SearchRow.text, SearchRow.withdrawn)
    sources = select(ProcedureSource.code, ProcedureSource.source, ProcedureSource.sha256)
    return {
        "items": sorted(map(tuple, db.execute(versions))),
        "rows": sorted(map(tuple, db.execute(rows))),
        "search": sorted(map(tuple, db.execute(found.where(SearchRow.withdrawn.is_(False))))),
        "sources": sorted(map(tuple, db.execute(sources))),
    }
