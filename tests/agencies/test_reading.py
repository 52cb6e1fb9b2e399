"""Where people of an old or a new place have to go, on both databases and with the real lists."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from agencies import reading, register
from agencies.models import UnitRow
from portal import revisions
from search_index.models import SearchRow

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
LAST_OF_QUANG_NAM = date(2025, 6, 30)
MERGED_LISTS = (
    Path(__file__).resolve().parents[3] / "shared" / "data" / "units" / "units_2025_07_da_nang.csv"
)


@pytest.fixture
def danang(db: Session) -> Session:
    register.load(db, "danang", NOW)
    return db


def names(offices: tuple[reading.Office, ...]) -> list[str]:
    return [office.name for office in offices]


def test_an_old_name_leads_to_the_office_of_today_with_its_address(danang: Session) -> None:
    (office,) = reading.office_for(danang, "ubnd phuong thanh binh", TODAY)
    assert (office.name, office.code) == ("Phường Hải Châu", "20242")
    assert office.address == "Số 15 đường Lê Hồng Phong, phường Hải Châu"
    assert office.formerly == ("Phường Thanh Bình",)
    assert office.map_url.startswith("https://www.openstreetmap.org/?mlat=16.06373&mlon=108.22247")


def test_a_code_leads_to_its_unit_or_to_whoever_took_it_over(danang: Session) -> None:
    assert names(reading.office_for(danang, "20242", TODAY)) == ["Phường Hải Châu"]
    assert names(reading.office_for(danang, "20656-2023", TODAY)) == ["Xã Nông Sơn"]
    assert names(reading.office_for(danang, "20656-2023", date(2024, 1, 1))) == [
        "Thị trấn Trung Phước"
    ]


def test_a_divided_place_gives_every_heir_and_says_so(danang: Session) -> None:
    told = reading.answer(danang, "xã Hòa Liên", TODAY)
    assert names(told.offices) == ["Phường Hải Vân", "Phường Liên Chiểu"]
    assert told.divided == ("Xã Hòa Liên",)


def test_an_abolished_district_gives_the_units_that_lie_there_now(danang: Session) -> None:
    found = names(reading.office_for(danang, "huyện Duy Xuyên", TODAY))
    assert "Xã Duy Xuyên" in found
    assert "Xã Nam Phước" in found


def test_a_name_of_today_that_was_another_place_before_gives_both(danang: Session) -> None:
    danang.get_one(UnitRow, "20242").name = "Phường Nam Phước"
    danang.flush()
    found = reading.answer(danang, "Nam Phước", TODAY)
    assert names(found.offices) == ["Phường Nam Phước", "Xã Nam Phước"]


def test_a_name_half_remembered_gives_guesses_and_nonsense_nothing(danang: Session) -> None:
    guesses = reading.answer(danang, "hoa hiep", TODAY).guesses
    assert {unit.name for unit in guesses} >= {"Phường Hòa Hiệp Bắc", "Phường Hòa Hiệp Nam"}
    for nonsense in ("Atlantis", "x", "", "\0", "=1+1", "xã " * 40_000):
        told = reading.answer(danang, nonsense, TODAY)
        assert (told.offices, told.guesses) == ((), ()), nonsense[:20]


def test_a_units_page_tells_what_it_came_from_and_what_it_became(danang: Session) -> None:
    page = reading.unit_page(danang, "20242", TODAY)
    assert page.exists
    assert {change.unit.name for change in page.before} >= {"Phường Thanh Bình"}
    assert {change.on for change in page.before} == {date(2025, 7, 1)}
    old = next(one.unit for one in page.before if one.unit.name == "Phường Thanh Bình")
    ended = reading.unit_page(danang, old.code, TODAY)
    assert not ended.exists
    assert [change.unit.code for change in ended.after] == ["20242"]
    assert names(ended.offices) == ["Phường Hải Châu"]


@pytest.mark.parametrize("code", ["", "không có", "x" * 10_000, "5\0"])
def test_an_unknown_code_has_no_page(danang: Session, code: str) -> None:
    with pytest.raises(reading.NoSuchUnit):
        reading.unit_page(danang, code, TODAY)


def test_the_list_goes_by_level_and_then_from_a_to_y(danang: Session) -> None:
    listed = reading.unit_list(danang, TODAY)
    assert [level for level, _units in listed.levels] == ["province", "centre", "department"]
    letters = [group.letter for group in listed.communes]
    assert letters.index("D") < letters.index("Đ") < letters.index("H")
    assert sum(len(group.units) for group in listed.communes) == 94
    before = reading.unit_list(danang, LAST_OF_QUANG_NAM)
    (nong_son,) = [
        district
        for group in before.communes
        for unit, district in group.units
        if unit.name == "Thị trấn Trung Phước"
    ]
    assert nong_son == "Huyện Quế Sơn"


def test_units_of_today_are_in_search_under_old_names_and_counted_as_one_change(
    danang: Session,
) -> None:
    rows = {row.key: row for row in danang.scalars(select(SearchRow))}
    assert len(rows) == len(register.current(danang, TODAY))
    hai_chau = rows["unit:20242"]
    assert (hai_chau.kind, hai_chau.url) == ("unit", "/don-vi/20242")
    assert "Phường Thanh Bình" in hai_chau.aliases
    assert "unit:20656-2023" not in rows
    assert revisions.current(danang)[revisions.Area.UNITS] == 1
    assert {row.revision for row in rows.values()} == {1}


def test_contacts_that_staff_entered_stay_when_the_list_is_loaded_again(danang: Session) -> None:
    row = danang.get_one(UnitRow, "20242")
    row.latitude, row.longitude, row.hours = "16.0", "108.0", "Thứ hai đến thứ sáu"
    danang.flush()
    assert register.load(danang, "danang", NOW).updated == 0
    assert (row.latitude, row.hours) == ("16.0", "Thứ hai đến thứ sáu")


@pytest.mark.real_data
@pytest.mark.skipif(not MERGED_LISTS.is_file(), reason="the lists of merged communes are not here")
def test_every_old_commune_of_the_merged_lists_leads_to_its_unit(danang: Session) -> None:
    missed, asked = [], 0
    with MERGED_LISTS.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            for old in line["merged_from"].removeprefix("Toàn bộ ").split(","):
                asked += 1
                found = {office.code for office in reading.office_for(danang, old.strip(), TODAY)}
                if line["commune_code"] not in found:
                    missed.append((old, line["commune"]))
    assert asked >= 253
    assert missed == []
