"""What came with the form of a draft: its parts, its files, and which button was pressed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, MultiDict

from content import rendering
from content.differences import between
from content.editorial import (
    drafts,
    editing_forms,
    editing_reading,
    editing_rows,
    editing_sheet,
    media,
    texts,
    workflow,
)
from content.editorial.clerk import Clerk
from content.editorial.editing_forms import Look
from content.editorial.editing_sheet import Sheet, Theirs
from content.editorial.errors import BadKey, BadText, EditingRefused, KeyTaken, NoSuchDraft
from content.editorial.media import Uploaded
from content.editorial.models import Draft, DraftRevision
from content.editorial.stages import Step
from portal.canonical import canonical_text
from portal.database import session
from portal.files.errors import FileRefused
from portal.files.sending import STAFF_LIMIT, cabinet
from portal.languages import base
from portal.stamps import clean

SAVE, SAVE_AND_LOOK, SAVE_AND_SUBMIT = "luu", "luu-xem", "luu-gui"
LOOK, UPLOAD = "xem", "tai-len"
SAVES = {SAVE, SAVE_AND_LOOK, SAVE_AND_SUBMIT}
MOST_TYPED_BYTES = 4 * 1024 * 1024
# Two files of a form at most, half as large again, and what was typed.
LARGEST_BYTES = 2 * STAFF_LIMIT * 3 // 2 + MOST_TYPED_BYTES
LONGEST_NOTE = 500
LONGEST_WORDS = 300


@dataclass
class Posted:
    """The form as it came, with what it says of the page and which button was pressed."""

    sheet: Sheet
    page: dict[str, Any]
    command: str

    @property
    def is_save(self) -> bool:
        return self.command in SAVES

    @property
    def is_submit(self) -> bool:
        return self.command == SAVE_AND_SUBMIT

    @property
    def goes_to_preview(self) -> bool:
        return self.command == SAVE_AND_LOOK

    @property
    def wants_preview(self) -> bool:
        return self.command == LOOK

    @property
    def text(self) -> str:
        return canonical_text(self.page)

    @property
    def title(self) -> str:
        return str(self.page.get("title") or self.page.get("name") or "")


@dataclass(frozen=True)
class Sent:
    """What a browser sent; `trusted` where it comes from a page of ours in this very session."""

    form: MultiDict[str, str]
    files: Mapping[str, FileStorage]
    trusted: bool


def read(db: Session, clerk: Clerk, draft_id: int, sent: Sent) -> Posted:
    """Everything that was typed, with its files taken in; whatever is wrong stands in `errors`."""
    form = sent.form
    draft = drafts.take(db, clerk, draft_id, Step.SAVE)
    kept = workflow.current(db, draft)
    shape = texts.shape_of(draft.kind, draft.language)
    boxes = editing_forms.boxes(shape, draft.kind, is_new=draft.based_on == 0)
    parts = editing_reading.typed(boxes, form.items(multi=True))
    command = form.get("lam", SAVE)
    sheet = editing_sheet.sheet(db, draft, kept, parts)
    sheet.note = " ".join(clean(form.get("ghi_chu", "")).split())[:LONGEST_NOTE]
    _check(sheet, sent)
    if sent.trusted:
        _take_files(db, clerk, sheet, sent, command)
    if ":" in command:
        sheet.focus = editing_rows.done(sheet.boxes, sheet.parts, command)
        return Posted(sheet, {}, command)
    if command == UPLOAD:
        return Posted(sheet, {}, command)
    sheet.parts = editing_reading.pruned(sheet.boxes, sheet.parts)
    page = texts.mapping(kept.text)
    whole = command == SAVE_AND_SUBMIT
    return Posted(sheet, editing_sheet.page_of(sheet, page, whole=whole), command)


def taken_in(db: Session, clerk: Clerk, draft_id: int, file: FileStorage, words: str) -> Uploaded:
    """Keep a file for a draft. Raises FileRefused."""
    draft = drafts.take(db, clerk, draft_id, Step.SAVE)
    return _taken_in(db, clerk, draft, file, words)


def words_of(text: str) -> str:
    """The description of a picture in one line."""
    return " ".join(clean(text).split())[:LONGEST_WORDS]


def rendered(text: str) -> str:
    """A Markdown text as HTML, with pictures that only staff may see as yet."""
    return rendering.article(
        clean(text).replace("\r\n", "\n"),
        files=f"{base()}/quan-tri/noi-dung",
        sizes=partial(media.size_of, session()),
    )


def previewed(posted: Posted) -> str:
    """The Markdown of the form as HTML, as far as it is written."""
    texts_of = (
        posted.sheet.parts[box.name] for box in posted.sheet.boxes if box.look is Look.MARKDOWN
    )
    return rendered("\n\n".join(texts_of))


def show_theirs(db: Session, posted: Posted, draft_id: int, newest: DraftRevision) -> None:
    """Somebody saved meanwhile: show what, beside one's own text, which stays in the form."""
    draft = workflow.find(db, draft_id)
    sheet, page = posted.sheet, texts.mapping(newest.text)
    theirs = editing_sheet.partly(draft.kind, draft.language, page)
    mine = editing_sheet.partly(draft.kind, draft.language, posted.page)
    sheet.theirs = Theirs(
        by=newest.author,
        at=newest.saved_at,
        changes=between(theirs, mine) if theirs and mine else (),
        parts=editing_reading.written(sheet.boxes, page),
    )
    sheet.draft, sheet.seen = draft, newest.number


def refuse(db: Session, posted: Posted, draft_id: int, refusal: EditingRefused) -> None:
    """Put a refusal beside the field that it is about; everything typed stays."""
    if isinstance(refusal, NoSuchDraft):
        raise refusal
    posted.sheet.draft = workflow.find(db, draft_id)
    if isinstance(refusal, KeyTaken | BadKey):
        posted.sheet.errors["slug"] = str(refusal)
    elif isinstance(refusal, BadText):
        for problem in refusal.problems:
            where = problem.where.replace(".", "-")
            posted.sheet.errors[where] = f"{posted.sheet.label_of(where)}: {problem.words}."
    else:
        posted.sheet.errors[""] = str(refusal)


def _check(sheet: Sheet, sent: Sent) -> None:
    """What the form carries besides its parts."""
    seen = sent.form.get("seen", "")
    if not sent.trusted:
        sheet.errors[""] = _("Phiên làm việc đã đổi nên chưa lưu. Nội dung vẫn còn; hãy bấm lại.")
    if sent.form.get("het") != "1" or not (seen.isascii() and seen.isdigit() and len(seen) < 9):
        sheet.errors[""] = _("Biểu mẫu gửi lên chưa trọn nên chưa lưu; hãy bấm lại.")
    else:
        sheet.seen = int(seen)


def _take_files(db: Session, clerk: Clerk, sheet: Sheet, sent: Sent, command: str) -> None:
    for box in sheet.boxes:
        if box.look is not Look.FILE:
            continue
        if sent.form.get(f"bo_{box.name}"):
            sheet.parts[box.name] = ""
        if file := sent.files.get(f"tep_{box.name}"):
            try:
                made = _taken_in(db, clerk, sheet.draft, file, "")
                sheet.parts[box.name] = made.ref.sha256
            except FileRefused as refusal:
                sheet.errors[box.name] = str(refusal)
    if command == UPLOAD:
        _take_picture(db, clerk, sheet, sent)
    sheet.files = media.of_draft(db, sheet.draft.id)


def _take_picture(db: Session, clerk: Clerk, sheet: Sheet, sent: Sent) -> None:
    """A file for the text: its Markdown is put at the end, where the writer can move it."""
    words, file = words_of(sent.form.get("mo_ta", "")), sent.files.get("tep")
    if not file:
        sheet.errors["tep"] = _("Chưa chọn tệp để tải lên.")
        return
    try:
        made = _taken_in(db, clerk, sheet.draft, file, words)
    except FileRefused as refusal:
        sheet.errors["tep"] = str(refusal)
        return
    target = next((box.name for box in sheet.boxes if box.look is Look.MARKDOWN), None)
    if target:
        before = sheet.parts[target].rstrip()
        sheet.parts[target] = f"{before}\n\n{made.markdown}\n".lstrip()
        sheet.focus = target


def _taken_in(db: Session, clerk: Clerk, draft: Draft, file: FileStorage, words: str) -> Uploaded:
    data, name = file.stream.read(), file.filename or ""
    return media.take_in(db, cabinet(), clerk, draft, data=data, name=name, words=words)
