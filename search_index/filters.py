"""What results can be narrowed to: the words in the address and the words on the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

from search_index import plan

MOST_VALUES = 8

KINDS = {
    "procedure": ("thu-tuc", _l("Thủ tục hành chính")),
    "guide": ("huong-dan", _l("Hướng dẫn")),
    "news": ("tin-tuc", _l("Tin tức")),
    "answer": ("tra-loi", _l("Câu trả lời đã công khai")),
    "notice": ("thong-bao", _l("Thông báo")),
    "consultation": ("lay-y-kien", _l("Lấy ý kiến")),
    "form": ("bieu-mau", _l("Biểu mẫu")),
    "page": ("gioi-thieu", _l("Trang giới thiệu")),
    "unit": ("co-quan", _l("Cơ quan, đơn vị")),
    "life-event": ("viec-doi", _l("Việc trong đời")),
    "question": ("hoi-dap", _l("Hỏi đáp")),
    "document": ("van-ban", _l("Văn bản pháp luật")),
}
LEVELS = {
    "commune": ("xa", _l("Cấp xã")),
    "district": ("huyen", _l("Cấp huyện")),
    "province": ("tinh", _l("Cấp tỉnh")),
    "ministry": ("bo", _l("Cấp bộ")),
    "other": ("khac", _l("Cơ quan khác")),
}
AUDIENCES = {
    "citizen": ("cong-dan", _l("Công dân Việt Nam")),
    "overseas": ("o-nuoc-ngoai", _l("Người Việt Nam định cư ở nước ngoài")),
    "foreigner": ("nguoi-nuoc-ngoai", _l("Người nước ngoài")),
    "official": ("can-bo", _l("Cán bộ, công chức, viên chức")),
    "business": ("doanh-nghiep", _l("Doanh nghiệp")),
    "cooperative": ("hop-tac-xa", _l("Hợp tác xã")),
    "organisation": ("to-chuc", _l("Tổ chức khác")),
    "other": ("khac", _l("Đối tượng khác")),
}
ONLINE = {
    "full": ("toan-trinh", _l("Nộp trực tuyến toàn trình")),
    "partial": ("mot-phan", _l("Nộp trực tuyến một phần")),
    "offered": ("co", _l("Có nộp trực tuyến")),
    "none": ("khong", _l("Không nộp trực tuyến")),
    "unknown": ("chua-ro", _l("Chưa rõ có nộp trực tuyến được không")),
}


@dataclass(frozen=True)
class Facet:
    """One way to narrow: its name inside, in the address, on the page, and its values.

    Where `words` is empty, values are written in the address as they are.
    """

    name: str
    parameter: str
    label: Any
    words: Mapping[str, tuple[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """A value one may narrow to, or, if chosen, take back: the arguments of the link."""

    label: Any
    count: int
    chosen: bool
    arguments: Mapping[str, str]


FACETS = (
    Facet("kind", "loai", _l("Loại nội dung"), KINDS),
    Facet("level", "cap", _l("Cấp thực hiện"), LEVELS),
    Facet("field", "linh-vuc", _l("Lĩnh vực")),
    Facet("audience", "doi-tuong", _l("Đối tượng"), AUDIENCES),
    Facet("online", "truc-tuyen", _l("Nộp trực tuyến"), ONLINE),
)


def narrowed(arguments: Mapping[str, str]) -> dict[str, str]:
    """The facets chosen in an address; words we do not know are passed over."""
    found = {}
    for facet in FACETS:
        asked = arguments.get(facet.parameter, "")
        value = _value(facet, asked)
        if value:
            found[facet.name] = value
    return found


def arguments_of(chosen: Mapping[str, str]) -> dict[str, str]:
    """Chosen facets as they stand in an address."""
    return {
        facet.parameter: _word(facet, chosen[facet.name])
        for facet in FACETS
        if facet.name in chosen
    }


def choices(
    chosen: Mapping[str, str],
    counts: Mapping[str, Mapping[str, int]],
    carried: Mapping[str, str],
) -> list[tuple[Facet, list[Choice]]]:
    """Facets worth showing: those with several values, and those already chosen.

    `carried` are the other arguments of the address, which every link keeps.
    """
    shown = []
    for facet in FACETS:
        offered = _offered(facet, chosen, counts.get(facet.name, {}), carried)
        if len(offered) > 1 or facet.name in chosen:
            shown.append((facet, offered))
    return shown


def _offered(
    facet: Facet,
    chosen: Mapping[str, str],
    counts: Mapping[str, int],
    carried: Mapping[str, str],
) -> list[Choice]:
    current = chosen.get(facet.name, "")
    others = {name: value for name, value in chosen.items() if name != facet.name}
    values = list(counts)[:MOST_VALUES]
    if current and current not in values:
        values.append(current)
    return [
        Choice(
            label=facet.words[value][1] if value in facet.words else value,
            count=counts.get(value, 0),
            chosen=value == current,
            arguments={
                **carried,
                **arguments_of(others if value == current else others | {facet.name: value}),
            },
        )
        for value in values
    ]


def _value(facet: Facet, asked: str) -> str:
    if facet.words:
        return next((value for value, (word, _) in facet.words.items() if word == asked), "")
    return plan.clean(asked)


def _word(facet: Facet, value: str) -> str:
    return facet.words[value][0] if value in facet.words else value
