"""The main errand in a browser that runs no JavaScript, and with the keyboard alone."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.watching import Watched
from tests.support.running import Running

WORDS = "Bộ phận một cửa mở cửa những ngày nào?"


def fill_in_a_question(page: Page) -> None:
    page.get_by_role("link", name="Phản ánh – kiến nghị").click()
    page.get_by_role("main").get_by_role("link", name="Tôi muốn hỏi").click()
    page.get_by_label("Nội dung", exact=True).fill(WORDS)


def test_find_a_procedure_send_a_question_and_follow_it(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    context = window(360, java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + "/")
    page.get_by_role("search").get_by_role("searchbox").fill("dang ky khai sinh")
    page.get_by_role("search").get_by_role("button").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("khai sinh", re.I)).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("khai sinh")

    fill_in_a_question(page)
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem lại trước khi gửi")
    expect(page.get_by_role("main")).to_contain_text(WORDS)
    page.get_by_role("button", name="Sửa lại").click()
    expect(page.get_by_label("Nội dung", exact=True)).to_have_value(WORDS)
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    page.get_by_role("button", name="Gửi", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận nội dung của ông/bà")
    code, secret = page.locator(".receipt .code").all_inner_texts()
    assert page.get_by_role("img", name=re.compile("QR")).is_visible()

    page.goto(site.url + "/phan-anh-kien-nghi/tra-cuu")
    page.get_by_label("Mã phản ánh").fill(code)
    page.get_by_label("Mã bí mật").fill(secret.lower())
    page.get_by_role("button", name="Xem kết quả").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(code)
    expect(page.get_by_role("main")).to_contain_text(WORDS)


def test_a_wrong_form_comes_back_whole_with_the_first_error_in_focus(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    watched = Watched(window(360), site.url)
    page = watched.open("/phan-anh-kien-nghi?loai=quy-dinh")
    page.get_by_label("Họ và tên").fill("Nguyễn Văn An")
    page.get_by_label("Thư điện tử").fill("khong phai thu")
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    problems = page.get_by_role("alert")
    expect(problems).to_be_visible()
    expect(problems.get_by_role("heading")).to_be_focused()
    expect(page.get_by_label("Họ và tên")).to_have_value("Nguyễn Văn An")
    expect(page.get_by_label("Thư điện tử")).to_have_value("khong phai thu")
    problems.get_by_role("link").first.click()
    expect(page.get_by_label("Nội dung", exact=True)).to_be_focused()
    # Chromium writes a console line for every answer that is not 2xx.
    assert not [said for said in watched.check() if "status of 422" not in said]


def test_the_form_can_be_walked_and_sent_with_the_keyboard_alone(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    page = window(1280).new_page()
    page.goto(site.url + "/phan-anh-kien-nghi?loai=cau-hoi")
    page.keyboard.press("Tab")
    assert focused(page)["words"] == "Đến nội dung chính"
    page.keyboard.press("Enter")
    unseen = tab_to(page, lambda here: here["name"] == "text")
    page.keyboard.type(WORDS)
    unseen += tab_to(page, lambda here: here["name"] == "publish_name")
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox").first).to_be_checked()
    unseen += tab_to(page, lambda here: here["name"] == "step")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem lại trước khi gửi")
    unseen += tab_to(page, lambda here: here["words"] == "Gửi")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận nội dung của ông/bà")
    assert not unseen, "places without a visible focus"


def focused(page: Page) -> dict[str, str]:
    """What holds the focus: its name, its words, and how thick the line around it is."""
    found: dict[str, str] = page.evaluate(
        """() => { const here = document.activeElement; const style = getComputedStyle(here);
        return {name: here.name || "", words: here.innerText || "", tag: here.tagName,
                line: style.outlineStyle === "none" ? "0" : style.outlineWidth}; }"""
    )
    return found


def tab_to(page: Page, wanted: Callable[[dict[str, str]], bool]) -> list[str]:
    """Press Tab until `wanted` holds; returns the places where the focus could not be seen."""
    unseen = []
    for _press in range(60):
        page.keyboard.press("Tab")
        here = focused(page)
        if here["tag"] != "BODY" and float(here["line"].removesuffix("px")) < 2:
            unseen.append(str(here))
        if wanted(here):
            return unseen
    raise AssertionError(f"never reached; the focus is at {focused(page)}")
