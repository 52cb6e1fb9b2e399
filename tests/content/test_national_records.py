"""What a record of the national export becomes."""

import unicodedata

import pytest

from content.errors import BadRecord
from content.models import Source
from content.national_records import read
from content.shapes import Audience, Channel, Level, Online, Procedure
from tests.content.exports import a_record, a_row


def procedure(**parts: object) -> Procedure:
    return read(Source.DETAILED, a_record(**parts))[0]  # type: ignore[arg-type]


def test_a_full_record_keeps_every_fact() -> None:
    found = procedure()
    assert (found.code, found.decision, found.field) == ("1.001193", "163/QĐ-BTP", "Hộ tịch")
    assert found.levels == (Level.COMMUNE,)
    assert found.online is Online.OFFERED
    assert found.papers[0].papers[0].name == "Tờ khai"
    assert found.papers[0].papers[0].originals == 1
    assert found.legal_basis[0].number == "60/2014/QH13"
    assert found.results == ("Giấy khai sinh",)


def test_a_catalogue_row_knows_little_and_claims_nothing_more() -> None:
    found, findings = read(Source.CATALOGUE, a_row())
    assert found.implementing_agency == "UBND cấp xã"
    assert (found.online, found.levels, found.methods) == (Online.UNKNOWN, (), ())
    assert findings == []


@pytest.mark.parametrize("spelling", ["Cấp bộ/ngành", "Cấp Bộ", "CẤP BỘ", "cấp bộ"])
def test_level_spellings_mean_one_level(spelling: str) -> None:
    assert procedure(levels=[spelling, "Cấp Xã", "Cấp xã"]).levels == (
        Level.COMMUNE,
        Level.MINISTRY,
    )


def test_officials_torn_apart_by_commas_are_one_audience() -> None:
    found = procedure(audience=["Doanh nghiệp", "Cán bộ", "công chức", "viên chức"])
    assert found.audience == (Audience.OFFICIAL, Audience.BUSINESS)


def test_an_audience_nobody_knows_is_kept_as_other_and_reported() -> None:
    found, findings = read(Source.DETAILED, a_record(audience=["nhóm 1"]))
    assert found.audience == (Audience.OTHER,)
    assert findings == ["Đối tượng lạ: «nhóm 1»."]


@pytest.mark.parametrize("blank", ["", "  ", "N/A", "Không có thông tin", "Phí :  Đồng"])
def test_a_blank_fee_is_unknown_and_never_free(blank: str) -> None:
    way = {"channel": "Trực tiếp", "time": "5 ngày", "fee": blank, "note": ""}
    assert procedure(methods=[way]).methods[0].fee == ""


@pytest.mark.parametrize(
    "fee", ["Phí : 0 Đồng", "Phí : Không Đồng", "Lệ phí : 8.000 Đồng (mỗi bản)"]
)
def test_a_fee_stays_word_for_word(fee: str) -> None:
    way = {"channel": "Trực tiếp", "time": "N/A", "fee": fee, "note": ""}
    found = procedure(methods=[way]).methods[0]
    assert (found.channel, found.time, found.fee) == (Channel.DIRECT, "", fee)


def test_online_is_none_only_where_nothing_mentions_it() -> None:
    direct = {"channel": "Trực tiếp", "time": "", "fee": "", "note": ""}
    assert procedure(methods=[direct]).online is Online.NONE
    assert procedure(methods=[]).online is Online.UNKNOWN
    hinted = direct | {"note": "Nộp trực tuyến hoặc trực tiếp."}
    assert procedure(methods=[hinted]).online is Online.UNKNOWN


def test_papers_are_grouped_by_case_without_the_repeated_table_head() -> None:
    rows = [
        {"group": "* Trường hợp 1:", "name": "Đơn", "originals": "1", "copies": "0"},
        {
            "group": "Trường hợp 2",
            "name": "Ảnh",
            "originals": "",
            "copies": "",
            "quantity": "M1.doc",
        },
        {"group": "* Trường hợp 1:", "name": "Tên giấy tờ", "originals": "Bản chính"},
        {"group": "* Trường hợp 1:", "name": "---", "originals": "---"},
        {"group": "* Trường hợp 1:", "name": "Giấy ủy quyền", "originals": "x", "copies": "2"},
    ]
    first, second = procedure(documents=rows).papers
    assert [paper.name for paper in first.papers] == ["Đơn", "Giấy ủy quyền"]
    assert (first.title, second.title) == ("Trường hợp 1", "Trường hợp 2")
    assert (first.papers[1].originals, first.papers[1].copies) == (None, 2)
    assert second.papers[0].form == "M1.doc"


def test_where_a_form_lay_on_somebodys_disk_is_not_told() -> None:
    row = {"group": "", "name": "Đơn", "attachment": "[Mẫu 1.docx](file:///C:/Users/a/Mau1.docx)"}
    found = procedure(documents=[row])
    assert found.papers[0].papers[0].form == "Mẫu 1.docx"
    assert "file:" not in found.model_dump_json()


def test_text_is_composed_and_freed_of_control_signs() -> None:
    name = unicodedata.normalize("NFD", "Đăng ký\u0007 khai\u00a0 sinh\ufeff")
    assert procedure(name=name).name == "Đăng ký khai sinh"


def test_a_description_that_repeats_the_conditions_is_dropped() -> None:
    assert procedure(requirements="Đủ 18 tuổi", description="Đủ 18 tuổi").description == ""


def test_an_address_that_is_no_web_address_is_dropped() -> None:
    assert procedure(url="javascript:alert(1)").source_url == ""


@pytest.mark.parametrize("code", ["1.0133611", "2.009182739", "1.014955-Xoa"])
def test_an_odd_code_is_loaded_and_reported(code: str) -> None:
    found, findings = read(Source.CATALOGUE, a_row(code))
    assert found.code == code
    assert len(findings) == 1


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"code": ""}, "Thiếu mã"),
        ({"code": "x" * 41}, "Mã thủ tục không đọc được"),
        ({"code": "1.0 1"}, "Mã thủ tục không đọc được"),
        ({"name": " "}, "Thiếu tên"),
        ({"name": "a" * 4001}, "dài hơn 4000"),
        ({"name": 7}, "«name» phải là chữ"),
        ({"name": "a\0b"}, "ký tự hỏng"),
        ({"steps": "\ud800"}, "ký tự hỏng"),
        ({"levels": "Cấp xã"}, "«levels» phải là danh sách"),
        ({"methods": ["Trực tiếp"]}, "«methods» phải là danh sách các dòng"),
        ({"audience": [1]}, "«audience» phải là chữ"),
    ],
)
def test_a_broken_record_is_refused_with_its_reason(parts: dict[str, object], reason: str) -> None:
    with pytest.raises(BadRecord, match=reason):
        procedure(**parts)
