"""Files as they come: packed, with a byte-order mark, torn, mistaken for something else."""

import gzip
import json
from pathlib import Path

import pytest

from content import national_export
from content.errors import BadFile
from content.models import Source
from content.national_export import Line
from tests.content.exports import Writes, a_record, a_row


def read(path: Path) -> tuple[Source, list[Line]]:
    with national_export.opened(path) as (source, lines):
        return source, list(lines)


@pytest.mark.parametrize("name", ["p.jsonl.gz", "p.jsonl", "p.txt"])
def test_json_lines_are_read_packed_or_plain(detailed: Writes, name: str) -> None:
    source, lines = read(detailed(a_record(), "", a_record("1.000001"), name=name))
    assert source is Source.DETAILED
    assert [line.number for line in lines] == [1, 3]
    assert lines[0].record == a_record()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_catalogue_is_read_with_and_without_a_mark(catalogue: Writes, encoding: str) -> None:
    row = a_row(name='Cấp "giấy",\nhai dòng')
    source, lines = read(catalogue(row, a_row("1.000001"), encoding=encoding))
    assert source is Source.CATALOGUE
    assert [line.record for line in lines] == [row, a_row("1.000001")]
    assert [line.number for line in lines] == [2, 4]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "không phải một bản ghi JSON"),
        ('{"a": NaN}', "không phải một bản ghi JSON"),
        ('{"a": 1.5}', "không phải một bản ghi JSON"),
        ("[" * 100_000, "không phải một bản ghi JSON"),
        ('{"a": ' + "9" * 5000 + "}", "không phải một bản ghi JSON"),
        ('"chữ"', "không phải một bản ghi có tên mục"),
        (b'{"a": "\xe1"}', "không phải chữ UTF-8"),
        ('{"a": "' + "x" * national_export.LONGEST_LINE_BYTES + '"}', "dài hơn 4 MB"),
    ],
)
def test_a_broken_line_has_a_number_and_a_reason(
    detailed: Writes, line: str | bytes, reason: str
) -> None:
    _source, lines = read(detailed(a_record(), line, a_record("1.000001")))
    assert [found.number for found in lines] == [1, 2, 3]
    assert reason in lines[1].problem
    assert lines[2].record is not None


def test_broken_rows_of_the_catalogue_have_a_number_and_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    good = b"1.000001,T\xc3\xaan,B\xe1\xbb\x99,S\xe1\xbb\x9f,H\xe1\xbb\x99 t\xe1\xbb\x8bch,\n"
    path.write_bytes(
        ",".join(national_export.COLUMNS).encode() + b"\n" + good
        + b"1.000002,hai o\n" + b"1.000003,T\xea,B,S,H,\n" + b'1.000004,"a"b,B,S,H,\n' + good
        + b'1.000005,"khong dong'
    )  # fmt: skip
    _source, lines = read(path)
    assert [bool(line.problem) for line in lines] == [False, True, True, True, False, True]
    assert [line.number for line in lines] == [2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "rỗng"),
        (gzip.compress(b"", mtime=0), "rỗng"),
        (gzip.compress(json.dumps(a_record()).encode() * 50)[:-40], "bị cụt hoặc hỏng"),
        (b"\x1f\x8bkhong phai gzip", "bị cụt hoặc hỏng"),
        (b"PK\x03\x04...", "bảng tính"),
        (b"%PDF-1.4", "PDF"),
        ("code,name\n".encode("utf-16"), "UTF-16"),
        (b"[\n{}\n]", "mảng JSON"),
        (b"code;name;field\n1;2;3\n", "thiếu cột"),
        (b"code,name\n1,2\n", "thiếu cột issuing_agency"),
        (b"\0" * 1000, "thiếu cột"),
        (bytes(range(256)) * 4, "thiếu cột"),
    ],
)
def test_a_file_that_is_no_export_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "tep"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=reason) as refusal:
        read(path)
    assert "\n" not in str(refusal.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "khong-co.csv", tmp_path):
        with pytest.raises(BadFile, match="Không đọc được tệp"):
            read(path)


def test_a_file_that_unpacks_without_end_is_refused(
    detailed: Writes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(national_export, "LONGEST_FILE_BYTES", 1000)
    with pytest.raises(BadFile, match="lớn hơn"):
        read(detailed("x" * 5000))
