"""All that the page of the editor shows of one draft, and what is wrong with what was typed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from pydantic import ValidationError
from sqlalchemy.orm import Session

from content import completeness, staff_edits
from content.differences import Change, said
from content.editorial import checks, editing_forms, editing_reading, media, texts
from content.editorial.checks import Finding
from content.editorial.editing_forms import Box, Look, Section
from content.editorial.editing_reading import Typed
from content.editorial.holding import HOLD_LASTS, Held
from content.editorial.media import Uploaded
from content.editorial.models import Draft, DraftRevision
from content.leaf_shapes import FileRef
from content.shapes import Procedure, Shape

LIMITS = {"greater_than_equal", "less_than_equal"}
UNFINISHED = {"missing", "string_too_short", "too_short"}


@dataclass
class Theirs:
    """What somebody else saved meanwhile, and how one's own text differs from it."""

    by: str
    at: datetime
    changes: tuple[Change, ...]
    parts: Typed


@dataclass
class Sheet:
    """One showing of the form. `seen` is the number of the save that it started from.

    `is_whole`, `findings` and `missing` speak of the newest save, not of what is typed just now.
    """

    draft: Draft
    boxes: tuple[Box, ...]
    sections: tuple[Section, ...]
    parts: Typed
    seen: int
    note: str
    errors: dict[str, str] = field(default_factory=dict)
    is_whole: bool = False
    findings: Sequence[Finding] = ()
    missing: Sequence[completeness.Duty] = ()
    record: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[Uploaded] = ()
    held: Held | None = None
    theirs: Theirs | None = None
    focus: str = ""
    preview: str | None = None
    official_name: str = ""
    refs: Mapping[str, FileRef] = field(default_factory=dict)

    @property
    def has_markdown(self) -> bool:
        return any(box.look is Look.MARKDOWN for box in self.boxes)

    @property
    def held_seen(self) -> datetime | None:
        """When whoever holds the draft was last heard of."""
        return self.held.until - HOLD_LASTS if self.held and self.held.until else None

    def file_of(self, sha256: str) -> FileRef | None:
        """A file that this page may name: it names it already, or it was uploaded for it."""
        uploaded = {one.ref.sha256: one.ref for one in self.files}
        return uploaded.get(sha256) or self.refs.get(sha256)

    @property
    def label_of(self) -> Callable[[str], str]:
        """What the top part of a field's name is called."""
        labels = {box.name: box.label for box in self.boxes}
        return lambda where: labels.get(where.partition("-")[0], "")

    def has_place(self, where: str) -> bool:
        """Whether the form shows a field of this name."""
        inner: Any = self.parts
        boxes: Sequence[Box] = self.boxes
        steps = where.split("-")
        for at, step in enumerate(steps):
            if step.isdigit():
                if not isinstance(inner, list) or int(step) >= len(inner):
                    return False
                inner = inner[int(step)]
                continue
            found = next((one for one in boxes if one.name == step), None)
            if found is None or (at < len(steps) - 1 and found.look is not Look.ROWS):
                return False
            inner, boxes = inner[step], found.inner
        return True


def sheet(db: Session, draft: Draft, kept: DraftRevision, parts: Typed | None = None) -> Sheet:
    """The form as it is kept, or with what was typed into it."""
    shape = texts.shape_of(draft.kind, draft.language)
    is_new = draft.based_on == 0
    page = texts.mapping(kept.text)
    boxes = editing_forms.boxes(shape, draft.kind, is_new=is_new)
    made = Sheet(
        draft=draft,
        boxes=boxes,
        sections=editing_forms.sections(shape, draft.kind, is_new=is_new),
        parts=editing_reading.written(boxes, page) if parts is None else parts,
        seen=kept.number,
        note=draft.note,
        files=media.of_draft(db, draft.id),
        official_name=str(page.get("name") or "") if shape is Procedure else "",
        refs=_refs(page),
    )
    if shape is Procedure:
        made.record = _record(db, draft.key, boxes, made.parts)
    _judge(db, made, page)
    return made


def _judge(db: Session, made: Sheet, page: dict[str, Any]) -> None:
    """Put down what keeps a page from being published: what is missing, and what to mend."""
    shape = partly(made.draft.kind, made.draft.language, page)
    if shape is None:
        return
    made.is_whole = True
    made.findings = checks.findings(db, made.draft.kind, made.draft.language, shape)
    if isinstance(shape, Procedure):
        made.missing = completeness.missing(shape)


def partly(kind: str, language: str, page: dict[str, Any]) -> Shape | None:
    """The page where it is complete enough to be one."""
    try:
        return texts.shape_of(kind, language).model_validate(page)
    except ValidationError:
        return None


def page_of(made: Sheet, kept: Mapping[str, Any], *, whole: bool) -> dict[str, Any]:
    """The page as JSON has it; what is wrong goes to `errors`, each by its field.

    Where the page need not be `whole` yet, parts that are still empty are no error.
    """
    page, errors = editing_reading.read(made.boxes, made.parts)
    for box in made.boxes:
        if box.look is Look.FILE and box.name in page:
            ref = made.file_of(page.pop(box.name)["sha256"])
            if ref is None:
                errors[box.name] = _("Tệp này không còn; hãy tải lên lại.")
            else:
                page[box.name] = ref.model_dump()
    asked = {box.name for box in made.boxes}
    page = {**{name: part for name, part in kept.items() if name not in asked}, **page}
    try:
        texts.shape_of(made.draft.kind, made.draft.language).model_validate(page)
    except ValidationError as refusal:
        for error in refusal.errors():
            where, place = _place(made.boxes, error["loc"])
            if not where:
                errors[where] = _of_the_whole(error)
            elif where not in errors and (whole or not _is_unfinished(error)):
                errors[where] = _sentence(place, error)
    made.errors.update(errors)
    return page


def _record(db: Session, code: str, boxes: Iterable[Box], parts: Typed) -> dict[str, str]:
    """What the other sources say of each part in which the form says something else."""
    beneath = staff_edits.beneath(db, code)
    if beneath is None:
        return {}
    theirs = editing_reading.written(tuple(boxes), beneath.model_dump(mode="json"))
    return {
        name: said(getattr(beneath, name))
        for name, part in theirs.items()
        if part and part != parts[name] and part != "unknown"
    }


def _refs(page: Mapping[str, Any]) -> dict[str, FileRef]:
    named = [part for part in page.values() if isinstance(part, dict) and "sha256" in part]
    return {ref["sha256"]: FileRef.model_validate(ref) for ref in named}


def _is_unfinished(error: Any) -> bool:
    return error["type"] in UNFINISHED or error.get("input") in ("", None)


def _place(boxes: Sequence[Box], loc: Sequence[Any]) -> tuple[str, Box | None]:
    """The field that an error of a shape belongs to: ("papers", 0, "title") → papers-0-title."""
    where: list[str] = []
    found: Box | None = None
    for step in loc:
        if isinstance(step, int):
            where.append(str(step))
            continue
        found = next((box for box in boxes if box.name == step), None)
        where.append(str(step))
        if found is None or found.look is not Look.ROWS:
            break
        boxes = found.inner
    return "-".join(where), found


def _of_the_whole(error: Any) -> str:
    """Parts that contradict each other: the shape itself says how, in Vietnamese."""
    said = str(error.get("ctx", {}).get("error", "")) or _("nội dung không đúng")
    return f"{said[0].upper()}{said[1:]}."


def _sentence(box: Box | None, error: Any) -> str:
    label = box.label if box else error["loc"][0]
    kind = str(error["type"])
    if _is_unfinished(error):
        said = _("Chưa ghi “%(label)s”.", label=label)
    elif box is not None and box.look is Look.CODES:
        code = str(error["input"])[:40]
        said = _("“%(code)s” không phải mã thủ tục; mã có dạng 1.001193.", code=code)
    elif kind == "string_pattern_mismatch" and error["loc"][-1] == "link":
        said = _("“%(label)s” phải bắt đầu bằng https:// và không có dấu cách.", label=label)
    elif kind == "string_pattern_mismatch":
        said = _(
            "“%(label)s” chỉ gồm chữ thường không dấu và số, nối bằng dấu gạch ngang.", label=label
        )
    elif kind in LIMITS:
        limit = next(iter(error.get("ctx", {}).values()), "")
        said = _(
            "“%(label)s” phải là số trong khoảng cho phép (%(limit)s).", label=label, limit=limit
        )
    else:
        said = _("“%(label)s” không đúng; hãy chọn hoặc ghi lại.", label=label)
    return str(said)
