"""Real headless Chromium in front of a whole running site."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.support.running import Running, running

HINT = "Chromium is not installed: apt-get install chromium"
ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One site for all browser tests of this process, with the starter library."""
    with running(tmp_path_factory.mktemp("site")) as made:
        yield made


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail(HINT)
        pytest.skip(HINT)
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """`window(360, …)` opens a browser window of that width with nothing remembered."""
    opened: list[BrowserContext] = []

    def open_one(width: int, **wishes: object) -> BrowserContext:
        context = chromium.new_context(
            viewport={"width": width, "height": 780},
            locale="vi-VN",
            **wishes,  # type: ignore[arg-type] # Playwright's own names, checked by it
        )
        context.set_default_timeout(8000)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()
