"""Every page of the staff desk, signed in: sound on a phone and on a desk computer."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from portal.staff.models import Role
from tests.browser.watching import Watched
from tests.support.running import Running

PAGES = ("/quan-tri/", "/quan-tri/bao-cao", "/quan-tri/tai-khoan", "/quan-tri/mat-khau")


@pytest.fixture
def a_case(site: Running, window: Callable[..., BrowserContext]) -> None:
    """Something in the queue, sent as anybody would."""
    page = window(360).new_page()
    page.goto(site.url + "/phan-anh-kien-nghi?loai=khen-ngoi")
    page.get_by_label("Nội dung", exact=True).fill("Cảm ơn cán bộ quầy số 4. " * 20)
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận nội dung của ông/bà")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.usefixtures("a_case")
def test_every_page_of_the_desk_is_sound(
    site: Running, window: Callable[..., BrowserContext], width: int
) -> None:
    context = window(width)
    context.add_cookies([site.desk_cookie(*Role)])  # type: ignore[list-item] # a plain mapping
    watched = Watched(context, site.url)
    troubles: list[str] = []
    for path in PAGES:
        watched.open(path)
        troubles += watched.check()
    page = watched.open("/quan-tri/")
    page.get_by_role("table").get_by_role("link").first.click()
    watched.where = page.url
    troubles += watched.check()
    page = watched.open("/quan-tri/bao-cao")
    page.get_by_role("button", name="Lập báo cáo").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Báo cáo")
    watched.where = page.url
    troubles += watched.check()
    assert not troubles


def test_signing_in_and_out_needs_no_javascript(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    name, password = site.new_account(Role.OFFICER)
    page = window(360, java_script_enabled=False).new_page()
    page.goto(site.url + "/quan-tri/")
    sign_in(page, name, "khong-phai-mat-khau")
    expect(page.get_by_role("alert")).to_contain_text("không đúng")
    sign_in(page, name, password)
    expect(page.get_by_role("heading", level=1)).to_have_text("Hàng đợi phản ánh")
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto(site.url + "/quan-tri/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập của cán bộ")


def sign_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
