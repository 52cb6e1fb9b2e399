"""Two spellings of one word have one key; two words never share their exact key."""

import unicodedata

import pytest

from search_index.analysis import (
    acts,
    analyse,
    code_keys,
    codes_in,
    fold,
    has_marks,
    pairs,
    spell,
    without_brackets,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("thủy", "thuỷ"),
        ("khỏe", "khoẻ"),
        ("ký", "kí"),
        ("lý lịch", "lí lịch"),
        ("quý", "quí"),
        ("mỹ", "mĩ"),
        ("ĐĂNG KÝ", "đăng ký"),
        ("Đăng-ký", "đăng ký"),
        (unicodedata.normalize("NFD", "hộ tịch"), "hộ tịch"),
    ],
)
def test_two_spellings_of_one_word_have_the_same_keys(one: str, other: str) -> None:
    assert analyse(one) == analyse(other)


@pytest.mark.parametrize(
    ("one", "other"), [("cưới", "cuối"), ("đất", "dat"), ("ban", "bản"), ("ma", "má")]
)
def test_different_words_differ_in_their_exact_keys(one: str, other: str) -> None:
    assert analyse(one).exact != analyse(other).exact


def test_folding_takes_every_mark_and_the_bar_of_d() -> None:
    assert fold("Đăng ký KHAI SINH, có yếu tố nước ngoài") == (
        "dang ki khai sinh co yeu to nuoc ngoai"
    )


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("mã 1.001193", ("ma", "1.001193")),
        ("Nghị định 42/2022/NĐ-CP", ("nghi", "dinh", "42/2022", "nd", "cp")),
        ("bằng A1, B2", ("bang", "a1", "b2")),
        ("KT3", ("kt3",)),
        ("", ()),
        ("…!?%_*", ()),
    ],
)
def test_numbers_codes_and_labels_stay_whole(text: str, folded: tuple[str, ...]) -> None:
    assert analyse(text).folded == folded


def test_pairs_stand_for_the_order_of_words() -> None:
    assert pairs(("a", "b", "c")) == ["a_b", "b_c"]
    assert pairs(("a",)) == []


def test_a_decision_is_found_by_its_number_with_and_without_the_issuer() -> None:
    assert code_keys(["42/2022/NĐ-CP", "1.001193"]) == ["42/2022/nd-cp", "42/2022", "1.001193"]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("1.001193", ["1.001193"]),
        ("thủ tục 1001193", ["1.001193"]),
        ("nghị định 42/2022/NĐ-CP", ["42/2022/nd-cp"]),
        ("42/2022", ["42/2022"]),
        ("đổi bằng lái", []),
        ("12345678901234567890", []),
    ],
)
def test_codes_are_read_out_of_a_query(query: str, codes: list[str]) -> None:
    assert codes_in(query) == codes


@pytest.mark.parametrize(
    "word", ["ký", "hòa", "đường", "quốc", "giấy", "thủy", "quý", "người", "sổ", "khoản", "gì"]
)
def test_an_exact_key_can_be_spelled_again(word: str) -> None:
    assert spell(analyse(word).exact[0]) == word


def test_marks_are_noticed_also_in_decomposed_text() -> None:
    assert has_marks(unicodedata.normalize("NFD", "ký"))
    assert has_marks("đi")
    assert not has_marks("ky")


def test_a_title_without_its_brackets_is_never_empty() -> None:
    assert without_brackets("Cấp đổi thẻ căn cước (thực hiện tại cấp tỉnh)") == (
        "Cấp đổi thẻ căn cước"
    )
    assert without_brackets("(Toàn bộ tên)") == "(Toàn bộ tên)"


def test_a_name_about_a_special_act_says_so_in_its_opening() -> None:
    assert acts(analyse("Xóa đăng ký thường trú").folded) == ["xoa"]
    assert acts(analyse("Đăng ký thường trú").folded) == []
