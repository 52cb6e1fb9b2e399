"""How the desk calls kinds of pages, states, reasons and days to come."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from content.editorial.stages import STAGE_LABELS, Stage
from content.models import Ending, Kind, Origin, State

KINDS = {
    Kind.PROCEDURE: _l("Thủ tục"),
    Kind.GUIDE: _l("Hướng dẫn"),
    Kind.NEWS: _l("Tin tức"),
    Kind.NOTICE: _l("Thông báo"),
    Kind.PAGE: _l("Trang giới thiệu"),
    Kind.QUESTION: _l("Hỏi đáp"),
    Kind.LIFE_EVENT: _l("Việc đời"),
    Kind.CONSULTATION: _l("Lấy ý kiến dự thảo"),
    Kind.FORM: _l("Biểu mẫu"),
    Kind.LEGAL_DOCUMENT: _l("Văn bản pháp luật"),
}
HINTS = {
    Kind.PROCEDURE: _l("Thủ tục hành chính có mã, chưa có trong dữ liệu đã nhập."),
    Kind.GUIDE: _l("Việc thường gặp, viết bằng lời dễ hiểu."),
    Kind.NEWS: _l("Tin có ngày đăng."),
    Kind.NOTICE: _l("Điều người dân cần biết trong một khoảng thời gian."),
    Kind.PAGE: _l("Trang cố định: giới thiệu, liên hệ, quyền riêng tư."),
    Kind.QUESTION: _l("Một câu hỏi hay gặp và câu trả lời có nguồn."),
    Kind.LIFE_EVENT: _l("Các bước khi có một việc trong đời, nối nhiều thủ tục."),
    Kind.CONSULTATION: _l("Dự thảo xin ý kiến, có ngày bắt đầu và kết thúc."),
    Kind.FORM: _l("Mẫu đơn, tờ khai để tải về."),
    Kind.LEGAL_DOCUMENT: _l("Văn bản có số hiệu, ngày hiệu lực."),
}
LANGUAGES = {"vi": _l("Tiếng Việt"), "en": _l("Tiếng Anh")}
STATES = {
    State.DRAFT: _l("Chưa đăng"),
    State.PUBLISHED: _l("Đang đăng"),
    State.UNPUBLISHED: _l("Đã ngừng đăng"),
    State.WITHDRAWN: _l("Đã gỡ"),
    State.SUPERSEDED: _l("Đã thay thế"),
}
STATE_TONES = {
    State.PUBLISHED: "good",
    State.UNPUBLISHED: "warn",
    State.WITHDRAWN: "bad",
    State.SUPERSEDED: "bad",
}
STAGE_TONES = {Stage.IN_REVIEW: "warn", Stage.APPROVED: "good", Stage.SCHEDULED: "good"}
ENDINGS = {
    Ending.ERROR: _l("Trang có sai sót"),
    Ending.REPLACED: _l("Đã có trang khác thay thế"),
    Ending.MERGED: _l("Đã gộp vào trang khác"),
    Ending.ENDED: _l("Đã hết thời gian"),
}
ORIGINS = {
    Origin.LIBRARY: _l("thư viện ban đầu"),
    Origin.IMPORT: _l("nhập từ nguồn"),
    Origin.EDITOR: _l("cán bộ"),
}
TASKS = {
    "mend-page": _l("Người dân báo lỗi trên trang"),
    "write-page": _l("Người dân tìm mà chưa có"),
    "check-basis": _l("Văn bản làm căn cứ đã hết hiệu lực"),
    "review-page": _l("Đến ngày xem lại"),
    "review-overdue": _l("Quá ngày xem lại mà chưa ai đọc"),
    "publish-failed": _l("Hẹn giờ mà không đăng được"),
    "edited-over-import": _l("Nguồn quốc gia đã đổi phần mà cán bộ sửa"),
    "library-newer": _l("Thư viện ban đầu có bản mới hơn"),
    "withdraw-page": _l("Nguồn quốc gia không còn thủ tục này; đề nghị gỡ"),
    "dead-link": _l("Liên kết ra ngoài không mở được"),
}
SOON_DAYS = 14


def state(item_state: str, stage: str) -> tuple[str, str]:
    """Words and tone: where the draft stands, or else the page."""
    if stage:
        return str(STAGE_LABELS[Stage(stage)]), STAGE_TONES.get(Stage(stage), "neutral")
    known = State(item_state)
    return str(STATES[known]), STATE_TONES.get(known, "neutral")


def review(day: date | None, today: date) -> tuple[str, str]:
    """A review date in words and its tone: "còn 5 ngày", "quá hạn 3 ngày"."""
    if day is None:
        return "", "neutral"
    days = (day - today).days
    if days < 0:
        return str(ngettext("quá hạn %(num)s ngày", "quá hạn %(num)s ngày", -days)), "bad"
    if days == 0:
        return str(_("hôm nay")), "warn"
    words = str(ngettext("còn %(num)s ngày", "còn %(num)s ngày", days))
    return words, "warn" if days <= SOON_DAYS else "neutral"
