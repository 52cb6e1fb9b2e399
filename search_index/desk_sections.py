"""The lists editors keep: how each is shown, filled in and written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from search_index import editing, judging
from search_index.desk_forms import AliasForm, JudgedForm, PinForm, SynonymForm
from search_index.editing import Editor, EditRefused, Kept
from search_index.editor_models import SearchAlias, SearchJudged, SearchPin, SearchSynonym
from search_index.models import SearchRow

MOST_ROWS = 500


@dataclass(frozen=True)
class Section:
    """A list and its words; `columns` name what is shown of an entry, the first one heads a row."""

    slug: str
    model: type[Kept]
    form: type[Any]
    add: Callable[[Session, Editor, Any], object]
    title: Any
    invitation: Any
    in_force: Any
    empty: Any
    columns: Sequence[tuple[str, Any]]
    can_be_tried: bool = False


@dataclass(frozen=True)
class Row:
    """One entry in force and the page it is about; synonyms have none."""

    entry: Any
    title: str = ""
    url: str = ""


def rows(db: Session, section: Section) -> Sequence[Row]:
    """The entries in force, the newest first."""
    model = section.model
    active = select(model).where(model.active).order_by(model.id.desc()).limit(MOST_ROWS)
    entries = list(db.scalars(active))
    keys = {getattr(entry, "document", "") for entry in entries}
    named = select(SearchRow.key, SearchRow.title, SearchRow.url).where(
        SearchRow.key.in_(keys), SearchRow.withdrawn.is_(False)
    )
    pages = {key: (title, url) for key, title, url in db.execute(named)}
    return [Row(entry, *pages.get(getattr(entry, "document", ""), ("", ""))) for entry in entries]


def title_or_words(db: Session, text: str | None) -> str:
    """The name of the page whose code this is; any other words as they are."""
    try:
        return editing.page_of(db, text).title
    except EditRefused:
        return text or ""


def _add_synonym(db: Session, editor: Editor, form: SynonymForm) -> object:
    return editing.add_synonym(
        db,
        editor,
        phrase=form.phrase.data or "",
        meaning=form.meaning.data or "",
        direction=form.direction.data,
        weight=int(form.weight.data),
        note=form.note.data or "",
    )


def _add_alias(db: Session, editor: Editor, form: AliasForm) -> object:
    target, alias = form.target.data or "", form.alias.data or ""
    return editing.add_alias(db, editor, target=target, alias=alias)


def _add_pin(db: Session, editor: Editor, form: PinForm) -> object:
    return editing.add_pin(
        db,
        editor,
        query=form.query.data or "",
        target=form.target.data or "",
        position=int(form.position.data),
        until=form.last_day,
    )


def _add_judged(db: Session, editor: Editor, form: JudgedForm) -> object:
    query, target = form.query.data or "", form.target.data or ""
    return judging.add(db, editor, query=query, target=target)


_WHO = ("by", _l("Người thêm"))
_PAGE = ("page", _l("Trang"))
_KNOWN = (
    Section(
        slug="dong-nghia",
        model=SearchSynonym,
        form=SynonymForm,
        add=_add_synonym,
        title=_l("Từ đồng nghĩa"),
        invitation=_l("Thêm từ đồng nghĩa"),
        in_force=_l("Đang dùng, thêm vào bảng có sẵn"),
        empty=_l("Chưa có từ nào do biên tập viên thêm"),
        columns=(
            ("phrase", _l("Người dân gõ")),
            ("meaning", _l("Nghĩa là")),
            ("direction", _l("Chiều, tin cậy")),
            ("note", _l("Ghi chú")),
            _WHO,
        ),
        can_be_tried=True,
    ),
    Section(
        slug="ten-goi",
        model=SearchAlias,
        form=AliasForm,
        add=_add_alias,
        title=_l("Tên hay gọi"),
        invitation=_l("Đặt thêm tên cho một trang"),
        in_force=_l("Đang dùng"),
        empty=_l("Chưa có tên nào do biên tập viên đặt"),
        columns=(("alias", _l("Tên hay gọi")), _PAGE, _WHO),
        can_be_tried=True,
    ),
    Section(
        slug="ghim",
        model=SearchPin,
        form=PinForm,
        add=_add_pin,
        title=_l("Kết quả ghim"),
        invitation=_l("Ghim một trang lên đầu"),
        in_force=_l("Đã ghim"),
        empty=_l("Chưa ghim trang nào"),
        columns=(
            ("query", _l("Câu tìm kiếm")),
            ("position", _l("Vị trí")),
            _PAGE,
            ("until", _l("Đến hết ngày")),
            _WHO,
        ),
    ),
    Section(
        slug="cau-mau",
        model=SearchJudged,
        form=JudgedForm,
        add=_add_judged,
        title=_l("Câu mẫu"),
        invitation=_l("Thêm câu mẫu và trang trả lời đúng"),
        in_force=_l("Đang dùng, thêm vào bộ có sẵn"),
        empty=_l("Chưa có câu mẫu nào do biên tập viên thêm"),
        columns=(("query", _l("Câu mẫu")), _PAGE, _WHO),
    ),
)
SECTIONS: Mapping[str, Section] = {section.slug: section for section in _KNOWN}
