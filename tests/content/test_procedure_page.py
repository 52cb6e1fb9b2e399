"""Everything a citizen gets from a procedure's page, opened as a browser opens it."""

from datetime import date, timedelta

from flask import Flask

from content import presenting, reading
from content.shapes import (
    Channel,
    Citation,
    Decided,
    LocalFact,
    LocalPart,
    Method,
    Online,
    Paper,
    PaperGroup,
    TimeUnit,
)
from tests.content.procedure_visits import HERE, TODAY, Show, a_procedure, opened, papers, told
from tests.support.pages import StrictClient, text_of


def test_one_chooses_ones_case_by_a_link(client: StrictClient, show: Show) -> None:
    show(a_procedure())
    page = opened(client)
    assert papers(page) == ["Giấy tờ chung", "Trường hợp thuê nhà", "Trường hợp ở nhờ"]
    link = next(url for url, words in page.links().items() if words == "Trường hợp ở nhờ")
    assert link == "/thu-tuc/1.001193-dang-ky-tam-tru?truong-hop=3#giay-to"
    chosen = opened(client, link)
    assert papers(chosen) == ["Giấy tờ chung", "Trường hợp ở nhờ"]
    assert chosen.one("link", rel="canonical").get("href", "").endswith("-dang-ky-tam-tru")
    current = [text_of(one) for one in chosen.one("nav", class_="cases").iter("a")
               if one.get("aria-current")]  # fmt: skip
    assert current == ["Trường hợp ở nhờ"]
    assert papers(opened(client, f"{HERE}-dang-ky-tam-tru?truong-hop=77")) == papers(page)


def test_local_rules_stand_beside_the_national_value_while_they_hold(
    client: StrictClient, show: Show
) -> None:
    since = {"checked_on": TODAY, "source": "Nghị quyết thử của Hội đồng nhân dân tỉnh"}
    show(
        a_procedure(
            local=(
                LocalFact(part=LocalPart.FEE, text="7.500 đồng", since=date(2026, 1, 1), **since),
                LocalFact(part=LocalPart.TIME, text="2 ngày làm việc", **since),
                LocalFact(part=LocalPart.OTHER, text="Đã hết", until=date(2026, 1, 1), **since),
                LocalFact(part=LocalPart.OTHER, text="Chưa đến", since=date(2099, 1, 1), **since),
            )
        )
    )
    page = opened(client)
    assert told(page)["Lệ phí"] == "15.000 đồngQuy định riêng của tỉnh: 7.500 đồng"
    assert "Nguồn: Nghị quyết thử" in page.text
    assert "từ ngày 01/01/2026" in page.text
    assert "kiểm tra ngày 23/11/2026" in page.text
    assert "Đã hết" not in page.text
    assert "Chưa đến" not in page.text
    with_date = opened(client, f"{HERE}/ngay-hen?ngay=2026-12-07")
    assert "Chậm nhất thứ Năm 10/12/2026" in with_date.text
    assert "Theo quy định riêng của tỉnh" in with_date.text
    assert "Chậm nhất thứ Tư 09/12/2026" in with_date.text


def test_a_local_rule_holds_on_its_last_day_and_not_after(app: Flask) -> None:
    fact = LocalFact(
        part=LocalPart.FEE, text="1 đồng", source="Nguồn thử", until=TODAY, checked_on=TODAY
    )
    for day, holds in ((TODAY, True), (TODAY + timedelta(days=1), False)):
        with app.test_request_context():
            page = reading.ProcedurePage(
                a_procedure(local=(fact,)), HERE, "x", True, False, (), (), ()
            )  # fmt: skip
            assert bool(presenting.shown(page, day).local) is holds


def test_partly_online_says_why_and_on_what_it_stands(client: StrictClient, show: Show) -> None:
    show(
        a_procedure(
            online=Online.PARTIAL,
            online_reason="Phải có mặt để ký.",
            online_basis=(Citation(number="224/2026/NĐ-CP"),),
            proactive=2,
        )
    )
    page = opened(client)
    assert "Phải có mặt để ký." in page.text
    assert "Căn cứ: 224/2026/NĐ-CP" in page.text
    assert told(page)["Mức độ chủ động phục vụ"] == "Mức 2: nhắc việc và điền sẵn thông tin"
    show(a_procedure(online=Online.PARTIAL))
    assert "Lý do chưa được công bố." in opened(client).text


def test_what_a_decision_did_is_said_with_where_to_go(client: StrictClient, show: Show) -> None:
    show(a_procedure(code="1.000002", name="Thủ tục mới"))
    show(
        a_procedure(
            decided=Decided.RESCINDED, effective_on=date(2026, 7, 1), replaced_by="1.000002"
        )
    )
    page = opened(client)
    assert "Thủ tục này bị bãi bỏ từ ngày 01/07/2026." in page.text
    assert page.links()["/thu-tuc/1.000002-thu-tuc-moi"] == "Thủ tục mới"
    assert told(page)["Quyết định gần nhất"] == "Bãi bỏ, có hiệu lực từ ngày 01/07/2026"
    show(a_procedure(decided=Decided.NEW, effective_on=date(2099, 1, 1)))
    assert "áp dụng từ ngày 01/01/2099" in opened(client).text


def test_an_editors_count_stands_beside_a_text_and_in_its_place(
    client: StrictClient, show: Show
) -> None:
    counted = {"amount": 5, "unit": TimeUnit.WORKING_DAYS}
    show(
        a_procedure(
            methods=(
                Method(channel=Channel.DIRECT, time="Xem Điều 5", **counted),
                Method(channel=Channel.POST, **counted),
            )
        )
    )
    text = opened(client).text
    assert "Xem Điều 5tính là 5 ngày làm việc" in text
    assert "Qua bưu chính 5 ngày làm việc" in text


def test_a_form_file_is_linked_to_its_page(client: StrictClient, show: Show) -> None:
    paper = Paper(name="Tờ khai", form="Mẫu CT01", form_slug="to-khai-ct01")
    show(a_procedure(papers=(PaperGroup(papers=(paper,)),)))
    assert opened(client).links()["/bieu-mau/to-khai-ct01"] == "Tải mẫu: Mẫu CT01"
