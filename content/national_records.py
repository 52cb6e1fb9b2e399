"""Turns a record of the national database export into a procedure in our words."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from content import national_spelling as spelling
from content.errors import BadRecord
from content.models import Source
from content.shapes import (
    Audience,
    Citation,
    Level,
    Method,
    Online,
    Paper,
    PaperGroup,
    Procedure,
)
from portal.vietnamese import fold

LONGEST_CODE = 40
LONGEST_NAME = 4000
USUAL_CODE = re.compile(r"\d\.\d{6}")

Findings = list[str]

_NOT_TEXT = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ufeff]")
_BAD = re.compile("[\0\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\u00a0]{2,}|\u00a0")
_BULLET = re.compile(r"^[-+•*–]\s+")
_FORM = re.compile(r"\[([^\]\n]+)\]\(")
_FILE = re.compile(r"\S\.(docx?|pdf|xlsx?|rtf|odt|zip|rar)$", re.IGNORECASE)
_ONLINE_WORDS = ("truc tuyen", "dich vu cong quoc gia", "vneid")


def read(source: Source, record: Mapping[str, Any]) -> tuple[Procedure, Findings]:
    """The procedure, and what is odd about it. Raises BadRecord with the reason."""
    readers: dict[Source, Callable[[Mapping[str, Any], Findings], Procedure]] = {
        Source.DETAILED: _detailed,
        Source.CATALOGUE: _catalogue,
    }
    findings: Findings = []
    procedure = readers[source](record, findings)
    if not has_usual_code(procedure):
        findings.insert(0, "Mã có dạng khác thường: đã nạp, không công bố.")
    return procedure, findings


def has_usual_code(procedure: Procedure) -> bool:
    return USUAL_CODE.fullmatch(procedure.code) is not None


def _catalogue(record: Mapping[str, Any], findings: Findings) -> Procedure:
    return Procedure(
        code=_code(record),
        name=_name(record),
        field=_text(record, "field"),
        issuing_agency=_text(record, "issuing_agency"),
        implementing_agency=_text(record, "implementing_agency"),
        source_url=_address(record),
        **_decision(record, findings),
    )


def _detailed(record: Mapping[str, Any], findings: Findings) -> Procedure:
    steps, conditions = _text(record, "steps"), _text(record, "requirements")
    description = _text(record, "description")
    methods = _methods(record, findings)
    return Procedure(
        code=_code(record),
        name=_name(record),
        decision=_text(record, "decision"),
        levels=_levels(record, findings),
        kind=_text(record, "kind"),
        field=_text(record, "field"),
        audience=_audience(record, findings),
        issuing_agency=_text(record, "issuing_agency"),
        implementing_agency=_text(record, "implementing_agency"),
        authority=_text(record, "authority"),
        receiving_address=_text(record, "receiving_address").strip('"'),
        coordinating=_text(record, "coordinating"),
        online=_online(methods, steps),
        steps_text=steps,
        methods=methods,
        papers=_papers(record),
        papers_text=_text(record, "documents_text"),
        legal_basis=_legal_basis(record),
        conditions=conditions,
        results=tuple(filter(None, (_text(row, "name") for row in _rows(record, "results")))),
        keywords=_text(record, "keywords"),
        description="" if description == conditions else description,
        source_url=_address(record),
        **_decision(record, findings),
    )


def _decision(record: Mapping[str, Any], findings: Findings) -> dict[str, Any]:
    """What the latest decision did, where the source says so: most files do not."""
    status, since = _text(record, "status"), _text(record, "effective_from")
    decided = spelling.decided(status)
    if status and decided is None and not spelling.holds(status):
        findings.append(f"Trạng thái lạ: «{status[:LONGEST_CODE]}».")
    effective_on = spelling.day(since)
    if since and effective_on is None:
        findings.append(f"Ngày hiệu lực không đọc được: «{since[:LONGEST_CODE]}».")
    replaced_by = _text(record, "replaced_by")[:LONGEST_NAME]
    return {"decided": decided, "effective_on": effective_on, "replaced_by": replaced_by}


def _code(record: Mapping[str, Any]) -> str:
    code = _text(record, "code")
    if not code:
        raise BadRecord("Thiếu mã thủ tục.")
    if len(code) > LONGEST_CODE or not code.isprintable() or " " in code:
        raise BadRecord(f"Mã thủ tục không đọc được: «{code[:LONGEST_CODE]}».")
    return code


def _name(record: Mapping[str, Any]) -> str:
    name = " ".join(_text(record, "name").split())
    if not name:
        raise BadRecord("Thiếu tên thủ tục.")
    if len(name) > LONGEST_NAME:
        raise BadRecord(f"Tên thủ tục dài hơn {LONGEST_NAME} ký tự.")
    return name


def _text(record: Mapping[str, Any], key: str) -> str:
    """A text of the record: composed letters, no control signs, nothing where nothing is said."""
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRecord(f"Mục «{key}» phải là chữ.")
    if _BAD.search(value):
        raise BadRecord(f"Mục «{key}» có ký tự hỏng (NUL hoặc nửa ký tự).")
    text = _NOT_TEXT.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return spelling.said(_SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip())


def _list(record: Mapping[str, Any], key: str) -> list[Any]:
    value = record.get(key) or []
    if not isinstance(value, list):
        raise BadRecord(f"Mục «{key}» phải là danh sách.")
    return value


def _rows(record: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    rows = _list(record, key)
    if not all(isinstance(row, dict) for row in rows):
        raise BadRecord(f"Mục «{key}» phải là danh sách các dòng có tên cột.")
    return rows


def _words(record: Mapping[str, Any], key: str) -> list[str]:
    return [text for text in (_text({key: value}, key) for value in _list(record, key)) if text]


def _levels(record: Mapping[str, Any], findings: Findings) -> tuple[Level, ...]:
    found = {word: spelling.level(word) for word in _words(record, "levels")}
    findings += [f"Cấp thực hiện lạ: «{word}»." for word, level in found.items() if level is None]
    return tuple(level for level in Level if level in found.values())


def _audience(record: Mapping[str, Any], findings: Findings) -> tuple[Audience, ...]:
    found = {word: spelling.audience(word) for word in _words(record, "audience")}
    findings += [f"Đối tượng lạ: «{word}»." for word, meant in found.items() if meant is None]
    meant = {audience or Audience.OTHER for audience in found.values()}
    return tuple(audience for audience in Audience if audience in meant)


def _methods(record: Mapping[str, Any], findings: Findings) -> tuple[Method, ...]:
    methods = []
    for row in _rows(record, "methods"):
        channel = spelling.channel(_text(row, "channel"))
        if channel is None:
            findings.append(f"Cách nộp lạ: «{_text(row, 'channel')}».")
            continue
        time, fee = spelling.time(_text(row, "time")), spelling.fee(_text(row, "fee"))
        methods.append(Method(channel=channel, time=time, fee=fee, note=_text(row, "note")))
    return tuple(methods)


def _online(methods: tuple[Method, ...], steps: str) -> Online:
    """Offered where a way online is listed; none only where no part so much as mentions one."""
    if any(method.channel == "online" for method in methods):
        return Online.OFFERED
    everything = fold(" ".join((steps, *(method.note for method in methods))))
    if not methods or any(words in everything for words in _ONLINE_WORDS):
        return Online.UNKNOWN
    return Online.NONE


def _papers(record: Mapping[str, Any]) -> tuple[PaperGroup, ...]:
    """The papers of each case, in the order in which the cases first appear."""
    groups: dict[str, list[Paper]] = {}
    for row in _rows(record, "documents"):
        name = _BULLET.sub("", _text(row, "name"))
        # The export repeats the head of the table among the papers of some cases.
        if name and not (name == "Tên giấy tờ" and _text(row, "originals") == "Bản chính"):
            groups.setdefault(_group_title(row), []).append(
                Paper(
                    name=name,
                    originals=_count(row, "originals"),
                    copies=_count(row, "copies"),
                    form=_form(row),
                )
            )
    return tuple(PaperGroup(title=title, papers=tuple(found)) for title, found in groups.items())


def _group_title(row: Mapping[str, Any]) -> str:
    return _BULLET.sub("", _text(row, "group")).strip(" :")


def _count(row: Mapping[str, Any], key: str) -> int | None:
    text = _text(row, key)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _form(row: Mapping[str, Any]) -> str:
    """The names of the form files; where they lie on somebody's disk is nobody's business."""
    named = _FORM.findall(_text(row, "attachment"))
    other = _text(row, "quantity")
    return "; ".join([*named, *([other] if _FILE.search(other) else [])])


def _legal_basis(record: Mapping[str, Any]) -> tuple[Citation, ...]:
    rows = _rows(record, "legal_basis")
    cited = (Citation(number=_text(row, "number"), title=_text(row, "title")) for row in rows)
    return tuple(dict.fromkeys(citation for citation in cited if citation.number or citation.title))


def _address(record: Mapping[str, Any]) -> str:
    url = _text(record, "url")
    return url if url.startswith("https://") and url.isascii() and " " not in url else ""
