"""How the forms of the editor are laid out: their order, hints, and which texts are long."""

from flask_babel import lazy_gettext as _l

# What the place of a page says, or what nobody types.
NEVER_ASKED: set[object] = {
    *("language", "code", "source_digest"),
    ("Article", "kind"),
    ("Procedure", "name"),
}
ONLY_WHEN_NEW: set[object] = {"slug"}

# Articles of all kinds have one shape; what a kind has no use for is not asked.
_DAYS = {"starts_on", "ends_on"}
NOT_OF_KIND = {
    "guide": frozenset({*_DAYS, "outcome", "published_on"}),
    "page": frozenset({*_DAYS, "outcome", "published_on"}),
    "news": frozenset({*_DAYS, "outcome"}),
    "notice": frozenset({"outcome"}),
}

MARKDOWN = {("Article", "body"), ("Article", "outcome"), ("Question", "body")}

# Longer texts, with the lines that their box shows.
PARAGRAPHS = {
    ("Article", "summary"): 3,
    ("Article", "outcome"): 8,
    ("Question", "summary"): 3,
    ("Question", "source"): 2,
    ("LifeEvent", "summary"): 3,
    ("LifeStep", "text"): 4,
    ("FormFile", "summary"): 3,
    ("EnglishProcedure", "summary"): 3,
    ("EnglishProcedure", "audience_note"): 2,
    ("EnglishProcedure", "fees_note"): 3,
    ("EnglishProcedure", "time_note"): 3,
    ("EnglishProcedure", "conditions"): 5,
    ("LegalDocument", "title"): 3,
    ("LegalDocument", "summary"): 3,
    ("Step", "text"): 4,
    ("Procedure", "summary"): 3,
    ("Procedure", "aliases"): 5,
    ("Procedure", "results"): 3,
    ("Procedure", "related"): 3,
    ("Procedure", "steps_text"): 8,
    ("Procedure", "papers_text"): 8,
    ("Procedure", "conditions"): 5,
    ("Procedure", "description"): 3,
    ("Procedure", "online_reason"): 3,
    ("Procedure", "implementing_agency"): 2,
    ("Procedure", "authority"): 2,
    ("Procedure", "receiving_address"): 2,
    ("Procedure", "coordinating"): 2,
    ("Method", "fee"): 3,
    ("Method", "note"): 3,
    ("Paper", "name"): 2,
    ("Citation", "title"): 2,
    ("LocalFact", "text"): 3,
}

# Choices that are kept as a number or a plain word.
STEPPED = {
    ("LegalDocument", "evidence"): (
        ("secondary", _l("Theo nguồn thứ cấp, chưa đối chiếu toàn văn")),
        ("text", _l("Đã đọc toàn văn")),
    ),
    ("Procedure", "proactive"): (
        ("", _l("Chưa rõ")),
        ("0", _l("0 – chưa chủ động")),
        ("1", _l("1 – nhắc trước")),
        ("2", _l("2 – nhắc và điền sẵn")),
        ("3", _l("3 – nhắc, điền sẵn và khuyến nghị")),
        ("4", _l("4 – tự động làm")),
    ),
}

LISTED = {
    ("Citation", "number"): "instruments",
    ("LocalFact", "source_number"): "instruments",
    ("LegalDocument", "successor"): "instruments",
    ("Procedure", "field"): "fields",
    ("Question", "field"): "fields",
    ("Paper", "form_slug"): "forms",
}

ROWS_OF = {
    "Step": _l("Bước"),
    "LifeStep": _l("Bước"),
    "Method": _l("Cách nộp"),
    "PaperGroup": _l("Trường hợp"),
    "Paper": _l("Giấy tờ"),
    "Citation": _l("Văn bản"),
    "LocalFact": _l("Quy định"),
}

_ONE_A_LINE = _l("Mỗi dòng một mục.")
_CODES = _l("Mã thủ tục, mỗi dòng một mã, ví dụ 1.001193.")
HINTS = {
    ("Article", "slug"): _l("Phần cuối của địa chỉ, ví dụ nop-ho-so; chữ thường không dấu."),
    ("Question", "slug"): _l("Phần cuối của địa chỉ; chữ thường không dấu, nối bằng gạch ngang."),
    ("Article", "summary"): _l("Một, hai câu: trang này giúp người đọc việc gì."),
    ("Article", "procedures"): _CODES,
    ("Question", "procedures"): _CODES,
    ("LifeStep", "procedures"): _CODES,
    ("FormFile", "procedures"): _CODES,
    ("Article", "order"): _l("Số nhỏ đứng trước."),
    ("LegalDocument", "number"): _l("Ví dụ 42/2022/NĐ-CP."),
    ("LegalDocument", "ended_on"): _l("Ngày đầu tiên văn bản không còn hiệu lực."),
    ("LegalDocument", "successor"): _l("Số, ký hiệu của văn bản thay thế."),
    ("LegalDocument", "link"): _l("Địa chỉ đầy đủ, bắt đầu bằng https://."),
    ("FormFile", "number"): _l("Ký hiệu in trên mẫu, ví dụ CT01."),
    ("FormFile", "preview"): _l("Để người dùng điện thoại xem được mẫu mà không cần mở tệp."),
    ("Procedure", "title"): _l("Tên ngắn để đọc; để trống thì trang dùng tên chính thức."),
    ("Procedure", "aliases"): _l("Người dân hay gọi là gì? Mỗi dòng một tên, ví dụ “làm sổ đỏ”."),
    ("Procedure", "related"): _l("Mã hoặc tên thủ tục, mỗi dòng một thủ tục."),
    ("Procedure", "results"): _ONE_A_LINE,
    ("Procedure", "steps_text"): _l("Dùng khi chưa tách được thành từng bước ở trên."),
    ("Procedure", "papers_text"): _l("Dùng khi chưa tách được thành từng giấy tờ ở trên."),
    ("Procedure", "online_reason"): _l("Bắt buộc khi chỉ nộp trực tuyến được một phần."),
    ("Procedure", "online_basis"): _l("Bắt buộc khi chỉ nộp trực tuyến được một phần."),
    ("Procedure", "replaced_by"): _l("Mã thủ tục thay thế, nếu thủ tục này đã bãi bỏ."),
    ("Procedure", "local"): _l(
        "Điều tỉnh quy định khác: lệ phí theo nghị quyết, giảm phí trực tuyến, rút ngắn thời hạn. "
        "Mỗi điều cần có nguồn; nhập lại dữ liệu quốc gia không làm mất phần này."
    ),
    ("Method", "time"): _l("Chép nguyên văn, ví dụ “3 ngày làm việc”. Chưa rõ thì để trống."),
    ("Method", "amount"): _l("Chỉ khi thời hạn đúng là một con số."),
    ("Method", "fee"): _l("Chép nguyên văn, kể cả trường hợp miễn, giảm. Chưa rõ thì để trống."),
    ("PaperGroup", "title"): _l("Để trống nếu là trường hợp thông thường."),
    ("Paper", "originals"): _l("Chưa rõ thì để trống."),
    ("Paper", "form_slug"): _l("Phần cuối của địa chỉ biểu mẫu trên trang này."),
    ("LocalFact", "source"): _l("Tên nghị quyết, quyết định, hoặc nơi đã trả lời."),
}

_ARTICLE = ("title", "summary", "body")
_LISTING = ("slug", "procedures", "checked_on", "order")
SECTIONS: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "Article": (
        ("noi-dung", _l("Nội dung"), _ARTICLE),
        ("ngay", _l("Ngày tháng"), ("published_on", "starts_on", "ends_on")),
        ("ket-qua", _l("Kết quả lấy ý kiến"), ("outcome",)),
        ("muc-luc", _l("Xếp vào danh sách"), _LISTING),
    ),
    "Question": (
        ("noi-dung", _l("Câu hỏi và trả lời"), _ARTICLE),
        ("nguon", _l("Nguồn"), ("source",)),
        (
            "muc-luc",
            _l("Xếp vào danh sách"),
            ("slug", "field", "procedures", "checked_on", "order"),
        ),
    ),
    "LifeEvent": (
        ("noi-dung", _l("Giới thiệu"), ("title", "summary")),
        ("cac-buoc", _l("Các bước"), ("steps",)),
        ("muc-luc", _l("Xếp vào danh sách"), ("slug", "icon", "checked_on", "order")),
    ),
    "FormFile": (
        ("noi-dung", _l("Biểu mẫu"), ("number", "title", "summary", "source")),
        ("tep", _l("Tệp"), ("file", "preview")),
        ("muc-luc", _l("Xếp vào danh sách"), _LISTING),
    ),
    "LegalDocument": (
        (
            "van-ban",
            _l("Văn bản"),
            ("slug", "number", "type", "title", "issuer", "summary"),
        ),
        ("hieu-luc", _l("Hiệu lực"), ("signed_on", "effective_from", "ended_on", "successor")),
        ("tep", _l("Tệp"), ("file", "link")),
        ("nguon", _l("Nguồn và kiểm tra"), ("source", "evidence", "note", "checked_on")),
    ),
    "EnglishProcedure": (
        ("noi-dung", _l("Giới thiệu"), ("title", "summary", "audience_note")),
        ("cac-buoc", _l("Các bước"), ("steps",)),
        ("giay-to", _l("Giấy tờ theo từng trường hợp"), ("papers",)),
        ("dieu-kien", _l("Thời hạn, phí, điều kiện"), ("time_note", "fees_note", "conditions")),
        ("kiem-tra", _l("Kiểm tra"), ("checked_on",)),
    ),
    "Procedure": (
        ("ten", _l("Tên và tóm tắt"), ("title", "summary", "aliases", "keywords")),
        ("dia-phuong", _l("Quy định của địa phương"), ("local",)),
        ("cac-buoc", _l("Các bước"), ("steps", "steps_text")),
        ("cach-nop", _l("Cách nộp, thời hạn, phí"), ("methods",)),
        ("giay-to", _l("Giấy tờ theo từng trường hợp"), ("papers", "papers_text")),
        ("ket-qua", _l("Kết quả và điều kiện"), ("results", "conditions")),
        (
            "truc-tuyen",
            _l("Dịch vụ trực tuyến"),
            ("online", "online_reason", "online_basis", "proactive"),
        ),
        (
            "noi-lam",
            _l("Cấp, đối tượng, cơ quan"),
            (
                *("levels", "audience", "field", "implementing_agency", "authority"),
                *("receiving_address", "coordinating", "issuing_agency"),
            ),
        ),
        ("can-cu", _l("Căn cứ pháp lý"), ("legal_basis",)),
        (
            "quyet-dinh",
            _l("Quyết định và thủ tục liên quan"),
            ("decision", "decided", "effective_on", "replaced_by", "related"),
        ),
        ("nguon", _l("Nguồn và kiểm tra"), ("kind", "description", "source_url", "checked_on")),
    ),
}
