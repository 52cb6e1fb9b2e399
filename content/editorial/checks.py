"""What has to be mended before a page may be published, each with where and how."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from content.editorial import checks_dates, checks_links, checks_procedures, checks_text
from content.editorial.checks_text import Finding
from content.leaf_shapes import FormFile
from content.legal_document_shape import LegalDocument
from content.shapes import Article, Procedure, Shape
from portal.files.models import StoredFile

__all__ = ["Finding", "findings"]

MARKDOWN = {"body", "outcome"}
# The markup of these is Markdown as well, one line or a few of it.
ALSO_MARKDOWN = {("life-event", "text")}
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff]"
)


def findings(db: Session, kind: str, language: str, shape: Shape) -> list[Finding]:
    """Everything to mend, in the order of the page; nothing means that it may be published."""
    found: list[Finding] = []
    for where, name, text in _texts(shape):
        found += _letters(where, text)
        if name in MARKDOWN or (kind, name) in ALSO_MARKDOWN:
            found += checks_text.findings(where, text)
            found += checks_links.findings(db, where, text, own=shape, kind=kind)
        if name == "body" and (words := checks_text.foreign(language, text)):
            found.append(Finding(where, words))
    found += _needed(shape)
    found += checks_dates.findings(shape)
    found += checks_links.codes(db, kind, language, shape)
    if isinstance(shape, Procedure):
        found += checks_procedures.findings(db, shape)
    if isinstance(shape, FormFile | LegalDocument):
        found += _files(db, shape)
    return found


def _texts(thing: Any, where: str = "", name: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text of a page: where it stands, the name of its part, and the text."""
    if isinstance(thing, str):
        yield where, name, str(thing)
    elif isinstance(thing, Shape):
        for part in type(thing).model_fields:
            yield from _texts(getattr(thing, part), f"{where}-{part}".lstrip("-"), part)
    elif isinstance(thing, tuple):
        for number, one in enumerate(thing):
            inner = f"{where}-{number}" if isinstance(one, Shape) else where
            yield from _texts(one, inner, name)


def _letters(where: str, text: str) -> Iterator[Finding]:
    if "\ufffd" in text:
        yield Finding(where, _("Có chữ bị hỏng khi sao chép (dấu �); hãy gõ lại chỗ đó."))
    if _CONTROL.search(text):
        yield Finding(where, _("Có ký tự ẩn không hiện ra trên trang; hãy dán lại dạng chữ thuần."))
    if unicodedata.normalize("NFC", text) != text:
        yield Finding(where, _("Chữ có dấu viết bằng dạng tổ hợp; hãy lưu lại để hệ thống sửa."))


def _needed(shape: Shape) -> Iterator[Finding]:
    needs: dict[str, Callable[[], str]] = {
        "title": lambda: _("Chưa có tiêu đề."),
        "body": lambda: _("Chưa có nội dung."),
    }
    if isinstance(shape, Article) and shape.kind in {"guide", "consultation", "notice"}:
        needs["summary"] = lambda: _("Chưa có tóm tắt: một, hai câu nói trang này giúp gì.")
    for part, words in needs.items():
        if part in type(shape).model_fields and not isinstance(shape, Procedure):
            if not str(getattr(shape, part)).strip():
                yield Finding(part, words())
            elif part != "body" and (left := checks_text.left_over(str(getattr(shape, part)))):
                yield Finding(part, _("Còn chữ để tạm “%(words)s”.", words=left))


def _files(db: Session, page: FormFile | LegalDocument) -> Iterator[Finding]:
    preview = page.preview if isinstance(page, FormFile) else None
    for part, file in (("file", page.file), ("preview", preview)):
        if file is not None and db.get(StoredFile, file.sha256) is None:
            yield Finding(
                part, _("Tệp “%(name)s” không còn trong kho; hãy tải lên lại.", name=file.name)
            )
    if preview is not None and preview.media_type != "application/pdf":
        yield Finding("preview", _("Bản để xem phải là tệp PDF."))
