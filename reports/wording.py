"""Numbers and phrases as Vietnamese offices write them, the same in the workbook and on paper."""

from datetime import date

from reports.periods import day_words
from reports.record import AnnexRow, Figures


def number(value: int) -> str:
    """1.234: thousands set off by dots."""
    return f"{value:,}".replace(",", ".")


def percent(part: int, whole: int) -> str:
    """66,7%: one decimal after a comma, rounded half up; none where nothing follows it."""
    tenths = (2000 * part + whole) // (2 * whole)
    whole_part, decimal = divmod(tenths, 10)
    return f"{whole_part},{decimal}%" if decimal else f"{whole_part}%"


def period_line(found: Figures) -> str:
    """Kỳ báo cáo: Quý IV năm 2026 (từ ngày … đến ngày …)."""
    return f"Kỳ báo cáo: {found.label}"


def period_lines(found: Figures) -> list[str]:
    """The same in two lines, the second one only where the period is not whole."""
    until = [f"(số liệu tính đến ngày {day_words(found.as_of)})"] if found.as_of else []
    return [f"Kỳ báo cáo: {found.window.period.label}", *until]


def reporting_unit(found: Figures) -> str:
    return f"Đơn vị báo cáo: {found.head.full_name}"


def receiving_units(found: Figures) -> str:
    return f"Đơn vị nhận báo cáo: {'; '.join(found.head.addressees)}"


def footnotes(found: Figures) -> list[str]:
    """What the form has no column for, and how this period follows from the one before."""
    values = found.total.values
    lines = [
        f"{note.text}: {number(values[note.key])}."
        for note in found.form.footnotes
        if note.always or values[note.key]
    ]
    return lines + _bridge(found)


def _bridge(found: Figures) -> list[str]:
    bridge = found.bridge
    told = (
        (
            bridge.joined,
            "Kỳ trước tính vào loại khác, kỳ này phân loại lại là PAKN (có trong cột 6)",
        ),
        (bridge.gone, "Kỳ trước tính là PAKN đang xử lý, kỳ này phân loại lại thành loại khác"),
        (bridge.reopened, "Kỳ trước đã kết thúc, kỳ này xử lý lại (không tính trong biểu)"),
        (
            bridge.published_late,
            "Xử lý xong từ kỳ trước, kỳ này mới công khai (không tính trong biểu)",
        ),
    )
    return [f"{words}: {number(len(codes))}." for codes, words in told if codes]


def day_in_full(day: date) -> str:
    """05 tháng 02 năm 2026"""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02} tháng {month} năm {day.year}"


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def annex_cells(row: AnnexRow) -> tuple[str | int, ...]:
    """A row under ANNEX_HEADS."""
    return (row.label, row.new, row.carried, row.done, row.transferred, row.withdrawn, row.open)


OUTCOMES = {
    "done": "Đã xử lý xong",
    "open": "Đang xử lý",
    "transferred": "Đã chuyển cơ quan khác",
    "waiting": "Chờ chuyển cơ quan khác",
    "unclassified": "Chưa phân loại",
    "refused": "Không tiếp nhận (K0)",
    "withdrawn": "Người gửi đã rút",
}
CONTENTS = {"conduct": "Hành vi", "regulation": "Quy định", "both": "Cả hai"}
ARRIVALS = {"new": "Mới trong kỳ", "carried": "Kỳ trước chuyển qua"}
ANNEX_HEADS = (
    "Loại ý kiến",
    "Tiếp nhận mới trong kỳ",
    "Kỳ trước chuyển qua",
    "Đã trả lời",
    "Đã chuyển cơ quan khác",
    "Đã rút, không tiếp nhận",
    "Đang xử lý",
)
CASE_HEADS = (
    "Mã",
    "Loại",
    "Lĩnh vực",
    "Đơn vị phụ trách",
    "Nội dung",
    "Thời điểm",
    "Kết quả",
    "Công khai",
    "Ngày nhận",
    "Hạn",
    "Ngày trả lời",
)
