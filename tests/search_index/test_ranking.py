"""What comes first: the page of exactly that name, the civil office, the usual errand."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.database import Base, Database
from search_index import indexing
from search_index.analysis import acts, of_armed_forces, whole_name
from search_index.documents import SearchDocument
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
