"""The kinds of message people send, in everyday words, and what each one needs."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


class Kind(StrEnum):
    """What a message is about."""

    RULE = "rule"
    CONDUCT = "conduct"
    LATE = "late"
    QUESTION = "question"
    WEBSITE = "website"
    PRAISE = "praise"
    IDEA = "idea"
    INFO_REQUEST = "info_request"
    OWN_DATA = "own_data"


@dataclass(frozen=True)
class KindFacts:
    """One kind: the sender's words, the desk's words, and the law behind it.

    `petition`: a phản ánh, kiến nghị under Decree 20/2008/NĐ-CP; it needs Vietnamese text, name,
    address and phone (Article 7). `content_types`: the usual classes of Article 5, for the officer
    to correct. `named`: needs a name although it is no petition.
    """

    slug: str
    words: LazyString
    hint: LazyString
    label: LazyString
    petition: bool
    content_types: tuple[int, ...] = ()
    named: bool = False
    asks_unit: bool = True
    asks_procedure: bool = False
    asks_page: bool = False


KINDS: dict[Kind, KindFacts] = {
    Kind.QUESTION: KindFacts(
        slug="cau-hoi",
        words=_l("Tôi muốn hỏi"),
        hint=_l("Về thủ tục, giấy tờ, nơi nộp, thời gian, lệ phí."),
        label=_l("Câu hỏi"),
        petition=False,
        asks_procedure=True,
    ),
    Kind.LATE: KindFacts(
        slug="tre-han",
        words=_l("Hồ sơ của tôi bị trễ hạn"),
        hint=_l("Đã quá ngày hẹn trả kết quả mà chưa có kết quả."),
        label=_l("Hồ sơ trễ hạn"),
        petition=True,
        content_types=(1,),
        asks_procedure=True,
    ),
    Kind.CONDUCT: KindFacts(
        slug="cach-phuc-vu",
        words=_l("Cách tôi được phục vụ"),
        hint=_l("Thái độ, gây phiền hà, đòi thêm giấy tờ, làm không đúng quy định."),
        label=_l("Hành vi, cách phục vụ"),
        petition=True,
        content_types=(1,),
        asks_procedure=True,
    ),
    Kind.RULE: KindFacts(
        slug="quy-dinh",
        words=_l("Một quy định hoặc thủ tục chưa hợp lý"),
        hint=_l("Khó làm, chồng chéo, không còn phù hợp, trái luật."),
        label=_l("Quy định hành chính"),
        petition=True,
        content_types=(6,),
        asks_procedure=True,
    ),
    Kind.IDEA: KindFacts(
        slug="sang-kien",
        words=_l("Tôi có một sáng kiến"),
        hint=_l("Đề xuất quy định mới, cách làm mới."),
        label=_l("Sáng kiến"),
        petition=True,
        content_types=(8,),
    ),
    Kind.WEBSITE: KindFacts(
        slug="trang-web",
        words=_l("Trang web này có lỗi hoặc khó hiểu"),
        hint=_l("Thông tin sai, thiếu, đường dẫn hỏng, khó đọc."),
        label=_l("Trang thông tin điện tử"),
        petition=False,
        asks_unit=False,
        asks_page=True,
    ),
    Kind.PRAISE: KindFacts(
        slug="khen-ngoi",
        words=_l("Tôi muốn khen"),
        hint=_l("Một người hoặc một nơi đã phục vụ tốt."),
        label=_l("Khen ngợi"),
        petition=False,
    ),
    Kind.INFO_REQUEST: KindFacts(
        slug="tiep-can-thong-tin",
        words=_l("Tôi yêu cầu cung cấp thông tin"),
        hint=_l("Thông tin do cơ quan nhà nước giữ, theo Luật Tiếp cận thông tin."),
        label=_l("Yêu cầu cung cấp thông tin"),
        petition=False,
        named=True,
    ),
    Kind.OWN_DATA: KindFacts(
        slug="du-lieu-cua-toi",
        words=_l("Dữ liệu cá nhân của tôi"),
        hint=_l("Xem, sửa hoặc xóa dữ liệu về tôi mà Trung tâm đang giữ."),
        label=_l("Yêu cầu về dữ liệu cá nhân"),
        petition=False,
        named=True,
        asks_unit=False,
    ),
}

# Our own short wording of Article 5 of Decree 20/2008/NĐ-CP, clause by clause.
CONTENT_TYPES: dict[int, LazyString] = {
    1: _l("Hành vi chậm trễ, gây phiền hà, không làm hoặc làm không đúng quy định (Đ5 k1)"),
    2: _l("Quy định không phù hợp với thực tế (Đ5 k2)"),
    3: _l("Quy định không đồng bộ, không thống nhất (Đ5 k3)"),
    4: _l("Quy định không hợp pháp (Đ5 k4)"),
    5: _l("Quy định trái với điều ước quốc tế (Đ5 k5)"),
    6: _l("Vấn đề khác liên quan đến quy định hành chính (Đ5 k6)"),
    7: _l("Phương án xử lý những phản ánh nêu trên (Đ5 k7)"),
    8: _l("Sáng kiến ban hành quy định mới (Đ5 k8)"),
}
CONDUCT_TYPE = 1


def from_words(text: str | None) -> Kind | None:
    """The kind named in an address: its Vietnamese slug or its own name."""
    wanted = (text or "").strip().lower()
    for kind, facts in KINDS.items():
        if wanted in {facts.slug, kind.value}:
            return kind
    return None


def filed_as(kind: Kind, *, language: str, text: str) -> Kind:
    """The kind a message is registered under.

    A petition has to be in Vietnamese (Decree 20/2008/NĐ-CP, Article 7); what comes over the
    English pages without one Vietnamese letter is taken as a question instead of being refused.
    """
    foreign = language != "vi" and not _looks_vietnamese(text)
    return Kind.QUESTION if foreign and KINDS[kind].petition else kind


def pack(content_types: tuple[int, ...] | list[int]) -> str:
    """Content types as stored: "1,6", sorted, each once."""
    return ",".join(str(number) for number in sorted(set(content_types)))


def unpack(stored: str) -> tuple[int, ...]:
    return tuple(int(number) for number in stored.split(",") if number)


def _looks_vietnamese(text: str) -> bool:
    if "đ" in text.lower():
        return True
    return any(unicodedata.combining(mark) for mark in unicodedata.normalize("NFD", text))
