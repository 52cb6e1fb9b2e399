"""`make run` as a process: starts, says one sentence when it cannot, leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
START_WITHIN_SECONDS = 90


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("launcher") / "var"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(var: Path, port: int, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "VAR": str(var), "PORT": str(port), "PYTHONUNBUFFERED": "1", **more}


def launch(var: Path, port: int, **more: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "portal.serving"],
        cwd=HOME,
        env=environment(var, port, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def read_until(process: "subprocess.Popen[str]", words: str) -> str:
    """Everything printed up to the line with these words."""
    assert process.stdout is not None
    said, deadline = "", time.monotonic() + START_WITHIN_SECONDS
    for line in process.stdout:
        said += line
        if words in line:
            return said
        assert time.monotonic() < deadline, said
    raise AssertionError(f"ended with {process.wait()}: {said}")


@contextmanager
def running(var: Path, port: int) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    process = launch(var, port)
    try:
        yield process, read_until(process, "Trang đang chạy")
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        assert process.stdout is not None
        process.stdout.close()


def processes_of(var: Path) -> list[int]:
    """Processes that were started with this data folder and still live."""
    needle, found = f"VAR={var}".encode(), []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if needle in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def gone_within(var: Path, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while processes_of(var):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def test_the_first_start_serves_and_prints_an_account_once(var: Path) -> None:
    port = free_port()
    with running(var, port) as (_process, said):
        assert re.search(r"Mật khẩu dùng lần đầu: (?:[a-z2-9]{5}-){3}[a-z2-9]{5}", said)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            assert answer.status == 200
            assert answer.headers["Set-Cookie"] is None
    assert gone_within(var, 10)
    password = re.search(r"Mật khẩu dùng lần đầu: (\S+)", said)
    assert password
    kept = [file for file in var.rglob("*") if file.is_file()]
    assert not [file for file in kept if password[1].encode() in file.read_bytes()]
    with running(var, port) as (_process, again):
        assert "Mật khẩu" not in again
    assert gone_within(var, 10)


def test_a_killed_parent_leaves_no_worker(var: Path) -> None:
    process = launch(var, free_port())
    read_until(process, "Trang đang chạy")
    assert len(processes_of(var)) >= 3
    process.kill()
    process.wait()
    assert gone_within(var, 15), processes_of(var)
    assert process.stdout is not None
    process.stdout.close()


def refusal(var: Path, port: int, **more: str) -> str:
    process = launch(var, port, **more)
    said, _nothing = process.communicate(timeout=60)
    assert process.returncode == 1, said
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) <= 2, said
    return said


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "cổng" in refusal(tmp_path / "var", taken.getsockname()[1])
    assert not (tmp_path / "var").exists()


def test_a_data_folder_in_use_is_said_in_one_sentence(var: Path) -> None:
    with running(var, free_port()):
        assert "đang được một trang khác dùng" in refusal(var, free_port())


def test_an_unknown_tenant_is_said_in_one_sentence(tmp_path: Path) -> None:
    assert "quangnam" in refusal(tmp_path / "var", free_port(), TENANT="saigon")


def test_a_missing_key_ring_is_said_in_one_sentence(var: Path) -> None:
    file = var / "keys" / "ring.json"
    kept = file.read_bytes()
    file.unlink()
    try:
        assert "Thiếu tệp khóa" in refusal(var, free_port())
    finally:
        file.write_bytes(kept)


def test_a_wrong_setting_is_said_in_one_sentence(tmp_path: Path) -> None:
    assert "PORT phải là số" in refusal(tmp_path / "var", 0, PORT="tám nghìn")
