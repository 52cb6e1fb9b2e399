"""Asks a ClamAV service whether a file is known as harmful, where one is configured."""

import socket
import time
from contextlib import closing

from portal.files import errors

CHUNK_BYTES = 64 * 1024
LONGEST_ANSWER_BYTES = 4096
CONNECT_SECONDS = 5.0
SCAN_SECONDS = 60.0
CLEAN = "stream: OK"
FOUND = " FOUND"
UNIX = "unix:"


def refuse_if_harmful(data: bytes, service: str) -> None:
    """`service` is `unix:/path/to/clamd.ctl` or `host:port`; empty means that nobody is asked.

    Raises FileRefused for what the service recognises, and also while it does not answer: a file
    never passes unseen.
    """
    if not service:
        return
    try:
        answer = _ask(data, service)
    except (OSError, ValueError) as error:
        raise errors.cannot_scan() from error
    if answer.endswith(FOUND):
        raise errors.harmful()
    if answer != CLEAN:
        raise errors.cannot_scan()


def _ask(data: bytes, service: str) -> str:
    """The service's one line (clamd's INSTREAM: pieces with their length, an empty one ends)."""
    until = time.monotonic() + SCAN_SECONDS
    with closing(_connect(service)) as line:
        line.settimeout(SCAN_SECONDS)
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(data), CHUNK_BYTES):
            piece = data[at : at + CHUNK_BYTES]
            line.sendall(len(piece).to_bytes(4) + piece)
        line.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER_BYTES:
            line.settimeout(max(0.01, until - time.monotonic()))
            piece = line.recv(LONGEST_ANSWER_BYTES)
            if not piece:
                break
            answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace").strip()


def _connect(service: str) -> socket.socket:
    if service.startswith(UNIX):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(CONNECT_SECONDS)
        try:
            line.connect(service.removeprefix(UNIX))
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = service.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), CONNECT_SECONDS)
