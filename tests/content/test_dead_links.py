"""Links that lead out are looked after: dead for three days, a task; mended, none."""

import json
import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from content import dead_links, outside_links
from content.dead_link_models import OutsideLink
from content.dead_links import DEAD_LINK, Outcome, Round
from content.models import LegalInstrument, Origin
from content.publishing import Publication, publish_article
from content.shapes import Article
from portal import chores, fetching, tasks
from portal.config import Settings
from portal.database import Database
from portal.factory import create_app
from portal.fetching import Answer, Fetcher, FetchFailed
from tests.conftest import NOW
from tests.support.stores import prepare

GOOD, BAD, OURS = "https://good.example/a", "https://bad.example/x", "https://site.vn/lien-he"
Said = dict[str, int | str]


class Outside(Fetcher):
    """A world in which each address says what the test wants: a status, or why not."""

    said: Said = {}  # noqa: RUF012 # replaced in each test
    asked: list[str] = []  # noqa: RUF012

    def fetch(self, url: str, *, method: str = "GET", **_rest: object) -> Answer:
        self.asked.append(f"{method} {url}")
        said = self.said.get(f"{method} {url}", self.said.get(url, 200))
        if isinstance(said, str):
            raise FetchFailed(said)
        return Answer(url, said, {}, b"")


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Outside:
    monkeypatch.setattr(Outside, "said", {})
    monkeypatch.setattr(Outside, "asked", [])
    return Outside()


def publish(store: Database, slug: str, *urls: str) -> None:
    body = " ".join(f"[xem]({url})" for url in urls) or "Không có gì."
    article = Article(kind="guide", slug=slug, title=slug, body=body, checked_on=date(2026, 11, 1))
    with store.write() as db:
        publish_article(Publication(db, NOW, Origin.LIBRARY), article)
        db.commit()


def look(store: Database, outside: Outside, day: int = 0, **how: object) -> Round:
    how.setdefault("sleep", lambda _seconds: None)
    moment = NOW + timedelta(days=day)
    return dead_links.look(store, outside, own_host="site.vn", now=moment, **how)  # type: ignore[arg-type]


def open_tasks(store: Database) -> list[tuple[str, str]]:
    with store.read() as db:
        return [(one.subject, one.origin) for one in tasks.waiting(db) if one.kind == DEAD_LINK]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](https://x.vn/a) và <https://y.vn/>.", ["https://x.vn/a", "https://y.vn/"]),
        ("Xem https://x.vn/a, https://x.vn/b.", ["https://x.vn/a", "https://x.vn/b"]),
        ("(https://x.vn/a_(b))", ["https://x.vn/a_(b)"]),
        ("https://x.vn/thủ-tục#muc", ["https://x.vn/th%E1%BB%A7-t%E1%BB%A5c"]),
        ("mailto:a@x.vn ftp://x.vn /huong-dan http:// https://", []),
    ],
)
def test_links_are_found_in_text(text: str, found: list[str]) -> None:
    assert list(outside_links.in_text(text)) == found


def test_a_link_dead_on_three_days_becomes_a_task_of_its_page(
    store: Database, outside: Outside
) -> None:
    publish(store, "mot", GOOD, BAD, OURS)
    publish(store, "hai", GOOD)
    outside.said[BAD] = 404
    for day in (0, 1):
        assert look(store, outside, day) == Round(2, 2, 1, 0, True)
        assert open_tasks(store) == []
    assert look(store, outside, 2).dead == 1
    assert open_tasks(store) == [("/huong-dan/mot", BAD)]
    with store.read() as db:
        link = db.get_one(OutsideLink, BAD)
        assert (link.status, link.trouble, link.failed_days) == (404, "404", 3)
        assert link.first_failed_at == NOW


def test_a_mended_link_or_page_closes_its_task(store: Database, outside: Outside) -> None:
    publish(store, "mot", BAD, GOOD)
    publish(store, "hai", BAD)
    outside.said[BAD] = fetching.NO_SUCH_HOST
    for day in range(3):
        look(store, outside, day)
    assert len(open_tasks(store)) == 2
    publish(store, "hai", GOOD)
    look(store, outside, 3)
    assert open_tasks(store) == [("/huong-dan/mot", BAD)]
    outside.said[BAD] = 200
    look(store, outside, 4)
    assert open_tasks(store) == []


def test_three_times_on_one_day_is_one_failure(store: Database, outside: Outside) -> None:
    publish(store, "mot", BAD, GOOD)
    outside.said[BAD] = 410
    for day in (0, 1):
        look(store, outside, day)
        look(store, outside, day)
    assert outside.asked.count(f"HEAD {BAD}") == 2
    assert open_tasks(store) == []


def test_one_good_day_starts_the_count_again(store: Database, outside: Outside) -> None:
    publish(store, "mot", BAD, GOOD)
    for day, said in enumerate((500, 500, 200, 500, 500)):
        outside.said[BAD] = said
        look(store, outside, day)
    assert open_tasks(store) == []


def test_when_nothing_can_be_reached_nobody_is_blamed(store: Database, outside: Outside) -> None:
    publish(store, "mot", BAD, GOOD, "https://third.example/")
    look(store, outside)
    for url in (BAD, GOOD, "https://third.example/"):
        outside.said[url] = fetching.NO_CONNECTION
    for day in range(1, 6):
        assert look(store, outside, day).way_out is False
    assert open_tasks(store) == []
    with store.read() as db:
        assert dead_links.troubled(db) == []


def test_a_lonely_dead_link_is_told_by_one_that_worked(store: Database, outside: Outside) -> None:
    publish(store, "mot", GOOD)
    look(store, outside)
    publish(store, "hai", BAD)
    outside.said[BAD] = fetching.NO_CONNECTION
    later = NOW + timedelta(minutes=15)
    done = dead_links.look(
        store, outside, own_host="site.vn", now=later, sleep=lambda _seconds: None
    )
    assert (done.checked, done.troubled, done.way_out) == (1, 1, True)
    assert outside.asked[-2:] == [f"HEAD {BAD}", f"HEAD {GOOD}"]


@pytest.mark.parametrize(
    ("head", "get", "trouble"),
    [
        (200, 500, ""), (405, 200, ""), (404, 200, ""), (404, 404, "404"), (403, 403, ""),
        (429, 429, ""), (503, 503, "503"), (405, fetching.TOO_SLOW, fetching.TOO_SLOW),
        (fetching.BAD_ANSWER, 200, ""), (fetching.BAD_ANSWER, fetching.TOO_LARGE, ""),
        (fetching.BAD_CERTIFICATE, 200, fetching.BAD_CERTIFICATE),
        (fetching.CLOSED_ADDRESS, 200, fetching.CLOSED_ADDRESS),
    ],
)  # fmt: skip
def test_head_is_asked_first_and_what_get_says_counts(
    outside: Outside, head: int | str, get: int | str, trouble: str
) -> None:
    outside.said.update({f"HEAD {BAD}": head, f"GET {BAD}": get})
    outcome = dead_links.check(BAD, outside)
    assert isinstance(outcome, Outcome)
    assert outcome.trouble == trouble


def test_one_host_is_asked_few_times_at_once_and_with_a_pause(
    store: Database, outside: Outside
) -> None:
    publish(store, "mot", *(f"https://one.example/{n}" for n in range(8)), GOOD)
    pauses: list[float] = []
    assert look(store, outside, sleep=pauses.append).checked == 6
    assert pauses == [dead_links.PAUSE_SECONDS] * 4
    assert look(store, outside).checked == 3
    assert look(store, outside).checked == 0
    assert look(store, outside, 1, at_once=None).checked == 9


def test_the_file_of_an_instrument_is_looked_at_too(store: Database, outside: Outside) -> None:
    facts = dict.fromkeys(("kind", "title", "folded", "issuer", "successor", "note", "source"), "")
    with store.write() as db:
        db.add(
            LegalInstrument(
                key="42-2022-nd-cp", number="42/2022/NĐ-CP", year=2022, link=BAD,
                evidence="text", registered_by="library", **facts,
            )
        )  # fmt: skip
        db.commit()
    outside.said[BAD] = 404
    for day in range(3):
        look(store, outside, day)
    assert open_tasks(store) == [("/van-ban/42-2022-nd-cp", BAD)]


def test_a_link_that_is_gone_from_all_pages_is_forgotten(store: Database, outside: Outside) -> None:
    publish(store, "mot", BAD)
    look(store, outside)
    publish(store, "mot")
    assert look(store, outside, 1).links == 0
    with store.read() as db:
        assert db.get(OutsideLink, BAD) is None


def test_the_command_says_what_it_found(
    app: Flask, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("content.dead_link_commands.Fetcher", Outside)
    publish(app.extensions["portal"].database, "mot", BAD, GOOD)
    outside.said[BAD] = 404
    said = app.test_cli_runner().invoke(args=["content", "check-links", "--json"])
    found = json.loads(said.output)
    assert (found["links"], found["checked"], found["way_out"]) == (2, 2, True)
    assert [(one["url"], one["days"]) for one in found["troubled"]] == [(BAD, 1)]
    words = app.test_cli_runner().invoke(args=["content", "check-links"]).output
    assert "404, 1 ngày" in words
    assert "2 liên kết ra ngoài, thử 0" in words


def test_the_worker_looks_by_itself_where_the_setting_says_so(
    settings: Settings, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("content.dead_link_commands.Fetcher", Outside)
    assert "outside links" not in chore_names(create_app(settings))
    app = create_app(replace(settings, outside_links=True))
    store: Database = app.extensions["portal"].database
    prepare(store)
    publish(store, "mot", GOOD)
    (chore,) = (one for one in app.extensions["chores"] if one.name == "outside links")
    chores.run_once(app, chore, NOW)
    for thread in threading.enumerate():
        if thread.name == "outside links":
            thread.join(5)
    assert outside.asked == [f"HEAD {GOOD}"]
    store.dispose()


def chore_names(app: Flask) -> list[str]:
    app.extensions["portal"].database.dispose()
    return [one.name for one in app.extensions["chores"]]
