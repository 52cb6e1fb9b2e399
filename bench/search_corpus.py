"""The real national catalogue as search documents: shared files, library, everyday names."""

import csv
import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from content import everyday_names
from search_index.analysis import fold
from search_index.documents import SearchDocument

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "tthc"
LIBRARY = Path(everyday_names.__file__).parent / "library" / "procedures"
LOCAL_ISSUERS = ("Đà Nẵng", "Quảng Nam")
LEVELS = {"cấp xã": "commune", "cấp huyện": "district", "cấp tỉnh": "province"}
MINISTRY = ("cấp bộ", "cấp bộ/ngành")


def available() -> bool:
    return (SHARED / "catalogue.csv").exists()


def local(issuer: str) -> bool:
    """Whether a ministry issued it, or the tenant's own province: others are not searched."""
    provincial = issuer.startswith(("UBND", "Ủy ban", "Sở ", "Trung tâm phục vụ"))
    return not provincial or any(name in issuer for name in LOCAL_ISSUERS)


def documents() -> list[SearchDocument]:
    """Catalogue rows and detailed records merged by code, the detailed record first."""
    with (SHARED / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    with gzip.open(SHARED / "procedures.jsonl.gz", "rt", encoding="utf-8") as file:
        details = {record["code"]: record for record in map(json.loads, file)}
    ours = _library()
    merged = [
        _document(code, rows.get(code, {}), details.get(code, {}), ours.get(code, {}))
        for code in rows | details
    ]
    return [document for document in merged if document]


def _library() -> dict[str, dict[str, Any]]:
    """What the Centre wrote in plain words, by code."""
    read = [
        yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        for file in sorted(LIBRARY.glob("*.yaml"))
    ]
    return {str(one["code"]): one for one in read}


def _names(code: str, official: str, ours: dict[str, Any]) -> list[str]:
    """The official name where the Centre gave a shorter one, then the everyday names, each once."""
    full = [official] if ours.get("title") else []
    names = [*full, *ours.get("aliases", ()), *everyday_names.table().get(code, ())]
    return list({fold(name): name for name in reversed(names)}.values())[::-1]


def queries() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SHARED / "queries.jsonl").read_text("utf-8").splitlines()]


def _document(
    code: str, row: dict[str, str], detail: dict[str, Any], ours: dict[str, Any]
) -> SearchDocument | None:
    issuer = detail.get("issuing_agency") or row.get("issuing_agency") or ""
    if not local(issuer):
        return None
    agency = detail.get("implementing_agency") or row.get("implementing_agency") or issuer
    name = detail.get("name") or row["name"]
    return SearchDocument(
        key=f"procedure:{code}",
        kind="procedure",
        url=f"/thu-tuc/{code}",
        title=ours.get("title") or name,
        aliases=_names(code, name, ours),
        text=_text(detail),
        summary=detail.get("description") or "",
        agency=agency,
        fields=[field] if (field := detail.get("field") or row.get("field")) else [],
        levels=_levels(detail.get("levels") or [], agency),
        audience=_audience(detail.get("audience") or []),
        weight=1 if ours else 0,
        codes=[code, *filter(None, [detail.get("decision")]), *_numbers(detail)],
    )


def _numbers(detail: dict[str, Any]) -> list[str]:
    return [basis["number"] for basis in detail.get("legal_basis") or [] if basis["number"]]


def _text(detail: dict[str, Any]) -> str:
    papers = [paper["name"] for paper in detail.get("documents") or []]
    parts = [detail.get(name) or "" for name in ("keywords", "steps", "requirements")]
    results = detail.get("results") or []
    parts.append(results if isinstance(results, str) else "\n".join(map(str, results)))
    return "\n".join([*parts, *papers, detail.get("documents_text") or ""])


def _levels(named: Iterable[str], agency: str) -> list[str]:
    """The levels as recorded; without them, as far as the agency's name tells."""
    found = [LEVELS[name.lower()] for name in named if name.lower() in LEVELS]
    if any(name.lower() in MINISTRY for name in named):
        found.append("ministry")
    if found:
        return found
    lowered = agency.lower()
    told = [level for word, level in (("cấp xã", "commune"),) if word in lowered]
    if any(word in lowered for word in ("cấp tỉnh", "sở ", "chi cục", "tỉnh")):
        told.append("province")
    if lowered.startswith(("bộ ", "cục ", "ngân hàng nhà nước")):
        told.append("ministry")
    return told


def _audience(named: Iterable[str]) -> list[str]:
    text = " ".join(named).lower()
    known = (("công dân", "citizen"), ("doanh nghiệp", "business"), ("nước ngoài", "foreigner"))
    return [word for phrase, word in known if phrase in text]
