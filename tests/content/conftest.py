"""Makers for the content room: export files, records, a published procedure."""

import csv
import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from content import national_export

Record = dict[str, Any]

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "tthc"


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


@pytest.fixture
def detailed(tmp_path: Path) -> Callable[..., Path]:
    """`detailed(record, …)` writes a packed JSONL file; text and bytes go in as they are."""

    def write(*lines: Record | str | bytes, name: str = "procedures.jsonl.gz") -> Path:
        raw = b"".join(_bytes(line) + b"\n" for line in lines)
        path = tmp_path / name
        path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
        return path

    return write


@pytest.fixture
def catalogue(tmp_path: Path) -> Callable[..., Path]:
    """`catalogue(row, …)` writes a CSV file as the national database gives it."""

    def write(*rows: dict[str, str], name: str = "catalogue.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, national_export.COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


@pytest.fixture
def publishing(app: Flask) -> Iterator[Session]:
    """A writing session on the database of the running application."""
    with app.extensions["portal"].database.write() as session:
        yield session


@pytest.fixture
def real_files() -> Sequence[Path]:
    """Both files of the national database; skipped where nobody has them."""
    files = [SHARED / "procedures.jsonl.gz", SHARED / "catalogue.csv"]
    if not all(file.exists() for file in files):
        pytest.skip("Không có dữ liệu quốc gia ở ../shared/data/tthc; bỏ qua.")
    return files


def _bytes(line: Record | str | bytes) -> bytes:
    if isinstance(line, bytes):
        return line
    return (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)).encode()
