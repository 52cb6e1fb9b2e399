"""The search desk under hostile words, addresses and posts: a sentence, and nothing changed."""

from collections.abc import Callable

import pytest

from portal.staff.models import Role
from search_index.documents import SearchDocument
from tests.support.pages import StrictClient

DESK = "/quan-tri/tim-kiem"
Fill = Callable[..., None]


@pytest.fixture
def editor(staff: Callable[..., StrictClient], site: Fill, catalogue: list[SearchDocument]) -> (
    StrictClient
):  # fmt: skip
    site(catalogue)
    return staff(Role.EDITOR)


HOSTILE = [
    "",
    "\0",
    "x" * 10_000,
    "<script>alert(1)</script>",
    "'; DROP TABLE x; --",
    "😀\u202e",
    "%s",
]


@pytest.mark.parametrize("bad", HOSTILE)
@pytest.mark.parametrize("slug", ["dong-nghia", "ten-goi", "ghim", "cau-mau"])
def test_hostile_words_get_a_sentence_by_the_field(
    editor: StrictClient, slug: str, bad: str
) -> None:
    page = f"{DESK}/{slug}"
    fields = {
        name: value if name == "csrf_token" else bad
        for name, value in editor.get(page).page.fields(page).items()
    }
    assert editor.post(page, data=fields).status_code == 422


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_addresses_get_a_page(editor: StrictClient, bad: str) -> None:
    for page, names in ((f"{DESK}/thu", ("tu", "nghia", "q")), (DESK, ("tu", "den"))):
        answer = editor.get(page, query_string=dict.fromkeys(names, bad))
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "period", ["tu=0001-01-01&den=9999-12-31", "tu=2026-13-40", "den=2001-01-01&tu=2030-01-01"]
)
def test_any_period_is_a_page(editor: StrictClient, period: str) -> None:
    assert editor.get(f"{DESK}?{period}").status_code == 200


def test_without_an_index_trying_says_so(staff: Callable[..., StrictClient]) -> None:
    shown = staff(Role.ADMIN).get(f"{DESK}/thu?tu=abc&nghia=def").page
    assert "chưa sẵn sàng" in shown.text


def test_a_post_without_token_changes_nothing(editor: StrictClient) -> None:
    page = f"{DESK}/dong-nghia"
    assert editor.post(page, data={"phrase": "abc", "meaning": "def"}).status_code in {400, 422}
    assert "Chưa có từ nào" in editor.get(page).page.text
    assert editor.get(f"{DESK}/la").status_code == 404
