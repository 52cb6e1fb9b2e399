"""Which groups of papers are cases to choose between, and which everybody sees."""

import pytest

from content import paper_cases
from content.shapes import Paper, PaperGroup


def groups(*titles: str) -> tuple[PaperGroup, ...]:
    return tuple(PaperGroup(title=title, papers=(Paper(name="Đơn"),)) for title in titles)


def cases_of(*titles: str, name: str = "Đăng ký tạm trú") -> list[bool]:
    return [group.is_case for group in paper_cases.cases(groups(*titles), name).groups]


@pytest.mark.parametrize(
    "titles",
    [
        ("Trường hợp A", "Trường hợp B"),
        ("a) Đối với trường hợp chuyển đổi", "b) Đối với cá nhân"),
        ("(1.1) Đối với công trình theo tuyến:", "(1.2) Đối với công trình tôn giáo:"),
        ("* Trường hợp kiểm định lần đầu", "15. Trường hợp 15: Hồ sơ"),
        ("Hồ sơ đăng ký tạm trú gồm", "Đăng ký tạm trú theo danh sách, hồ sơ gồm"),
        ("a) Thành phần hồ sơ giao đất", "h) Thành phần hồ sơ gia hạn sử dụng đất, gồm"),
        ("đ) Hồ sơ đối với thân nhân", "Thành phần hồ sơ đối với bậc cao"),
    ],
)
def test_titles_that_say_so_are_cases(titles: tuple[str, ...]) -> None:
    assert cases_of(*titles) == [True, True]


@pytest.mark.parametrize(
    "titles",
    [
        ("", "Giấy tờ phải nộp", "Giấy tờ phải xuất trình"),
        ("Hồ sơ của người nhận con nuôi", "Hồ sơ của người được nhận làm con nuôi"),
        ("1. Hồ sơ thu hồi", "2. Hồ sơ đăng ký"),
        ("Trường hợp A",),
        ("Trường hợp A", "Trường hợp các giấy tờ nêu trên đã có trong dữ liệu"),
        ("Trường hợp A", "Đối với trường hợp giao rừng thì phải có thêm các tài liệu sau"),
        ("Đăng ký tạm trú: giấy tờ phải nộp", "Đăng ký tạm trú: giấy tờ phải xuất trình"),
    ],
)
def test_where_all_papers_may_be_needed_there_is_nothing_to_choose(titles: tuple[str, ...]) -> None:
    assert not any(cases_of(*titles))


def test_the_chosen_case_is_shown_with_what_belongs_to_no_case() -> None:
    found = paper_cases.cases(
        groups("", "Trường hợp A", "Trường hợp B", "* Lưu ý:"), "Tên", wanted="3"
    )
    assert found.chosen == 3
    assert [group.title for group in found.shown] == ["", "Trường hợp B", "* Lưu ý:"]
    assert found.groups[3].is_remark


@pytest.mark.parametrize("wanted", ["", "1", "9", "-2", "2 ", "²", "0" * 500, "\0"])
def test_anything_else_shows_everything(wanted: str) -> None:
    found = paper_cases.cases(groups("", "Trường hợp A", "Trường hợp B"), "Tên", wanted)
    assert (found.chosen, len(found.shown)) == (0, 3)
