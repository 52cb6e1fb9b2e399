"""Numbers and lengths of time are written as the reader's language writes them."""

import pytest
from flask import Flask

from portal.durations import duration
from portal.showing import number


def test_vietnamese_pages_keep_the_words_and_the_dots(app: Flask) -> None:
    with app.test_request_context("/"):
        assert (number(1234), duration("8 ngày làm việc")) == ("1.234", "8 ngày làm việc")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("8 ngày làm việc", "8 working days"),
        ("1 ngày", "1 day"),
        ("15 Ngày", "15 days"),
        ("2 tháng", "2 months"),
        ("Không quá 5 ngày", "Không quá 5 ngày"),
        ("0 ngày", "0 ngày"),
        ("", ""),
    ],
)
def test_english_pages_say_plain_lengths_in_english(app: Flask, text: str, said: str) -> None:
    with app.test_request_context("/", environ_overrides={"portal.language": "en"}):
        assert duration(text) == said


def test_english_pages_set_thousands_off_by_commas(app: Flask) -> None:
    with app.test_request_context("/", environ_overrides={"portal.language": "en"}):
        assert number(1234567) == "1,234,567"
    assert number(None) == ""
