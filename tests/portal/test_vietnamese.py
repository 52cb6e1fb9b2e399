"""Names without marks, in dictionary order, and in addresses."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.vietnamese import fold, slug, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký", "dang ky"),
        ("  Đất \n đai ", "dat dai"),
        ("ĐƯỜNG BỘ", "duong bo"),
        ("Quyết định 42/2022/NĐ-CP", "quyet dinh 42/2022/nd-cp"),
        ("", ""),
    ],
)
def test_marks_capitals_and_spaces_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


def test_names_stand_in_the_order_of_the_alphabet() -> None:
    names = ["Y tế", "Đất đai", "Dân tộc", "Ăn uống", "An ninh", "Âm nhạc", "Ê-đê", "Em bé", "Ở"]
    ordered = ["An ninh", "Ăn uống", "Âm nhạc", "Dân tộc", "Đất đai", "Em bé", "Ê-đê", "Ở", "Y tế"]
    assert sorted(names, key=sort_key) == ordered


def test_tones_decide_only_among_equals() -> None:
    ordered = ["ma", "mà", "mả", "mã", "má", "mạ", "mà con", "ma quỷ"]
    assert sorted(set(ordered), key=sort_key) == ordered


def test_a_shorter_word_comes_first_and_signs_count_as_spaces() -> None:
    ordered = ["Cấp", "Cấp 2", "Cấp lại", "Cấp phép", "Cấpa"]
    assert sorted(set(ordered), key=sort_key) == ordered
    assert sort_key("Cấp, gia hạn") == sort_key(" cấp  gia hạn ")


@given(st.text())
def test_a_key_has_only_digits_and_small_letters(text: str) -> None:
    key = sort_key(text)
    assert key.isascii()
    assert key == key.lower()
    assert key.isalnum()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Đăng ký khai sinh", "dang-ky-khai-sinh"), ("---", ""), ("Cấp (lại) thẻ?", "cap-lai-the")],
)
def test_an_address_has_no_marks_and_no_signs(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_long_name_is_cut_between_words() -> None:
    short = slug("thủ tục " * 100)
    assert len(short) <= 80
    assert short.endswith("-tuc") or short.endswith("-thu")
    assert len(slug("x" * 500)) == 80
