"""The workbook, read back by another program's eyes."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from feedback.counting import CaseFact
from reports import workbook
from tests.reports.making import BEFORE, a_fact, a_frozen, a_question


def opened(after: Sequence[CaseFact], as_of: date | None = None) -> Workbook:
    before = [a_fact(code="OLD", received_at=BEFORE)]
    return openpyxl.load_workbook(BytesIO(workbook.write(a_frozen(before, after, as_of=as_of))))


FACTS = [
    a_fact(code="OLD", received_at=BEFORE, finished=True),
    a_fact(code="NEW"),
    a_fact(code="RULE", field="Hộ tịch", kind="rule", conduct=False, regulation=True),
    a_fact(code="K0", triage="K0", field="Hộ tịch"),
    a_question(code="ASK"),
]


def test_the_form_sheet_is_the_form_with_its_figures() -> None:
    sheet = opened(FACTS)["II.05a"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "Biểu số II.05a/VPCP/KSTT"
    assert rows[0][1] == "KẾT QUẢ TIẾP NHẬN, XỬ LÝ PHẢN ÁNH, KIẾN NGHỊ VỀ QUY ĐỊNH HÀNH CHÍNH"
    assert rows[2][1] == "Kỳ báo cáo: Quý IV năm 2026 (từ ngày 15/9/2026 đến ngày 14/12/2026)"
    assert "Đơn vị báo cáo: Trung tâm Phục vụ hành chính công tỉnh Quảng Nam" in rows[0]
    assert rows[9][:4] == ["(1)", "(2)=3+4+5 =6+7", "(3)", "(4)"]
    assert rows[10] == ["Đất đai", 2, 2, 0, 0, 1, 1, 2, 1, 1, 0, 1, 1, 0, 0, 0]
    assert rows[11] == ["Hộ tịch", 2, 1, 1, 0, 0, 2, 1, 0, 0, 0, 1, 0, 1, 0, 0]
    assert rows[12] == ["Tổng số", 4, 3, 1, 0, 1, 3, 3, 1, 1, 0, 2, 1, 1, 0, 0]
    assert "(1) Không tiếp nhận (lớp K0): 1." in [row[0] for row in rows]


def test_the_heading_is_merged_as_on_paper() -> None:
    sheet = opened(FACTS)["II.05a"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A6:A9", "B6:G6", "H6:O6", "P6:P9", "C7:E7", "F7:G7", "H7:N7"} <= merged
    assert {"I8:K8", "L8:N8"} <= merged
    assert sheet["A13"].font.bold
    assert not sheet["A12"].font.bold


def test_it_is_printed_on_landscape_a4_with_its_heading_on_each_page() -> None:
    for sheet in opened(FACTS):
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows
        assert sheet.freeze_panes
    assert opened(FACTS)["II.05a"].print_title_rows == "$6:$10"
    assert opened(FACTS)["II.05a"].freeze_panes == "B11"


def test_other_kinds_stand_on_their_own_sheet() -> None:
    rows = list(opened(FACTS)["Ý kiến khác"].iter_rows(min_row=4, values_only=True))
    assert rows[0] == ("Câu hỏi", 1, 0, 0, 0, 0, 1)
    assert len(rows) == 5


def test_every_case_stands_in_the_list_and_nothing_of_who_sent_it() -> None:
    sheet = opened(FACTS)["Danh sách"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert [row[0] for row in rows] == ["OLD", "NEW", "RULE", "K0", "ASK"]
    assert rows[0][4:8] == ("Hành vi", "Kỳ trước chuyển qua", "Đã xử lý xong", "")
    assert isinstance(rows[0][8], datetime)
    assert sheet.max_column == 11


@pytest.mark.parametrize(
    "field", ["=1+1", "+84", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")']
)
def test_no_text_becomes_a_formula_here_or_after_another_export(field: str) -> None:
    book = opened([a_fact(code="X", field=field), a_fact(code=field, unit_code=field)])
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                assert not str(cell.value or "").startswith(("=", "+", "@", "-"))
    assert book["II.05a"]["A11"].value in {f"'{field}", "Đất đai"}


def test_numbers_are_numbers_and_text_that_looks_like_one_stays_text() -> None:
    sheet = opened([a_fact(code="0012", field="007")])["II.05a"]
    assert (sheet["A11"].value, sheet["A11"].data_type) == ("007", "s")
    assert (sheet["B11"].value, sheet["B11"].data_type) == (1, "n")


def test_it_says_up_to_when_it_was_counted_and_carries_that_day() -> None:
    book = opened(FACTS, date(2026, 11, 23))
    assert str(book["II.05a"]["B3"].value).endswith("tính đến ngày 23/11/2026")
    assert book.properties.created == datetime(2026, 11, 23)  # noqa: DTZ001 # as openpyxl reads it


def test_a_hundred_fields_and_a_very_long_name_still_fit() -> None:
    facts = [a_fact(code=f"C{n}", field=f"Lĩnh vực {n:03} " + "rất dài " * 14) for n in range(100)]
    sheet = opened(facts)["II.05a"]
    assert sheet["A111"].value == "Tổng số"
    assert sheet["B111"].value == 100


def test_the_same_figures_give_the_same_bytes() -> None:
    assert workbook.write(a_frozen([], FACTS)) == workbook.write(a_frozen([], FACTS))
