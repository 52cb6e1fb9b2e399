"""Finding a unit by the many ways in which people write its name."""

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from unicodedata import normalize

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies import names, register
from portal.database import Database
from tests.conftest import prepare

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LAST_OF_QUANG_NAM = date(2025, 6, 30)
TODAY = date(2026, 11, 23)
CASE_LOAD = Path(__file__).resolve().parents[3] / "shared/data/stats/case_load_2024_2025.csv"

Ask = Callable[..., list[str]]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """`ask("Duy Hoà", tenant="danang")` gives the names of the units found.

    On SQLite alone: what is asked here is asked of Python; test_register.py asks both databases.
    """
    folder = tmp_path_factory.mktemp("registers")
    stores = {name: Database(f"sqlite:///{folder / name}") for name in ("quangnam", "danang")}
    for tenant, store in stores.items():
        prepare(store)
        with store.write() as db:
            register.load(db, tenant, NOW)
            db.commit()
    finders: dict[tuple[str, date], register.Finder] = {}

    def found(text: str, *, tenant: str = "quangnam", day: date = TODAY) -> list[str]:
        if (tenant, day) not in finders:
            with stores[tenant].read() as db:
                finders[tenant, day] = register.Finder(db, day)
        return [unit.name for unit in finders[tenant, day].find(text)]

    yield found
    for store in stores.values():
        store.dispose()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Xã Duy Hòa", "Xã Duy Hòa"),
        ("UBND xã Duy Hoà", "Xã Duy Hòa"),
        ("Uỷ ban nhân dân xã Duy Hoà", "Xã Duy Hòa"),
        ("xa duy hoa", "Xã Duy Hòa"),
        ("DUY HÒA", "Xã Duy Hòa"),
        (normalize("NFD", "UBND Xã Duy Hoà,"), "Xã Duy Hòa"),
        ("Tam Kỳ", "Thành phố Tam Kỳ"),
        ("UBND TP.Tam Kỳ", "Thành phố Tam Kỳ"),
        ("TT Núi Thành", "Thị trấn Núi Thành"),
        ("UBND thị trấn Núi Thành huyện Núi Thành", "Thị trấn Núi Thành"),
        ("Huyện Núi Thành, tỉnh Quảng Nam", "Huyện Núi Thành"),
        ("Xã Tam Xuân 1", "Xã Tam Xuân I"),
        ("xã AVương", "Xã A Vương"),
        ("Xã Trà Don", "Xã Trà Don"),
        ("Xã Trà Dơn", "Xã Trà Dơn"),
        ("Phường Hòa Thuận - TP Tam Kỳ", "Phường Hoà Thuận"),
        ("Sở Tư Pháp", "Sở Tư pháp"),
        ("Sở Tư pháp tỉnh Quảng Nam", "Sở Tư pháp"),
        ("Sở TN&MT", "Sở Tài nguyên và Môi trường"),
        ("Sở văn hoá, thể thao và du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở Lao động - Thương binh và Xã hội", "Sở Lao động - Thương binh và Xã hội"),
        ("UBND tỉnh", "Tỉnh Quảng Nam"),
        ("Trung tâm Phục vụ Hành chính công tỉnh Quảng Nam", "Trung tâm Phục vụ hành chính công"),
        ("Xã Điện Minh", "Phường Điện Minh"),
        ("Xã Quế Lộc, huyện Nông Sơn", "Xã Quế Lộc"),
        ("huyện Nông Sơn", "Huyện Quế Sơn"),
        ("Xã Duy Thu", "Xã Duy Tân"),
    ],
)
def test_a_unit_is_found_however_it_is_written(ask: Ask, text: str, name: str) -> None:
    assert ask(text) == [name]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("UBND xã Duy Hoà", ["Xã Thu Bồn"]),
        ("Xã Duy Hòa, huyện Duy Xuyên, tỉnh Quảng Nam", ["Xã Thu Bồn"]),
        ("phường An Mỹ (TP Tam Kỳ)", ["Phường Tam Kỳ"]),
        ("Xã Hòa Liên", ["Phường Hải Vân", "Phường Liên Chiểu"]),
        ("Huyện Hoàng Sa", ["Đặc khu Hoàng Sa"]),
        ("Duy Xuyên", ["Xã Duy Xuyên"]),
        ("huyện Duy Xuyên", []),
        ("tỉnh Quảng Nam", ["Thành phố Đà Nẵng"]),
        ("Sở Y tế TP. Đà Nẵng", ["Sở Y tế"]),
        ("Sở Nông nghiệp và Môi trường TP.Đà Nẵng", ["Sở Nông nghiệp và Môi trường"]),
    ],
)
def test_old_names_lead_to_the_units_of_today_in_da_nang(
    ask: Ask, text: str, found: list[str]
) -> None:
    assert ask(text, tenant="danang") == found


def test_a_name_that_two_units_bear_gives_both(ask: Ask) -> None:
    assert ask("tra don") == ["Xã Trà Don", "Xã Trà Dơn"]
    assert ask("Núi Thành") == ["Huyện Núi Thành", "Thị trấn Núi Thành"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ,;- ",
        "UBND",
        "UBND xã",
        "Sở Y tế tỉnh Lai Châu",
        "Xã Duy Hòa, huyện Đại Lộc",
        "Thị trấn Duy Hòa",
        "Trung ương",
        "=1+1",
        "a\0b",
        "xã " * 40_000,
    ],
)
def test_what_names_no_unit_here_finds_nothing(ask: Ask, text: str) -> None:
    assert ask(text) == []


def test_a_unit_is_not_found_before_it_began(ask: Ask) -> None:
    assert ask("Xã Quế Tân", day=date(2024, 12, 31)) == []
    assert ask("Xã Quế Tân", day=date(2025, 1, 1)) == ["Xã Quế Tân"]
    assert ask("Xã Hiệp Hòa", day=date(2024, 12, 31)) == ["Xã Hiệp Hòa"]


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    for reading in names.readings(text):
        assert reading.names


def test_the_commands_load_and_find(app: Flask) -> None:
    runner = app.test_cli_runner()
    assert "thêm 29" in runner.invoke(args=["agencies", "load"]).output
    assert '"created": 0' in runner.invoke(args=["agencies", "load", "--json"]).output
    found = runner.invoke(args=["agencies", "find", "UBND xã Duy Hoà"])
    assert (found.exit_code, found.output) == (0, "20611\tXã Duy Hòa\tcommune\t508\n")
    then = runner.invoke(args=["agencies", "find", "Nông Sơn", "--day", "2024-12-31", "--json"])
    assert '"Huyện Nông Sơn"' in then.output
    missed = runner.invoke(args=["agencies", "find", "Atlantis"])
    assert missed.exit_code == 1
    assert "Không có đơn vị nào tên «Atlantis»" in missed.output


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.real_data
@pytest.mark.skipif(not CASE_LOAD.is_file(), reason="the dossier figures are not here")
def test_every_commune_of_the_dossier_figures_is_found_in_its_district(ask: Ask) -> None:
    rows = [r for r in read(CASE_LOAD) if r["region"] == "Quảng Nam" and r["level"] == "commune"]
    assert len(rows) == 207
    missed = [
        row["name"]
        for row in rows
        if len(ask(f"{row['name']}, {row['district']}", day=LAST_OF_QUANG_NAM)) != 1
    ]
    assert missed == []


@pytest.mark.real_data
@pytest.mark.skipif(not CASE_LOAD.is_file(), reason="the dossier figures are not here")
def test_every_unit_of_the_dossier_figures_has_a_successor_in_da_nang(ask: Ask) -> None:
    communes = [row for row in read(CASE_LOAD) if row["level"] == "commune"]
    missed = [row["name"] for row in communes if not ask(row["name"], tenant="danang")]
    assert missed == []
