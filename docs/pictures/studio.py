"""A real site to photograph: started afresh, signed in to, and its pages put into this folder."""

import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from threading import Thread

from playwright.sync_api import Browser, Page, Playwright

HERE = Path(__file__).resolve().parent
HOME = HERE.parents[1]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 860}
TALLEST = 1240
START_WITHIN_SECONDS = 120
OWN_PASSWORD = "mot-cau-de-nho-2026"


@dataclass(frozen=True)
class Site:
    """A running site: its address, its first account, and how to give it a command."""

    url: str
    username: str
    password: str
    environment: dict[str, str]

    def command(self, *words: str) -> None:
        """Run `flask …` on this site's data."""
        line = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        subprocess.run(line, cwd=HOME, env=self.environment, check=True, capture_output=True)


def chromium(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path="/usr/bin/chromium",
        args=["--disable-gpu", "--no-first-run", *(["--no-sandbox"] if os.geteuid() == 0 else [])],
    )


def first_sign_in(browser: Browser, site: Site) -> Page:
    """A page of the first account, its password changed as it must be."""
    page = browser.new_page(viewport=DESK, locale="vi-VN")
    sign_in(page, site.url, site.username, site.password)
    page.get_by_label("Mật khẩu hiện tại").fill(site.password)
    page.get_by_label("Mật khẩu mới", exact=True).fill(OWN_PASSWORD)
    page.get_by_label("Nhập lại mật khẩu mới").fill(OWN_PASSWORD)
    page.get_by_role("button", name="Đổi mật khẩu").click()
    sign_in(page, site.url, site.username, OWN_PASSWORD)
    return page


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
def site() -> Iterator[Site]:
    """A fresh site on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        settings = {"VAR": folder, "PORT": str(port), "PYTHONUNBUFFERED": "1"}
        environment = {**os.environ, **settings}
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.serving"],
            cwd=HOME,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield Site(f"http://127.0.0.1:{port}", *first_account(process), environment)
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
