"""A citizen's errand on a phone without JavaScript, and what comes out of the printer."""

import io
import re
from collections.abc import Callable

import pypdf
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.watching import Watched
from tests.support.running import Running

RESIDENCE = "/thu-tuc/1.004222-dang-ky-thuong-tru"
PARTS = ("ngay-hen", "noi-nop?xa=duy+hoa", "to-roi", "phieu-huong-dan", "thay-doi")
LONG = ("1.001193", "1.004222", "1.013978", "1.014092", "2.000528", "2.000806")


def sheets(page: Page) -> int:
    printed = page.pdf(prefer_css_page_size=True, format="A4")
    return len(pypdf.PdfReader(io.BytesIO(printed)).pages)


def test_from_search_to_the_printed_list_on_a_phone_without_javascript(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    page = window(360, java_script_enabled=False).new_page()
    page.goto(site.url + "/")
    page.get_by_role("search").get_by_role("searchbox").fill("dang ky thuong tru")
    page.get_by_role("search").get_by_role("button").click()
    page.get_by_role("main").get_by_role(
        "link", name=re.compile(r"^\s*Đăng ký thường trú\s*$")
    ).first.click()
    main = page.get_by_role("main")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký thường trú")

    cases = page.get_by_role("navigation", name="Tôi thuộc trường hợp…")
    cases.get_by_role("link", name=re.compile("thuê, mượn, ở nhờ")).click()
    expect(cases.locator("[aria-current]")).to_contain_text("thuê, mượn, ở nhờ")
    expect(main.locator("fieldset").first).to_contain_text("Hợp đồng")
    expect(main).not_to_contain_text(
        "đơn vị đóng quân trong Công an nhân dân, Quân đội nhân nhân (đơn"
    )
    main.get_by_role("checkbox").first.check()
    assert sheets(page) <= 2
    here = page.url

    main.get_by_role("link", name="Khi nào có kết quả?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Khi nào có kết quả?")
    page.get_by_label("Ngày nộp").fill("2026-12-07")
    page.get_by_role("button", name="Tính lại").click()
    expect(main).to_contain_text("Chậm nhất thứ Tư 16/12/2026")

    page.goto(here)
    main.get_by_role("link", name="Nộp ở đâu?").click()
    main.get_by_role("searchbox", name="Tên xã, phường").fill("duy hoa")
    main.get_by_role("button", name="Xem").click()
    expect(main.get_by_role("heading", name="Xã Duy Hòa")).to_be_visible()
    expect(main).to_contain_text("chưa công bố")

    page.goto(here)
    main.get_by_role("link", name=re.compile("^Phiếu hướng dẫn")).click()
    main.get_by_role("checkbox").first.check()
    main.get_by_role("button", name="Lập phiếu để in").click()
    expect(main).to_contain_text("Ông/bà còn thiếu:")
    assert sheets(page) == 1


@pytest.mark.parametrize("code", LONG)
def test_a_procedure_is_printed_on_two_sheets_and_its_poster_on_one(
    site: Running, window: Callable[..., BrowserContext], code: str
) -> None:
    page = window(1280, java_script_enabled=False).new_page()
    page.goto(f"{site.url}/thu-tuc/{code}")
    assert sheets(page) <= 2
    page.goto(f"{site.url}/thu-tuc/{code}/to-roi")
    assert sheets(page) == 1


@pytest.mark.parametrize("width", [320, 1280])
def test_every_part_of_the_page_is_clean_on_small_and_large_screens(
    site: Running, window: Callable[..., BrowserContext], width: int
) -> None:
    watched = Watched(window(width), site.url)
    found: list[str] = []
    for path in (RESIDENCE, *(f"/thu-tuc/1.004222/{part}" for part in PARTS)):
        watched.open(path)
        found += watched.check()
    assert not found


def test_a_life_event_is_printed_without_large_gaps(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    """A step may run over to the next sheet, so no sheet but the last ends half empty."""
    page = window(1280, java_script_enabled=False).new_page()
    page.goto(f"{site.url}/viec-doi/sinh-con")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4"))).pages
    letters = [len(sheet.extract_text()) for sheet in printed]
    assert min(letters[:-1], default=1) > max(letters) * 0.6
