"""The whole way in Chromium without JavaScript: find, send, triage, answer, publish, report."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from portal import clock
from portal.staff.models import Role
from tests.support.running import Running

WORDS = "Quy định về biển hiệu hộ kinh doanh chưa rõ. Xin gọi 0905123456."
ANSWER = "Trung tâm đã đề nghị làm rõ quy định về biển hiệu."
FIELD = "Biển hiệu hộ kinh doanh"


def at_the_desk(site: Running, window: Callable[..., BrowserContext], role: Role) -> Page:
    context = window(1280, java_script_enabled=False)
    context.add_cookies([site.desk_cookie(role)])  # type: ignore[list-item] # a plain mapping
    return context.new_page()


def press(page: Page, action: str, **typed: str) -> None:
    """Open the panel whose form ends in this action, fill it in and send it."""
    form = page.locator(f'form[action$="/{action}"]')
    panel = page.locator("details", has=form)
    if panel.get_attribute("open") is None:
        panel.locator("summary").click()
    for name, value in typed.items():
        field = form.locator(f'[name$="-{name}"]')
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi")


def send(site: Running, page: Page) -> tuple[str, str]:
    page.goto(site.url + "/tim-kiem?q=dang ky ho kinh doanh")
    page.get_by_role("main").get_by_role("link", name=re.compile("hộ kinh doanh")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("hộ kinh doanh")
    page.goto(site.url + "/phan-anh-kien-nghi?loai=quy-dinh")
    page.get_by_label("Nội dung", exact=True).fill(WORDS)
    page.get_by_label("Họ và tên").fill("Nguyễn Văn An")
    page.get_by_label("Địa chỉ", exact=True).fill("12 Trần Phú, Hội An")
    page.get_by_label("Số điện thoại").fill("0905123456")
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    page.get_by_role("button", name="Gửi", exact=True).click()
    code, secret = page.locator(".receipt .code").all_inner_texts()
    return code, secret


def test_from_a_question_to_the_report_without_javascript(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    citizen = window(360, java_script_enabled=False).new_page()
    code, secret = send(site, citizen)

    officer = at_the_desk(site, window, Role.OFFICER)
    officer.goto(site.url + "/quan-tri/")
    officer.get_by_role("link", name=code).click()
    press(officer, "phan-loai", triage_class="K2", field=FIELD, competence="own")
    press(officer, "giao", note="Xem lại hồ sơ cũ.")
    press(officer, "du-thao", text=ANSWER)

    approver = at_the_desk(site, window, Role.APPROVER)
    approver.goto(f"{site.url}/quan-tri/phan-anh/{code}")
    press(approver, "duyet")
    press(approver, "gui")
    approver.get_by_role("link", name="Công khai câu trả lời").click()
    approver.get_by_role("textbox", name="Tiêu đề").fill("Biển hiệu của hộ kinh doanh")
    approver.get_by_label(re.compile("Tôi đã đọc lại")).check()
    approver.get_by_role("button", name="Công khai", exact=True).click()
    approver.get_by_role("link", name="Bản công khai").click()
    expect(approver.get_by_role("main")).to_contain_text(ANSWER)
    expect(approver.get_by_role("main")).not_to_contain_text("0905123456")

    citizen.goto(site.url + "/phan-anh-kien-nghi/tra-cuu")
    citizen.get_by_label("Mã phản ánh").fill(code)
    citizen.get_by_label("Mã bí mật").fill(secret)
    citizen.get_by_role("button", name="Xem kết quả").click()
    expect(citizen.get_by_role("main")).to_contain_text(ANSWER)

    approver.goto(site.url + "/quan-tri/bao-cao")
    today = clock.local_date(clock.now())
    approver.locator("[name=year]").select_option(str(today.year))
    approver.locator("[name=part]").select_option(f"{today.month:02}")
    approver.get_by_label("Theo tháng dương lịch").check()
    approver.get_by_role("button", name="Lập báo cáo").click()
    row = approver.get_by_role("row", name=re.compile(FIELD))
    expect(row).to_be_visible()
    cells = [text.strip() for text in row.locator("td").all_inner_texts()]
    assert [int(text or 0) for text in cells] == [1, 0, 1, 0, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0, 1]
