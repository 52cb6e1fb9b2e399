"""Nothing that is published gives a person away."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback import redaction


@pytest.mark.parametrize(
    "secret",
    [
        "0905123456",
        "0905.123.456",
        "0905 123 456",
        "0905-123-456",
        "(0905) 123456",
        "+84 905 123 456",
        "0905\u200b123456",
        "sđt0905123456",
        "0905123456z",
        "không chín không năm một hai ba bốn năm sáu",
        "049123456789",
        "049 123 456 789",
        "205123456",
        "0100109106",
        "19035678901234",
        "an.nguyen+1@thu-dien-tu.com.vn",
        "92A-123.45",
        "12 đường Trần Hưng Đạo",
        "12/3 Phan Châu Trinh",
        "thôn Trung Đàn",
        "000.00.25.H47-230901-0001",
        "PAKN.20261123.0042",
    ],
)
def test_each_sort_of_trace_is_hidden(secret: str) -> None:
    masked = redaction.mask(f"Xin gặp tôi: {secret}, cảm ơn.")
    assert redaction.clean(secret) not in masked
    assert "[đã ẩn" in masked
    assert masked.startswith("Xin gặp tôi: ")
    assert masked.endswith("cảm ơn.")


def test_every_hit_is_hidden_not_only_the_first() -> None:
    text = " ".join(f"09051234{n:02}" for n in range(12))
    assert not any(digit in redaction.mask(text) for digit in "0123456789")


@pytest.mark.parametrize(
    "harmless",
    [
        "Nghị định 61/2018/NĐ-CP ngày 23/11/2026",
        "lệ phí 15.000.000 đồng",
        "từ 2024-2025",
        "thủ tục 1.001193",
        "trong 15 ngày làm việc",
        "ngày 23-11-2026",
    ],
)
def test_what_every_answer_needs_stays(harmless: str) -> None:
    assert redaction.mask(harmless) == harmless


def test_a_name_after_ong_or_ba_is_hidden() -> None:
    assert (
        redaction.mask("Tôi gặp ông Trần Văn Bé ở quầy 3.") == "Tôi gặp ông [đã ẩn tên] ở quầy 3."
    )


def test_the_sender_is_hidden_however_the_name_is_accented() -> None:
    for text in ("Nguyễn Thị Bưởi hỏi", "NGUYEN THI BUOI hỏi", "nguyễn  thị bưởi hỏi"):
        assert redaction.mask(text, known=["Nguyễn Thị Bưởi"]) == "[đã ẩn tên] hỏi"


def test_the_centres_own_phone_stays() -> None:
    assert redaction.mask("Gọi 0235.1022", allowed=["0235.1022"]) == "Gọi 0235.1022"
    assert redaction.mask("Gọi 02351022", allowed=["0235.1022"]) == "Gọi 02351022"


def test_masking_twice_changes_nothing_more() -> None:
    once = redaction.mask("0905123456, a@b.vn, ông Trần Văn Bé, 12 đường Hùng Vương")
    assert redaction.mask(once) == once


def test_decomposed_letters_hide_nothing() -> None:
    assert redaction.mask("o\u0302ng Tra\u0302\u0300n Va\u0306n Be\u0301") == "ông [đã ẩn tên]"


@given(
    before=st.text(max_size=40),
    number=st.from_regex(r"0[35789][0-9]{8}|\+84[0-9]{9}|0[0-9]{11}", fullmatch=True),
    gaps=st.lists(st.sampled_from(["", " ", ".", "-", " . "]), min_size=12, max_size=12),
    after=st.text(max_size=40),
)
def test_a_number_is_hidden_wherever_it_stands(
    before: str, number: str, gaps: list[str], after: str
) -> None:
    spaced = "".join(digit + gap for digit, gap in zip(number, gaps, strict=False))
    masked = redaction.mask(f"{before}\n{spaced}\n{after}")
    assert number.lstrip("+") not in re.sub(r"[\s.-]", "", masked)


def test_a_long_text_is_read_in_reasonable_time() -> None:
    started = time.perf_counter()
    for piece in ("a", "1", "A", "1/", "a.", "12A-", "không ", "tổ 1, ", "a@a."):
        redaction.mask(piece * (20_000 // len(piece)))
    assert time.perf_counter() - started < 20
