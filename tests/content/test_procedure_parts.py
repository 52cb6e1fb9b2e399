"""The parts of a procedure's page with addresses of their own: dates, places, paper, its past."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import english, importing, presenting, reading
from content.leaf_shapes import EnglishProcedure
from content.models import ContentItem, ContentVersion, Kind, Origin, ProcedureRow, State
from content.publishing import Publication
from content.shapes import (
    Channel,
    LocalFact,
    LocalPart,
    Method,
    Paper,
    PaperGroup,
    Procedure,
    Step,
)
from portal import clock
from tests.content.exports import SERVES, Publish, a_record
from tests.content.procedure_visits import (
    CODE,
    HERE,
    TODAY,
    Show,
    a_procedure,
    opened,
)
from tests.support.pages import StrictClient, text_of


def test_the_return_date_is_an_estimate_that_nobody_keeps(client: StrictClient, show: Show) -> None:
    show(a_procedure())
    answer = client.get(f"{HERE}/ngay-hen?ngay=2026-12-07")
    assert answer.headers["Cache-Control"] == "no-store"
    page = answer.page
    assert "Nộp trong giờ làm việc thứ Hai 07/12/2026" in page.text
    assert "Chậm nhất thứ Năm 10/12/2026" in page.text
    assert "Chậm nhất thứ Sáu 11/12/2026" in page.text
    assert "Giờ làm việc của nơi nhận chưa rõ" in page.text
    assert "Đây là ước tính" in page.text
    assert not page.all("input", name="gio")


def test_known_hours_give_one_date_by_the_hour(client: StrictClient, show: Show) -> None:
    hours = LocalFact(
        part=LocalPart.HOURS, text="7h30 - 11h30, 13h30 - 17h", source="Thử", checked_on=TODAY
    )
    show(a_procedure(local=(hours,)))
    early = opened(client, f"{HERE}/ngay-hen?ngay=2026-12-07&gio=16:59")
    late = opened(client, f"{HERE}/ngay-hen?ngay=2026-12-07&gio=17:00")
    assert "Chậm nhất thứ Năm 10/12/2026" in early.text
    assert "Chậm nhất thứ Sáu 11/12/2026" in late.text
    assert "Tính là nhận ngày thứ Ba 08/12/2026" in late.text


def test_a_dossier_before_tet_waits_for_the_first_day_of_work(
    client: StrictClient, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 2, 13, 11, tzinfo=UTC))
    show(a_procedure())
    page = opened(client, f"{HERE}/ngay-hen")
    assert "Nộp trong giờ làm việc thứ Sáu 13/02/2026" in page.text
    assert "Chậm nhất thứ Tư 25/02/2026" in page.text
    assert "Ngày nghỉ trong khoảng này: thứ Hai 16/02/2026, thứ Ba 17/02/2026" in page.text


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("ngay=31/02/2026", "ngay"),
        ("ngay=2026-13-01", "ngay"),
        ("ngay=9999-12-31", "ngay"),
        ("ngay=0001-01-01", "ngay"),
        ("ngay=2026-12-07&gio=25:00", "gio"),
        ("ngay=2026-12-07&gio=chieu", "gio"),
    ],
)
def test_a_wrong_day_or_hour_is_said_by_its_field(
    client: StrictClient, show: Show, query: str, field: str
) -> None:
    hours = LocalFact(part=LocalPart.HOURS, text="7h - 17h", source="Thử", checked_on=TODAY)
    show(a_procedure(local=(hours,)))
    page = opened(client, f"{HERE}/ngay-hen?{query}", 422)
    assert page.one("input", name=field).get("aria-invalid") == "true"
    assert f"#{field}" in page.links()


def test_a_period_that_is_no_number_is_not_counted(client: StrictClient, show: Show) -> None:
    show(a_procedure(methods=(Method(channel=Channel.DIRECT, time="Từ 3 đến 5 ngày"),)))
    assert f"{HERE}/ngay-hen" not in opened(client).links()
    page = opened(client, f"{HERE}/ngay-hen?ngay=2026-12-07")
    assert "không phải một con số" in page.text
    assert "Chậm nhất" not in page.text


def test_the_office_of_a_commune_is_found_by_its_old_name(
    app: Flask, client: StrictClient, show: Show, now: datetime
) -> None:
    from agencies import register

    with app.app_context(), app.extensions["portal"].database.write() as db:
        register.load(db, "quangnam", now)
        db.commit()
    show(a_procedure())
    assert "Gõ tên xã" in opened(client, f"{HERE}/noi-nop").text
    page = opened(client, f"{HERE}/noi-nop?xa=duy+hoa")
    assert "Xã Duy Hòa" in page.text
    assert "chưa công bố" in page.text
    link = next(url for url in page.links() if "/ngay-hen?xa=" in url)
    assert "Chậm nhất" in opened(client, link).text
    assert "không cùng cấp" not in page.text
    assert "không cùng cấp" in opened(client, f"{HERE}/noi-nop?xa=huyen+duy+xuyen").text
    assert "Không có đơn vị nào" in opened(client, f"{HERE}/noi-nop?xa=zzzzqq").text
    assert opened(client, f"{HERE}/noi-nop?xa=%00%F0%9F%98%80")


def test_the_qr_code_is_a_picture_that_may_be_kept(client: StrictClient, show: Show) -> None:
    show(a_procedure())
    answer = client.get(f"{HERE}/qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cache-Control"].startswith("public")
    assert b"<svg" in answer.data
    assert answer.data != client.get(f"/en{HERE}/qr.svg").data


def test_the_poster_has_three_steps_and_sends_by_case_to_the_page(
    client: StrictClient, show: Show
) -> None:
    show(a_procedure())
    page = opened(client, f"{HERE}/to-roi")
    assert [text_of(one.find("b")) for one in page.one("ol", class_="three")] == [
        "Chuẩn bị giấy tờ",
        "Nộp hồ sơ",
        "Nhận kết quả",
    ]
    assert "Quét mã QR để chọn trường hợp" in page.text
    assert page.all("img", src=f"{HERE}/qr.svg")


def test_ticked_papers_become_a_slip_that_keeps_nothing(client: StrictClient, show: Show) -> None:
    show(a_procedure())
    form = opened(client, f"{HERE}/phieu-huong-dan?truong-hop=2")
    marks = [box.get("value") for box in form.all("input", name="thieu")]
    assert marks == ["1-1", "2-1"]
    page = opened(client, f"{HERE}/phieu-huong-dan?truong-hop=2&thieu=2-1&in=1")
    assert [text_of(one) for one in page.one("ol", class_="missing")] == ["Hợp đồng thuê"]
    assert "không thay Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ" in page.text
    nothing = opened(client, f"{HERE}/phieu-huong-dan?in=1&thieu=9-9&thieu=%00&thieu=<b>")
    assert "Chưa đánh dấu giấy tờ nào" in nothing.text


def test_changes_are_listed_and_a_past_day_shows_what_held_then(
    client: StrictClient, show: Show, now: datetime
) -> None:
    show(a_procedure(), at=now - timedelta(days=30))
    show(a_procedure(results=("Thẻ tạm trú",)), at=now - timedelta(days=10))
    page = opened(client, f"{HERE}/thay-doi")
    assert [text_of(one) for one in page.one("main").iter("ins")] == ["[thêm: Thẻ tạm trú]"]
    assert "Bản đầu tiên." in page.text
    moved = client.get(f"{HERE}?ngay=2026-11-01")
    assert (moved.status_code, moved.location) == (302, f"{HERE}/ngay/2026-11-01")
    asked = client.get(f"{HERE}/thay-doi?ngay=01/11/2026")
    assert asked.location == f"{HERE}/ngay/2026-11-01"
    past = opened(client, f"{HERE}/ngay/2026-11-01")
    assert "Đây là bản cũ: trang như vào ngày 01/11/2026." in past.text
    assert "Giấy xác nhận" in past.text
    assert "Thẻ tạm trú" not in past.text
    assert past.one("meta", name="robots").get("content") == "noindex"
    assert past.one("link", rel="canonical").get("href") == (
        "http://localhost/thu-tuc/1.001193-dang-ky-tam-tru"
    )
    assert "Nộp trực tuyến" not in [link.text for link in past.all("a", class_="btn")]
    same = opened(client, f"{HERE}/ngay/2026-11-13")
    assert "từ đó đến nay chưa đổi" in same.text
    before = opened(client, f"{HERE}/ngay/2020-01-01")
    assert "trang này chưa có" in before.h1
    assert f"{HERE}/ngay/2026-10-24" in before.links()


@pytest.mark.parametrize("day", ["2099-01-01", "hom-qua", "2026-02-30", "0000-00-00"])
def test_a_day_to_come_or_no_day_is_refused_in_words(
    client: StrictClient, show: Show, day: str
) -> None:
    show(a_procedure())
    assert "một ngày đã qua" in opened(client, f"{HERE}/ngay/{day}", 422).text


def test_a_long_address_of_a_part_leads_to_the_short_one(client: StrictClient, show: Show) -> None:
    show(a_procedure())
    answer = client.get(f"{HERE}-dang-ky-tam-tru/to-roi")
    assert answer.status_code == 308
    assert answer.location.endswith(f"{HERE}/to-roi")


@pytest.mark.parametrize("part", ["ngay-hen", "noi-nop", "to-roi", "thay-doi", "qr.svg"])
def test_parts_of_a_page_that_is_not_there_are_not_there(client: StrictClient, part: str) -> None:
    assert client.get(f"/thu-tuc/9.999999/{part}").status_code == 404
    assert client.get(f"/thu-tuc/khong-co/{part}").status_code == 404


@pytest.mark.parametrize("part", ["ngay-hen", "noi-nop", "to-roi", "phieu-huong-dan", "thay-doi"])
def test_very_long_and_hostile_texts_stay_readable(
    client: StrictClient, publish: Publish, part: str
) -> None:
    documents = [
        {"group": "<b>" * 30, "name": f"<script>{n}</script>" + "x" * 900, "originals": "1"}
        for n in range(224)
    ]
    publish(a_record(name="<i>" + "Tên rất dài " * 90, documents=documents))
    page = opened(client, f"{HERE}/{part}")
    assert not [one for one in page.all("script") if "type" not in one.attrib]


@pytest.mark.real_data
def test_no_procedure_in_the_nation_is_free_because_nobody_wrote_its_fee(
    app: Flask, publishing: Session, real_files: Sequence[Path], now: datetime
) -> None:
    for file in real_files:
        importing.import_procedures(publishing, file, now=now, serves=SERVES)
    free = re.compile(r"miễn|không (thu|mất|phải trả)|\b0 đồng", re.IGNORECASE)
    seen = 0
    texts = publishing.execute(
        select(ContentVersion.text, ProcedureRow.listed)
        .join(ContentItem, ContentItem.id == ContentVersion.item_id)
        .join(ProcedureRow, ProcedureRow.item_id == ContentItem.id)
        .where(ContentItem.kind == Kind.PROCEDURE, ContentItem.state == State.PUBLISHED)
    )
    with app.test_request_context():
        for text, listed in texts:
            procedure = Procedure.model_validate_json(text)
            page = reading.ProcedurePage(procedure, HERE, "x", listed, False, (), (), ())
            shown = presenting.shown(page, TODAY)
            fee = next(fact for fact in shown.facts if fact[0] == "Lệ phí")
            said = [one.fee for one in procedure.methods if one.fee]
            for way in shown.ways:
                assert way.fee in {"", *said}, procedure.code
            if not said:
                assert fee[1] == "Chưa rõ", procedure.code
            elif free.search(fee[1]):
                assert fee[1] in said, procedure.code
            seen += 1
    assert seen > 5_000


def test_what_is_left_of_a_withdrawn_procedure_says_why_and_where_to_go(
    client: StrictClient, show: Show, publishing: Session
) -> None:
    show(a_procedure(code="1.000002", name="Thủ tục mới"))
    show(a_procedure(replaced_by="1.000002"))
    item = publishing.scalars(select(ContentItem).filter_by(key=CODE)).one()
    item.state, item.reason = State.WITHDRAWN, "Đã gộp vào thủ tục khác."
    item.withdrawn_at = datetime(2026, 11, 20, 3, tzinfo=UTC)
    publishing.commit()
    page = opened(client, status=410)
    assert page.h1 == "Đăng ký tạm trú"
    assert "đã được gỡ ngày 20/11/2026. Đã gộp vào thủ tục khác." in page.text
    assert page.links()["/thu-tuc/1.000002-thu-tuc-moi"] == "Thủ tục mới"
    assert client.get(f"{HERE}/to-roi").status_code == 410


def test_english_replaces_what_it_tells_and_says_when_it_is_older(
    client: StrictClient, show: Show, publishing: Session, now: datetime
) -> None:
    show(a_procedure())
    told = EnglishProcedure(
        code=CODE,
        title="Temporary residence",
        summary="Register where you stay.",
        steps=(Step(title="Hand in", text="At the commune police."),),
        papers=(PaperGroup(papers=(Paper(name="Form", originals=1, note="Tờ khai"),)),),
        time_note="3 working days.",
        source_digest=english.current_digest(publishing, CODE),
        checked_on=TODAY,
    )
    english.publish_english(Publication(publishing, now, Origin.LIBRARY), told)
    publishing.commit()
    page = opened(client, f"/en{HERE}")
    assert page.h1 == "Temporary residence"
    assert "Đăng ký tạm trú" in page.text
    box = page.one("ul", class_="checklist")
    assert next((text_of(one), one.get("lang")) for one in box.iter("small")) == ("Tờ khai", "vi")
    assert "At the commune police." in page.text
    assert "3 working days." in page.text
    assert not page.all("div", class_="warn-box")
    alternates = {one.get("hreflang"): one.get("href") for one in page.all("link", rel="alternate")}
    assert alternates["vi"] == "http://localhost/thu-tuc/1.001193-dang-ky-tam-tru"
    assert opened(client).h1 == "Đăng ký tạm trú"
    show(a_procedure(conditions="Điều kiện mới"))
    assert opened(client, f"/en{HERE}").all("div", class_="warn-box")
