"""Photographs publishing on an invented Centre: editor, differences, import, public pages."""

import json
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page
from studio import DESK, PHONE, Site, first_sign_in, shoot

MARRIAGE = "/thu-tuc/1.000894"
PAPER = {"width": 794, "height": 1123}
DESK_OF_CONTENT = "/quan-tri/noi-dung"


def take_pictures(browser: Browser, site: Site) -> None:
    site.command("portal", "demo")
    with tempfile.TemporaryDirectory() as folder:
        import_twice(site, Path(folder))
    desk = first_sign_in(browser, site)
    take_desk_pictures(desk, site.url)
    take_citizen_pictures(browser, site.url)


def import_twice(site: Site, folder: Path) -> None:
    """A first file, and a second in which a fee and a paper are other, waiting for a decision."""
    first, second = folder / "lan-1.jsonl", folder / "lan-2.jsonl"
    first.write_text(lines(fee="", paper="Tờ khai cấp bản sao"), "utf-8")
    second.write_text(lines(fee="8.000 đồng một bản", paper="Tờ khai theo mẫu mới"), "utf-8")
    site.command("content", "import-procedures", str(first), "--partial")
    site.command("content", "import-procedures", str(second), "--partial", "--preview")


def lines(*, fee: str, paper: str) -> str:
    return "\n".join(
        json.dumps(record(f"9.90000{number}", name, fee, paper), ensure_ascii=False)
        for number, name in enumerate(("Cấp bản sao từ sổ gốc", "Cấp lại giấy xác nhận"), 1)
    )


def record(code: str, name: str, fee: str, paper: str) -> dict[str, Any]:
    """An invented record in the form of the national export."""
    return {
        "code": code,
        "name": name,
        "decision": "01/QĐ-MAU",
        "levels": ["Cấp Xã"],
        "field": "Chứng thực",
        "audience": ["Công dân Việt Nam"],
        "implementing_agency": "Ủy ban nhân dân cấp xã",
        "issuing_agency": "Bộ Tư pháp",
        "steps": "- Bước 1: Nộp hồ sơ\n- Bước 2: Nhận kết quả",
        "methods": [{"channel": "Trực tiếp", "time": "1 ngày", "fee": fee, "note": ""}],
        "documents": [{"group": "", "name": paper, "originals": "1", "copies": "0"}],
        "legal_basis": [{"number": "60/2014/QH13", "title": "Luật Hộ tịch"}],
        "results": [{"name": "Bản sao", "code": "KQ.1"}],
    }


def take_desk_pictures(page: Page, url: str) -> None:
    page.goto(f"{url}{DESK_OF_CONTENT}?muc=tat-ca")
    shoot(page, "content-1280")
    page.goto(f"{url}{DESK_OF_CONTENT}/guide/ho-so-qua-han")
    page.get_by_role("button", name="Sửa").first.click()
    body = page.locator("textarea[name=body]")
    text = body.input_value()
    body.fill(text.replace(".", ", kể cả ngày thứ Bảy.", 1) + "\n\nXem thêm mục Hỏi đáp.")
    shoot(page, "editor-1280")
    page.set_viewport_size(PHONE)
    shoot(page, "editor-360")
    page.set_viewport_size(DESK)
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.goto(page.url.removesuffix("/sua"))
    shoot(page, "draft-1280", whole=True)
    page.goto(f"{url}{DESK_OF_CONTENT}/procedure/1.000894")
    page.get_by_role("button", name="Sửa").first.click()
    shoot(page, "editor-procedure-1280", whole=True)
    page.goto(f"{url}/quan-tri/nhap-thu-tuc")
    page.get_by_role("link", name="lan-2").first.click()
    page.get_by_role("link", name="9.900001").click()
    shoot(page, "import-1280", whole=True)


def take_citizen_pictures(browser: Browser, url: str) -> None:
    for name, size in (("360", PHONE), ("1280", DESK)):
        page = browser.new_page(viewport=size, locale="vi-VN")
        page.goto(f"{url}/viec-doi")
        page.locator("main a[href^='/viec-doi/']").first.click()
        shoot(page, f"life-event-{name}", whole=True)
        page.goto(f"{url}/don-vi")
        page.locator("main a[href^='/don-vi/']").first.click()
        shoot(page, f"unit-{name}", whole=True)
    page = browser.new_page(viewport=PAPER, locale="vi-VN")
    page.emulate_media(media="print")
    page.goto(f"{url}{MARRIAGE}")
    shoot(page, "procedure-print", whole=True)
