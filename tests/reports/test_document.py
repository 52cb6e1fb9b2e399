"""The covering report, read back: laid out by Decree 30/2020, worded from the figures."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH

from feedback.counting import CaseFact
from reports import document, narrative
from reports.wording import day_in_full, number, percent
from tests.reports.making import BEFORE, a_fact, a_frozen, a_question

FACTS = [
    a_fact(code="OLD", received_at=BEFORE, finished=True, published=True),
    a_fact(code="NEW"),
    a_fact(code="RULE", field="Hộ tịch", kind="rule", conduct=False, regulation=True),
    a_fact(code="AWAY", competence="other", transferred=True),
    a_fact(code="WAITS", competence="other"),
    a_fact(code="K0", triage="K0", field="Hộ tịch"),
    a_question(code="ASK"),
]


def opened(after: Sequence[CaseFact] = (), **more: Any) -> Any:
    before = [a_fact(code="OLD", received_at=BEFORE)]
    return Document(BytesIO(document.write(a_frozen(before, after, **more))))


def said(after: Sequence[CaseFact] = (), **more: Any) -> str:
    before = [a_fact(code="OLD", received_at=BEFORE)] if after else []
    found = a_frozen(before, after, **more).figures
    return "\n".join(block.text for block in narrative.body(found))


def all_runs(opened_document: Any) -> list[Any]:
    cells = [cell for table in opened_document.tables for row in table.rows for cell in row.cells]
    places = [opened_document, *cells]
    return [run for place in places for p in place.paragraphs for run in p.runs]


def test_the_page_is_a4_with_the_margins_of_the_decree_and_the_annex_is_landscape() -> None:
    portrait, landscape = opened(FACTS).sections
    assert (round(portrait.page_width.mm), round(portrait.page_height.mm)) == (210, 297)
    assert (round(landscape.page_width.mm), round(landscape.page_height.mm)) == (297, 210)
    assert landscape.orientation == WD_ORIENT.LANDSCAPE
    for section in (portrait, landscape):
        margins = (
            section.top_margin, section.bottom_margin, section.left_margin, section.right_margin,
        )  # fmt: skip
        assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]


def test_everything_is_times_new_roman_in_the_sizes_of_the_decree() -> None:
    found = opened(FACTS)
    assert found.styles["Normal"].font.name == "Times New Roman"
    assert {run.font.name for run in all_runs(found)} == {None}
    sizes = {run.text: run.font.size.pt for run in all_runs(found) if run.text}
    assert sizes["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"] == 12
    assert sizes["Độc lập - Tự do - Hạnh phúc"] == 13
    assert sizes["Số: …/BC-TTPVHCC"] == 13
    assert sizes["BÁO CÁO"] == sizes["GIÁM ĐỐC"] == 14
    assert sizes["Nơi nhận:"] == 12
    assert sizes["- Lưu: VT."] == 11


def test_the_head_names_the_nation_the_agencies_and_leaves_number_and_day_open() -> None:
    table = opened(FACTS).tables[0]
    left, right = table.rows[0].cells
    assert " ".join(p.text for p in left.paragraphs).strip() == (
        "ỦY BAN NHÂN DÂN TỈNH QUẢNG NAM TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"
    )
    bold = {p.text: p.runs[0].bold for p in left.paragraphs if p.runs}
    assert bold["TỈNH QUẢNG NAM"] is False
    assert bold["HÀNH CHÍNH CÔNG"] is True
    assert all(p.runs[0].bold for p in right.paragraphs if p.runs)
    assert [cell.text for cell in table.rows[1].cells] == [
        "Số: …/BC-TTPVHCC",
        "Quảng Nam, ngày … tháng … năm …",
    ]
    assert table.rows[1].cells[1].paragraphs[0].runs[0].italic


def test_body_text_is_justified_with_an_indent_and_headings_are_bold() -> None:
    found = opened(FACTS)
    opening = next(p for p in found.paragraphs if p.text.startswith("Thực hiện"))
    assert opening.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert round(opening.paragraph_format.first_line_indent.cm, 2) == 1.27
    assert opening.paragraph_format.space_before.pt >= 6
    heading = next(p for p in found.paragraphs if p.text.startswith("I. "))
    assert heading.runs[0].bold
    assert heading.paragraph_format.keep_with_next


def test_pages_are_numbered_in_the_middle_of_the_top_but_not_the_first() -> None:
    portrait, landscape = opened(FACTS).sections
    header = portrait.header.paragraphs[0]
    assert "PAGE" in header._p.xml
    assert header.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert portrait.different_first_page_header_footer
    assert "PAGE" not in portrait.first_page_header._element.xml
    assert landscape.header.is_linked_to_previous
    assert not landscape.different_first_page_header_footer


def test_the_annex_has_the_form_s_own_head_and_its_whole_heading() -> None:
    found = opened(FACTS)
    head, table = found.tables[-2], found.tables[-1]
    assert head.rows[0].cells[0].text.startswith("Biểu số II.05a/VPCP/KSTT")
    assert "Kỳ báo cáo: Quý IV năm 2026" in head.rows[0].cells[1].text
    assert "Đơn vị nhận báo cáo: Ủy ban nhân dân tỉnh Quảng Nam" in head.rows[0].cells[2].text
    assert len(table.columns) == 16
    assert table.rows[0].cells[1].text == table.rows[0].cells[6].text == "Số PAKN được tiếp nhận"
    assert table.rows[3].cells[9].text == "Hành vi hành chính"
    assert table.rows[4].cells[15].text == "(16)"
    assert [cell.text for cell in table.rows[-1].cells] == [
        "Tổng số", "6", "5", "1", "0", "1", "5", "3", "1", "1", "0", "2", "1", "1", "1", "1",
    ]  # fmt: skip
    repeated = ["w:tblHeader" in row._tr.xml for row in table.rows]
    assert repeated == [True] * 5 + [False] * 3


def test_the_text_says_the_figures_in_words() -> None:
    text = said(FACTS)
    assert "Tổng số PAKN được tiếp nhận: 6. Lĩnh vực có PAKN: Đất đai (4), Hộ tịch (2)." in text
    assert "Từ kỳ trước chuyển qua: 1 PAKN; tiếp nhận mới trong kỳ: 5 PAKN." in text
    assert "Về hành vi hành chính: 5 PAKN (83,3%)" in text
    assert "đã xử lý xong 1 PAKN (33,3%), gồm 1 về hành vi hành chính" in text
    assert "Đã chuyển cơ quan có thẩm quyền xử lý: 1 PAKN; còn 1 PAKN chờ chuyển." in text
    assert "(lớp K0): 1 PAKN." in text
    assert "tiếp nhận 1 ý kiến khác, không thuộc phạm vi của biểu kèm theo, gồm câu hỏi: 1." in text
    assert text.endswith("Trung tâm kính báo cáo Ủy ban nhân dân tỉnh Quảng Nam./.")
    assert "tính đến" not in text


def test_a_quiet_quarter_is_said_in_words_and_without_percentages() -> None:
    text = said()
    assert "không tiếp nhận PAKN mới và không có PAKN từ kỳ trước chuyển qua" in text
    assert "không phát sinh PAKN phải xử lý" in text
    assert "không tiếp nhận ý kiến nào khác" in text
    assert "%" not in text
    table = opened().tables[-1]
    assert [row.cells[0].text for row in table.rows[5:]] == ["Tổng số"]


def test_a_report_as_of_a_day_says_so_and_that_it_is_not_for_issue() -> None:
    day = date(2026, 11, 23)
    assert "số liệu tính đến hết ngày 23 tháng 11 năm 2026" in said(FACTS, as_of=day)
    assert "bản này không dùng để ban hành" in said(FACTS, as_of=day)
    found = opened(FACTS, as_of=day)
    assert "(Số liệu tính đến ngày 23/11/2026)" in [p.text for p in found.paragraphs]


def test_what_changed_since_the_last_report_is_a_footnote() -> None:
    again = a_fact(code="AGAIN", received_at=BEFORE)
    found = Document(
        BytesIO(
            document.write(
                a_frozen([a_fact(code="AGAIN", received_at=BEFORE, triage="K0")], [again])
            )
        )
    )
    assert any("Kỳ trước đã kết thúc, kỳ này xử lý lại" in p.text for p in found.paragraphs)


def test_the_other_tenant_has_its_own_names() -> None:
    found = opened(FACTS, tenant="danang")
    head = found.tables[0].rows[0].cells[0].text.replace("\n", " ")
    assert "ĐÀ NẴNG" in head
    assert "QUẢNG NAM" not in head


def test_hostile_names_stay_text_and_lose_what_cannot_be_printed() -> None:
    found = opened([a_fact(code="X", field="<w:p>&amp;]]>\0\x0b \u202e=1+1\ud800")])
    assert found.tables[-1].rows[5].cells[0].text == "<w:p>&amp;]]> =1+1"


def test_the_same_figures_give_the_same_bytes() -> None:
    assert document.write(a_frozen([], FACTS)) == document.write(a_frozen([], FACTS))


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 3, "0%"), (1, 3, "33,3%"), (2, 3, "66,7%"), (3, 3, "100%"), (1, 16, "6,3%")],
)
def test_percentages_have_a_comma_and_at_most_one_decimal(
    part: int, whole: int, words: str
) -> None:
    assert percent(part, whole) == words


def test_numbers_and_days_are_written_as_offices_write_them() -> None:
    assert number(1234567) == "1.234.567"
    assert day_in_full(date(2026, 2, 5)) == "05 tháng 02 năm 2026"
    assert day_in_full(date(2026, 3, 15)) == "15 tháng 3 năm 2026"
