"""What comes first: the page of exactly that name, the civil office, the usual errand."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.database import Base, Database
from search_index import indexing
from search_index.analysis import acts, of_armed_forces, whole_name
from search_index.documents import SearchDocument
from search_index.likely_levels import likely_levels
from search_index.ranking import Ranker
from search_index.searching import Engine, Question, answer

Make = Callable[..., SearchDocument]
Found = Callable[..., list[str]]


@pytest.fixture
def found(tmp_path: Path, published: Callable[..., int]) -> Iterator[Found]:
    """`found(documents, query)`: the codes in the order shown, same names together."""
    store = Database(f"sqlite:///{tmp_path / 'search.sqlite3'}")
    Base.metadata.create_all(store.engine)

    def search(documents: list[SearchDocument], query: str) -> list[str]:
        published(store, documents)
        indexing.refresh(store, tmp_path / "index")
        ranker = Engine(tmp_path / "index").ranker()
        assert isinstance(ranker, Ranker)
        with store.read() as db:
            groups = answer(db, ranker, Question(query)).groups
        return [hit.key.rpartition(":")[2] for group in groups for hit in group.hits]

    yield search
    store.dispose()


@pytest.mark.parametrize("typed", ["mở phòng khám", "mo phong kham", "tôi muốn mở phòng khám"])
def test_a_page_called_exactly_so_comes_before_what_the_words_may_also_mean(
    procedure: Make, found: Found, typed: str
) -> None:
    called = procedure("1.000001", "Cấp mới giấy phép", aliases=["mở phòng khám"])
    meant = procedure("1.000002", "Cấp giấy phép hoạt động cơ sở khám bệnh, chữa bệnh")
    assert found([meant, called], typed)[0] == "1.000001"


def test_a_name_of_other_marks_is_not_the_name_asked_for(procedure: Make, found: Found) -> None:
    bank = procedure("1.000001", "Xóa bàn", aliases=["bàn nhà"])
    friend = procedure("1.000002", "Thăm bạn nhà ở xã")
    sale = procedure("1.000003", "Mua bán", aliases=["bán nhà"])
    assert found([bank, friend, sale], "bán nhà")[0] == "1.000003"


def test_the_civil_service_comes_before_its_twin_in_the_army(procedure: Make, found: Found) -> None:
    army = procedure("1.000001", "Cấp chứng chỉ hành nghề dược", agency="Bộ Quốc phòng")
    civil = procedure("1.000002", "Cấp chứng chỉ hành nghề dược sĩ", agency="Sở Y tế")
    assert found([army, civil], "chứng chỉ dược") == ["1.000002", "1.000001"]
    assert found([army, civil], "chứng chỉ dược trong quân đội")[0] == "1.000001"


def test_pages_of_one_name_are_one_result_with_or_without_the_word_procedure(
    procedure: Make,
) -> None:
    short, long = procedure("1.000001", "Đăng ký lại kết hôn"), procedure("1.004746")
    assert short.described()["group"] == long.described()["group"]


def test_an_office_is_of_the_armed_forces_only_if_all_that_handle_it_are() -> None:
    assert of_armed_forces("Thanh tra Bộ Quốc phòng; Cục Quân y, Tổng cục Chính trị") is False
    assert of_armed_forces("Bộ Tư lệnh Thủ đô, Bộ Quốc phòng")
    assert not of_armed_forces("Sở Xây dựng, Bộ Quốc phòng")
    assert not of_armed_forces("")


def test_words_around_a_name_are_not_part_of_it() -> None:
    assert whole_name(["toi", "muon", "lam", "so", "do", "o", "dau"]) == whole_name(["so", "do"])
    assert whole_name(["thu", "tuc"]) == whole_name(["thu", "tuc"])
    assert whole_name(["so", "do"]) != whole_name(["so", "hong"])


def test_special_acts_are_looked_for_where_a_name_begins() -> None:
    assert acts(["thu", "hoi", "giay", "phep"]) == ["thu hoi"]
    later = ["cap", "giay", "phep", "cho", "nguoi", "dang", "song", "o", "nuoc", "thu", "hoi"]
    assert acts(later) == []
    assert acts(["che", "do", "cua", "quan", "nhan"]) == ["quan doi"]


@pytest.mark.parametrize(
    ("agency", "levels"),
    [
        ("Ủy ban nhân dân cấp xã", ["commune"]),
        ("Sở Xây dựng, Ủy ban nhân dân cấp xã", ["commune", "province"]),
        ("Bộ Tài chính", ["ministry"]),
        ("Cơ quan đại diện Việt Nam ở nước ngoài", ["abroad"]),
        ("Cảng vụ hàng hải", []),
        ("", []),
    ],
)
def test_the_name_of_an_agency_tells_its_level(agency: str, levels: list[str]) -> None:
    assert likely_levels(agency) == levels


def test_what_the_commune_does_comes_first_even_if_nobody_recorded_the_level(
    procedure: Make, found: Found
) -> None:
    bureau = procedure("1.000001", "Cấp giấy xác nhận nơi ở tạm", agency="Bộ Công an", levels=[])
    near = procedure("1.000002", "Cấp giấy xác nhận nơi ở cũ", agency="Công an xã", levels=[])
    assert found([bureau, near], "xác nhận nơi ở")[0] == "1.000002"


def test_names_that_differ_by_level_alone_are_one_result(procedure: Make) -> None:
    names = ("Cấp lại thẻ căn cước", "Cấp lại thẻ căn cước (thực hiện tại cấp tỉnh)")
    groups = {procedure("1.000001", name).described()["group"] for name in names}
    other = procedure("1.000003", "Cấp thẻ căn cước (từ đủ 14 tuổi)").described()["group"]
    assert len(groups) == 1
    assert other not in groups


def test_the_procedure_comes_before_what_only_tells_about_it(procedure: Make, found: Found) -> None:
    told = SearchDocument("question:xe", "question", "/hoi-dap/xe", "Xe cũ mua lại, sang tên sao")
    done = procedure("1.013076", "Sang tên xe cũ mua lại")
    assert found([told, done], "sang tên xe mua lại")[0] == "1.013076"
