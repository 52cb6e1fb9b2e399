"""The search desk as an editor's browser sees it: each errand to its end, and what is refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock, tasks
from portal.staff.models import Role, StaffAction
from search_index import indexing, kept, settling
from search_index.documents import SearchDocument
from search_index.models import SearchQuery
from tests.support.pages import StrictClient

DESK = "/quan-tri/tim-kiem"
NONSENSE = "vit quay bac kinh"

Fill = Callable[..., None]


@pytest.fixture
def editor(staff: Callable[..., StrictClient], site: Fill, catalogue: list[SearchDocument]) -> (
    StrictClient
):  # fmt: skip
    site(catalogue)
    return staff(Role.EDITOR)


def press(client: StrictClient, page: str, action: str, **typed: str) -> int:
    fields = client.get(page).page.fields(action) | typed
    return int(client.post(action, data=fields).status_code)


def found(app: Flask, client: StrictClient, query: str) -> list[str]:
    """Codes of the results a moment later."""
    portal = app.extensions["portal"]
    indexing.refresh(portal.database, portal.settings.index)
    app.extensions["search"].look_again()
    with portal.database.read() as db:
        kept.look_again(db)
    main = client.get("/tim-kiem", query_string={"q": query}).page.one("main")
    links = [link.get("href") or "" for link in main.iter("a")]
    return [link.rpartition("/")[2] for link in links if link.startswith("/thu-tuc/")]


def asked(app: Flask, term: str, askers: int = 3, outcome: str = "nothing") -> None:
    day = clock.local_date(clock.now())
    with app.extensions["portal"].database.write() as db:
        for number in range(askers):
            row = SearchQuery(day=day, term=term, mark=f"m-{term[:20]}", asker=f"nơi {number}",
                              times=2, results=0, outcome=outcome)  # fmt: skip
            db.add(row)
        db.commit()


def test_a_synonym_works_on_the_public_page_and_stops_when_taken_back(
    app: Flask, client: StrictClient, editor: StrictClient
) -> None:
    assert "1.000894" not in found(app, client, "vịt quay bắc kinh")
    page = f"{DESK}/dong-nghia"
    typed = {"phrase": "vịt quay bắc kinh", "meaning": "đăng ký kết hôn", "note": "<b>thử</b>"}
    assert press(editor, page, page, **typed) == 302
    assert found(app, client, "vit quay bac kinh")[0] == "1.000894"
    assert "<b>thử</b>" in editor.get(page).page.text
    assert press(editor, page, f"{page}/1") == 302
    assert not {"1.000894", "1.000656"} & set(found(app, client, "vịt quay bắc kinh"))


def test_a_name_is_found_and_gone_when_taken_back(
    app: Flask, client: StrictClient, editor: StrictClient
) -> None:
    page = f"{DESK}/ten-goi"
    assert press(editor, page, page, target="1.000656", alias="vịt quay bắc kinh") == 302
    assert found(app, client, "vịt quay bắc kinh")[0] == "1.000656"
    assert press(editor, page, f"{page}/1") == 302
    assert not {"1.000894", "1.000656"} & set(found(app, client, "vịt quay bắc kinh"))


def test_a_pinned_page_stands_first_until_it_is_taken_down(
    app: Flask, client: StrictClient, editor: StrictClient
) -> None:
    before = found(app, client, "khai sinh")
    assert before[0] == "1.001193"
    page, day = f"{DESK}/ghim", clock.local_date(clock.now()) + timedelta(days=3)
    typed = {"query": "Khai sinh", "target": "1.000656", "until": f"{day:%d/%m/%Y}"}
    assert press(editor, page, page, **typed) == 302
    assert found(app, client, "khai sinh") == [
        "1.000656",
        *(code for code in before if code != "1.000656"),
    ]
    assert found(app, client, "khai  SINH")[0] == "1.000656"
    narrowed = client.get("/tim-kiem?q=khai+sinh&loai=huong-dan").page.one("main")
    assert "/thu-tuc/1.000656" not in {link.get("href") for link in narrowed.iter("a")}
    assert press(editor, page, f"{page}/1") == 302
    assert found(app, client, "khai sinh") == before


def test_a_term_that_found_nothing_becomes_a_name_and_leaves_the_list(
    app: Flask, client: StrictClient, editor: StrictClient
) -> None:
    asked(app, NONSENSE)
    shown = editor.get(DESK).page
    assert NONSENSE in shown.text
    assert "100%" in shown.text
    typed = {"written": "vịt quay Bắc Kinh", "answer": "1.000656", "outcome": "alias"}
    assert press(editor, DESK, f"{DESK}/viec", **typed) == 302
    assert found(app, client, "vịt quay bắc kinh")[0] == "1.000656"
    assert "Không còn việc nào" in editor.get(DESK).page.text


def test_a_term_becomes_a_synonym(app: Flask, client: StrictClient, editor: StrictClient) -> None:
    asked(app, NONSENSE)
    typed = {"answer": "đăng ký kết hôn", "outcome": "synonym"}
    assert press(editor, DESK, f"{DESK}/viec", **typed) == 302
    assert found(app, client, NONSENSE)[0] == "1.000894"


@pytest.mark.parametrize(("outcome", "count"), [("page", 1), ("nothing", 0)])
def test_a_term_becomes_a_task_or_needs_nothing_and_is_logged(
    app: Flask, editor: StrictClient, outcome: str, count: int
) -> None:
    asked(app, NONSENSE)
    assert press(editor, DESK, f"{DESK}/viec", outcome=outcome) == 302
    with app.extensions["portal"].database.read() as db:
        waiting = [task for task in tasks.waiting(db) if task.kind == "write-page"]
        assert [task.subject for task in waiting] == [NONSENSE] * count
        actions = list(db.scalars(select(StaffAction.action)))
    assert "search.settle" in actions


def test_a_settled_term_comes_back_after_a_month_if_it_still_helps_nobody(
    app: Flask, editor: StrictClient
) -> None:
    asked(app, NONSENSE)
    assert press(editor, DESK, f"{DESK}/viec", outcome="nothing") == 302
    with app.extensions["portal"].database.read() as db:
        from_now = clock.local_date(clock.now())
        for days, count in [(5, 0), (40, 1)]:
            later = from_now + timedelta(days=days)
            found_then = settling.waiting(db, since=from_now, until=later, today=later)
            assert len(found_then) == count


@pytest.mark.parametrize(
    "typed",
    [
        {"outcome": "alias", "answer": "9.999999"},
        {"outcome": "alias", "answer": "1.000656", "written": "từ khác hẳn"},
        {"outcome": "synonym", "answer": ""},
        {"outcome": "synonym", "answer": "x" * 5000},
        {"outcome": "\0", "answer": "<script>"},
        {"outcome": "", "answer": "\u202e\ud7ff"},
    ],
)
def test_a_bad_answer_is_said_and_keeps_what_was_typed(
    app: Flask, editor: StrictClient, typed: dict[str, str]
) -> None:
    asked(app, NONSENSE)
    fields = editor.get(DESK).page.fields(f"{DESK}/viec") | typed
    answer = editor.post(f"{DESK}/viec", data=fields)
    assert answer.status_code == 422
    assert "Cần sửa" in answer.page.text  # type: ignore[attr-defined]
    assert NONSENSE in editor.get(DESK).page.text


def test_a_term_not_on_the_list_cannot_be_settled(app: Flask, editor: StrictClient) -> None:
    asked(app, NONSENSE)
    asked(app, "nguoi rieng tu", askers=1)
    assert "nguoi rieng tu" not in editor.get(DESK).page.text
    assert press(editor, DESK, f"{DESK}/viec", term="nguoi rieng tu", outcome="page") == 302
    with app.extensions["portal"].database.read() as db:
        assert [task for task in tasks.waiting(db) if task.kind == "write-page"] == []


def test_trying_shows_before_and_after_and_keeps_nothing(editor: StrictClient) -> None:
    query = {"tu": "báo tử", "nghia": "đăng ký kết hôn"}
    shown = editor.get(f"{DESK}/thu", query_string=query).page
    lists = shown.one("main").findall(".//ol")
    assert len(lists) == 2
    assert "đăng ký kết hôn" in "".join(lists[1].itertext())
    assert "đăng ký kết hôn" not in "".join(lists[0].itertext())
    assert "câu mẫu có từ này" in shown.text
    assert "Chưa có từ nào" in editor.get(f"{DESK}/dong-nghia").page.text
    by_code = {"tu": NONSENSE, "nghia": "1.000656"}
    shown = editor.get(f"{DESK}/thu", query_string=by_code).page
    first = shown.one("main").findall(".//ol")[-1].find("li")
    assert first is not None
    assert "khai tử" in "".join(first.itertext())


def test_words_instead_of_a_code_are_answered_with_the_codes_they_find(
    editor: StrictClient,
) -> None:
    page = f"{DESK}/ten-goi"
    fields = editor.get(page).page.fields(page) | {"target": "khai tử", "alias": "báo mất"}
    answer = editor.post(page, data=fields)
    assert answer.status_code == 422
    assert "1.000656 Thủ tục đăng ký khai tử" in answer.page.text  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPROVER])
def test_who_handles_cases_only_does_not_see_the_search_desk(
    staff: Callable[..., StrictClient], role: Role
) -> None:
    browser = staff(role)
    assert browser.get(DESK).status_code == 403
    assert DESK not in browser.get("/quan-tri/").page.links()


def test_the_menu_leads_editors_here(editor: StrictClient) -> None:
    assert DESK in editor.get("/quan-tri/").page.links()
