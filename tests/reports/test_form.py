"""The form as data: what stands in the file, what its heading looks like, which slips are found."""

import csv
import os
from pathlib import Path

import pytest
import yaml

from reports import form, heading
from reports.errors import BadForm
from reports.form import Form

DATA = Path(os.environ.get("SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
RECONSTRUCTED = DATA / "regulations" / "form_II_05a_reconstructed.csv"
OURS = form.FOLDER / "II.05a.yaml"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of the office's own with a copy of the form in it."""
    (tmp_path / OURS.name).write_text(OURS.read_text("utf-8"), "utf-8")
    return tmp_path


def changed(own: Path, old: str, new: str) -> None:
    text = (own / OURS.name).read_text("utf-8")
    assert old in text
    (own / OURS.name).write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def ii05a() -> Form:
    return form.load("II.05a")


def test_the_form_has_sixteen_numbered_columns_and_the_six_identities(ii05a: Form) -> None:
    assert [column.number for column in ii05a.columns] == list(range(1, 17))
    assert len(ii05a.identities) == 6
    assert [note.key for note in ii05a.footnotes if note.always] == [
        "khong_tiep_nhan", "chua_phan_loai", "cho_chuyen",
    ]  # fmt: skip


@pytest.mark.real_data
@pytest.mark.skipif(not RECONSTRUCTED.is_file(), reason="the shared data are not here")
def test_the_form_is_the_reconstructed_one_word_for_word(ii05a: Form) -> None:
    with RECONSTRUCTED.open(encoding="utf-8", newline="") as file:
        wanted = [
            (int(row["col"]), row["key"], row["group_vi"], row["label_vi"], row["evidence"])
            for row in csv.DictReader(file)
        ]
    assert wanted == [
        (c.number, c.key, " / ".join(c.group), c.heading, c.evidence) for c in ii05a.columns
    ]


def test_the_heading_covers_every_place_exactly_once(ii05a: Form) -> None:
    covered = [
        (row, column)
        for cell in heading.cells(ii05a)
        for row in range(cell.row, cell.last_row + 1)
        for column in range(cell.column, cell.last_column + 1)
    ]
    assert len(covered) == len(set(covered)) == heading.depth(ii05a) * len(ii05a.columns) == 64


def test_the_top_row_of_the_heading_reads_as_on_paper(ii05a: Form) -> None:
    top = [(cell.text, cell.columns, cell.rows) for cell in heading.rows(ii05a)[0]]
    assert top == [
        ("Ngành, lĩnh vực có PAKN", 1, 4),
        ("Số PAKN được tiếp nhận", 6, 1),
        ("Kết quả xử lý", 8, 1),
        ("Số PAKN đã được đăng tải công khai kết quả xử lý", 1, 4),
    ]


def test_over_a_figure_stand_all_its_headings(ii05a: Form) -> None:
    assert [cell.text for cell in heading.over(ii05a, 9)] == [
        "Kết quả xử lý", "Thuộc thẩm quyền", "Đã xử lý xong", "Hành vi hành chính",
    ]  # fmt: skip


def test_a_corrected_copy_of_the_office_goes_before_ours(own: Path) -> None:
    changed(own, "title: Kết quả", "title: Tình hình, kết quả")
    assert form.load("II.05a", own).title.startswith("Tình hình, kết quả")
    assert form.load("II.05a", own / "nowhere").title.startswith("Kết quả")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("number: 16", "number: 17", "liên tục"),
        ("key: chuyen", "key: tn_moi", "trùng khóa"),
        ("= xong_ca_hai", "= xong_ba_hai", "xong_ba_hai"),
        ("tq_tong = tq_xong + tq_dang", "tq_tong", "dấu bằng"),
        ("tq_tong = tq_xong + tq_dang", "tq_tong = 2 * tq_xong", "không đọc được"),
        ("content: [conduct]", "content: [mood]", "counts.content"),
        ("code: II.05a", "code: [", "II.05a.yaml"),
        ("evidence: M-med\nreporting", "evidence: M-med\nsecret: 1\nreporting", "secret"),
        ("counts: {}", "shown_too: x", "tn_tong|columns.1|shown_too"),
    ],
)
def test_a_slip_in_the_file_is_found_when_it_is_read(
    own: Path, old: str, new: str, said: str
) -> None:
    changed(own, old, new)
    with pytest.raises(BadForm, match=said):
        form.load("II.05a", own)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[1, 2]", b"code: &a [*a]"])
def test_a_file_that_is_no_form_is_refused_with_its_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / OURS.name).write_bytes(content)
    with pytest.raises(BadForm, match=r"II\.05a\.yaml"):
        form.load("II.05a", tmp_path)


def test_a_broken_identity_is_named(ii05a: Form) -> None:
    values = dict.fromkeys(ii05a.counted, 0)
    assert ii05a.broken(values) == []
    assert ii05a.broken(values | {"tn_moi": 1}) == ["tn_tong = tn_ky_truoc + tn_moi"]


def test_the_file_of_the_form_is_plain_yaml_that_staff_can_read() -> None:
    assert set(yaml.safe_load(OURS.read_text("utf-8"))) == set(Form.model_fields)
