"""Why a file is refused, each time in one sentence for the person who sent it."""

from flask_babel import gettext as _

from portal.errors import RefusedInput

BYTES_IN_MB = 1024 * 1024


class FileRefused(RefusedInput):
    """A file that is not taken in; its sentence belongs beside the field it came through."""


def empty() -> FileRefused:
    return FileRefused(_("Tệp rỗng, không có nội dung."))


def too_large(limit: int) -> FileRefused:
    return FileRefused(
        _("Tệp lớn hơn mức cho phép là %(size)s MB.", size=limit // BYTES_IN_MB or 1)
    )


def unknown() -> FileRefused:
    return FileRefused(_("Chỉ nhận tệp PDF, Word (DOC, DOCX), Excel (XLS, XLSX) và ảnh JPEG, PNG."))


def program() -> FileRefused:
    return FileRefused(
        _(
            "Không nhận trang web, ảnh SVG, chương trình và tập lệnh, dù mang tên khác; hãy lưu "
            "thành PDF hoặc ảnh rồi gửi lại."
        )
    )


def two_in_one() -> FileRefused:
    return FileRefused(
        _("Tệp chứa thêm dữ liệu của loại khác; hãy mở tệp, lưu lại thành tệp mới rồi gửi lại.")
    )


def macros() -> FileRefused:
    return FileRefused(
        _("Tệp có macro nên không nhận; hãy lưu lại thành DOCX, XLSX hoặc PDF rồi gửi lại.")
    )


def embedded() -> FileRefused:
    return FileRefused(
        _("Tệp có nhúng tệp hoặc đối tượng khác bên trong; hãy bỏ phần nhúng hoặc lưu thành PDF.")
    )


def leads_outside() -> FileRefused:
    return FileRefused(
        _("Tệp tự lấy nội dung hoặc mẫu từ nơi khác khi mở; hãy lưu thành PDF rồi gửi lại.")
    )


def acts_by_itself() -> FileRefused:
    return FileRefused(
        _(
            "Tệp PDF có tập lệnh, biểu mẫu tự gửi hoặc tệp đính kèm bên trong; hãy in lại thành "
            "PDF thường rồi gửi lại."
        )
    )


def locked() -> FileRefused:
    return FileRefused(
        _("Tệp có mật khẩu hoặc bị khóa nên không kiểm tra được; hãy bỏ khóa rồi gửi lại.")
    )


def swells() -> FileRefused:
    return FileRefused(_("Tệp nén bung ra quá lớn nên không nhận."))


def broken() -> FileRefused:
    return FileRefused(_("Tệp bị hỏng hoặc chưa tải lên hết; hãy mở thử rồi gửi lại."))


def too_many_pixels(megapixels: int) -> FileRefused:
    return FileRefused(
        _(
            "Ảnh có quá nhiều điểm ảnh (nhận tối đa %(count)s triệu); hãy thu nhỏ rồi gửi lại.",
            count=megapixels,
        )
    )


def harmful() -> FileRefused:
    return FileRefused(_("Phần mềm chống mã độc nhận ra mã độc trong tệp này."))


def cannot_scan() -> FileRefused:
    return FileRefused(
        _("Chưa kiểm tra được mã độc trong tệp lúc này; xin gửi lại tệp sau ít phút.")
    )


def no_room() -> FileRefused:
    return FileRefused(_("Máy chủ tạm hết chỗ chứa tệp nên tệp chưa được lưu; xin gửi lại sau."))
