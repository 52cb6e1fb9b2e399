"""Whether a page helped: one click, one vote per page, day and asker, and nobody remembered."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import library_loading
from feedback import usefulness
from feedback.models import Case
from feedback.usefulness import Seen
from feedback.usefulness_models import PageVote
from portal import tasks
from portal.config import HOME
from portal.staff.models import Role
from tests.feedback.browsing import DOOR
from tests.feedback.desk_browsing import SignIn
from tests.support.pages import StrictClient

GUIDE = "/huong-dan/nop-ho-so-truc-tuyen"
DAY = date(2026, 11, 23)
PAGE = Seen("/thu-tuc/1.001193-dang-ky-khai-sinh", 3)


@pytest.fixture
def pages(app: Flask) -> None:
    store = app.extensions["portal"].database
    with app.app_context(), store.write() as db:
        now = datetime(2026, 11, 23, tzinfo=UTC)
        library_loading.load(db, HOME / "content" / "library", now=now)
        db.commit()


def votes(app: Flask) -> list[PageVote]:
    with app.extensions["portal"].database.read() as db:
        return list(db.scalars(select(PageVote).order_by(PageVote.id)))


def test_a_click_on_a_kept_page_is_counted_and_a_second_one_changes_it(
    app: Flask, client: StrictClient, pages: None
) -> None:
    shown = client.get(GUIDE)
    assert "Set-Cookie" not in shown.headers
    assert shown.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.get(GUIDE).data == shown.data
    fields = shown.page.fields("/huu-ich")
    thanks = client.post("/huu-ich", data=fields | {"useful": "yes"})
    assert thanks.status_code == 200
    assert "Set-Cookie" not in thanks.headers
    assert not [link for link in thanks.page.links() if "loai=trang-web" in link]
    again = client.post("/huu-ich", data=fields | {"useful": "no"})
    assert f"{DOOR}?loai=trang-web&trang={GUIDE}" in again.page.links()
    (vote,) = votes(app)
    assert (vote.path, vote.version, vote.useful) == (GUIDE, int(fields["version"]), False)
    assert vote.asker and "127.0.0.1" not in vote.asker
    other = {"REMOTE_ADDR": "10.9.8.7"}
    client.post("/huu-ich", data=fields | {"useful": "yes"}, environ_overrides=other)
    assert [one.useful for one in votes(app)] == [False, True]


def test_a_sentence_is_kept_beside_the_vote_without_numbers_and_addresses(
    app: Flask, client: StrictClient, pages: None
) -> None:
    fields = client.get(f"/en{GUIDE}").page.fields("/huu-ich") | {"useful": "no"}
    thanks = client.post("/en/huu-ich", data=fields)
    form = thanks.page.fields("/huu-ich/loi")
    empty = client.post("/en/huu-ich/loi", data=form | {"words": " "})
    assert empty.status_code == 422
    long = client.post("/en/huu-ich/loi", data=form | {"words": "dài " * 200})
    assert (long.status_code, "dài dài" in long.page.text) == (422, True)
    words = "Gọi 0905.123.456 hay viết a@b.vn, điều 12345 khó hiểu"
    assert client.post("/en/huu-ich/loi", data=form | {"words": words}).status_code == 200
    (vote,) = votes(app)
    assert vote.path == f"/en{GUIDE}"
    assert vote.words == "Gọi […] hay viết […], điều 12345 khó hiểu"


@pytest.mark.parametrize(
    "changed",
    [{"page": "/huong-dan/khac"}, {"version": "99"}, {"version": "x"}, {"mark": "ơ"},
     {"useful": "maybe"}, {"page": "/" + "a" * 900}],
)  # fmt: skip
def test_a_vote_for_a_page_that_is_not_ours_is_refused(
    app: Flask, client: StrictClient, pages: None, changed: dict[str, str]
) -> None:
    fields = client.get(GUIDE).page.fields("/huu-ich") | {"useful": "yes"} | changed
    assert client.post("/huu-ich", data=fields).status_code == 422
    assert not votes(app)


def test_only_a_browser_that_names_another_site_is_refused(
    app: Flask, client: StrictClient, pages: None
) -> None:
    fields = client.get(GUIDE).page.fields("/huu-ich") | {"useful": "yes"}
    for foreign in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://khac.example"}):
        assert client.post("/huu-ich", data=fields, headers=foreign).status_code == 403
    assert not votes(app)
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    assert client.post("/huu-ich", data=fields, headers=own).status_code == 200


def test_every_sort_of_content_page_asks_and_lists_and_forms_do_not(
    client: StrictClient, pages: None
) -> None:
    asking = [GUIDE, "/lien-he"]
    asking += [next(a for a in client.get(index).page.links() if a.startswith(f"{index}/"))
               for index in ("/hoi-dap", "/viec-doi")]  # fmt: skip
    for path in asking:
        assert client.get(path).page.fields("/huu-ich")["page"] == path
    for path in ("/", "/thu-tuc", "/huong-dan", DOOR, "/tim-kiem"):
        assert not [form for form in client.get(path).page.all("form")
                    if form.get("action") == "/huu-ich"], path  # fmt: skip


def test_who_voted_is_erased_after_the_day_and_sentences_after_thirteen_months(
    db: Session,
) -> None:
    usefulness.say(db, PAGE, day=DAY, asker="a", useful=False, words="Thiếu lệ phí")
    usefulness.forget(db, DAY)
    vote = db.scalars(select(PageVote)).one()
    assert vote.asker == "a"
    for day, kept in ((DAY + timedelta(days=1), "Thiếu lệ phí"), (date(2027, 12, 24), "")):
        usefulness.forget(db, day)
        db.refresh(vote)
        assert (vote.asker, vote.words, vote.useful) == (None, kept, False)
    usefulness.vote(db, PAGE, day=DAY, asker="a", useful=True)
    assert len(db.scalars(select(PageVote)).all()) == 2


def test_groups_under_five_are_not_shown_and_the_worst_page_comes_first(
    app: Flask, staff: SignIn
) -> None:
    good, few = Seen("/huong-dan/tot", 1), Seen("/lien-he", 1)
    today = datetime.now(UTC).date()
    with app.extensions["portal"].database.write() as db:
        for seen, yes, no in ((good, 9, 1), (PAGE, 1, 4), (few, 0, 4)):
            for number in range(yes + no):
                asker, useful = f"a{number}", number < yes
                usefulness.vote(db, seen, day=today, asker=asker, useful=useful)
        db.commit()
    desk = staff(Role.EDITOR)
    page = desk.get("/quan-tri/huu-ich").page
    rows = [cell for row in page.all("th", scope="row") for cell in row.itertext()]
    assert rows == [PAGE.path, good.path]
    assert "80%" in page.text and "Có 1 nhóm như vậy" in page.text
    told = desk.get("/quan-tri/huu-ich/tep.csv").get_data(as_text=True).splitlines()
    assert told[1:] == [f"{PAGE.path},3,1,4,80", f"{good.path},1,9,1,10"]
    assert desk.get("/quan-tri/huu-ich?tu=x&den=2020-01-01").status_code == 200


def test_a_reported_problem_opens_a_case_and_the_editing_task_of_the_page(
    app: Flask, client: StrictClient, pages: None
) -> None:
    fields = client.get(GUIDE).page.fields("/huu-ich") | {"useful": "no"}
    links = client.post("/huu-ich", data=fields).page.links()
    report = client.get(next(link for link in links if "loai=trang-web" in link)).page.fields()
    assert report["page_url"] == GUIDE
    reviewed = client.post(DOOR, data=report | {"step": "review", "text": "Ảnh đã cũ."})
    client.post(DOOR, data=reviewed.page.fields() | {"step": "send"})
    with app.extensions["portal"].database.read() as db:
        case = db.scalars(select(Case)).one()
        (task,) = tasks.waiting(db)
    assert (task.kind, task.subject, task.origin) == ("mend-page", GUIDE, case.code)
