"""Takes the pictures of this folder from a real site: starts one, uses it, photographs it."""

import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
HOME = HERE.parents[1]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 860}
TALLEST = 1240
PROCEDURE = "/tim-kiem?q=dang+ky+khai+sinh"
PEOPLE_TYPE_MILLISECONDS = 3500
START_WITHIN_SECONDS = 120
MESSAGES = (
    ("tre-han", "Hồ sơ tách thửa hẹn trả ngày 16/11 đến nay chưa có kết quả."),
    ("cach-phuc-vu", "Cán bộ yêu cầu thêm giấy tờ không có trong danh mục đã niêm yết."),
    ("quy-dinh", "Hai tờ khai có nội dung giống nhau, đề nghị gộp làm một."),
    ("khen-ngoi", "Cảm ơn cán bộ quầy số 4 đã hướng dẫn rất tận tình."),
    ("cau-hoi", "Đăng ký khai sinh cho con ở nơi tạm trú có được không?"),
)


def main() -> None:
    with sync_playwright() as playwright, site() as (url, password):
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--disable-gpu", "--no-first-run", *(["--no-sandbox"] if _root() else [])],
        )
        take_public_pictures(browser, url)
        take_desk_pictures(browser, url, password)
        browser.close()


def take_public_pictures(browser: Browser, url: str) -> None:
    for name, size in (("360", PHONE), ("1280", DESK)):
        page = browser.new_page(viewport=size, locale="vi-VN")
        page.goto(f"{url}/")
        shoot(page, f"home-{name}")
        page.goto(f"{url}{PROCEDURE}")
        shoot(page, f"search-{name}")
        page.locator("main h2 a, main h3 a, main .plain a").first.click()
        shoot(page, f"procedure-{name}", whole=True)
        page.goto(f"{url}/phan-anh-kien-nghi")
        shoot(page, f"feedback-{name}", whole=True)
        page.goto(f"{url}/en/")
        shoot(page, f"home-en-{name}")
    for kind, text in MESSAGES:
        page = browser.new_page(viewport=PHONE, locale="vi-VN")
        send(page, url, kind, text)
    shoot(page, "receipt-360", whole=True)


def send(page: Page, url: str, kind: str, text: str) -> None:
    page.goto(f"{url}/phan-anh-kien-nghi?loai={kind}")
    page.get_by_label("Nội dung", exact=True).fill(text)
    page.get_by_label("Họ và tên").fill("Trần Thị Mẫu")
    page.get_by_label("Địa chỉ").fill("12 đường Trần Phú")
    page.get_by_label("Số điện thoại").fill("0905000000")
    # A message filled in faster than anybody types is marked for a second look.
    page.wait_for_timeout(PEOPLE_TYPE_MILLISECONDS)
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    page.get_by_role("button", name="Gửi", exact=True).click()


def take_desk_pictures(browser: Browser, url: str, password: tuple[str, str]) -> None:
    page = browser.new_page(viewport=DESK, locale="vi-VN")
    sign_in(page, url, *password)
    own = "mot-cau-de-nho-2026"
    page.get_by_label("Mật khẩu hiện tại").fill(password[1])
    page.get_by_label("Mật khẩu mới", exact=True).fill(own)
    page.get_by_label("Nhập lại mật khẩu mới").fill(own)
    page.get_by_role("button", name="Đổi mật khẩu").click()
    sign_in(page, url, password[0], own)
    for words in ("Cán bộ yêu cầu thêm", "Hồ sơ tách thửa"):
        page.goto(f"{url}/quan-tri/")
        page.get_by_role("row").filter(has_text=words).get_by_role("link").click()
        page.get_by_label("Lớp (Nghị định").select_option(label="K1: về hành vi")
        page.get_by_role("button", name="Phân loại").click()
    shoot(page, "case-1280", whole=True)
    page.goto(f"{url}/quan-tri/")
    shoot(page, "queue-1280")
    page.goto(f"{url}/quan-tri/bao-cao")
    page.get_by_label("Kỳ", exact=True).select_option(label="Quý IV")
    page.get_by_role("button", name="Lập báo cáo").click()
    shoot(page, "report-1280", whole=True)
    page.goto(f"{url}/so-lieu")
    shoot(page, "figures-1280", whole=True)


def sign_in(page: Page, url: str, name: str, password: str) -> None:
    page.goto(f"{url}/quan-tri/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


def shoot(page: Page, name: str, *, whole: bool = False) -> None:
    """What the window shows, or the page from its top down to a height that still fits a README."""
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready")
    size = page.viewport_size or DESK
    tall = page.evaluate("document.documentElement.scrollHeight") if whole else size["height"]
    clip = {"x": 0, "y": 0, "width": size["width"], "height": min(tall, TALLEST)}
    page.screenshot(path=HERE / f"{name}.png", full_page=True, clip=clip)


@contextmanager
def site() -> Iterator[tuple[str, tuple[str, str]]]:
    """A fresh site on a free port; yields its address, and the first account with its password."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        settings = {"VAR": folder, "PORT": str(port), "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.serving"],
            cwd=HOME,
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield f"http://127.0.0.1:{port}", first_account(process)
        finally:
            process.terminate()
            process.wait(20)


def first_account(process: "subprocess.Popen[str]") -> tuple[str, str]:
    """Read the sign-in that a first start prints, then wait for the site to answer."""
    lines: Queue[str] = Queue()
    output = process.stdout
    assert output is not None
    Thread(target=lambda: [lines.put(line) for line in output], daemon=True).start()
    printed = ""
    while "đang chạy" not in printed:
        printed += lines.get(timeout=START_WITHIN_SECONDS)
    name = re.search(r"Tài khoản cán bộ: (\S+)", printed)
    password = re.search(r"Mật khẩu dùng lần đầu: (\S+)", printed)
    assert name and password, printed
    return name[1], password[1]


def _root() -> bool:
    return os.geteuid() == 0


if __name__ == "__main__":
    main()
