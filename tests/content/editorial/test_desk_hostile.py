"""The desk asked for nonsense: numbers too large, keys of nobody, words that are code."""

import pytest

from portal.staff.models import Role
from tests.support.pages import StrictClient

DESK = "/quan-tri/noi-dung"
HUGE = "9" * 30


@pytest.fixture
def editor(staff: object) -> StrictClient:
    return staff(Role.EDITOR, Role.APPROVER, username="lan")  # type: ignore[operator, no-any-return]


@pytest.mark.parametrize(
    "path",
    [
        f"/ban-nhap/{HUGE}", "/ban-nhap/7", "/ban-nhap/7/xem", f"/ban-nhap/{HUGE}/xem",
        f"/ban-nhap/{HUGE}/sua",
        "/guide/khong-co", f"/guide/khong-co/phien-ban/{HUGE}", "/guide/khong-co/phien-ban/1/xem",
        "/guide/khong-co/so-sanh?tu=1&den=2", "/guide/%00", "/legal/x", "/moi/khong-co",
        "/question/x?ngon-ngu=en", f"/guide/x/so-sanh?tu={HUGE}.{HUGE}&den=1",
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_not_to_be_there(editor: StrictClient, path: str) -> None:
    assert editor.get(DESK + path).status_code == 404


@pytest.mark.parametrize(
    "query", ["?trang=-5", f"?trang={HUGE}", "?muc=%00", "?q=%00%25_", f"?q={'ộ' * 3000}", "?q='--"]
)
def test_a_list_asked_for_nonsense_is_still_a_list(editor: StrictClient, query: str) -> None:
    assert editor.get(DESK + query).status_code == 200


def test_a_title_that_is_code_stays_words(editor: StrictClient) -> None:
    fields = editor.get(f"{DESK}/moi/news").page.fields(1)
    title = "<script>alert(1)</script> {{ 7 * 7 }} “x”"
    answer = editor.post(f"{DESK}/moi/news", data=fields | {"title": title})
    at = answer.headers["Location"].removesuffix("/sua")
    for path in (at, f"{at}/xem", DESK):
        assert title in editor.get(path).page.text
    fields = editor.get(f"{DESK}/moi/news").page.fields(1)
    answer = editor.post(f"{DESK}/moi/news", data=fields | {"title": "x" * 301})
    assert answer.status_code == 422
    answer = editor.post(f"{DESK}/moi/news", data={"title": "Không có dấu của biểu mẫu"})
    assert answer.status_code == 422


def test_going_back_to_a_version_that_cannot_be_is_refused(editor: StrictClient) -> None:
    for number in (HUGE, "9"):
        answer = editor.post(f"{DESK}/guide/khong-co/phien-ban/{number}")
        assert answer.status_code in {404, 405}
