"""Behind TLS, as in real use: forms are believed, cookies are kept from plain connections."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from portal.staff.models import Role
from portal.staff.sessions import COOKIE
from tests.browser.test_desk_pages import sign_in
from tests.support.running import running


def test_forms_work_and_cookies_are_guarded_over_tls(
    window: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    with running(tmp_path / "var", tls=True) as site:
        name, password = site.new_account(Role.OFFICER)
        context = window(1280, ignore_https_errors=True)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        answer = page.goto(site.url + "/phan-anh-kien-nghi?loai=cau-hoi")
        assert answer is not None
        assert "max-age" in answer.headers["strict-transport-security"]
        assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
        page.get_by_label("Nội dung", exact=True).fill("Gửi qua kết nối an toàn.")
        page.get_by_role("button", name="Xem lại trước khi gửi").click()
        page.get_by_role("button", name="Gửi", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận nội dung của ông/bà")
        assert not context.cookies()

        page.goto(site.url + "/quan-tri/")
        sign_in(page, name, password)
        expect(page.get_by_role("heading", level=1)).to_have_text("Hàng đợi phản ánh")
        cookie = next(one for one in context.cookies() if one["name"] == COOKIE)
        assert cookie["secure"] and cookie["httpOnly"]
        assert cookie["path"] == "/quan-tri"
        page.get_by_role("button", name="Đăng xuất").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập của cán bộ")
        assert not [one for one in context.cookies() if one["name"] == COOKIE]
        assert not [url for url in asked if not url.startswith("https://")]
