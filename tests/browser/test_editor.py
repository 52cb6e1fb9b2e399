"""The editor in Chromium: toolbar, pasted picture, rows with scripts and without."""

import base64
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from content.editorial import texts, workflow
from content.models import Draft
from portal.staff.models import Role
from tests.browser.watching import Watched
from tests.content.editorial.clerks import EDITOR
from tests.support import good_files
from tests.support.running import Running

PASTE = """([area, data]) => {
  const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
  const all = new DataTransfer();
  all.items.add(new File([bytes], "so-do.png", { type: "image/png" }));
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: all, bubbles: true }));
}"""


def a_draft(site: Running, kind: str, key: str) -> int:
    with site.app.test_request_context(), site.store.write() as db:
        made = workflow.start(db, EDITOR, kind, key, "vi").id
        db.commit()
    return made


def kept(site: Running, draft_id: int) -> dict[str, object]:
    with site.app.test_request_context(), site.store.read() as db:
        draft = db.get(Draft, draft_id)
        assert draft is not None
        return texts.mapping(workflow.current(db, draft).text)


def opened(window: Callable[..., BrowserContext], site: Running, draft_id: int, width: int,
           *, scripts: bool = True) -> Watched:  # fmt: skip
    context = window(width, java_script_enabled=scripts)
    context.add_cookies([site.desk_cookie(Role.EDITOR)])  # type: ignore[list-item] # a plain mapping
    watched = Watched(context, site.url)
    watched.open(f"/quan-tri/noi-dung/ban-nhap/{draft_id}/sua")
    return watched


def saved(page: Page) -> None:
    page.locator(".save-bar").get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".flashes")).to_contain_text("Đã lưu")


def test_a_guide_is_written_with_toolbar_preview_and_a_pasted_picture(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    draft_id = a_draft(site, "guide", "viet-bang-trinh-soan")
    watched = opened(window, site, draft_id, 1280)
    page = watched.page
    page.get_by_label("Tiêu đề").fill("Viết bằng trình soạn")
    page.get_by_label("Tóm tắt").fill("Cách viết một bài hướng dẫn.")
    area = page.get_by_label("Nội dung (cần có)")
    area.fill("Mang giấy tờ")
    area.select_text()
    page.get_by_role("button", name="Chữ đậm").click()
    expect(area).to_have_value("**Mang giấy tờ**")
    page.keyboard.press("Control+z")
    expect(area).to_have_value("Mang giấy tờ")
    page.get_by_role("button", name="Đề mục lớn").click()
    expect(area).to_have_value("## Mang giấy tờ")
    page.get_by_role("button", name="Đề mục lớn").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Đề mục nhỏ")).to_be_focused()
    page.on("dialog", lambda dialog: dialog.accept("Sơ đồ quầy số 4"))
    data = base64.b64encode(good_files.png(300, 200)).decode()
    page.evaluate(PASTE, [area.element_handle(), data])
    shown = page.get_by_role("img", name="Sơ đồ quầy số 4")
    expect(shown).to_be_visible()
    page.get_by_role("button", name="Bảng", exact=True).click()
    expect(page.locator(".live table")).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 300
    assert not watched.check()
    saved(page)
    body = str(kept(site, draft_id)["body"])
    assert body.startswith("## Mang giấy tờ\n\n![Sơ đồ quầy số 4](/tep/")
    assert "| Tên cột 1 | Tên cột 2 |" in body


def test_rows_are_added_and_moved_in_place(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    draft_id = a_draft(site, "procedure", "1.004194")
    watched = opened(window, site, draft_id, 1280)
    page = watched.page
    cases = page.get_by_role("button", name="Thêm: trường hợp")
    before = page.locator("#papers > .row-list > .row").count()
    cases.click()
    expect(page.locator(f"#papers-{before}-title")).to_be_focused()
    page.locator(f"#papers-{before}-title").fill("Người khác đi thay")
    page.locator(f"#papers-{before}-papers-0-name").fill("Giấy ủy quyền")
    page.locator(f"#papers-{before}-papers-add").click()
    page.locator(f"#papers-{before}-papers-1-name").fill("Bản sao thẻ căn cước")
    page.locator(f'button[value="len:papers-{before}-papers-1"]').click()
    for place in range(before, 0, -1):
        page.locator(f'button[value="len:papers-{place}"]').click()
    saved(page)
    first = kept(site, draft_id)["papers"][0]  # type: ignore[index]
    assert first["title"] == "Người khác đi thay"
    assert [paper["name"] for paper in first["papers"]] == ["Bản sao thẻ căn cước", "Giấy ủy quyền"]


def test_a_procedure_gets_two_cases_and_a_local_fee_without_javascript(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    draft_id = a_draft(site, "procedure", "1.002755")
    page = opened(window, site, draft_id, 360, scripts=False).page
    before = page.locator("#papers > .row-list > .row").count()
    for number, (title, paper) in enumerate(
        (("Tự đi nộp", "Tờ khai"), ("Người khác đi thay", "Giấy ủy quyền")), before
    ):
        page.locator("#papers-add").click()
        page.locator(f"#papers-{number}-title").fill(title)
        page.locator(f"#papers-{number}-papers-0-name").fill(paper)
    page.locator("#local-add").click()
    page.locator("#local-0-part").select_option("fee")
    page.locator("#local-0-text").fill("Miễn phí khi nộp trực tuyến")
    page.locator("#local-0-source").fill("Nghị quyết của Hội đồng nhân dân tỉnh")
    page.locator("#local-0-checked_on").fill("2026-11-20")
    saved(page)
    found = kept(site, draft_id)
    titles = [group["title"] for group in found["papers"]]  # type: ignore[attr-defined]
    assert titles[-2:] == ["Tự đi nộp", "Người khác đi thay"]
    assert found["local"][0]["text"] == "Miễn phí khi nộp trực tuyến"  # type: ignore[index]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(("kind", "key"), [("guide", "chu-ky-so"), ("procedure", "1.001193")])
def test_the_editor_is_sound(
    site: Running, window: Callable[..., BrowserContext], kind: str, key: str, width: int
) -> None:
    watched = opened(window, site, a_draft(site, kind, key), width)
    watched.page.wait_for_load_state("networkidle")
    assert not watched.check()
