"""Feeds as a feed reader takes them, and the site map as a search engine does."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy.orm import Session

from content import feeds, library_loading, site_map
from content.listing import Wanted
from content.models import Kind
from portal.config import HOME
from tests.content.exports import Publish, a_record, take
from tests.support.pages import StrictClient

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def library(publishing: Session, now: datetime) -> None:
    library_loading.load(publishing, HOME / "content" / "library", now=now)
    publishing.commit()


def read(client: StrictClient, path: str) -> Element:
    """A feed that has all RFC 4287 requires, in its order of things."""
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    feed = ElementTree.fromstring(answer.data)
    assert feed.tag == f"{ATOM}feed"
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    itself = feed.find(f"{ATOM}link[@rel='self']")
    assert itself is not None
    assert itself.get("href") == f"http://localhost{path}"
    ids = []
    for part in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            found = part.findall(f"{ATOM}{name}")
            assert len(found) == 1, f"{len(found)} {name} in {part.tag}"
            assert found[0].text
        assert MOMENT.fullmatch(part.findtext(f"{ATOM}updated") or "")
        assert len(part.findall(f"{ATOM}link[@rel='alternate']")) == 1
        ids.append(part.findtext(f"{ATOM}id") or "")
    assert all(one.startswith("urn:uuid:") for one in ids)
    assert len(set(ids)) == len(ids)
    return feed


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("name", ["tin-tuc", "huong-dan", "thu-tuc"])
def test_an_empty_feed_is_valid_too(client: StrictClient, prefix: str, name: str) -> None:
    assert read(client, f"{prefix}/{name}.atom").find(f"{ATOM}entry") is None


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("name", ["tin-tuc", "huong-dan", "thu-tuc"])
def test_a_feed_leads_to_pages_that_are_there(
    client: StrictClient, library: None, prefix: str, name: str
) -> None:
    feed = read(client, f"{prefix}/{name}.atom")
    entries = feed.findall(f"{ATOM}entry")
    assert 0 < len(entries) <= feeds.ENTRIES
    for entry in entries[:5]:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        address = link.get("href") or ""
        assert address.startswith(f"http://localhost{prefix}/{name}/")
        assert client.get(address.removeprefix("http://localhost")).status_code == 200


def test_what_changed_last_comes_first_under_the_name_it_always_had(
    db: Session, detailed: Callable[..., Path], now: datetime
) -> None:
    old, new = a_record("1.000001"), a_record("1.000002", issuing_agency="Bộ Công an")
    elsewhere = a_record("1.000003", issuing_agency="UBND tỉnh Gia Lai")
    take(db, detailed(old, new, elsewhere), now)
    before = feeds.changed_procedures(db, "quangnam", Wanted())
    later = now + timedelta(days=1)
    take(db, detailed(a_record("1.000002", decision="9/QĐ-BCA")), later)
    after = feeds.changed_procedures(db, "quangnam", Wanted())
    assert [entry.path[9:17] for entry in after] == ["1.000002", "1.000001"]
    assert {entry.id for entry in after} == {entry.id for entry in before}
    assert (after[0].updated, after[0].published) == (later, now)
    assert after[1].updated == now


def test_a_feed_of_one_field_holds_that_field_only(client: StrictClient, publish: Publish) -> None:
    publish(a_record("1.000001"), a_record("1.000002", field="Đất đai"))
    feed = read(client, "/thu-tuc.atom?linh-vuc=dat-dai")
    terms = {part.get("term") for part in feed.iter(f"{ATOM}category")}
    assert terms == {"Đất đai"}
    assert client.get("/thu-tuc.atom?linh-vuc=khong-co").status_code == 404
    for odd in ("%00", "a%20b", "..%2F", "ho-tich&linh-vuc=x"):
        assert client.get(f"/thu-tuc.atom?linh-vuc={odd}").status_code in {200, 404}


def test_texts_that_xml_cannot_hold_do_not_break_a_feed(
    client: StrictClient, publish: Publish
) -> None:
    publish(a_record(name="Cấp <b>giấy</b> & \u000b\u0001phép ]]> \ufffe"))
    feed = read(client, "/thu-tuc.atom")
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "Cấp <b>giấy</b> & phép ]]>"


def test_articles_come_once_in_the_reader_s_language(db: Session, now: datetime) -> None:
    library_loading.load(db, HOME / "content" / "library", now=now)
    for language in ("vi", "en"):
        found = feeds.changed_articles(db, "quangnam", Kind.PAGE, language)
        paths = [entry.path for entry in found]
        assert len(set(paths)) == len(paths)
        assert {entry.language for entry in found} >= {language}


def test_pages_tell_feed_readers_where_their_feeds_are(client: StrictClient, library: None) -> None:
    for path, feed in {
        "/tin-tuc": "/tin-tuc.atom",
        "/en/huong-dan": "/en/huong-dan.atom",
        "/thu-tuc": "/thu-tuc.atom",
        "/thu-tuc?linh-vuc=ho-tich": "/thu-tuc.atom?linh-vuc=ho-tich",
    }.items():
        links = client.get(path).page.all("link", type="application/atom+xml")
        assert f"http://localhost{feed}" in [link.get("href") for link in links]
        read(client, feed)


def test_the_site_map_names_each_listed_page_with_its_other_language(
    client: StrictClient, library: None, publish: Publish
) -> None:
    publish(a_record("1.000009", issuing_agency="UBND tỉnh Gia Lai"))
    entries = ElementTree.fromstring(client.get("/sitemap.xml").data).findall(f"{MAP}url")
    places = [entry.findtext(f"{MAP}loc") or "" for entry in entries]
    assert len(set(places)) == len(places)
    assert not [place for place in places if "1.000009" in place]
    for entry in entries:
        others = {link.get("hreflang"): link.get("href") for link in entry.findall(LINK)}
        assert set(others) == {"vi", "en"}
        assert entry.findtext(f"{MAP}loc") in others.values()
    birth = entries[places.index("http://localhost/thu-tuc/1.001193-dang-ky-khai-sinh")]
    assert birth.findtext(f"{MAP}lastmod") == "2026-11-23"
    assert {"http://localhost/gioi-thieu", "http://localhost/en/gioi-thieu"} <= set(places)


def test_a_site_map_too_large_for_one_file_is_cut_into_several(
    client: StrictClient, library: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").text)
    assert client.get("/sitemap-1.xml").status_code == 404
    monkeypatch.setattr(site_map, "MOST_IN_A_FILE", 50)
    files = re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml?nhieu").text)
    assert len(files) == -(-len(whole) // 50)
    found = []
    for file in files:
        found += re.findall("<loc>(.*?)</loc>", client.get(file[len("http://localhost") :]).text)
    assert found == whole
    for number in (0, len(files) + 1, 10**30):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404
