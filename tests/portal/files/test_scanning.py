"""A file is seen by the scanner before it is taken in, and never passes unseen."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

import pytest

from portal.files.errors import FileRefused
from portal.files.scanning import refuse_if_harmful
from tests.support.hostile import EICAR

OWN_SIGNATURE = b"MA-DOC-CUA-TRUNG-TAM"
Answer = Callable[[bytes], bytes]


def as_clamd_would(data: bytes) -> bytes:
    for name, signature in {"Eicar": EICAR, "Own": OWN_SIGNATURE}.items():
        if signature in data:
            return f"stream: {name} FOUND\0".encode()
    return b"stream: OK\0"


@contextmanager
def service(line: socket.socket, answer: Answer) -> Iterator[None]:
    """A clamd for one question."""

    def serve() -> None:
        caller, _address = line.accept()
        with closing(caller), caller.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            data = b""
            while length := int.from_bytes(said.read(4)):
                data += said.read(length)
            caller.sendall(answer(data))

    line.listen()
    thread = Thread(target=serve)
    thread.start()
    try:
        yield
    finally:
        thread.join(5)
        line.close()


def ask(data: bytes, answer: Answer = as_clamd_would) -> None:
    line = socket.socket()
    line.bind(("127.0.0.1", 0))
    with service(line, answer):
        refuse_if_harmful(data, f"127.0.0.1:{line.getsockname()[1]}")


def test_a_clean_file_passes() -> None:
    ask(b"x" * 300_000)


def test_a_service_may_listen_in_a_file(tmp_path: Path) -> None:
    line = socket.socket(socket.AF_UNIX)
    line.bind(str(tmp_path / "clamd.ctl"))
    with service(line, as_clamd_would):
        refuse_if_harmful(b"x", f"unix:{tmp_path}/clamd.ctl")


@pytest.mark.parametrize("signature", [EICAR, OWN_SIGNATURE])
def test_a_known_harm_is_refused_wherever_it_stands(signature: bytes) -> None:
    with pytest.raises(FileRefused, match="mã độc"):
        ask(b"x" * 100_000 + signature + b"y")


@pytest.mark.parametrize(
    "said", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK but\0", b"\xff\0"]
)
def test_any_other_answer_is_no_pass(said: bytes) -> None:
    with pytest.raises(FileRefused, match="Chưa kiểm tra"):
        ask(b"x", lambda _data: said)


@pytest.mark.parametrize("nobody", ["unix:/nowhere/clamd.ctl", "127.0.0.1:1", "127.0.0.1:0"])
def test_a_service_that_is_away_is_no_pass(nobody: str) -> None:
    with pytest.raises(FileRefused, match="sau ít phút"):
        refuse_if_harmful(b"x", nobody)


def test_without_a_service_nobody_is_asked() -> None:
    refuse_if_harmful(EICAR, "")
