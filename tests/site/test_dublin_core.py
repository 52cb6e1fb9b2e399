"""Every public page says what it is: the mandatory Dublin Core (Decree 224/2026, Article 11)."""

from datetime import date

import pytest

from tests.site.test_addresses import PUBLIC
from tests.support.pages import StrictClient

MANDATORY = ("title", "creator", "date", "description", "publisher", "identifier")
OPEN_GRAPH = ("type", "title", "description", "image", "url")


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_carries_dublin_core_and_open_graph(visitor: StrictClient, path: str) -> None:
    page = visitor.get(path).page  # type: ignore[attr-defined]
    metas = page.all("meta")
    told = {one.get("name") or one.get("property"): one.get("content") for one in metas}
    for name in (*MANDATORY, "language"):
        assert told[f"DC.{name}"], name
    for name in OPEN_GRAPH:
        assert told[f"og:{name}"], name
    assert date.fromisoformat(told["DC.date"])
    assert told["DC.identifier"] == page.one("link", rel="canonical").get("href")
    assert told["DC.title"] == told["og:title"]
    assert told["DC.language"] in {"vi", "en"}
