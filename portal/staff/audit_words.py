"""How the log of what staff did calls actions and their particulars."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.staff.forms import ROLE_LABELS
from portal.staff.models import Role


@dataclass(frozen=True)
class Group:
    """Actions that belong together, by how their names start."""

    label: LazyString
    starts: tuple[str, ...]


GROUPS = {
    "noi-dung": Group(_l("Nội dung"), ("content.",)),
    "tim-kiem": Group(_l("Tìm kiếm"), ("search.",)),
    "phan-anh": Group(_l("Phản ánh, kiến nghị"), ("case.",)),
    "bao-cao": Group(_l("Báo cáo"), ("report.",)),
    "don-vi": Group(_l("Đơn vị"), ("agencies.",)),
    "thu": Group(_l("Thư gửi đi"), ("mail.",)),
    "tai-khoan": Group(_l("Tài khoản và đăng nhập"), ("account.", "sign-in")),
}

ACTIONS = {
    "sign-in": _l("Đăng nhập"),
    "account.create": _l("Tạo tài khoản"),
    "account.password": _l("Đổi mật khẩu"),
    "account.renew": _l("Cấp mật khẩu mới"),
    "account.on": _l("Mở lại tài khoản"),
    "account.off": _l("Khóa tài khoản"),
    "account.hand-over": _l("Bàn giao công việc"),
    "case.sender": _l("Xem người gửi phản ánh"),
    "case.taken": _l("Tiếp nhận hộ người gửi"),
    "case.find": _l("Tìm phản ánh theo số điện thoại, thư điện tử"),
    "report.build": _l("Lập báo cáo"),
    "report.issue": _l("Ban hành báo cáo"),
    "search.settle": _l("Xử lý từ tìm không thấy"),
    "search.synonym.add": _l("Thêm từ đồng nghĩa"),
    "search.synonym.retire": _l("Gỡ từ đồng nghĩa"),
    "search.alias.add": _l("Thêm tên thường gọi"),
    "search.alias.retire": _l("Gỡ tên thường gọi"),
    "search.pin.add": _l("Ghim kết quả tìm kiếm"),
    "search.pin.retire": _l("Gỡ kết quả đã ghim"),
    "content.start": _l("Mở bản nháp"),
    "content.save": _l("Lưu bản nháp"),
    "content.hold": _l("Mở trình soạn thảo"),
    "content.take-over": _l("Giành quyền sửa"),
    "content.submit": _l("Gửi người thứ hai đọc"),
    "content.send-back": _l("Trả lại để sửa"),
    "content.approve": _l("Duyệt"),
    "content.schedule": _l("Hẹn giờ đăng"),
    "content.unschedule": _l("Bỏ hẹn giờ"),
    "content.publish": _l("Đăng"),
    "content.force": _l("Đăng không qua người thứ hai"),
    "content.discard": _l("Bỏ bản nháp"),
    "content.remark": _l("Góp ý bản nháp"),
    "content.withdraw": _l("Gỡ trang"),
    "content.restore": _l("Đăng lại trang đã gỡ"),
    "content.unpublish": _l("Ngừng đăng theo hẹn"),
    "content.roll-back": _l("Quay lại phiên bản cũ"),
    "content.hand-over": _l("Bàn giao nội dung"),
    "content.rebase": _l("Lấy bản đang đăng làm gốc"),
    "content.unpublish-on": _l("Đặt giờ ngừng đăng"),
    "content.publish-failed": _l("Đến giờ mà không đăng được"),
    "content.upload": _l("Tải tệp lên"),
    "content.reviewed": _l("Xem lại, thấy còn đúng"),
    "content.keep": _l("Đổi người phụ trách, ngày xem lại"),
    "content.invite": _l("Mời chuyên gia bên ngoài đọc"),
    "content.expert-remark": _l("Chuyên gia bên ngoài góp ý"),
    "content.revoke": _l("Thu hồi đường dẫn của chuyên gia"),
    "content.instrument": _l("Sửa sổ văn bản pháp luật"),
    "content.ask-old-words": _l("Hỏi lại chữ cũ trong thủ tục"),
    "content.import": _l("Nhập dữ liệu"),
    "content.import-hand-in": _l("Đưa tệp dữ liệu vào"),
    "content.import-apply": _l("Nhận toàn bộ dữ liệu nhập"),
    "content.import-accept": _l("Nhận một mục nhập"),
    "content.import-reject": _l("Bỏ một mục nhập"),
    "agencies.contact": _l("Sửa địa chỉ, liên hệ của đơn vị"),
    "mail.again": _l("Gửi lại thư"),
    "search.judged.add": _l("Thêm truy vấn để chấm tìm kiếm"),
}

# Who stands in the log without having an account.
ACTORS = {
    "hen-gio": _l("Hẹn giờ"),
    "khach-moi": _l("Khách mời"),
}

PARTICULARS = {
    "roles": _l("vai trò"),
    "unit": _l("đơn vị"),
    "draft": _l("bản nháp"),
    "based_on": _l("dựa trên phiên bản"),
    "forced": _l("không qua người thứ hai"),
    "why": _l("vì"),
    "reason": _l("lý do"),
    "words": _l("lời ghi"),
    "note": _l("ghi chú"),
    "number": _l("số"),
    "version": _l("phiên bản"),
    "revision": _l("lần lưu"),
    "digest": _l("mã băm"),
    "sha256": _l("mã băm"),
    "meaning": _l("nghĩa"),
    "alias": _l("tên thường gọi"),
    "document": _l("trang"),
    "expert": _l("chuyên gia"),
    "reviewer": _l("người đọc"),
    "approver": _l("người duyệt"),
    "author": _l("người viết"),
    "keeper": _l("người phụ trách"),
    "review_on": _l("ngày xem lại"),
    "publish_at": _l("đăng lúc"),
    "unpublish_at": _l("ngừng đăng lúc"),
    "ending": _l("vì"),
    "leads_to": _l("chuyển đến"),
    "next": _l("lần sau"),
    "link": _l("đường dẫn"),
    "moved": _l("số việc"),
    "to": _l("đến"),
    "from": _l("từ"),
    "items": _l("số trang"),
    "drafts": _l("số bản nháp"),
    "reviews": _l("số bản chờ đọc"),
    "channel": _l("kênh"),
    "read_back": _l("đã đọc lại"),
    "cases": _l("phản ánh"),
}


def action(name: str) -> str:
    """The action in words; one that is not in the table as it was recorded."""
    label = ACTIONS.get(name)
    return str(label) if label else name


def detail(recorded: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Label and value of each particular that says something."""
    return tuple(
        (str(PARTICULARS.get(name, name)), _said(name, value))
        for name, value in recorded.items()
        if value not in ("", None, [], {})
    )


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(_("có") if value else _("không"))
    if isinstance(value, list):
        return ", ".join(_role(str(one)) if name == "roles" else str(one) for one in value)
    return str(value)


def _role(name: str) -> str:
    return str(ROLE_LABELS[Role(name)]) if name in set(Role) else name
