"""`make run`: makes everything ready, then starts the web server and the worker and guards both."""

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn

from portal import config
from portal.config import Settings, WrongSetting

LOCK_FILE = "portal.lock"
STOP_WITHIN_SECONDS = 10
ANSWER_WITHIN_SECONDS = 30
PR_SET_PDEATHSIG = 1


class CannotStart(Exception):
    """Why the site cannot start here and now, in one sentence."""


def main() -> int:
    """Run until Ctrl-C, SIGTERM or the end of a child; returns the exit code."""
    try:
        settings = config.read()
        _check_port(settings)
        with _own_folder(settings.var):
            _prepare(settings)
            return _serve(settings)
    except (CannotStart, WrongSetting) as reason:
        print(f"Không khởi động được: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _prepare(settings: Settings) -> None:
    from portal import first_start

    try:
        first_start.prepare(settings)
    except first_start.NotReady as reason:
        raise CannotStart(str(reason)) from reason


def _check_port(settings: Settings) -> None:
    """Try the address before anything is touched."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise CannotStart(
                f"địa chỉ {settings.host}:{settings.port} không dùng được, có thể chương trình "
                "khác đang giữ cổng này; hãy chọn cổng khác, ví dụ PORT=8010 make run."
            ) from error


@contextlib.contextmanager
def _own_folder(var: Path) -> Iterator[None]:
    try:
        var.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock: IO[str] = (var / LOCK_FILE).open("w")
    except OSError as error:
        raise CannotStart(
            f"không ghi được vào thư mục dữ liệu {var} ({error.strerror})."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CannotStart(
                f"thư mục dữ liệu {var} đang được một trang khác dùng; hãy dừng trang đó hoặc đặt "
                "VAR=thư-mục-khác."
            ) from error
        yield


def _serve(settings: Settings) -> int:
    children = [_start_web(settings)]
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    announced = False
    try:
        began = time.monotonic()
        while not stopping and all(child.poll() is None for child in children):
            if not announced and _answers(settings):
                announced = True
                # Only now: on two cores its start would hold up the first page.
                children.append(_start_worker())
                print(f"Trang đang chạy tại {settings.public_url}/  (Ctrl-C để dừng)", flush=True)
            if not announced and time.monotonic() - began > ANSWER_WITHIN_SECONDS:
                raise CannotStart("máy chủ web không trả lời.")
            time.sleep(0.05 if not announced else 0.3)
    finally:
        _stop(children)
    if stopping:
        print("Đã dừng.", flush=True)
        return 0
    raise CannotStart("một tiến trình đã dừng bất ngờ; xem thông báo phía trên.")


def _start_web(settings: Settings) -> "subprocess.Popen[bytes]":
    return _child(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", settings.host,
         "--port", str(settings.port), "--workers", os.environ.get("WORKERS", "2"),
         "--blocking-threads", "4", "--backlog", "1024", "--log-level", "warning",
         "--respawn-failed-workers", "--workers-kill-timeout", "5", "wsgi:app"]
    )  # fmt: skip


def _start_worker() -> "subprocess.Popen[bytes]":
    return _child([sys.executable, "-m", "portal.worker"])


def _child(command: list[str]) -> "subprocess.Popen[bytes]":
    """A child in a session of its own: Ctrl-C reaches us alone, and it ends when we are killed."""
    parent = os.getpid()
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}

    def follow_parent() -> None:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return subprocess.Popen(
        command,
        cwd=config.HOME,
        env=environment,
        start_new_session=True,
        preexec_fn=follow_parent,  # noqa: PLW1509 # no threads here yet
    )


def _stop(children: "list[subprocess.Popen[bytes]]") -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_WITHIN_SECONDS
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)


def _answers(settings: Settings) -> bool:
    host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host
    host = f"[{host}]" if ":" in host else host
    try:
        with urllib.request.urlopen(f"http://{host}:{settings.port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _exit() -> NoReturn:
    sys.exit(main())


if __name__ == "__main__":
    _exit()
