"""The one way in which this site asks other sites for something on somebody's behalf."""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from portal import addresses

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 15.0
LARGEST_ANSWER_BYTES = 2 * 1024 * 1024
LARGEST_HEADERS_BYTES = 64 * 1024
MOST_REDIRECTS = 5
LONGEST_URL = 2000
PIECE_BYTES = 16 * 1024
USUAL_PORTS = {"http": 80, "https": 443}
METHODS = {"GET", "HEAD", "POST"}
LEADS_ON = {301, 302, 303, 307, 308}
NAME = "one-stop-portal"
# The sender of a request may not choose these; together with the address they say where it goes.
OURS = {"host", "content-length", "transfer-encoding", "connection", "cookie", "authorization"}


class FetchFailed(Exception):
    """No answer came; `reason` is one of the words below."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


BAD_ADDRESS = "bad-address"
CLOSED_ADDRESS = "closed-address"
NO_SUCH_HOST = "no-such-host"
NO_CONNECTION = "no-connection"
BAD_CERTIFICATE = "bad-certificate"
TOO_SLOW = "too-slow"
TOO_LARGE = "too-large"
TOO_MANY_REDIRECTS = "too-many-redirects"
BAD_ANSWER = "bad-answer"


@dataclass(frozen=True)
class Answer:
    """What came back; `url` is where it came from in the end, header names are lower case."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Fetcher:
    """How far to go. `reach` and `ports` open closed addresses and ports, `trust` adds an
    authority: tests and nobody else give them.
    """

    seconds: float = TOTAL_SECONDS
    largest: int = LARGEST_ANSWER_BYTES
    redirects: int = MOST_REDIRECTS
    resolve: addresses.Resolver = addresses.resolve
    reach: frozenset[str] = frozenset()
    ports: frozenset[int] = frozenset(USUAL_PORTS.values())
    trust: str | None = None

    def fetch(
        self,
        url: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """The answer, whatever its status; raises FetchFailed.

        Each address is resolved once and judged, and the very address that was judged is called,
        for every redirect anew. A POST is not sent on to another place: its redirect is the answer.
        """
        if method not in METHODS:
            raise ValueError(f"{method} is not for this")
        until = time.monotonic() + self.seconds
        given = dict(headers or {})
        if OURS & {name.lower() for name in given}:
            raise ValueError("a caller may not set these headers")
        for _hop in range(self.redirects + 1):
            answer = self._ask(url, method, given, body, until)
            place = answer.headers.get("location", "")
            if method == "POST" or answer.status not in LEADS_ON or not place:
                return answer
            url = _next(url, place)
        raise FetchFailed(TOO_MANY_REDIRECTS)

    def _ask(
        self, url: str, method: str, headers: dict[str, str], body: bytes | None, until: float
    ) -> Answer:
        parts = _parts(url, self.ports)
        try:
            with closing(self._connect(parts, until)) as line:
                line.settimeout(_left(until))
                line.sendall(_request(parts, method, headers, body))
                return _read(line, url, method, self.largest, until)
        except ssl.SSLCertVerificationError as error:
            raise FetchFailed(BAD_CERTIFICATE) from error
        except TimeoutError as error:
            raise FetchFailed(TOO_SLOW) from error
        except (http.client.HTTPException, ValueError) as error:
            raise FetchFailed(BAD_ANSWER) from error
        except OSError as error:
            raise FetchFailed(NO_CONNECTION) from error

    def _connect(self, parts: SplitResult, until: float) -> socket.socket:
        host, port = parts.hostname or "", parts.port or USUAL_PORTS[parts.scheme]
        line: socket.socket | None = None
        for address in self._open_addresses(host, port):
            with suppress(OSError):
                line = socket.create_connection((address, port), min(CONNECT_SECONDS, _left(until)))
                break
        if line is None:
            _left(until)
            raise FetchFailed(NO_CONNECTION)
        if parts.scheme == "http":
            return line
        try:
            line.settimeout(_left(until))
            return ssl.create_default_context(cafile=self.trust).wrap_socket(
                line, server_hostname=host
            )
        except BaseException:
            line.close()
            raise

    def _open_addresses(self, host: str, port: int) -> list[str]:
        """The addresses to call. One closed among them closes the host: it would be no accident."""
        try:
            found = self.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise FetchFailed(NO_SUCH_HOST) from error
        if not found:
            raise FetchFailed(NO_SUCH_HOST)
        if not all(addresses.is_public(one) or one in self.reach for one in found):
            raise FetchFailed(CLOSED_ADDRESS)
        return found


def _parts(url: str, ports: frozenset[int]) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port or USUAL_PORTS.get(parts.scheme, 0)
        good = bool(parts.hostname) and parts.username is None and parts.password is None
    except ValueError as error:
        raise FetchFailed(BAD_ADDRESS) from error
    plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    if not good or not plain or parts.scheme not in USUAL_PORTS or len(url) > LONGEST_URL:
        raise FetchFailed(BAD_ADDRESS)
    if port not in ports:
        raise FetchFailed(CLOSED_ADDRESS)
    return parts


def _next(url: str, place: str) -> str:
    """Where a redirect leads; letters outside ASCII are written as browsers do."""
    try:
        return to_ascii(urljoin(url, place))
    except ValueError as error:
        raise FetchFailed(BAD_ADDRESS) from error


def to_ascii(url: str) -> str:
    """The address as it goes over the line: host in IDNA, the rest percent-encoded UTF-8."""
    parts = urlsplit(url.strip())
    place = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    keep = "/%:@!$&'()*+,;=~-._?"
    return parts._replace(
        netloc=place, path=quote(parts.path, keep), query=quote(parts.query, keep), fragment=""
    ).geturl()


def _request(parts: SplitResult, method: str, headers: dict[str, str], body: bytes | None) -> bytes:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = {
        "Host": parts.netloc,
        "User-Agent": NAME,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        **headers,
    }
    if body is not None:
        lines["Content-Length"] = str(len(body))
    if any("\r" in one or "\n" in one for pair in lines.items() for one in pair):
        raise ValueError("a header of one line only")
    said = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {target} HTTP/1.1\r\n{said}\r\n".encode("latin-1") + (body or b"")


class _Reading(io.RawIOBase):
    """What comes over a connection: every step counts against one deadline and one allowance."""

    def __init__(self, line: socket.socket, until: float) -> None:
        self._line, self._until, self.allowed = line, until, LARGEST_HEADERS_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        self._line.settimeout(_left(self._until))
        count = self._line.recv_into(target)
        self.allowed -= count
        if self.allowed < 0:
            raise FetchFailed(TOO_LARGE)
        return count

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What `http.client` asks a socket for."""
        return io.BufferedReader(self)


def _read(line: socket.socket, url: str, method: str, largest: int, until: float) -> Answer:
    stream = _Reading(line, until)
    response = http.client.HTTPResponse(stream, method=method)  # type: ignore[arg-type] # see makefile
    response.begin()
    stream.allowed = 2 * largest + LARGEST_HEADERS_BYTES
    body = bytearray()
    while piece := response.read(PIECE_BYTES):
        body += piece
        if len(body) > largest:
            raise FetchFailed(TOO_LARGE)
    if response.length:
        raise FetchFailed(BAD_ANSWER)
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(url, response.status, headers, bytes(body))


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
