"""The whole way: a citizen finds, a business sends, officers answer, the report counts it."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
from flask import Flask
from werkzeug.test import TestResponse

from portal import clock
from portal.staff.models import Role
from tests.support.pages import StrictClient

TEXT = "Bộ phận một cửa đòi thêm bản sao sổ hộ khẩu khi đăng ký hộ kinh doanh. Gọi 0905123456."
ANSWER = "Từ nay không yêu cầu giấy tờ ngoài danh mục. Cảm ơn ông Nguyễn Văn A, số 0905123456."
SENDER = {
    "sender_kind": "organisation", "organisation": "Công ty TNHH Một Thành Viên Sông Thu",
    "tax_code": "", "name": "Nguyễn Văn A", "address": "12 Trần Phú, Hội An",
    "phone": "0905123456", "email": "",
}  # fmt: skip


def quarter_of(day: date) -> str:
    """The quarter by the 15th-to-14th rule."""
    month = day.month + (day.day >= 15)
    year = day.year + (month == 13)
    return f"{year}-Q{((month - 1) % 12) // 3 + 1}"


def press(client: StrictClient, path: str, action: str, **typed: object) -> TestResponse:
    """Fill in the form with this action on the page, and send it to where it says."""
    page = client.get(path).page
    fields = {**page.fields(action), **typed}
    target = next(f for f in page.all("form") if (f.get("action") or "").endswith(action))
    answer = client.post(target.get("action"), data=fields)
    assert answer.status_code == 302, answer.page.text
    return answer


def send_feedback(client: StrictClient) -> tuple[str, str]:
    page = client.get("/phan-anh-kien-nghi?loai=rule").page
    review = client.post("/phan-anh-kien-nghi", data={**page.fields(), "text": TEXT, **SENDER}).page
    assert review.h1 == "Xem lại trước khi gửi"
    receipt = client.post("/phan-anh-kien-nghi", data={**review.fields(), "step": "send"}).page.text
    code = re.search(r"PAKN\.\d{8}\.\d{4,}", receipt)
    secret = re.search(r"(?:[2-9A-HJ-NP-Z]{4}-){2}[2-9A-HJ-NP-Z]{4}", receipt)
    assert code
    assert secret, receipt
    return code[0], secret[0]


def status(client: StrictClient, code: str, secret: str) -> str:
    fields = client.get("/phan-anh-kien-nghi/tra-cuu").page.fields()
    answer = client.post(
        "/phan-anh-kien-nghi/tra-cuu", data={**fields, "code": code, "secret": secret}
    )
    assert answer.status_code == 200
    return str(answer.page.text)


def answer_case(staff: Callable[..., StrictClient], code: str) -> str:
    """Classify, assign, draft; another person approves, sends and publishes."""
    officer, approver = staff(Role.OFFICER), staff(Role.APPROVER)
    case = f"/quan-tri/phan-anh/{code}"
    assert code in officer.get("/quan-tri/").page.text
    press(
        officer, case, "/phan-loai",
        **{"classify-triage_class": "K2", "classify-field": "Đăng ký kinh doanh",
           "classify-competence": "own"},
    )  # fmt: skip
    press(officer, case, "/giao", **{"assign-note": "NOI BO: xem lại quầy 4"})
    press(officer, case, "/du-thao", **{"draft-text": ANSWER})
    press(approver, case, "/duyet")
    press(approver, case, "/gui")
    form = approver.get(f"{case}/cong-khai").page
    shown = form.fields("/cong-khai")
    shown |= {"publish-title": "Giấy tờ khi đăng ký hộ kinh doanh", "publish-confirmed": "y"}
    shown["publish-answer"] = "Từ nay không yêu cầu giấy tờ ngoài danh mục."
    done = approver.post(f"{case}/cong-khai", data=shown)
    assert done.status_code == 302, done.page.text
    page = approver.get(case).page
    return next(url for url in page.links() if "/tra-loi/" in url)


def build_report(app: Flask, folder: Path) -> dict[str, object]:
    period = quarter_of(clock.local_date(clock.now()))
    ran = app.test_cli_runner().invoke(
        args=["reports", "build", "--kind", "feedback", "--period", period, "--out", str(folder),
              "--json"]
    )  # fmt: skip
    assert ran.exit_code == 0, ran.output
    found: dict[str, object] = json.loads(ran.output)
    return found


def test_from_a_question_to_the_report(
    app: Flask, client: StrictClient, staff: Callable[..., StrictClient], tmp_path: Path
) -> None:
    found = client.get("/tim-kiem?q=dang ky ho kinh doanh").page
    assert any("/thu-tuc/1.001612" in url for url in found.links())
    procedure = client.get("/thu-tuc/1.001612", follow_redirects=True).page
    assert "hộ kinh doanh" in procedure.h1.lower()

    code, secret = send_feedback(client)
    assert "Trung tâm đã nhận" in status(client, code, secret)

    public = answer_case(staff, code)
    seen = status(client, code, secret)
    assert "Từ nay không yêu cầu giấy tờ ngoài danh mục" in seen
    assert "NOI BO" not in seen

    published = client.get(public)
    assert published.status_code == 200
    for trace in ("0905123456", "Nguyễn Văn A", "Sông Thu", "NOI BO"):
        assert trace not in published.get_data(as_text=True)

    report = build_report(app, tmp_path / "out")
    total = report["total"]
    assert isinstance(total, dict)
    expected = {"tn_tong": 1, "tn_quy_dinh": 1, "tn_moi": 1, "tq_xong": 1, "dang_tai": 1,
                "tn_ky_truoc": 0, "tq_dang": 0, "chuyen": 0}  # fmt: skip
    assert {key: total[key] for key in expected} == expected
    files = sorted(file.suffix for file in (tmp_path / "out").iterdir())
    assert files == [".docx", ".xlsx"]
    sheet = openpyxl.load_workbook(next((tmp_path / "out").glob("*.xlsx"))).worksheets[0]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert "Đăng ký kinh doanh" in cells
    figures = client.get("/so-lieu").page.text
    assert "1" in figures
