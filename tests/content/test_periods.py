"""How long a procedure takes, read as a number and a unit, or not read at all."""

import gzip
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import office_hours, periods
from content.periods import Period
from content.shapes import Channel, Method, TimeUnit


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("03 Ngày làm việc", "3", TimeUnit.WORKING_DAYS),
        ("5 ngày", "5", TimeUnit.DAYS),
        ("24 giờ làm việc", "24", TimeUnit.WORKING_HOURS),
        ("01 Giờ", "1", TimeUnit.HOURS),
        ("1 Tháng", "1", TimeUnit.MONTHS),
        ("7.5 ngày làm việc", "7.5", TimeUnit.WORKING_DAYS),
        ("7,5 ngày làm việc", "7.5", TimeUnit.WORKING_DAYS),
        ("Ngay trong ngày", "0", TimeUnit.WORKING_DAYS),
        ("Trong ngày làm việc", "0", TimeUnit.WORKING_DAYS),
        ("Không quá 20 ngày làm việc. ngày", "20", TimeUnit.WORKING_DAYS),
        (
            "Trong thời hạn 15 ngày kể từ ngày nhận đủ hồ sơ hợp lệ",
            "15",
            TimeUnit.DAYS,
        ),
        ("  12\u00a0ngày\n làm việc ", "12", TimeUnit.WORKING_DAYS),
    ],
)
def test_a_plain_period_is_read(text: str, amount: str, unit: TimeUnit) -> None:
    assert periods.read(text) == Period(Decimal(amount), unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "N/A",
        "0 ngày",
        "0 Giờ",
        "Không quy định",
        "Theo mô tả ngày",
        "3-5 ngày làm việc",
        "từ 3 đến 5 ngày",
        "5 ngày hoặc 10 ngày",
        "10 ngày làm việc, vùng núi 15 ngày làm việc",
        "12.5 ngày làm việc + thời gian thực hiện cấp lại",
        "1/12 hàng năm ngày",
        "5 ngày làm việc kể từ ngày nộp đủ tiền",
        "99999 ngày",
        "9999 ngày làm việc",
        "5 năm",
        "năm ngày",
        "\0",
    ],
)
def test_ranges_conditions_and_blanks_are_refused(text: str) -> None:
    assert periods.read(text) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    read = periods.read(text)
    assert read is None or 0 <= read.amount <= periods.LONGEST[read.unit]
    office_hours.read(text)


@given(st.integers(1, 999), st.sampled_from(["ngày", "Ngày làm việc", "GIỜ", "giờ làm việc"]))
def test_every_number_with_a_unit_is_read_as_that_number(number: int, unit: str) -> None:
    read = periods.read(f"{number:02} {unit}")
    assert read is not None
    assert read.whole == number


def test_what_an_editor_has_read_outranks_the_text() -> None:
    method = Method(
        channel=Channel.DIRECT, time="tùy trường hợp", amount=2, unit=TimeUnit.WORKING_DAYS
    )
    assert periods.of_method(method) == Period(Decimal(2), TimeUnit.WORKING_DAYS)
    assert periods.of_method(Method(channel=Channel.DIRECT, time="2 ngày")) is not None
    absurd = method.model_copy(update={"amount": 10**9})
    assert periods.of_method(absurd) is None


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("7 giờ 30 - 11 giờ 30, 13h30–17h00", "07:30", "17:00"),
        ("Thứ Hai đến thứ Sáu: 07:00 - 11:30; 13:30 - 17:00", "07:00", "17:00"),
        ("8h - 16h", "08:00", "16:00"),
        ("Sáng từ 7h30 đến 11h30, chiều từ 13h00 đến 16h30", "07:30", "16:30"),
    ],
)
def test_office_hours_are_read_as_people_write_them(text: str, opens: str, closes: str) -> None:
    read = office_hours.read(text)
    assert read is not None
    assert (f"{read.opens:%H:%M}", f"{read.closes:%H:%M}") == (opens, closes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "giờ hành chính",
        "17h - 8h",
        "25h - 26h",
        "13h30 - 17h, 7h30 - 11h30",
        "7h30 - 11h30, 13h30 - 17h; thứ Bảy 8h - 11h",
    ],
)
def test_unclear_office_hours_are_unknown(text: str) -> None:
    assert office_hours.read(text) is None


@pytest.mark.real_data
def test_most_of_the_nations_periods_can_be_counted(real_files: Sequence[Path]) -> None:
    with gzip.open(real_files[0], "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    said = [m.get("time") or "" for record in records for m in record["methods"]]
    stated = [text for text in said if text.strip() not in {"", "N/A"}]
    read = [text for text in stated if periods.read(text)]
    assert len(read) / len(stated) > 0.96
    assert not [text for text in read if len(text) > 80]
