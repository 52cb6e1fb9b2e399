"""Suggestions while typing: with the keyboard, with a screen reader, on a phone, and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.watching import Watched
from tests.support.running import Running

TYPED = "khai si"


@pytest.mark.parametrize("path", ["/", "/tim-kiem"])
def test_suggestions_are_walked_with_the_keyboard(
    site: Running, window: Callable[..., BrowserContext], path: str
) -> None:
    watched = Watched(window(1280), site.url)
    page = watched.open(path)
    typing = page.get_by_role("combobox")
    expect(typing).to_have_attribute("aria-expanded", "false")
    typing.press_sequentially(TYPED)
    options = page.get_by_role("listbox", name="Gợi ý").get_by_role("option")
    expect(options.first).to_be_visible()
    expect(typing).to_have_attribute("aria-expanded", "true")
    expect(page.locator("form.search [role=status]")).to_contain_text("gợi ý")
    words = options.all_inner_texts()
    assert 2 <= len(words) <= 8
    assert not watched.check()

    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(typing).to_have_attribute("aria-activedescendant", "suggestion-0")
    expect(typing).to_have_value(words[0])
    expect(typing).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(typing).to_have_value(TYPED)
    page.keyboard.press("ArrowUp")
    expect(typing).to_have_value(words[-1])
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(typing).to_have_value(TYPED)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tìm kiếm")
    expect(page.get_by_role("combobox")).to_have_value(words[0])
    assert not watched.check()


def test_enter_without_a_choice_searches_what_was_typed(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    page = window(1280).new_page()
    page.goto(site.url + "/")
    page.get_by_role("combobox").press_sequentially(TYPED)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox")).to_have_value(TYPED)
    assert "q=khai+si" in page.url


def test_a_suggestion_is_tapped_on_a_phone(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    watched = Watched(window(360, has_touch=True), site.url)
    page = watched.open("/")
    page.get_by_role("combobox").press_sequentially(TYPED)
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    assert not watched.check()
    size = option.bounding_box()
    assert size is not None and size["height"] >= 44
    words = option.inner_text()
    option.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tìm kiếm")
    expect(page.get_by_role("combobox")).to_have_value(words)


def test_what_is_typed_is_never_run(site: Running, window: Callable[..., BrowserContext]) -> None:
    watched = Watched(window(1280), site.url)
    page = watched.open("/tim-kiem")
    page.get_by_role("combobox").press_sequentially("<img src=x onerror=alert(1)>")
    page.wait_for_timeout(400)
    expect(page.get_by_role("option")).to_have_count(0)
    assert not watched.check()


def test_without_a_connection_the_form_is_left_as_it_was(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    page = window(1280).new_page()
    page.goto(site.url + "/tim-kiem")
    page.route("**/goi-y*", lambda route: route.abort())
    page.get_by_role("combobox").press_sequentially("khai")
    page.wait_for_timeout(400)
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox")).to_have_value("khai")
    expect(page.get_by_role("main").get_by_role("heading", level=2).first).to_contain_text(
        "kết quả"
    )


def test_without_javascript_it_is_a_plain_form(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    page = window(360, java_script_enabled=False).new_page()
    page.goto(site.url + "/")
    expect(page.get_by_role("combobox")).to_have_count(0)
    page.get_by_role("searchbox").fill("khai sinh")
    page.get_by_role("search").get_by_role("button").click()
    expect(page.get_by_role("searchbox")).to_have_value("khai sinh")


def test_a_result_opened_is_counted_without_a_cookie(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    context = window(1280)
    page = context.new_page()
    page.goto(site.url + "/tim-kiem?q=khai+sinh")
    result = page.locator("a[data-token]").first
    # A page that is left no longer hears how its last message was answered.
    page.evaluate("document.addEventListener('click', click => click.preventDefault())")
    with page.expect_response("**/tim-kiem/bam") as counted:
        result.click()
    assert counted.value.status == 204
    assert "?" not in (result.get_attribute("href") or "?")
    assert not context.cookies()
