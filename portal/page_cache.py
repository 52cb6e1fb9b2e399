"""Keeps public pages whole in front of the application, until something new is published."""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from portal.headers import ASK_AGAIN, FOREVER

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LARGEST_PAGE_BYTES = 2 * 1024 * 1024
KEEP_BYTES = 48 * 1024 * 1024
LOOK_EVERY_SECONDS = 0.5
WORTH_PACKING_BYTES = 400
PACKED_TYPES = (
    "text/",
    "application/json",
    "application/xml",
    "application/atom+xml",
    "image/svg+xml",
)

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Kept:
    """One answer: what goes out, plain and packed, and its fingerprint."""

    headers: Headers
    plain: bytes
    packed: bytes | None
    etag: str

    @property
    def packed_etag(self) -> str:
        """A strong fingerprint names bytes, so the packed ones have another."""
        return self.etag if self.etag.startswith("W/") else f'{self.etag[:-1]}-gz"'

    @property
    def size(self) -> int:
        return len(self.plain) + len(self.packed or b"") + 500


class PageCache:
    """WSGI middleware. `version()` names the published state; it is asked at most twice a
    second, and at once when `hint()` says that this process has published something.

    Only what the application itself marks as public (`portal.headers`) is kept. While the database
    is away, `version` fails and what is kept goes on being served.
    """

    def __init__(
        self,
        app: "WSGIApplication",
        version: Callable[[], tuple[Any, ...]],
        hint: Callable[[], int] = lambda: 0,
    ) -> None:
        self.app = app
        self.version = version
        self.hint = hint
        self._hinted = -1
        self._kept: OrderedDict[tuple[Any, ...], Kept] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self._version: tuple[Any, ...] = ()
        self._looked = 0.0

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or environ.get("HTTP_RANGE"):
            return self.app(environ, start_response)
        key = self._key(environ)
        kept = self._find(key)
        if kept is None:
            status, headers, body = _collect(self.app, environ)
            if not _may_keep(status, headers, body):
                return _pass_on(status, headers, body, environ, start_response)
            kept = _pack(headers, body)
            self._keep(key, kept)
        return _answer(kept, environ, start_response)

    def _key(self, environ: "WSGIEnvironment") -> tuple[Any, ...]:
        path = environ.get("SCRIPT_NAME", ""), environ.get("PATH_INFO", "")
        return (*path, environ.get("QUERY_STRING", ""), environ.get("HTTP_HOST"), self._now())

    def _now(self) -> tuple[Any, ...]:
        moment = time.monotonic()
        hinted = self.hint()
        if moment - self._looked > LOOK_EVERY_SECONDS or hinted != self._hinted:
            self._looked, self._hinted = moment, hinted
            try:
                self._version = self.version()
            except Exception:  # whatever is wrong, the pages kept are still true
                return self._version
        return self._version

    def _find(self, key: tuple[Any, ...]) -> Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def _keep(self, key: tuple[Any, ...], kept: Kept) -> None:
        with self._lock:
            old = self._kept.pop(key, None)
            self._bytes += kept.size - (old.size if old else 0)
            self._kept[key] = kept
            while self._bytes > KEEP_BYTES:
                _key, gone = self._kept.popitem(last=False)
                self._bytes -= gone.size


def _collect(app: "WSGIApplication", environ: "WSGIEnvironment") -> tuple[str, Headers, bytes]:
    """Run the application to the end; a HEAD is asked as a GET so that the whole page is kept."""
    told: list[Any] = []

    def start(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], object]:
        told[:] = [status, headers]
        return lambda _data: None

    asked = {**environ, "REQUEST_METHOD": "GET"}
    for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"):
        asked.pop(name, None)
    parts = app(asked, start)
    try:
        body = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close is not None:
            close()
    return told[0], told[1], body


def _may_keep(status: str, headers: Headers, body: bytes) -> bool:
    found = {name.lower(): value for name, value in headers}
    public = found.get("cache-control") in {ASK_AGAIN, FOREVER}
    return (
        status.startswith("200")
        and public
        and "set-cookie" not in found
        and len(body) <= LARGEST_PAGE_BYTES
    )


def _pass_on(
    status: str,
    headers: Headers,
    body: bytes,
    environ: "WSGIEnvironment",
    start_response: "StartResponse",
) -> Iterable[bytes]:
    """An answer that is not kept; packed too, unless it may hold somebody's secret."""
    found = {name.lower(): value for name, value in headers}
    plain = "no-store" in found.get("cache-control", "") or "content-encoding" in found
    packed = None if plain or not _unpacks(environ) else _packed(headers, body)
    if packed is not None:
        body = packed
        headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
        headers += [
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(body))),
            ("Vary", "Accept-Encoding"),
        ]
    start_response(status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _packed(headers: Headers, body: bytes) -> bytes | None:
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    if kind.startswith(PACKED_TYPES) and len(body) > WORTH_PACKING_BYTES:
        return gzip.compress(body, 6, mtime=0)
    return None


def _unpacks(environ: "WSGIEnvironment") -> bool:
    return "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")


def _pack(headers: Headers, body: bytes) -> Kept:
    found = {name.lower(): value for name, value in headers}
    kind = found.get("content-type", "")
    packed = None
    if kind.startswith(PACKED_TYPES) and len(body) > WORTH_PACKING_BYTES:
        packed = gzip.compress(body, 6, mtime=0)
    own = {"content-length", "etag", "content-encoding"}
    kept = [(name, value) for name, value in headers if name.lower() not in own]
    if packed is not None:
        kept.append(("Vary", "Accept-Encoding"))
    weak = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    return Kept(kept, body, packed, found.get("etag", weak))


def _answer(
    kept: Kept, environ: "WSGIEnvironment", start_response: "StartResponse"
) -> Iterable[bytes]:
    packs = kept.packed is not None and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    etag = kept.packed_etag if packs else kept.etag
    headers = [*kept.headers, ("ETag", etag)]
    asked = environ.get("HTTP_IF_NONE_MATCH", "")
    if asked and (asked.strip() == "*" or etag in asked):
        start_response("304 Not Modified", headers)
        return []
    body = kept.plain
    if packs and kept.packed is not None:
        body = kept.packed
        headers.append(("Content-Encoding", "gzip"))
    headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
