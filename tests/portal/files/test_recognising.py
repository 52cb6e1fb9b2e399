"""What is taken in is what it seems; everything else is refused with a sentence."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files.errors import FileRefused
from portal.files.keeping import Cabinet, keep
from portal.files.kinds import FileKind, Seen, recognise
from portal.files.pictures import redraw
from tests.conftest import NOW
from tests.support import good_files, hostile

LIMIT = 20 * 1024 * 1024
FIXTURES = Path(__file__).resolve().parents[4] / "shared" / "data" / "fixtures"
REAL = {
    "m01a.pdf": FileKind.PDF,
    "to-khai-dang-ky-ket-hon.doc": FileKind.DOC,
    "to-khai-trich-luc-ho-tich.docx": FileKind.DOCX,
    "danh-sach-tthc-BoTuPhap.xlsx": FileKind.XLSX,
}
GOOD = good_files.all_kinds()


@pytest.mark.parametrize("suffix", GOOD)
def test_a_good_file_is_recognised_by_what_it_contains(suffix: str) -> None:
    assert recognise(GOOD[suffix], limit=LIMIT).kind.suffix == f".{suffix}"


@pytest.mark.real_data
@pytest.mark.parametrize("name", REAL)
def test_a_real_file_is_recognised(name: str) -> None:
    file = FIXTURES / name
    if not file.exists():
        pytest.skip(f"{file} is not there")
    assert recognise(file.read_bytes(), limit=LIMIT).kind is REAL[name]


def test_files_of_other_programs_are_recognised(tmp_path: Path) -> None:
    import docx
    import openpyxl

    docx.Document().save(str(tmp_path / "a.docx"))
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    kinds = [recognise((tmp_path / f"a.{x}").read_bytes(), limit=LIMIT) for x in ("docx", "xlsx")]
    assert kinds == [Seen(FileKind.DOCX), Seen(FileKind.XLSX)]


def test_there_are_a_hundred_hostile_files() -> None:
    assert len(hostile.files()) >= 100


@pytest.mark.parametrize("sent", hostile.files(), ids=lambda sent: sent.wrong)
def test_a_hostile_file_is_refused_with_a_sentence(sent: hostile.Hostile) -> None:
    with pytest.raises(FileRefused) as refused:
        seen = recognise(sent.data, limit=LIMIT)
        if seen.kind.is_picture:
            redraw(sent.data, seen)
    assert str(refused.value).endswith(".")
    assert refused.value.status == 422


def test_nothing_of_a_hostile_file_is_left(tmp_path: Path) -> None:
    from portal.database import Database
    from tests.support.stores import prepare

    store = Database(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    prepare(store)
    cabinet = Cabinet(tmp_path / "files")
    with store.write() as db:
        for sent in hostile.files():
            with pytest.raises(FileRefused):
                keep(db, cabinet, sent.data, sent.name, limit=LIMIT, now=NOW)
    store.dispose()
    assert not cabinet.folder.exists()


SAID = {
    "a web page under a false name": "trang web",
    "an SVG under a false name": "SVG",
    "a PHP page under a false name": "tập lệnh",
    "an archive under a false name": "Chỉ nhận",
    "nothing at all under a false name": "rỗng",
    "pdf with an archive behind it": "loại khác",
    "jpg with an archive behind it": "loại khác",
    "docx with a program behind it": "loại khác",
    "doc with an archive behind it": "loại khác",
    "a PDF behind other bytes": "loại khác",
    "half of a jpg": "hỏng",
    "half of a pdf": "hỏng",
    "half of a doc": "hỏng",
    "a DOCM as DOCX": "macro",
    "an XLS with a macro sheet": "macro",
    "a DOC with Macros": "macro",
    "a DOCX with an embedded object": "nhúng",
    "a DOCX with attachedTemplate from outside": "nơi khác",
    "a DOCX with a field that starts a program": "nơi khác",
    "a DOCX that swells": "quá lớn",
    "a locked DOC": "mật khẩu",
    "a locked PDF": "mật khẩu",
    "a locked package": "mật khẩu",
    "a PDF with a packed script": "tập lệnh",
    "a PDF with a script under another spelling": "tập lệnh",
    "a PNG of 2,500,000,000 pixels": "điểm ảnh",
    "a JPEG of 4,225,000,000 pixels": "điểm ảnh",
}


@pytest.mark.parametrize("wrong", SAID)
def test_the_sentence_says_what_is_wrong(wrong: str) -> None:
    (sent,) = (one for one in hostile.files() if one.wrong == wrong)
    with pytest.raises(FileRefused, match=SAID[wrong]):
        seen = recognise(sent.data, limit=LIMIT)
        redraw(sent.data, seen)


def test_one_byte_more_than_the_limit_is_refused() -> None:
    data = good_files.pdf()
    assert recognise(data, limit=len(data)).kind is FileKind.PDF
    with pytest.raises(FileRefused, match="1 MB"):
        recognise(data, limit=len(data) - 1)


@pytest.mark.parametrize("behind", [b"\0" * 40, b"\0\0\0\x18ftypmp42" + bytes(90), b"SEFHj\0SEFT"])
def test_what_phones_put_behind_a_picture_is_no_reason_to_refuse(behind: bytes) -> None:
    assert recognise(good_files.jpeg() + behind, limit=LIMIT).kind is FileKind.JPEG


def test_a_signed_pdf_that_was_added_to_is_taken() -> None:
    added = good_files.pdf() + b"5 0 obj\n<<>>\nendobj\nxref\n5 1\n0000000000 00000 n \n"
    start = good_files.pdf().rindex(b"xref\n0")
    added += b"trailer\n<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n" % start
    place = added.rindex(b"5 0 obj")
    added = added.replace(b"\n0000000000 00000 n", b"\n%010d 00000 n" % place)
    added += b"%d\n%%%%EOF\n" % added.rindex(b"xref\n5")
    assert recognise(added, limit=LIMIT).kind is FileKind.PDF


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_a_damaged_file_is_taken_or_refused_but_never_an_accident(
    suffix: str, drawn: st.DataObject
) -> None:
    data = bytearray(GOOD[suffix])
    at = drawn.draw(st.integers(0, len(data) - 1))
    data[at : at + drawn.draw(st.integers(0, 9))] = drawn.draw(st.binary(max_size=9))
    try:
        seen = recognise(bytes(data), limit=LIMIT)
        if seen.kind.is_picture:
            redraw(bytes(data), seen)
    except FileRefused:
        pass


@given(st.binary(max_size=300))
def test_random_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        recognise(data, limit=LIMIT)
