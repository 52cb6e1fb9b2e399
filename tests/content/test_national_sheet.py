"""The national portal's list as a spreadsheet, as it comes and as people have worked on it."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import national_export, national_records, national_sheet
from content.errors import BadFile
from content.models import ContentVersion, Source
from content.shapes import Decided, Procedure
from tests.content.exports import SHARED, Writes, a_row, take

HEAD = ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực")
ROW = ("1.001193", "Đăng ký khai sinh", "Bộ Tư pháp", "UBND cấp xã\nSở Tư pháp", "Hộ tịch")
REAL = SHARED.parent / "fixtures" / "danh-sach-tthc-BoTuPhap.xlsx"

Sheet = Callable[..., Path]


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    """`sheet(row, …, merged=…)` writes a spreadsheet."""

    def write(*rows: tuple[Any, ...], merged: tuple[str, ...] = (), name: str = "ds.xlsx") -> Path:
        book = Workbook()
        page = book.active
        assert page is not None
        for row in rows:
            page.append(row)
        for cells in merged:
            page.merge_cells(cells)
        path = tmp_path / name
        book.save(path)
        return path

    return write


def read(path: Path) -> list[tuple[int, dict[str, Any]]]:
    return list(national_sheet.rows(path))


@pytest.mark.real_data
def test_the_real_list_is_read_to_its_last_row() -> None:
    if not REAL.exists():
        pytest.skip("Không có tệp mẫu của Cổng ở ../shared/data/fixtures; bỏ qua.")
    with national_export.opened(REAL) as (source, lines):
        assert source is Source.CATALOGUE
        found = [national_records.read(source, line.record or {}) for line in lines]
    assert len(found) == 271
    assert all(not odd for _procedure, odd in found)
    codes = {procedure.code for procedure, _odd in found}
    assert len(codes) == 271
    first = found[0][0]
    assert (first.code, first.issuing_agency, first.field) == (
        "1.014966", "Bộ Tư pháp", "Quản tài viên",
    )  # fmt: skip
    assert first.implementing_agency == "Chủ tịch ủy ban nhân dân cấp tỉnh; Sở Tư Pháp"


def test_letterhead_numbering_and_empty_rows_are_no_procedures(sheet: Sheet) -> None:
    path = sheet(
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",), (), ("STT", *HEAD),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"), (1, *ROW), (), (2, "1.000001", *ROW[1:]),
    )  # fmt: skip
    assert [(number, row["code"]) for number, row in read(path)] == [
        (5, "1.001193"), (7, "1.000001"),
    ]  # fmt: skip


def test_merged_cells_speak_for_every_row_they_cover_and_for_no_other(sheet: Sheet) -> None:
    rows = [("1.000001", "A", "Bộ Y tế", "", "Dược"), ("1.000002", "B"), ("1.000003", "C")]
    path = sheet(HEAD, *rows, merged=("C2:C3", "E2:E4"))
    told = [(row["issuing_agency"], row["field"]) for _number, row in read(path)]
    assert told == [("Bộ Y tế", "Dược"), ("Bộ Y tế", "Dược"), ("", "Dược")]


def test_columns_may_stand_in_any_order_and_say_more(sheet: Sheet) -> None:
    head = ("Tên thủ tục hành chính", "Trạng thái", "Ngày hiệu lực", "Thay thế bởi", "MÃ TTHC:")
    path = sheet(
        head,
        ("Đăng ký A", "Bị bãi bỏ", date(2026, 7, 1), "1.000002", "1.000001"),
        ("Đăng ký B", "Sửa đổi, bổ sung", "01/08/2026", None, 1.000100),
        ("Đăng ký C", "Còn hiệu lực", "sớm", None, "1.000003"),
    )
    found = [national_records.read(Source.CATALOGUE, row) for _number, row in read(path)]
    ended, changed, holds = [procedure for procedure, _odd in found]
    assert (ended.decided, ended.replaced_by) == (Decided.RESCINDED, "1.000002")
    assert ended.effective_on == date(2026, 7, 1)
    assert (changed.code, changed.decided) == ("1.000100", Decided.MODIFIED)
    assert changed.effective_on == date(2026, 8, 1)
    assert holds.decided is None
    assert found[2][1] == ["Ngày hiệu lực không đọc được: «sớm»."]


def test_a_list_without_addresses_keeps_the_known_ones(
    db: Session, catalogue: Writes, sheet: Sheet, now: datetime
) -> None:
    take(db, catalogue(a_row()), now)
    take(db, sheet(HEAD, ROW), now)
    text = db.scalars(select(ContentVersion.text).order_by(ContentVersion.id.desc())).first()
    assert text is not None
    shown = Procedure.model_validate_json(text)
    assert shown.source_url == a_row()["url"]
    assert shown.implementing_agency == "UBND cấp xã; Sở Tư pháp"


def test_a_row_without_code_is_named_by_its_number(
    db: Session, sheet: Sheet, now: datetime
) -> None:
    outcome = take(db, sheet(("",), HEAD, ROW, ("", "Không mã"), ("#N/A", "Lỗi")), now)
    assert outcome.errors == [(4, "Thiếu mã thủ tục."), (5, "Thiếu mã thủ tục.")]
    assert outcome.created == 1


def test_words_that_look_like_formulas_stay_words(sheet: Sheet) -> None:
    ((_number, row),) = read(sheet(HEAD, ("1.000001", "'=cmd|' /C calc'!A0", "", "", "")))
    assert row["name"].endswith("A0")


def test_another_spreadsheet_is_refused_with_the_columns_it_lacks(sheet: Sheet) -> None:
    with pytest.raises(BadFile, match="không thấy cột «Mã số», «Tên»"):
        read(sheet(("Đơn vị", "Tổng số"), ("Sở A", 5)))


def test_a_cell_far_away_neither_hangs_nor_fills_the_memory(sheet: Sheet, tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    path = _changed(sheet(HEAD, ROW), tmp_path, b"</sheetData>", far + b"</sheetData>" + merged)
    assert [row["code"] for _number, row in read(path)] == ["1.001193"]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04",
        b"PK\x03\x04" + b"\0" * 5000,
    ],
)
def test_a_torn_spreadsheet_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadFile):
        read(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(sheet: Sheet, tmp_path: Path) -> None:
    swollen = b"<!--" + b" " * 40_000_000 + b"--></sheetData>"
    path = _changed(sheet(HEAD, ROW), tmp_path, b"</sheetData>", swollen)
    with pytest.raises(BadFile):
        read(path)


def _changed(path: Path, folder: Path, old: bytes, new: bytes) -> Path:
    """The same book with something else in its first sheet."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(path) as book,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for part in book.namelist():
            text = book.read(part)
            is_sheet = part.startswith("xl/worksheets/sheet")
            copy.writestr(part, text.replace(old, new) if is_sheet else text)
    target = folder / "changed.xlsx"
    target.write_bytes(made.getvalue())
    return target
