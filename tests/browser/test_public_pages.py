"""Every public page on a phone and on a desk computer: sound, and nothing from elsewhere."""

import re
from collections.abc import Callable
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.watching import COLOURS, EVERYTHING, Watched
from tests.support.running import Running

PHONE, DESK, NARROW = 360, 1280, 320
PARTS = 4
MOST_OF_A_KIND = 32
SHIPPED = (
    "/", "/thu-tuc", "/huong-dan", "/tin-tuc", "/so-lieu", "/gioi-thieu", "/lien-he",
    "/kenh-chinh-thuc", "/quyen-rieng-tu", "/ho-tro-tiep-can", "/so-do-trang",
    "/tim-kiem", "/tim-kiem?q=doi+bang+lai+xe", "/tim-kiem?q=khongcogi%C4%91%C3%A2u",
    "/don-vi", "/toi-phai-den-dau", "/toi-phai-den-dau?tim=duy+hoa",
    "/phan-anh-kien-nghi", "/phan-anh-kien-nghi/tra-cuu", "/phan-anh-kien-nghi/tra-loi",
)  # fmt: skip


def addresses(site: Running) -> list[str]:
    """What the site map for machines names, and what it leaves out; Vietnamese only.

    Of a kind with hundreds of pages from one template, a fixed spread of them.
    """
    with urlopen(f"{site.url}/sitemap.xml") as answer:
        listed = re.findall(r"<loc>https?://[^/<]+([^<]*)</loc>", answer.read().decode())
    kinds: dict[str, list[str]] = {}
    for path in sorted({path or "/" for path in listed if not path.startswith("/en")}):
        kinds.setdefault(path.rpartition("/")[0], []).append(path)
    spread = {
        path for kind in kinds.values() for path in kind[:: 1 + len(kind) // (MOST_OF_A_KIND + 1)]
    }
    return sorted(spread | set(SHIPPED))


def one_of_each(site: Running) -> list[str]:
    """The shipped pages, and one procedure, guide and news item for all of their kind."""
    kinds = ("/thu-tuc/", "/huong-dan/", "/tin-tuc/", "/don-vi/", "/phan-anh-kien-nghi/tra-loi/")
    found = addresses(site)
    samples = [next((path for path in found if path.startswith(kind)), "") for kind in kinds]
    return [*SHIPPED, *filter(None, samples)]


def troubles_on(
    watched: Watched, paths: list[str], rules: tuple[str, ...] = EVERYTHING
) -> list[str]:
    found: list[str] = []
    for path in paths:
        watched.open(path)
        found += watched.check(rules)
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_every_public_page_is_sound_on_a_phone(
    site: Running, window: Callable[..., BrowserContext], part: int
) -> None:
    context = window(PHONE)
    paths = addresses(site)[part::PARTS]
    assert len(paths) > 3
    assert not troubles_on(Watched(context, site.url), paths)
    assert not context.cookies(), "a public page set a cookie"


@pytest.mark.parametrize("part", range(2))
def test_every_public_page_fits_a_desk_computer(
    site: Running, window: Callable[..., BrowserContext], part: int
) -> None:
    watched = Watched(window(DESK), site.url)
    sampled = one_of_each(site)
    assert not troubles_on(watched, sampled[part::2])
    others = [path for path in addresses(site) if path not in sampled]
    assert not troubles_on(watched, others[part::2], rules=())


def test_english_pages_are_sound_too(site: Running, window: Callable[..., BrowserContext]) -> None:
    paths = ["/en/" if path == "/" else f"/en{path}" for path in one_of_each(site)]
    with_english = [path for path in paths if _answers(site, path)]
    assert len(with_english) >= 12
    assert not troubles_on(Watched(window(PHONE), site.url), with_english)


@pytest.mark.parametrize(
    "wishes",
    [
        {"color_scheme": "dark"},
        {"contrast": "more"},
        {"color_scheme": "dark", "contrast": "more"},
        {"forced_colors": "active"},
    ],
    ids=["dark", "high contrast", "dark high contrast", "own colours"],
)
def test_every_theme_can_be_read(
    site: Running, window: Callable[..., BrowserContext], wishes: dict[str, str]
) -> None:
    # Where people bring their own colours, the browser paints them and axe does not see it.
    rules = () if "forced_colors" in wishes else COLOURS
    watched = Watched(window(PHONE, **wishes), site.url)
    assert not troubles_on(watched, one_of_each(site), rules=rules)


def test_the_narrowest_window_needs_no_sideways_scrolling(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    watched = Watched(window(NARROW), site.url)
    assert not troubles_on(watched, one_of_each(site), rules=())


def test_a_page_that_is_not_there_offers_a_way_on(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    watched = Watched(window(PHONE), site.url)
    page = watched.open("/khong-co-trang-nay", expected=404)
    page.get_by_role("main").get_by_role("search").wait_for()
    # Chromium writes a console line for every answer that is not 2xx.
    assert not [said for said in watched.check() if "console" not in said]


def _answers(site: Running, path: str) -> bool:
    from urllib.error import HTTPError

    try:
        with urlopen(site.url + path) as answer:
            return bool(answer.status == 200)
    except HTTPError:
        return False
