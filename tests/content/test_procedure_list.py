"""The list of procedures: order, filters, pages, nonsense in the address."""

import pytest

from tests.content.exports import Publish, a_record
from tests.support.pages import StrictClient

BIRTH = "/thu-tuc/1.001193-thu-tuc-dang-ky-khai-sinh-1-001193"


def test_procedures_are_listed_by_name_in_vietnamese_order(
    client: StrictClient, publish: Publish
) -> None:
    names = ["Đăng ký", "Ăn uống", "Cấp lại", "Dừng"]
    publish(*(a_record(f"1.00000{at}", name=name) for at, name in enumerate(names)))
    links = [
        words for url, words in client.get("/thu-tuc").page.links().items() if "1.00000" in url
    ]
    assert links == ["Ăn uống", "Cấp lại", "Dừng", "Đăng ký"]


def test_filters_are_links_that_count_what_they_leave(
    client: StrictClient, publish: Publish
) -> None:
    publish(
        a_record("1.000001"),
        a_record("1.000002", levels=["Cấp tỉnh"], audience=["Doanh nghiệp"]),
        a_record("1.000003", levels=[], field="Đất đai"),
    )
    page = client.get("/thu-tuc").page
    assert "Cấp xã 1 Cấp tỉnh 1 Chưa rõ cấp 1" in page.text
    chosen = client.get("/thu-tuc?cap=xa&linh-vuc=ho-tich").page
    codes = [url for url in chosen.links() if url.startswith("/thu-tuc/")]
    assert len(codes) == 1
    assert codes[0].startswith("/thu-tuc/1.000001")
    assert "/thu-tuc?linh-vuc=ho-tich&cap=tinh" in chosen.links()
    assert chosen.links()["/thu-tuc?cap=xa"].startswith("Bỏ chọn")
    assert chosen.h1 == "Thủ tục hành chính: Hộ tịch"


def test_a_choice_that_leaves_nothing_offers_the_way_back(
    client: StrictClient, publish: Publish
) -> None:
    publish(a_record())
    page = client.get("/thu-tuc?cap=tinh").page
    assert "Không có thủ tục nào khớp" in page.text


@pytest.mark.parametrize(
    "query", ["cap=%00", "linh-vuc=%00", "linh-vuc=%27%3B--", "trang=-1", "trang=abc", "trang=9e9",
              "doi-tuong=" + "x" * 5000, "trang=" + "9" * 5000],
)  # fmt: skip
def test_nonsense_in_the_address_is_passed_over(
    client: StrictClient, publish: Publish, query: str
) -> None:
    publish(a_record())
    answer = client.get(f"/thu-tuc?{query}")
    assert answer.status_code == 200
    assert BIRTH in answer.page.links()


def test_long_lists_have_pages_of_thirty(client: StrictClient, publish: Publish) -> None:
    publish(*(a_record(f"1.{number:06}") for number in range(65)))
    first, last = client.get("/thu-tuc").page, client.get("/thu-tuc?trang=3").page
    assert len([url for url in first.links() if url.startswith("/thu-tuc/")]) == 30
    assert len([url for url in last.links() if url.startswith("/thu-tuc/")]) == 5
    assert "/thu-tuc?trang=2" in first.links()
