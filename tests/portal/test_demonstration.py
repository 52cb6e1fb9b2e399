"""An invented Centre for shows: on an empty site only, marked everywhere, the same each time."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from agencies import register
from content.editorial.models import Draft
from content.editorial.stages import OPEN
from feedback.demo import CASES
from feedback.models import Answer, Case, CaseIdentity
from feedback.states import State
from portal import chain, demonstration
from portal.database import Database
from portal.demonstration import PEOPLE
from portal.staff import accounts
from portal.staff.models import Role, StaffAccount
from tests.support.pages import StrictClient

SAID = "Dữ liệu giả định để trình diễn."


@pytest.fixture
def store(app: Flask, now: datetime) -> Database:
    found: Database = app.extensions["portal"].database
    with found.write() as db:
        register.load(db, "quangnam", now)
        db.commit()
    return found


@pytest.fixture
def shown(app: Flask, store: Database) -> str:
    """A site that was filled; what the command printed."""
    done = app.test_cli_runner().invoke(args=["portal", "demo"])
    assert done.exit_code == 0, done.output
    return done.output


def test_every_state_role_and_stage_is_there_and_passwords_open_once(
    app: Flask, client: StrictClient, store: Database, shown: str
) -> None:
    with store.read() as db:
        cases = db.scalars(select(Case)).all()
        assert len(cases) == CASES
        stages = set(db.scalars(select(Draft.stage)))
        roles = {role for row in accounts.everyone(db) for role in row.roles}
        assert db.scalar(select(func.count()).where(Answer.published_at.is_not(None))) > 10
        assert db.scalar(select(func.count()).select_from(CaseIdentity)) == CASES
        for name in ("staff", "cases"):
            chain.verify(db, name)
    reached = {case.state for case in cases}
    quiet = {State.QUARANTINED, State.WAITING, State.REOPENED}
    assert reached >= {state.value for state in set(State) - quiet}
    assert stages >= {stage.value for stage in OPEN}
    assert roles == set(Role)
    printed = dict(re.findall(r"^(mau-\S+)\t(\S+)$", shown, re.MULTILINE))
    assert set(printed) == set(PEOPLE)
    with store.read() as db:
        assert accounts.check(db, "mau-duyet", printed["mau-duyet"]) is not None


@pytest.mark.parametrize(
    "path",
    ["/", "/en/", "/thong-bao", "/so-lieu", "/don-vi/ttpvhcc", "/khong-co", "/co-cau-to-chuc"],
)
def test_every_page_says_that_it_is_invented_and_stays_out_of_search_engines(
    client: StrictClient, shown: str, path: str
) -> None:
    answer = client.get(path)
    html = answer.get_data(as_text=True)
    assert 'class="invented"' in html
    assert re.search(r'<meta name="robots" content="noindex', html)


def test_the_desk_and_the_robots_say_so_too(
    client: StrictClient, staff: Callable[..., StrictClient], shown: str
) -> None:
    assert SAID in staff(Role.OFFICER).get("/quan-tri/").page.text
    assert client.get("/robots.txt").text.split() == ["User-agent:", "*", "Disallow:", "/"]


def test_a_page_kept_before_the_filling_is_not_shown_after_it(
    app: Flask, client: StrictClient, store: Database
) -> None:
    assert SAID not in client.get("/").page.text
    app.test_cli_runner().invoke(args=["portal", "demo"])
    assert SAID in client.get("/").page.text


def test_a_second_filling_is_refused_and_only_asked_for_adds_cases(
    app: Flask, store: Database, shown: str
) -> None:
    runner = app.test_cli_runner()
    refused = runner.invoke(args=["portal", "demo"])
    assert refused.exit_code == 1
    assert "--again" in refused.output
    again = runner.invoke(args=["portal", "demo", "--again"])
    assert again.exit_code == 0, again.output
    assert "mau-duyet\t" not in again.output
    with store.read() as db:
        assert db.scalar(select(func.count()).select_from(Case)) == 2 * CASES


def test_a_site_with_a_second_account_is_never_filled(
    app: Flask, store: Database, now: datetime
) -> None:
    with store.write() as db:
        for name in ("quantri", "can-bo"):
            accounts.create(db, username=name, name=name, roles=[Role.ADMIN], now=now, by="test")
        db.commit()
    for arguments in (["portal", "demo"], ["portal", "demo", "--again"]):
        done = app.test_cli_runner().invoke(args=arguments)
        assert done.exit_code == 1
        assert "còn trống" in done.output
    with store.read() as db:
        assert db.scalar(select(func.count()).select_from(Case)) == 0
        assert not demonstration.is_on(db)


def test_chance_falls_the_same_way_each_time() -> None:
    one, other = demonstration.chance_of(1), demonstration.chance_of(1)
    assert [one.random() for _n in range(50)] == [other.random() for _n in range(50)]


def test_a_plain_site_invents_nothing(client: StrictClient, store: Database) -> None:
    with store.read() as db:
        for table in (Case, Answer, StaffAccount, Draft):
            assert db.scalar(select(func.count()).select_from(table)) == 0
    for path in ("/", "/so-lieu", "/don-vi", "/robots.txt"):
        text = client.get(path).get_data(as_text=True)
        assert "giả định" not in text
        assert "Mẫu" not in text
