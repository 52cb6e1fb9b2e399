"""The desk: make a report, look behind a figure, take the files, issue; and who may not."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

import openpyxl
import pytest
from docx import Document
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.keys import KeyRing
from portal.staff.models import Role
from reports.choosing import latest_finished
from reports.models import Report
from tests.reports.making import a_fact, a_question, keep_case
from tests.support.pages import StrictClient, text_of

PAGE = "/quan-tri/bao-cao"
IN_Q3 = datetime(2026, 7, 20, 3, tzinfo=UTC)
NEXT_YEAR = str(clock.local_date(clock.now()).year + 1)
Staff = Callable[..., StrictClient]


@pytest.fixture
def site(app: Flask, ring: KeyRing) -> Flask:
    """Two petitions in two fields and a question, all in the third quarter of 2026."""
    with app.extensions["portal"].database.write() as db:
        keep_case(db, ring, a_fact(finished=True), IN_Q3, IN_Q3)
        keep_case(db, ring, a_fact(field="<b>Hộ tịch"), IN_Q3, IN_Q3)
        keep_case(db, ring, a_question(), IN_Q3)
        db.commit()
    return app


def build(client: StrictClient, **chosen: str) -> Any:
    fields = client.get(PAGE).page.fields(form=-1)
    return client.post(PAGE, data={**fields, "part": "Q3", "year": "2026", **chosen})


@pytest.fixture
def approver(site: Flask, staff: Staff) -> StrictClient:
    return staff(Role.APPROVER)


@pytest.mark.parametrize(
    ("today", "year", "part"),
    [
        (date(2026, 11, 23), "2026", "Q3"),
        (date(2026, 12, 14), "2026", "Q3"),
        (date(2026, 12, 15), "2026", "Q4"),
        (date(2027, 1, 2), "2026", "Q4"),
        (date(2027, 3, 15), "2027", "Q1"),
    ],
)
def test_the_last_finished_quarter_is_proposed(today: date, year: str, part: str) -> None:
    assert latest_finished(today) == {"year": year, "part": part}


def test_a_report_is_made_shown_and_issued(approver: StrictClient) -> None:
    made = build(approver)
    assert made.status_code == 302
    address = made.headers["Location"]
    page = approver.get(address).page
    assert page.h1 == "Báo cáo Quý III năm 2026"
    assert "<b>Hộ tịch" in page.text
    assert "Bản nháp" in page.text
    issued = approver.post(f"{address}/ban-hanh", data=page.fields(form=-1))
    assert issued.headers["Location"] == address
    page = approver.get(address).page
    assert "Đã ban hành" in page.text
    assert "Lần đầu" in page.text
    assert len(page.all("form", method="post")) == 1, "only the way out is left"
    assert "Quý III năm 2026" in approver.get(PAGE).page.text


def test_the_same_report_made_twice_is_one_draft(approver: StrictClient) -> None:
    assert build(approver).headers["Location"] == build(approver).headers["Location"]


def test_every_figure_of_the_table_names_its_headings_and_leads_to_its_cases(
    approver: StrictClient,
) -> None:
    address = build(approver).headers["Location"]
    page = approver.get(address).page
    form = page.all("table", class_="form")[0]
    ids = {cell.get("id") for cell in form.iter("th")}
    body = form.find("tbody")
    assert body is not None
    figures = list(body.iter("td"))
    assert len(figures) == 3 * 15
    for figure in figures:
        assert set((figure.get("headers") or "").split()) <= ids
    links = [link for figure in figures for link in figure.iter("a")]
    assert len(links) == sum(text_of(figure) != "0" for figure in figures) > 9
    for link in links:
        listed = approver.get(link.get("href", "")).page
        codes = [text_of(cell) for cell in listed.all("th", scope="row")]
        assert len(codes) == int(text_of(link))


def test_the_cases_behind_a_figure_of_one_field_are_those_of_that_field(
    approver: StrictClient,
) -> None:
    address = build(approver).headers["Location"]
    page = approver.get(f"{address}/o/tn_tong?dong=1").page
    assert "PAKN-000001" in page.text
    assert "PAKN-000002" not in page.text
    assert "riêng" not in page.text


def test_a_report_cell_or_file_that_is_not_there_is_not_found(approver: StrictClient) -> None:
    made = build(approver).headers["Location"]
    for address in (
        "/o/nonsense", "/o/linh_vuc", "/o/khong_tiep_nhan", "/o/tn_tong?dong=9",
        "/o/tn_tong?dong=-1", "/tai/pdf", "/tai/..%2fx",
    ):  # fmt: skip
        assert approver.get(made + address).status_code == 404, address
    for address in ("/999", "/999/o/tn_tong", "/999/tai/xlsx", "/99999999999999"):
        assert approver.get(PAGE + address).status_code == 404, address


def test_both_files_come_as_what_they_are(approver: StrictClient) -> None:
    address = build(approver).headers["Location"]
    book = approver.get(f"{address}/tai/xlsx")
    assert book.headers["Content-Disposition"] == 'attachment; filename="pakn-2026-Q3.xlsx"'
    assert book.headers["X-Content-Type-Options"] == "nosniff"
    assert book.headers["Cache-Control"] == "no-store"
    assert openpyxl.load_workbook(BytesIO(book.data))["II.05a"]["B13"].value == 2
    letter = approver.get(f"{address}/tai/docx")
    assert letter.mimetype.endswith("wordprocessingml.document")
    assert Document(BytesIO(letter.data)).tables[-1].rows[-1].cells[1].text == "2"


def test_a_report_as_of_a_day_shows_it_and_has_no_button_to_issue(
    approver: StrictClient, site: Flask
) -> None:
    address = build(approver, as_of="01/9/2026").headers["Location"]
    page = approver.get(address).page
    assert "chưa đủ kỳ: bản này không ban hành được" in page.text
    assert not [form for form in page.all("form") if "ban-hanh" in form.get("action", "")]
    refused = approver.post(f"{address}/ban-hanh", data=page.fields(form=-1))
    assert refused.status_code == 422
    assert "chưa ban hành được" in refused.page.text
    with site.extensions["portal"].database.read() as db:
        assert db.scalars(select(Report.state)).all() == ["draft"]


@pytest.mark.parametrize(
    ("chosen", "said", "field"),
    [
        ({"year": NEXT_YEAR, "part": "Q4"}, "chưa bắt đầu", "part"),
        ({"as_of": "hôm qua"}, "Không hiểu ngày", "as_of"),
        ({"as_of": "01/01/2026"}, "nằm ngoài kỳ", "as_of"),
        ({"as_of": "9" * 300}, "Hãy viết ngày", "as_of"),
        ({"part": "Q9"}, "", "part"),
        ({"year": "1; DROP TABLE"}, "", "year"),
        ({"by": "lunar"}, "", "by"),
        ({"as_of": "\0"}, "", ""),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field_and_what_was_typed_stays(
    approver: StrictClient, chosen: dict[str, str], said: str, field: str
) -> None:
    answer = build(approver, **chosen)
    if not field:
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    assert said in answer.page.text
    wrong: list[Element] = [box for box in answer.page.root.iter() if "wrong" in _classes(box)]
    assert [named.get("name") for box in wrong for named in box.iter() if named.get("name")][
        :1
    ] == [field]
    if field == "as_of":
        assert answer.page.fields(form=-1)["as_of"] == chosen["as_of"]


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def test_a_form_without_its_token_is_refused(approver: StrictClient) -> None:
    assert approver.post(PAGE, data={"part": "Q3", "year": "2026", "by": "nd09"}).status_code in {
        400, 422,
    }  # fmt: skip
    address = build(approver).headers["Location"]
    assert approver.post(f"{address}/ban-hanh").status_code in {400, 422}


def test_an_officer_makes_reports_but_does_not_issue_them(site: Flask, staff: Staff) -> None:
    officer = staff(Role.OFFICER)
    address = build(officer).headers["Location"]
    page = officer.get(address).page
    assert "ban-hanh" not in "".join(form.get("action", "") for form in page.all("form"))
    assert officer.post(f"{address}/ban-hanh", data=page.fields(form=0)).status_code == 403


def test_an_editor_sees_no_reports_and_a_stranger_is_asked_to_sign_in(
    site: Flask, staff: Staff, client: StrictClient
) -> None:
    editor = staff(Role.EDITOR)
    for address in ("", "/1", "/1/o/tn_tong", "/1/tai/xlsx"):
        assert editor.get(PAGE + address).status_code == 403, address
        assert client.get(PAGE + address).status_code == 302, address
