"""Names are cleaned: one line, no path, the ending of what the file is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files.kinds import FileKind
from portal.files.naming import LONGEST_NAME, clean_name

SENT = {
    "Tờ khai đăng ký khai sinh.pdf": "Tờ khai đăng ký khai sinh.pdf",
    unicodedata.normalize("NFD", "Tờ khai.pdf"): "Tờ khai.pdf",
    "../../etc/passwd": "passwd.pdf",
    "..\\..\\windows\\don.pdf": "don.pdf",
    "C:\\Users\\an\\don.PDF": "don.pdf",
    "don.pdf\0.exe": "don.pdf",
    "don.exe": "don.pdf",
    "don.pdf.exe": "don.pdf",
    "don.docm.pdf": "don.pdf",
    "don\u202efdp.exe": "donfdp.pdf",
    "a\u200bb\ufeff.pdf": "ab.pdf",
    "don\r\nSet-Cookie: a=b.pdf": "don Set-Cookie a=b.pdf",
    'a"; filename="b.html': "a filename= b.pdf",
    "con.pdf": "_con.pdf",
    "LPT1": "_LPT1.pdf",
    "...": "tep.pdf",
    "": "tep.pdf",
    ".pdf": "pdf.pdf",
    ".htaccess": "htaccess.pdf",
    "  -rf .pdf ": "rf.pdf",
    "<script>alert(1)</script>.pdf": "script.pdf",
    "Số 12.2026.pdf": "Số 12.2026.pdf",
    "đơn": "đơn.pdf",
}


@pytest.mark.parametrize("sent", SENT)
def test_a_name_is_cleaned(sent: str) -> None:
    assert clean_name(sent, FileKind.PDF) == SENT[sent]


def test_a_picture_keeps_either_ending() -> None:
    assert clean_name("a.JPEG", FileKind.JPEG) == "a.jpeg"
    assert clean_name("a.png", FileKind.JPEG) == "a.jpg"


@given(st.text(max_size=400), st.sampled_from(FileKind))
def test_every_name_becomes_a_safe_one_and_stays_so(sent: str, kind: FileKind) -> None:
    name = clean_name(sent, kind)
    assert 1 < len(name) <= LONGEST_NAME + 1
    assert name.endswith(kind.suffixes)
    assert not set(name) & set('/\\<>:"|?*\0\r\n\t')
    assert not any(unicodedata.category(letter).startswith("C") for letter in name)
    assert clean_name(name, kind) == name
