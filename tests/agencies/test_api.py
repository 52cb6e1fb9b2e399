"""The register of units as machines get it."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from agencies import api, register
from agencies.api import UnitsAsked
from portal.errors import NotFound
from portal.vietnamese import sort_key
from tests.support.pages import StrictClient

TODAY = date(2026, 11, 23)
SITE = "https://example.gov.vn"


@pytest.fixture
def quangnam(db: Session, now: datetime) -> Session:
    register.load(db, "quangnam", now)
    return db


@pytest.fixture
def danang(db: Session, now: datetime) -> Session:
    register.load(db, "danang", now)
    return db


@pytest.fixture
def loaded(app: Flask, now: datetime) -> Iterator[None]:
    with app.extensions["portal"].database.write() as db:
        register.load(db, "quangnam", now)
        db.commit()
    yield


def test_the_units_of_today_come_in_pages_in_vietnamese_order(quangnam: Session) -> None:
    found: list[api.UnitEntry] = []
    first = api.listed(quangnam, UnitsAsked(size=100), TODAY, SITE)
    for page in range(1, first.pages + 1):
        found += api.listed(quangnam, UnitsAsked(page=page, size=100), TODAY, SITE).items
    assert len(found) == first.total == len(register.current(quangnam, TODAY))
    assert len({unit.code for unit in found}) == len(found)
    names = [register.get(quangnam, unit.code) for unit in found]
    keys = [sort_key(unit.short_name) for unit in names if unit]
    assert keys == sorted(keys)


@pytest.mark.parametrize("level", ["province", "department", "district", "commune"])
def test_a_level_leaves_that_level_only(quangnam: Session, level: str) -> None:
    asked = UnitsAsked.model_validate({"level": level, "size": "100"})
    found = api.listed(quangnam, asked, TODAY, SITE)
    assert found.total > 0
    assert {unit.level.value for unit in found.items} == {level}


def test_a_parent_leaves_what_lies_in_it(quangnam: Session) -> None:
    found = api.listed(quangnam, UnitsAsked(parent="504", size=100), TODAY, SITE)
    assert found.total > 1
    assert {unit.parent for unit in found.items} == {"504"}


def test_another_day_shows_the_units_of_that_day(danang: Session) -> None:
    now, then = (
        {unit.code for unit in api.listed(danang, UnitsAsked(on=day, size=100), TODAY, SITE).items}
        for day in (TODAY, date(2025, 6, 30))
    )
    assert now != then
    assert (
        api.listed(danang, UnitsAsked(on=date(2025, 6, 30), level="district"), TODAY, SITE).total
        > 0
    )
    assert api.listed(danang, UnitsAsked(level="district"), TODAY, SITE).total == 0


def test_a_unit_that_ended_says_who_took_it_over(danang: Session) -> None:
    ended = api.detail(danang, "49", SITE)
    assert ended.valid_to == date(2025, 7, 1)
    assert [step.code for step in ended.successors] == ["48"]
    assert ended.url == f"{SITE}/don-vi/49"
    assert "49" in [step.code for step in api.detail(danang, "48", SITE).predecessors]


def test_a_code_nobody_has_is_not_found(quangnam: Session) -> None:
    with pytest.raises(NotFound):
        api.detail(quangnam, "khong-co", SITE)


def test_units_answer_with_number_and_neighbours(client: StrictClient, loaded: None) -> None:
    answer = client.get("/api/v1/units?level=commune&size=10&page=2")
    assert len(answer.json["items"]) == 10
    assert answer.headers["X-Total-Count"] == str(answer.json["total"])
    assert 'page=3>; rel="next"' in answer.headers["Link"]
    assert "level=commune" in answer.headers["Link"]
    again = client.get(answer.request.path + "?level=commune&size=10&page=2",
                       headers={"If-None-Match": answer.headers["ETag"]})  # fmt: skip
    assert again.status_code == 304


@pytest.mark.parametrize(
    "question",
    ["level=ward", "on=2026-02-30", "on=0", "on=1700000000", "on=0000-01-01", "parent=%00",
     "parent=a/b", "page=x"],
)  # fmt: skip
def test_nonsense_is_refused(client: StrictClient, question: str) -> None:
    answer = client.get(f"/api/v1/units?{question}")
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")


@pytest.mark.parametrize("code", ["%00", "a%20b", "x" * 61, "%F0%9F%98%80", "khong-co"])
def test_a_hostile_code_is_never_an_error_of_ours(client: StrictClient, code: str) -> None:
    assert client.get(f"/api/v1/units/{code}").status_code in {404, 422}
