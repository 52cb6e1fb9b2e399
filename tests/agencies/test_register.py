"""The register of units: loading, asking for a day, and following mergers."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agencies import register
from agencies.models import UnitAlias, UnitRow, UnitSuccession
from portal import revisions
from portal.database import Database
from portal.errors import RefusedInput

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
IN_2022 = date(2022, 11, 1)
LAST_OF_2024 = date(2024, 12, 31)
FIRST_OF_2025 = date(2025, 1, 1)
LAST_OF_QUANG_NAM = date(2025, 6, 30)
MERGED = date(2025, 7, 1)
TODAY = date(2026, 11, 23)


@pytest.fixture
def quangnam(db: Session) -> Session:
    register.load(db, "quangnam", NOW)
    return db


@pytest.fixture
def danang(db: Session) -> Session:
    register.load(db, "danang", NOW)
    return db


def counted(db: Session, day: date) -> Counter[str]:
    return Counter(unit.level for unit in register.current(db, day))


def kinds(db: Session, day: date) -> Counter[str]:
    names = [unit.name for unit in register.current(db, day) if unit.level == "commune"]
    return Counter(name.split()[0] for name in names)


def test_quang_nam_of_2022_has_18_districts_and_241_communes(quangnam: Session) -> None:
    found = counted(quangnam, IN_2022)
    assert (found["district"], found["commune"], found["centre"]) == (18, 241, 1)


def test_quang_nam_since_2025_has_17_districts_and_233_communes(quangnam: Session) -> None:
    found = counted(quangnam, FIRST_OF_2025)
    assert (found["district"], found["commune"]) == (17, 233)
    assert kinds(quangnam, FIRST_OF_2025) == {"Xã": 190, "Phường": 29, "Thị": 14}
    assert counted(quangnam, TODAY) == found


def test_da_nang_has_no_district_and_94_communes_since_july_2025(danang: Session) -> None:
    found = counted(danang, MERGED)
    assert (found["district"], found["commune"], found["province"]) == (0, 94, 1)
    assert kinds(danang, MERGED) == {"Xã": 70, "Phường": 23, "Đặc": 1}
    before = counted(danang, LAST_OF_QUANG_NAM)
    assert (before["district"], before["commune"], before["province"]) == (25, 280, 2)


def test_units_come_by_level_and_then_in_the_order_of_the_alphabet(quangnam: Session) -> None:
    names = [unit.name for unit in register.current(quangnam, TODAY)]
    assert names[:3] == [
        "Tỉnh Quảng Nam",
        "Trung tâm Phục vụ hành chính công",
        "Ban Dân tộc",
    ]
    assert names.index("Huyện Duy Xuyên") < names.index("Huyện Đại Lộc")
    assert names.index("Huyện Đại Lộc") < names.index("Thị trấn Ái Nghĩa")


@pytest.mark.parametrize("tenant", ["quangnam", "danang"])
def test_loading_twice_changes_nothing(db: Session, tenant: str) -> None:
    first = register.load(db, tenant, NOW)
    assert first.created > 290
    revision = revisions.current(db)[revisions.Area.UNITS]
    again = register.load(db, tenant, NOW)
    assert (again.created, again.updated, again.unchanged) == (0, 0, first.created)
    assert revisions.current(db)[revisions.Area.UNITS] == revision == 1


def test_two_machines_that_load_at_once_do_the_work_once(store: Database) -> None:
    def load() -> int:
        with store.write() as db:
            done = register.load(db, "quangnam", NOW)
            db.commit()
        return done.created

    with ThreadPoolExecutor(4) as machines:
        created = [work.result() for work in [machines.submit(load) for _ in range(4)]]
    assert sorted(created) == [0, 0, 0, 293]


def test_a_load_mends_a_fact_and_keeps_what_staff_entered(quangnam: Session) -> None:
    row = quangnam.get_one(UnitRow, "20611")
    name, row.name = row.name, "Xã Sai"
    row.phone, row.office_address = "0235 000 000", "Thôn Một"
    quangnam.flush()
    assert register.load(quangnam, "quangnam", NOW).updated == 1
    quangnam.expire_all()
    assert (row.name, row.phone, row.office_address) == (name, "0235 000 000", "Thôn Một")


def test_the_register_of_another_tenant_is_refused_and_nothing_changes(quangnam: Session) -> None:
    before = quangnam.scalar(select(func.count()).select_from(UnitRow))
    with pytest.raises(RefusedInput, match="Tỉnh Quảng Nam"):
        register.load(quangnam, "danang", NOW)
    assert quangnam.scalar(select(func.count()).select_from(UnitRow)) == before


@pytest.mark.parametrize(
    "tenant", ["", "hue", "../registers/quangnam", "a\0b", "quangnam.aliases/"]
)
def test_a_tenant_without_a_register_is_refused(db: Session, tenant: str) -> None:
    with pytest.raises(RefusedInput, match="danh mục đơn vị"):
        register.load(db, tenant, NOW)


def test_a_unit_is_got_by_its_code_even_after_its_end(quangnam: Session) -> None:
    ended = register.get(quangnam, "519")
    assert ended is not None
    assert (ended.name, ended.level, ended.parent) == ("Huyện Nông Sơn", "district", "49")
    for unknown in ("", "99999", "x" * 10_000, "5\0"):
        assert register.get(quangnam, unknown) is None


def test_nong_son_became_part_of_que_son_in_2025(quangnam: Session) -> None:
    assert [u.name for u in register.successors(quangnam, "519", LAST_OF_2024)] == [
        "Huyện Nông Sơn"
    ]
    assert [u.name for u in register.successors(quangnam, "519", FIRST_OF_2025)] == [
        "Huyện Quế Sơn"
    ]


def test_successions_are_followed_through_every_merger(danang: Session) -> None:
    """Xã Quế Trung: thị trấn in 2023, under another district in 2025, xã Nông Sơn in July."""
    chain = [
        (IN_2022, "Xã Quế Trung"),
        (date(2023, 4, 10), "Thị trấn Trung Phước"),
        (FIRST_OF_2025, "Thị trấn Trung Phước"),
        (MERGED, "Xã Nông Sơn"),
    ]
    for day, name in chain:
        assert [u.name for u in register.successors(danang, "20656-2023", day)] == [name]


def test_a_commune_that_was_divided_has_two_successors(danang: Session) -> None:
    (old,) = register.find(danang, "xã Hòa Liên", LAST_OF_QUANG_NAM)
    names = [unit.name for unit in register.successors(danang, old.code, TODAY)]
    assert names == ["Phường Hải Vân", "Phường Liên Chiểu"]


def test_every_ended_commune_of_da_nang_has_a_successor_today(danang: Session) -> None:
    finder = register.Finder(danang, TODAY)
    ended = select(UnitRow.code).where(UnitRow.level == "commune", UnitRow.valid_to.is_not(None))
    codes = list(danang.scalars(ended))
    assert len(codes) == 301
    assert [code for code in codes if not finder.successors(code)] == []


def test_a_circle_of_successions_ends(quangnam: Session) -> None:
    row = UnitSuccession(predecessor="509", successor="519", on=FIRST_OF_2025, source="sai")
    quangnam.add(row)
    quangnam.get_one(UnitRow, "509").valid_to = FIRST_OF_2025
    quangnam.flush()
    assert register.successors(quangnam, "519", TODAY) == []
    assert register.successors(quangnam, "không có", TODAY) == []


def test_every_fact_names_its_source_and_every_date_is_in_order(danang: Session) -> None:
    for model in (UnitRow, UnitAlias, UnitSuccession):
        assert "" not in set(danang.scalars(select(model.source)))
    for row in danang.scalars(select(UnitRow)):
        assert row.valid_from is None or row.valid_to is None or row.valid_from < row.valid_to
