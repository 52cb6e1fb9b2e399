"""The one fetcher goes out into public only, in time, and brings back no more than asked."""

import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import fetching
from portal.addresses import is_public
from portal.fetching import Answer, Fetcher, FetchFailed, to_ascii

HERE = "127.0.0.1"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
Serve = Callable[[socket.socket, bytes], None]


class Site:
    """A server that does with each request what the test says, and remembers what was asked."""

    def __init__(self, serve: Serve | bytes, wrap: ssl.SSLContext | None = None) -> None:
        self.serve, self.wrap, self.asked = serve, wrap, []
        self.line = socket.create_server((HERE, 0))
        self.port = int(self.line.getsockname()[1])
        self.thread = Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        while True:
            try:
                caller, _address = self.line.accept()
            except OSError:
                return
            with closing(caller):
                self._answer(caller)

    def _answer(self, caller: socket.socket) -> None:
        try:
            if self.wrap:
                caller = self.wrap.wrap_socket(caller, server_side=True)
            with closing(caller):
                head = b""
                while b"\r\n\r\n" not in head:
                    head += caller.recv(65536)
                self.asked.append(head)
                if isinstance(self.serve, bytes):
                    caller.sendall(self.serve)
                else:
                    self.serve(caller, head)
        except OSError:
            return

    def close(self) -> None:
        self.line.shutdown(socket.SHUT_RDWR)
        self.line.close()
        self.thread.join(5)


@pytest.fixture
def site() -> Iterator[Callable[..., Site]]:
    made: list[Site] = []

    def make(serve: Serve | bytes, wrap: ssl.SSLContext | None = None) -> Site:
        made.append(Site(serve, wrap))
        return made[-1]

    yield make
    for one in made:
        one.close()


def ask(
    site: Site, path: str = "/", host: str = HERE, seconds: float = 5.0, largest: int = 100_000,
    **asked: object,
) -> Answer:  # fmt: skip
    fetcher = Fetcher(
        reach=frozenset({HERE}),
        ports=frozenset({site.port}),
        seconds=seconds,
        largest=largest,
        resolve=lambda _host, _port: [HERE],
    )
    return fetcher.fetch(f"http://{host}:{site.port}{path}", **asked)  # type: ignore[arg-type]


def fails(reason: str) -> "pytest.RaisesExc[FetchFailed]":
    return pytest.raises(FetchFailed, match=f"^{reason}$")


def redirect(place: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode()


Make = Callable[..., Site]


def test_an_answer_comes_back_as_it_is(site: Make) -> None:
    answer = ask(site(OK), "/a?b=c")
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"ok", "2")


def test_it_says_who_asks_and_keeps_no_cookie(site: Make) -> None:
    there = site(b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n")
    ask(there)
    ask(there)
    assert b"User-Agent: one-stop-portal\r\n" in there.asked[1]
    assert b"cookie" not in there.asked[1].lower()


def test_a_post_carries_its_body_and_headers(site: Make) -> None:
    there = site(OK)
    ask(there, method="POST", body=b'{"a":1}', headers={"X-Signature": "abc"})
    head = there.asked[0]
    assert head.startswith(b"POST / HTTP/1.1\r\n")
    assert b"X-Signature: abc\r\n" in head
    assert b"Content-Length: 7\r\n" in head


def test_a_redirect_is_followed_except_for_a_post(site: Make) -> None:
    def serve(caller: socket.socket, head: bytes) -> None:
        caller.sendall(redirect("/moi") if b" / " in head else OK)

    there = site(serve)
    assert ask(there).url.endswith("/moi")
    assert ask(there, method="POST", body=b"").status == 302


def test_chunks_are_put_together(site: Make) -> None:
    there = site(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
    )
    assert ask(there).body == b"abc"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/",
        "http://2130706433/", "http://0x7f.1/", "http://017700000001/", "http://127.1/",
        "http://10.0.0.8/", "http://169.254.169.254/latest/meta-data/", "https://192.168.1.1/",
        "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://100.64.1.1/",
        "http://[fd00:ec2::254]/", "http://224.0.0.1/", "http://[fe80::1%25lo]/",
    ],
)  # fmt: skip
def test_what_lies_inside_is_not_asked(url: str) -> None:
    with fails(f"({fetching.CLOSED_ADDRESS}|{fetching.NO_SUCH_HOST})"):
        Fetcher().fetch(url)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "//example.org",
        "http://user:secret@example.org/", "http://", "http://example.org:99999/", "http://[::1",
        "http://example.org/a b", "http://example.org/\r\nHost: evil", "http://example.org\\@evil/",
        "javascript:alert(1)", "", "http://example.org/" + "a" * 2000,
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_site_is_refused(url: str) -> None:
    with fails(fetching.BAD_ADDRESS):
        Fetcher(resolve=lambda _host, _port: ["1.1.1.1"]).fetch(url)


def test_other_ports_are_closed() -> None:
    with fails(fetching.CLOSED_ADDRESS):
        Fetcher(resolve=lambda _host, _port: ["1.1.1.1"]).fetch("http://example.org:22/")


def test_one_closed_address_closes_the_host() -> None:
    with fails(fetching.CLOSED_ADDRESS):
        Fetcher(resolve=lambda _host, _port: ["1.1.1.1", "10.0.0.1"]).fetch("http://example.org/")


def test_a_redirect_inside_is_refused(site: Make) -> None:
    there = site(redirect("http://inside.example/"))
    houses = {"outside.example": HERE, "inside.example": "10.0.0.1"}
    fetcher = Fetcher(
        reach=frozenset({HERE}),
        ports=frozenset({there.port, 80}),
        resolve=lambda host, _port: [houses[host]],
    )
    with fails(fetching.CLOSED_ADDRESS):
        fetcher.fetch(f"http://outside.example:{there.port}/")


def test_a_redirect_to_loopback_is_refused_where_only_the_first_place_is_open(site: Make) -> None:
    there = site(redirect("http://127.0.0.2/"))
    fetcher = Fetcher(reach=frozenset({HERE}), ports=frozenset({there.port, 80}))
    with fails(fetching.CLOSED_ADDRESS):
        fetcher.fetch(f"http://{HERE}:{there.port}/")


def test_a_name_that_changes_its_address_is_called_where_it_was_judged(site: Make) -> None:
    there = site(OK)
    answers = iter([[HERE], ["10.0.0.1"]])
    fetcher = Fetcher(
        reach=frozenset({HERE}),
        ports=frozenset({there.port}),
        resolve=lambda _host, _port: next(answers),
    )
    url = f"http://rebinding.example:{there.port}/"
    assert fetcher.fetch(url).status == 200
    with fails(fetching.CLOSED_ADDRESS):
        fetcher.fetch(url)


@pytest.mark.parametrize("place", ["/", "http://user:a@example.org/", "file:///etc/passwd"])
def test_redirects_that_lead_nowhere_end(site: Make, place: str) -> None:
    there = site(redirect(place))
    with pytest.raises(FetchFailed):
        ask(there)
    assert len(there.asked) <= fetching.MOST_REDIRECTS + 1


def test_a_loop_of_redirects_ends_after_five(site: Make) -> None:
    there = site(redirect("/"))
    with fails(fetching.TOO_MANY_REDIRECTS):
        ask(there)
    assert len(there.asked) == 6


def drip(caller: socket.socket, _head: bytes) -> None:
    import time

    caller.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(100):
        caller.sendall(b"a")
        time.sleep(0.05)


def test_an_answer_that_drips_is_cut_off_by_the_total_time(site: Make) -> None:
    with fails(fetching.TOO_SLOW):
        ask(site(drip), seconds=0.3)


def flood(start: bytes) -> Serve:
    def serve(caller: socket.socket, _head: bytes) -> None:
        caller.sendall(start)
        for _ in range(2000):
            caller.sendall(b"a" * 1000)

    return serve


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
    ],
)
def test_a_huge_body_is_cut(site: Make, start: bytes) -> None:
    with fails(fetching.TOO_LARGE):
        ask(site(flood(start)))


def test_huge_headers_are_cut(site: Make) -> None:
    many = b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"a" * 9000) for n in range(90))
    with pytest.raises(FetchFailed):
        ask(site(many))


@pytest.mark.parametrize("said", [b"", b"hello\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\0\xff\r\n\r\n",
                                  b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"])  # fmt: skip
def test_an_answer_that_makes_no_sense_is_no_answer(site: Make, said: bytes) -> None:
    with fails(fetching.BAD_ANSWER):
        ask(site(said))


def test_nobody_there_is_said() -> None:
    with closing(socket.create_server((HERE, 0))) as line:
        port = int(line.getsockname()[1])
    with fails(fetching.NO_CONNECTION):
        Fetcher(reach=frozenset({HERE}), ports=frozenset({port})).fetch(f"http://{HERE}:{port}/")


@pytest.mark.parametrize("name", ["Host", "cookie", "Authorization", "Content-Length"])
def test_a_caller_cannot_say_where_it_goes_or_who_asks(name: str) -> None:
    with pytest.raises(ValueError, match="headers"):
        Fetcher().fetch("http://example.org/", headers={name: "x"})


def test_a_header_of_two_lines_is_never_sent(site: Make) -> None:
    there = site(OK)
    with fails(fetching.BAD_ANSWER):
        ask(there, headers={"X-A": "b\r\nCookie: c=d"})
    assert there.asked == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -batch"
    names = ["-subj", "/CN=good.example", "-addext", "subjectAltName=DNS:good.example"]
    key = file.with_suffix(".key")
    subprocess.run(
        [*command.split(), *names, "-keyout", str(key), "-out", str(file)],
        check=True,
        capture_output=True,
    )
    file.write_bytes(file.read_bytes() + key.read_bytes())
    return file


def test_certificates_are_verified_with_their_name(site: Make, certificate: Path) -> None:
    wrap = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    wrap.load_cert_chain(certificate)
    there = site(OK, wrap)

    def over_tls(host: str, trust: str | None) -> Answer:
        fetcher = Fetcher(
            reach=frozenset({HERE}),
            ports=frozenset({there.port}),
            resolve=lambda _host, _port: [HERE],
            trust=trust,
        )
        return fetcher.fetch(f"https://{host}:{there.port}/")

    assert over_tls("good.example", str(certificate)).status == 200
    for host, trust in (("other.example", str(certificate)), ("good.example", None)):
        with fails(fetching.BAD_CERTIFICATE):
            over_tls(host, trust)


@pytest.mark.parametrize("address", ["1.1.1.1", "203.162.0.1", "2606:4700:4700::1111"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_a_longer_one_is_judged_by_what_it_is(address: object) -> None:
    assert is_public(f"::ffff:{address}") == is_public(str(address))


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("https://dichvucong.gov.vn/thủ tục?q=khai sinh#a",
         "https://dichvucong.gov.vn/th%E1%BB%A7%20t%E1%BB%A5c?q=khai%20sinh"),
        ("http://quảng.vn/%20", "http://xn--qung-hr5a.vn/%20"),
    ],
)  # fmt: skip
def test_letters_are_written_as_browsers_do(typed: str, sent: str) -> None:
    assert to_ascii(typed) == sent
