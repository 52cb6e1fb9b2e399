"""Kept pages: the same bytes until something is published, and never anything personal."""

import gzip
from collections.abc import Iterable
from typing import Any

from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from portal.headers import ASK_AGAIN
from portal.page_cache import KEEP_BYTES, PageCache


class Site:
    """An application that counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.control = ASK_AGAIN
        self.cookie = False
        self.status = 200
        self.body = b"<p>" + b"x" * 2000

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        assert "HTTP_IF_NONE_MATCH" not in environ or environ["REQUEST_METHOD"] == "POST"
        size = int(Request(environ).args.get("size", "0"))
        answer = Response(self.body + b"y" * size, self.status, mimetype="text/html")
        answer.headers["Cache-Control"] = self.control
        if self.cookie:
            answer.set_cookie("a", "b")
        return answer(environ, start_response)


def kept(site: Site) -> tuple[Client, list[int]]:
    version = [0]
    cache = PageCache(site, lambda: (version[0],), lambda: version[0])
    return Client(cache), version


def test_a_page_is_made_once_until_something_is_published() -> None:
    site = Site()
    client, version = kept(site)
    first, second = client.get("/"), client.get("/")
    assert (first.data, first.headers["ETag"]) == (second.data, second.headers["ETag"])
    assert site.asked == 1
    version[0] += 1
    client.get("/")
    assert site.asked == 2


def test_address_question_and_language_make_different_pages() -> None:
    site = Site()
    client, _version = kept(site)
    for path in ("/", "/?trang=2", "/khac"):
        client.get(path)
    client.get("/", base_url="http://localhost/en")
    assert site.asked == 4


def test_who_has_the_page_is_told_so() -> None:
    client, _version = kept(Site())
    etag = client.get("/").headers["ETag"]
    again = client.get("/", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/", headers={"If-None-Match": '"other"'}).status_code == 200


def test_who_can_unpack_gets_it_packed() -> None:
    client, _version = kept(Site())
    plain = client.get("/")
    packed = client.get("/", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Vary"] == "Accept-Encoding"


def test_a_head_request_says_the_size_and_sends_nothing() -> None:
    site = Site()
    client, _version = kept(site)
    head = client.head("/")
    assert head.data == b""
    assert int(head.headers["Content-Length"]) == len(site.body)


def test_what_is_not_public_is_never_kept() -> None:
    for harm in ("private", "cookie", "missing", "post"):
        site = Site()
        client, _version = kept(site)
        if harm == "private":
            site.control = "no-store"
        site.cookie = harm == "cookie"
        site.status = 404 if harm == "missing" else 200
        for _time in range(2):
            client.post("/") if harm == "post" else client.get("/")
        assert site.asked == 2, harm


def test_while_the_database_is_away_kept_pages_go_on() -> None:
    site = Site()
    state = {"away": False}

    def version() -> tuple[int, ...]:
        if state["away"]:
            raise ConnectionError
        return (1,)

    asked = [0]
    client = Client(PageCache(site, version, lambda: asked[0]))
    page = client.get("/").data
    state["away"], asked[0], site.status = True, 1, 500
    assert client.get("/").data == page
    assert site.asked == 1


def test_the_oldest_pages_make_room() -> None:
    site = Site()
    client, _version = kept(site)
    size = KEEP_BYTES // 40
    for number in range(60):
        client.get(f"/{number}?size={size}")
    client.get(f"/59?size={size}")
    assert site.asked == 60
    client.get(f"/0?size={size}")
    assert site.asked == 61


def test_what_is_not_kept_is_packed_unless_it_may_hold_a_secret() -> None:
    site = Site()
    client, _version = kept(site)
    wants = {"Accept-Encoding": "gzip"}
    site.control = "private, no-cache"
    packed = client.get("/", headers=wants)
    assert gzip.decompress(packed.data) == site.body
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    site.control = "no-store"
    assert client.get("/", headers=wants).data == site.body
