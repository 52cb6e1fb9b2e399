"""Tax codes, codes and secrets, and cleaning what people type."""

from datetime import date

import pytest

from feedback import receipts, taxcodes, typed
from portal import keys

RING = keys.new_ring()


@pytest.mark.parametrize("code", ["0100109106", "0100109106-001", "0100 109 106", "049123456789"])
def test_a_right_tax_code_is_accepted_however_it_is_spaced(code: str) -> None:
    assert taxcodes.is_valid(code)


@pytest.mark.parametrize(
    "code",
    ["", "0100109107", "0100109106-000", "010010910", "abcdefghij", "٠١٠٠١٠٩١٠٦", "949123456789"],
)
def test_a_wrong_tax_code_is_noticed(code: str) -> None:
    assert not taxcodes.is_valid(code)


def test_every_single_wrong_digit_of_a_tax_code_is_noticed() -> None:
    right = "0100109106"
    for position in range(10):
        for digit in set("0123456789") - {right[position]}:
            assert not taxcodes.is_valid(right[:position] + digit + right[position + 1 :])


def test_a_secret_has_60_bits_and_no_letter_that_looks_like_another() -> None:
    secret = receipts.secret_for(RING, "n1")
    assert len(secret.replace("-", "")) == receipts.SECRET_LETTERS
    assert 5 * receipts.SECRET_LETTERS >= 50
    assert not set("0O1I") & set(receipts.ALPHABET)
    assert len(set(receipts.ALPHABET)) == 32


def test_the_same_showing_gives_the_same_secret_and_another_one_does_not() -> None:
    assert receipts.secret_for(RING, "n1") == receipts.secret_for(RING, "n1")
    assert receipts.secret_for(RING, "n1") != receipts.secret_for(RING, "n2")
    assert receipts.secret_for(keys.new_ring(), "n1") != receipts.secret_for(RING, "n1")


def test_code_and_secret_are_understood_however_they_are_typed() -> None:
    assert receipts.plain_code(" pakn 20261123 0042 ") == "PAKN.20261123.0042"
    assert receipts.plain_code("PAKN.20261123.0042") == "PAKN.20261123.0042"
    assert receipts.plain_code("42") == ""
    assert receipts.plain_code("PAKN." + "9" * 10_000) == ""
    assert receipts.plain_secret("abcd efgh-jklm") == "ABCDEFGHJKLM"


def test_codes_grow_longer_when_a_day_is_crowded() -> None:
    day = date(2026, 11, 23)
    assert len(receipts.draw_code(day, 0)) == len("PAKN.20261123.0042")
    assert len(receipts.draw_code(day, 8)) == len("PAKN.20261123.00042")


def test_the_qr_picture_carries_no_style_and_loads_nothing() -> None:
    picture = receipts.qr_picture("https://tthcc.example.vn/phan-anh-kien-nghi/tra-cuu?ma=X")
    assert picture.startswith("data:image/svg+xml")
    assert "style" not in picture


def test_typed_text_loses_control_signs_and_nothing_else() -> None:
    assert typed.lines("  a\0b\r\nc\u202e\x07 \U0001f44d ") == "ab\nc \U0001f44d"
    assert typed.lines("Ho\u0300a") == "Hòa"
    assert typed.line(" một \n hai\t ba ") == "một hai ba"
    assert typed.line(None) == ""


@pytest.mark.parametrize(
    ("phone", "right"),
    [("0905.123.456", True), ("+84 905 123 456", True), ("12", False), ("không có", False)],
)
def test_a_phone_number_has_8_to_15_digits(*, phone: str, right: bool) -> None:
    assert typed.is_phone(phone) is right


@pytest.mark.parametrize(
    ("email", "right"),
    [("a@b.vn", True), ("a@b", False), ("a b@c.vn", False), ("a@b.vn\nBcc: x@y.z", False)],
)
def test_an_email_address_has_no_room_for_tricks(*, email: str, right: bool) -> None:
    assert typed.is_email(email) is right


def test_a_page_address_is_a_path_or_a_web_address() -> None:
    assert typed.is_page_address("/thu-tuc/1.001193")
    assert typed.is_page_address("https://a.vn/b")
    assert not typed.is_page_address("javascript:alert(1)")
    assert not typed.is_page_address("/a b")
