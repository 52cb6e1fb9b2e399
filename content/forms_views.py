"""Forms to fill in, as everybody may find and download them."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from content import form_files
from content.leaf_shapes import FileRef
from portal.database import session
from portal.files.kinds import FileKind
from portal.languages import language
from portal.paging import paginate
from portal.staff.access import public
from search_index.plan import clean

FORMS_PER_PAGE = 50
BYTES_IN_KB = 1000
TYPES = {
    FileKind.PDF: _l("Tệp PDF"),
    FileKind.DOC: _l("Tệp Word"),
    FileKind.DOCX: _l("Tệp Word"),
    FileKind.XLS: _l("Tệp Excel"),
    FileKind.XLSX: _l("Tệp Excel"),
    FileKind.JPEG: _l("Tệp ảnh"),
    FileKind.PNG: _l("Tệp ảnh"),
}

bp = Blueprint("content_forms", __name__)


@bp.get("/bieu-mau")
@public
def forms() -> ResponseReturnValue:
    asked = clean(request.args.get("tim", ""))
    found = form_files.forms(session(), asked)
    page = paginate(len(found), request.args.get("trang"), FORMS_PER_PAGE)
    return render_template(
        "content/forms.html",
        asked=asked,
        entries=found[page.offset : page.offset + page.size],
        page_of=page,
        kind_of=kind_in_words,
    )


@bp.get("/bieu-mau/<slug>")
@public
def form(slug: str) -> ResponseReturnValue:
    found = form_files.form(session(), slug)
    return render_template(
        "content/form.html",
        found=found,
        form=found.form,
        kind_of=kind_in_words,
        address_of=form_files.file_path,
        is_pdf=found.form.file.media_type == FileKind.PDF,
    )


def kind_in_words(file: FileRef) -> str:
    """Tệp Word, 45 KB."""
    words = next((said for kind, said in TYPES.items() if kind == file.media_type), _("Tệp"))
    return f"{words}, {size_in_words(file.size)}"


def size_in_words(size: int) -> str:
    """The size of a file as people read it; 1 KB is 1,000 bytes."""
    if size < BYTES_IN_KB:
        return "1 KB"
    if size < BYTES_IN_KB**2:
        return f"{round(size / BYTES_IN_KB)} KB"
    written = f"{size / BYTES_IN_KB**2:.1f}"
    return f"{written if language() == 'en' else written.replace('.', ',')} MB"
