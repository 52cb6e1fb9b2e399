"""A snippet is the text itself, letter by letter, with the words that were looked for marked."""

from hypothesis import given
from hypothesis import strategies as st

from search_index.snippets import WIDTH, cut, mark

TEXT = (
    "Người có yêu cầu chứng thực nộp hồ sơ. " * 12
    + "Người đi ĐĂNG KÝ khai sinh mang theo giấy chứng sinh. "
    + "Cán bộ tiếp nhận kiểm tra hồ sơ. " * 20
)


def marked(segments: object) -> list[str]:
    return [part.text.strip() for part in segments if part.marked]  # type: ignore[attr-defined]


def test_the_snippet_shows_where_the_words_stand_together() -> None:
    found = cut(TEXT, {"dang", "ki", "khai", "sinh"})
    assert marked(found)[0] == "ĐĂNG KÝ khai sinh"


def test_marks_of_letters_are_kept_and_nothing_is_escaped_twice() -> None:
    found = mark("<b>Đất</b> ở", {"dat"})
    assert "".join(part.text for part in found) == "<b>Đất</b> ở"
    assert marked(found) == ["Đất"]


def test_question_words_are_marked_only_beside_a_wanted_one() -> None:
    found = mark("Giấy tờ: Giấy xác nhận, nhận tại xã", {"xac"}, {"giay", "nhan"})
    assert marked(found) == ["Giấy xác nhận"]


def test_without_a_word_that_fits_the_snippet_is_the_beginning() -> None:
    assert cut("Một hai ba", {"zzz"})[0].text == "Một hai ba"
    assert cut("", {"a"}) == ()


@given(st.text(max_size=600), st.sets(st.sampled_from(["a", "dang", "ki", "1"])))
def test_a_snippet_is_always_a_part_of_the_text(text: str, wanted: set[str]) -> None:
    import unicodedata

    line = " ".join(unicodedata.normalize("NFC", text).split())
    shown = "".join(part.text for part in cut(text, wanted))
    body = shown.removeprefix("… ").removesuffix(" …")
    assert body.strip() in line
    assert len(body) <= WIDTH + 1
