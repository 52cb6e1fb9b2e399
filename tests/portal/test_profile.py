"""Profiles: what makes one installation the site of one organisation."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from pydantic import ValidationError

from portal import profile
from portal.config import SITE

CATALOGUE = Path(__file__).resolve().parents[3] / "shared/data/tthc/catalogue.csv"
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("tenant", profile.known())
def test_every_profile_loads_and_its_mark_exists(tenant: str) -> None:
    loaded = profile.load(tenant)
    assert loaded.tenant == tenant
    assert (SITE / "static" / loaded.mark).is_file()
    assert loaded.time_zone.key == "Asia/Ho_Chi_Minh"


def test_the_two_tenants_are_known() -> None:
    assert profile.known() == ["danang", "quangnam"]


def test_the_running_application_has_its_profile(app: Flask) -> None:
    with app.app_context():
        assert profile.profile().organisation.full_name == (
            "Trung tâm Phục vụ hành chính công tỉnh Quảng Nam"
        )


@pytest.mark.parametrize("tenant", ["", "hue", "../profiles/quangnam", "QUANGNAM", "a\0b"])
def test_an_unknown_tenant_is_refused_with_the_known_ones(tenant: str) -> None:
    with pytest.raises(ValueError, match=r"hiện có: danang, quangnam\."):
        profile.load(tenant)


def test_a_profile_cannot_be_changed_while_running() -> None:
    with pytest.raises(ValidationError):
        profile.load("quangnam").place = "Huế"  # type: ignore[misc]


def test_quang_nam_keeps_its_districts_and_da_nang_has_none_since_july_2025() -> None:
    levels = [level.level for level in profile.load("quangnam").levels_on(TODAY)]
    assert levels == ["commune", "district", "province"]
    danang = profile.load("danang")
    assert [level.level for level in danang.levels_on(TODAY)] == ["commune", "province"]
    assert "district" in [level.level for level in danang.levels_on(date(2025, 6, 30))]
    assert "district" not in [level.level for level in danang.levels_on(date(2025, 7, 1))]


def test_the_successor_of_quang_nam_begins_on_the_day_it_ends() -> None:
    ended = profile.load("quangnam").jurisdiction
    assert profile.load(ended.successor).jurisdiction.since == ended.until


def test_decree_42_holds_until_the_last_of_june_2026_and_decree_224_from_the_next_day() -> None:
    loaded = profile.load("quangnam")
    assert [b.number for b in loaded.legal_bases_on(date(2026, 6, 30))] == ["42/2022/NĐ-CP"]
    assert [b.number for b in loaded.legal_bases_on(date(2026, 7, 1))] == ["224/2026/NĐ-CP"]
    assert loaded.legal_bases_on(date(2022, 8, 14)) == ()


def test_procedures_are_controlled_by_the_ministry_of_justice_since_august_2026() -> None:
    loaded = profile.load("danang")
    assert loaded.controller(date(2026, 8, 4)).short_code == "VPCP"
    assert loaded.controller(date(2026, 8, 5)).name == "Bộ Tư pháp"


def test_the_portal_address_of_a_procedure_carries_its_code() -> None:
    address = profile.load("quangnam").links.procedure("1.001193")
    assert address.startswith("https://dichvucong.gov.vn/")
    assert address.endswith("=1.001193")


def test_dossier_codes_have_the_shape_of_the_circular() -> None:
    loaded = profile.load("quangnam")
    assert loaded.is_dossier_code("000.00.00.H47-240501-0001")
    for wrong in ("", "H47-240501-0001", "000.00.00.H47-240501-0001 ", "x" * 10_000):
        assert not loaded.is_dossier_code(wrong)


@pytest.mark.parametrize(
    "issuer",
    ["", "Bộ Tư pháp", "Ngân hàng Nhà nước Việt Nam", "Tòa án nhân dân", "Sóc Trăng", "a\0b"],
)
def test_ministries_and_unknown_issuers_count_as_national(issuer: str) -> None:
    assert profile.load("quangnam").is_local_or_national(issuer)


@pytest.mark.parametrize(
    "issuer",
    [
        "UBND Thành phố Đà Nẵng",
        "UBND thành phố Đà Nẵng",
        "Uỷ ban nhân dân TP. Đà Nẵng",
        "Ủy ban nhân dân Tp.Đà Nẵng",
        "Sở Khoa học và Công nghệ TP.Đà Nẵng",
        "Trung tâm phục vụ hành chính công thành phố Đà Nẵng",
    ],
)
def test_da_nang_is_local_to_da_nang_however_it_is_written(issuer: str) -> None:
    assert profile.load("danang").is_local_or_national(issuer)
    assert not profile.load("quangnam").is_local_or_national(issuer)


@pytest.mark.parametrize(
    "issuer",
    [
        "UBND tỉnh Quảng Ngãi",
        "Sở Xây dựng - tỉnh Quảng Ngãi",
        "Trung tâm phục vụ hành chính công Thành phố Hà Nội",
        "Ủy ban nhân dân cấp tỉnh",
        "UBND",
    ],
)
def test_another_province_is_neither_local_nor_national(issuer: str) -> None:
    for tenant in profile.known():
        assert not profile.load(tenant).is_local_or_national(issuer)


@pytest.mark.real_data
@pytest.mark.skipif(not CATALOGUE.is_file(), reason="the national catalogue is not here")
@pytest.mark.parametrize(("tenant", "foreign"), [("quangnam", 873), ("danang", 800)])
def test_the_catalogue_rows_of_other_provinces_are_told_apart(tenant: str, foreign: int) -> None:
    loaded = profile.load(tenant)
    with CATALOGUE.open(encoding="utf-8", newline="") as lines:
        told = Counter(
            loaded.is_local_or_national(row["issuing_agency"]) for row in csv.DictReader(lines)
        )
    assert told[False] == foreign
