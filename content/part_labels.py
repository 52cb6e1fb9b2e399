"""How the parts of a page are called for people: in the editor, in differences, in imports."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from content.labels import AUDIENCES, CHANNELS, LEVELS, ONLINE
from content.leaf_shapes import EnglishProcedure, FileRef, FormFile, LifeEvent, LifeStep, Question
from content.shapes import (
    Article,
    Audience,
    Channel,
    Citation,
    Decided,
    Level,
    LocalFact,
    LocalPart,
    Method,
    Online,
    Paper,
    PaperGroup,
    Procedure,
    Shape,
    Step,
    TimeUnit,
)

TIME_UNITS = {
    TimeUnit.HOURS: _l("giờ"),
    TimeUnit.WORKING_HOURS: _l("giờ làm việc"),
    TimeUnit.DAYS: _l("ngày"),
    TimeUnit.WORKING_DAYS: _l("ngày làm việc"),
    TimeUnit.MONTHS: _l("tháng"),
}
LOCAL_PARTS = {
    LocalPart.FEE: _l("Phí, lệ phí"),
    LocalPart.DISCOUNT: _l("Giảm phí khi nộp trực tuyến"),
    LocalPart.TIME: _l("Thời hạn rút ngắn"),
    LocalPart.FORM: _l("Mẫu đơn của địa phương"),
    LocalPart.ADDRESS: _l("Nơi nộp"),
    LocalPart.HOURS: _l("Giờ làm việc"),
    LocalPart.OTHER: _l("Quy định khác của địa phương"),
}
DECIDED = {
    Decided.NEW: _l("Ban hành mới"),
    Decided.MODIFIED: _l("Sửa đổi, bổ sung"),
    Decided.RESCINDED: _l("Bãi bỏ"),
}
ARTICLE_KINDS = {
    "guide": _l("Hướng dẫn"),
    "news": _l("Tin tức"),
    "notice": _l("Thông báo"),
    "page": _l("Trang giới thiệu"),
    "consultation": _l("Lấy ý kiến dự thảo"),
}
VALUES: dict[type[StrEnum], Mapping[Any, str]] = {
    Level: LEVELS,
    Audience: AUDIENCES,
    Channel: CHANNELS,
    Online: ONLINE,
    TimeUnit: TIME_UNITS,
    LocalPart: LOCAL_PARTS,
    Decided: DECIDED,
}

PARTS: dict[type[Shape], dict[str, str]] = {
    Procedure: {
        "code": _l("Mã thủ tục"),
        "name": _l("Tên thủ tục"),
        "title": _l("Tên gọn"),
        "aliases": _l("Tên gọi thường ngày"),
        "summary": _l("Tóm tắt"),
        "decision": _l("Quyết định công bố"),
        "levels": _l("Cấp thực hiện"),
        "kind": _l("Loại thủ tục"),
        "field": _l("Lĩnh vực"),
        "audience": _l("Đối tượng thực hiện"),
        "issuing_agency": _l("Cơ quan công bố"),
        "implementing_agency": _l("Cơ quan thực hiện"),
        "authority": _l("Cơ quan có thẩm quyền"),
        "receiving_address": _l("Nơi tiếp nhận hồ sơ"),
        "coordinating": _l("Cơ quan phối hợp"),
        "online": _l("Nộp trực tuyến"),
        "online_reason": _l("Vì sao chỉ trực tuyến một phần"),
        "online_basis": _l("Căn cứ của việc chỉ trực tuyến một phần"),
        "proactive": _l("Mức độ chủ động"),
        "decided": _l("Quyết định gần nhất"),
        "effective_on": _l("Có hiệu lực từ"),
        "replaced_by": _l("Được thay bằng"),
        "local": _l("Quy định của địa phương"),
        "steps": _l("Các bước"),
        "steps_text": _l("Trình tự thực hiện"),
        "methods": _l("Cách nộp, thời hạn, phí"),
        "papers": _l("Giấy tờ"),
        "papers_text": _l("Thành phần hồ sơ"),
        "legal_basis": _l("Căn cứ pháp lý"),
        "conditions": _l("Yêu cầu, điều kiện"),
        "results": _l("Kết quả"),
        "keywords": _l("Từ khóa"),
        "description": _l("Mô tả"),
        "related": _l("Thủ tục liên quan"),
        "source_url": _l("Địa chỉ nguồn"),
        "checked_on": _l("Ngày kiểm tra"),
    },
    Step: {"title": _l("Tên bước"), "text": _l("Nội dung")},
    Method: {
        "channel": _l("Cách nộp"),
        "time": _l("Thời hạn"),
        "amount": _l("Thời hạn bằng số"),
        "unit": _l("Đơn vị thời hạn"),
        "fee": _l("Phí, lệ phí"),
        "note": _l("Ghi chú"),
    },
    Paper: {
        "name": _l("Tên giấy tờ"),
        "originals": _l("Số bản chính"),
        "copies": _l("Số bản sao"),
        "note": _l("Ghi chú"),
        "form": _l("Mẫu"),
        "form_slug": _l("Tệp mẫu"),
    },
    PaperGroup: {"title": _l("Trường hợp"), "papers": _l("Giấy tờ")},
    Citation: {"number": _l("Số, ký hiệu"), "title": _l("Tên văn bản")},
    LocalFact: {
        "part": _l("Nội dung"),
        "text": _l("Quy định"),
        "source": _l("Nguồn"),
        "source_number": _l("Số, ký hiệu của nguồn"),
        "since": _l("Từ ngày"),
        "until": _l("Đến ngày"),
        "checked_on": _l("Ngày kiểm tra"),
    },
    Article: {
        "kind": _l("Loại bài"),
        "slug": _l("Địa chỉ trang"),
        "language": _l("Ngôn ngữ"),
        "title": _l("Tiêu đề"),
        "summary": _l("Tóm tắt"),
        "body": _l("Nội dung"),
        "published_on": _l("Ngày đăng"),
        "starts_on": _l("Bắt đầu"),
        "ends_on": _l("Kết thúc"),
        "outcome": _l("Kết quả lấy ý kiến"),
        "checked_on": _l("Ngày kiểm tra"),
        "procedures": _l("Thủ tục được nhắc đến"),
        "order": _l("Thứ tự trong danh sách"),
    },
    Question: {
        "slug": _l("Địa chỉ trang"),
        "title": _l("Câu hỏi"),
        "summary": _l("Trả lời ngắn"),
        "body": _l("Trả lời đầy đủ"),
        "field": _l("Lĩnh vực"),
        "procedures": _l("Thủ tục được nhắc đến"),
        "checked_on": _l("Ngày kiểm tra"),
        "source": _l("Nguồn"),
        "order": _l("Thứ tự trong danh sách"),
    },
    LifeStep: {
        "title": _l("Tên bước"),
        "text": _l("Nội dung"),
        "who": _l("Ai đi làm"),
        "where": _l("Ở đâu"),
        "when": _l("Khi nào"),
        "procedures": _l("Thủ tục"),
    },
    LifeEvent: {
        "slug": _l("Địa chỉ trang"),
        "title": _l("Tên sự kiện"),
        "summary": _l("Tóm tắt"),
        "icon": _l("Biểu tượng"),
        "steps": _l("Các bước"),
        "checked_on": _l("Ngày kiểm tra"),
        "order": _l("Thứ tự trong danh sách"),
    },
    FileRef: {
        "sha256": _l("Dấu vân tay của tệp"),
        "name": _l("Tên tệp"),
        "media_type": _l("Loại tệp"),
        "size": _l("Số byte"),
    },
    FormFile: {
        "slug": _l("Địa chỉ trang"),
        "title": _l("Tên mẫu"),
        "summary": _l("Tóm tắt"),
        "number": _l("Ký hiệu mẫu"),
        "source": _l("Nguồn"),
        "file": _l("Tệp"),
        "preview": _l("Bản PDF để xem"),
        "procedures": _l("Thủ tục dùng mẫu này"),
        "checked_on": _l("Ngày kiểm tra"),
        "order": _l("Thứ tự trong danh sách"),
    },
    EnglishProcedure: {
        "code": _l("Mã thủ tục"),
        "title": _l("Tên tiếng Anh"),
        "summary": _l("Tóm tắt"),
        "audience_note": _l("Đối tượng thực hiện"),
        "steps": _l("Các bước"),
        "papers": _l("Giấy tờ"),
        "fees_note": _l("Phí, lệ phí"),
        "time_note": _l("Thời hạn"),
        "conditions": _l("Yêu cầu, điều kiện"),
        "source_digest": _l("Dấu vân tay của bản tiếng Việt"),
        "checked_on": _l("Ngày kiểm tra"),
    },
}


def of(shape: type[Shape], part: str) -> str:
    """What this part of this shape is called."""
    return PARTS[shape][part]
