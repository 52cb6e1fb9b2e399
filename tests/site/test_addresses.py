"""Every address ever shipped answers, and no page is heavy."""

import gzip
import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.pages import StrictClient, text_of

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "site" / "static"
LINES = [
    line.split()
    for line in (HERE / "urls.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
FOR_MACHINES = re.compile(r"\.(xml|txt|csv|json|atom|svg)(\?|$)|^/api/v1/|/goi-y\?")
PAGES = [path for path, status in LINES if status == "200" and not FOR_MACHINES.search(path)]
PUBLIC = [path for path in PAGES if not path.startswith("/quan-tri")]
HEAVIEST_FIRST_VISIT = 40 * 1024
LOADED = re.compile(r'(?:href|src)="/static/([^"?]+\.(?:css|woff2|js))')


@pytest.mark.parametrize(("path", "status"), LINES, ids=[path for path, _status in LINES])
def test_a_shipped_address_answers(visitor: StrictClient, path: str, status: str) -> None:
    assert visitor.get(path).status_code == int(status)


@pytest.mark.parametrize("path", PUBLIC)
def test_a_first_visit_weighs_little(visitor: StrictClient, path: str) -> None:
    answer = visitor.get(path)
    files = set(LOADED.findall(answer.text))
    assert files, "no stylesheet"
    packed = len(gzip.compress(answer.data, 6))
    for name in files:
        content = (STATIC / name).read_bytes()
        packed += len(content if name.endswith(".woff2") else gzip.compress(content, 6))
    assert packed <= HEAVIEST_FIRST_VISIT
    scripts = answer.page.all("script")  # type: ignore[attr-defined]
    run = [one for one in scripts if one.get("type") != "application/ld+json"]
    # The one script helps while typing a search; no page waits for it.
    scripts = {(one.get("src") or "").partition("?")[0] for one in run}
    assert scripts <= {"/static/js/search.js", "/static/js/feedback.js"}
    assert all("defer" in one.attrib for one in run)


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_sets_no_cookie_and_names_its_owner(visitor: StrictClient, path: str) -> None:
    answer = visitor.get(path)
    assert "Set-Cookie" not in answer.headers
    footer = text_of(answer.page.one("footer"))  # type: ignore[attr-defined]
    for said in ("Trung tâm Phục vụ hành chính công", "Địa chỉ", "Điện thoại", "Thư điện tử"):
        assert said in footer or path.startswith("/en")


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_says_what_it_is_when_it_is_shared(visitor: StrictClient, path: str) -> None:
    page = visitor.get(path).page  # type: ignore[attr-defined]
    told = {one.get("property"): one.get("content") for one in page.all("meta")}
    assert told["og:title"] and told["og:description"] and told["og:image"]
    assert told["og:image"].startswith("http")
    assert page.one("link", rel="canonical").get("href", "").startswith("http")
    languages = {one.get("hreflang") for one in page.all("link", rel="alternate")}
    assert {"vi", "en"} <= languages or page.all("meta", name="robots")


@pytest.mark.parametrize("path", [path for path in PUBLIC if not path.startswith("/en")])
def test_headings_never_skip_a_level(visitor: StrictClient, path: str) -> None:
    page = visitor.get(path).page  # type: ignore[attr-defined]
    main = page.one("main")
    levels = [int(one.tag[1]) for one in main.iter() if re.fullmatch("h[1-6]", str(one.tag))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", PUBLIC)
def test_words_of_links_make_sense_alone(visitor: StrictClient, path: str) -> None:
    page = visitor.get(path).page  # type: ignore[attr-defined]
    empty_words = {"tại đây", "xem thêm", "ở đây", "here", "more", "chi tiết"}
    assert not [link for link in page.links().values() if link.lower().strip(" .…") in empty_words]
