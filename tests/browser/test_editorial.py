"""A page's whole way in Chromium: written, read by a second person, published, read by citizens."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from content.editorial import scheduling
from portal import clock
from portal.staff.models import Role
from tests.browser.watching import Watched
from tests.support.running import Running

TITLE = "Đặt lịch hẹn trước khi đến quầy"
SUMMARY = "Đặt lịch để không phải chờ; đến đúng giờ đã hẹn."
BODY = "Chọn ngày và giờ còn trống.\n\n## Mang theo gì\n\nMang giấy tờ tùy thân."


def at_the_desk(
    site: Running, window: Callable[..., BrowserContext], *roles: Role, width: int = 1280
) -> Page:
    context = window(width, java_script_enabled=False)
    context.add_cookies([site.desk_cookie(*roles)])  # type: ignore[list-item] # a plain mapping
    return context.new_page()


def press(page: Page, action: str, **typed: str) -> None:
    """Open the panel whose form ends in this action, fill it in and send it."""
    form = page.locator(f'form[action$="/{action}"]')
    panel = page.locator("details", has=form)
    if panel.get_attribute("open") is None:
        panel.locator("summary").click()
    for name, value in typed.items():
        form.locator(f'[name$="-{name}"]').fill(value)
    form.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi")


def write(page: Page, site: Running, title: str = TITLE) -> str:
    """A guide from nothing to its first save; the address of its draft."""
    page.goto(f"{site.url}/quan-tri/noi-dung")
    page.get_by_role("link", name="Trang mới").click()
    page.get_by_role("link", name=re.compile("^Hướng dẫn")).click()
    page.get_by_label("Tiêu đề").fill(title)
    page.get_by_role("button", name="Bắt đầu soạn").click()
    page.locator("#summary").fill(SUMMARY)
    page.locator("#body").fill(BODY)
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu")
    return page.url.removesuffix("/sua")


def publish_what_is_due(site: Running) -> None:
    """What the worker does, two days later."""
    with site.app.app_context(), site.app.test_request_context("/"):
        scheduling.publish_due(site.store, clock.now() + timedelta(days=2))


def test_a_guide_goes_from_an_empty_page_to_a_citizen_without_javascript(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    editor = at_the_desk(site, window, Role.EDITOR)
    draft = write(editor, site)
    editor.goto(draft)
    press(editor, "gui-doc")

    approver = at_the_desk(site, window, Role.APPROVER, width=360)
    approver.goto(f"{site.url}/quan-tri/noi-dung?muc=cho-toi-doc")
    approver.get_by_role("link", name=TITLE).click()
    expect(approver.locator("ins").first).to_be_visible()
    press(approver, "tra-lai", words="Thêm giờ làm việc.")

    editor.goto(draft)
    expect(editor.get_by_role("main")).to_contain_text("Thêm giờ làm việc.")
    editor.get_by_role("link", name="Sửa", exact=True).click()
    editor.locator("#body").fill(BODY + " Quầy mở từ 7 giờ 30.")
    editor.get_by_role("button", name="Lưu", exact=True).last.click()
    editor.goto(draft)
    press(editor, "gui-doc")

    approver.goto(draft)
    press(approver, "duyet")
    approver.get_by_role("link", name="Xem trước").click()
    expect(approver.get_by_role("note")).to_contain_text("Bản xem trước")
    approver.goto(draft)
    tomorrow = clock.local_date(clock.now()) + timedelta(days=1)
    press(approver, "hen-gio", day=tomorrow.isoformat(), hour="08:00")

    citizen = window(360, java_script_enabled=False).new_page()
    address = f"{site.url}/huong-dan/dat-lich-hen-truoc-khi-den-quay"
    answer = citizen.goto(address)
    assert answer is not None
    assert answer.status == 404
    publish_what_is_due(site)
    citizen.wait_for_timeout(600)  # the page cache looks for what is new twice a second
    citizen.goto(address)
    expect(citizen.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(citizen.get_by_role("main")).to_contain_text("Quầy mở từ 7 giờ 30.")


def test_a_step_is_taken_by_keyboard_alone(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    page = at_the_desk(site, window, Role.EDITOR)
    page.goto(write(page, site, "Giờ làm việc của quầy"))
    button = page.get_by_role("button", name="Gửi người thứ hai đọc")
    for _press in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã ghi")


def test_an_outside_expert_opens_a_link_and_remarks_without_an_account(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    editor = at_the_desk(site, window, Role.EDITOR)
    draft = write(editor, site, "Nộp thay người thân")
    editor.goto(draft)
    editor.get_by_text("Tạo đường dẫn mới").click()
    editor.get_by_label("Dành cho ai").fill("Phòng Tư pháp")
    editor.get_by_role("button", name="Tạo đường dẫn").click()
    address = editor.get_by_label("Địa chỉ để gửi").input_value()
    link = site.url + address[address.index("/gop-y/") :]

    watched = Watched(window(360), site.url)
    expert = watched.open(link.removeprefix(site.url))
    assert not watched.check()
    expert.get_by_role("link", name="Đọc trang như người dân sẽ thấy").click()
    expect(expert.get_by_role("heading", level=1)).to_have_text("Nộp thay người thân")
    expert.go_back()
    expert.get_by_label("Nhận xét", exact=True).fill("Cần thêm giấy ủy quyền.")
    expert.get_by_role("button", name="Gửi nhận xét").click()
    expect(expert.get_by_role("status")).to_contain_text("Đã gửi nhận xét")

    editor.goto(draft)
    expect(editor.get_by_role("main")).to_contain_text("Cần thêm giấy ủy quyền.")
    editor.get_by_role("button", name="Thu hồi Phòng Tư pháp").click()
    answer = expert.goto(link)
    assert answer is not None
    assert answer.status == 404


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_the_editorial_desk_is_sound(
    site: Running, window: Callable[..., BrowserContext], width: int
) -> None:
    writer = at_the_desk(site, window, Role.EDITOR)
    draft = write(writer, site, f"Trang để soi ở {width}").removeprefix(site.url)
    context = window(width)
    context.add_cookies([site.desk_cookie(*Role)])  # type: ignore[list-item] # a plain mapping
    watched = Watched(context, site.url)
    guide = "/quan-tri/noi-dung/guide/nop-ho-so-truc-tuyen"
    troubles: list[str] = []
    for path in (
        "/quan-tri/noi-dung?muc=tat-ca",
        "/quan-tri/noi-dung/moi",
        "/quan-tri/noi-dung/moi/guide",
        guide,
        f"{guide}/phien-ban/1",
        f"{guide}/so-sanh?tu=1&den=1",
        "/quan-tri/noi-dung/procedure/1.001193",
        draft,
        f"{draft}/xem",
        "/quan-tri/nhat-ky",
        "/quan-tri/tai-khoan/1/ban-giao",
    ):
        watched.open(path)
        troubles += watched.check()
    assert not troubles
