"""Requests a second and start-up time of the running site, beside nginx serving the same bytes.

Needs wrk and nginx (apt-get install wrk nginx-light); says so and stops where they are missing.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
PAGE = "/thu-tuc/1.001193-dang-ky-khai-sinh"
SECONDS = 8
RUNS = 3


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def site(var: Path) -> Iterator[tuple[str, float]]:
    """The address of a running site, and the seconds from start to its first page."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "portal.serving"],
        cwd=HOME,
        env={**os.environ, "VAR": str(var), "PORT": str(port)},
        stdout=subprocess.DEVNULL,
    )
    try:
        while not answers(url + "/"):
            time.sleep(0.01)
        yield url, time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


@contextmanager
def nginx(folder: Path, body: bytes) -> Iterator[str]:
    """The address of an nginx that serves these bytes as a file."""
    port = free_port()
    (folder / "page.html").write_bytes(body)
    (folder / "nginx.conf").write_text(
        f"worker_processes 2; pid {folder}/pid; error_log {folder}/log;\n"
        "events { worker_connections 256; }\n"
        f"http {{ access_log off; types {{ text/html html; }} server {{ listen 127.0.0.1:{port}; "
        f"root {folder}; }} }}\n"
    )
    folder.chmod(0o755)
    process = subprocess.Popen(
        ["nginx", "-c", str(folder / "nginx.conf"), "-g", "daemon off;"], stderr=subprocess.DEVNULL
    )
    try:
        while not answers(f"http://127.0.0.1:{port}/page.html"):
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/page.html"
    finally:
        process.terminate()
        process.wait(10)


def requests_a_second(url: str) -> tuple[float, str]:
    """Requests a second and the 99th percentile, as wrk says."""
    said = subprocess.run(
        ["wrk", "-t1", "-c16", f"-d{SECONDS}s", "--latency", url],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    slow = re.search(r"99%\s+(\S+)", said)
    return float(rate[1]) if rate else 0.0, slow[1] if slow else "?"


def resident_megabytes(var: Path) -> list[int]:
    """Resident memory of each process that lives on this data folder."""
    sizes = []
    for entry in Path("/proc").iterdir():
        try:
            if f"VAR={var}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                pages = int((entry / "statm").read_text().split()[1])
                sizes.append(pages * os.sysconf("SC_PAGE_SIZE") // 1024**2)
        except (OSError, ValueError):
            continue
    return sorted(sizes, reverse=True)


def main() -> None:
    if not shutil.which("wrk") or not shutil.which("nginx"):
        print("wrk or nginx is missing: apt-get install wrk nginx-light")
        return
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        var = Path(name) / "var"
        with site(var) as (_url, first):
            pass
        starts = []
        for _run in range(RUNS):
            with site(var) as (_url, seconds):
                starts.append(seconds)
        print(f"start to first page: first {first:.1f} s, then {sorted(starts)[RUNS // 2]:.2f} s")
        with site(var) as (url, _seconds):
            with urllib.request.urlopen(url + PAGE, timeout=10) as answer:
                body = answer.read()
            ours, theirs = [], []
            files = Path(name) / "nginx"
            files.mkdir()
            with nginx(files, body) as plain:
                for _run in range(RUNS):
                    ours.append(requests_a_second(url + PAGE))
                    theirs.append(requests_a_second(plain))
            print(f"resident memory by process: {resident_megabytes(var)} MB")
        mine, static = sorted(ours)[RUNS // 2], sorted(theirs)[RUNS // 2]
        print(f"procedure page, {len(body)} bytes: {mine[0]:,.0f} requests/s, p99 {mine[1]}")
        print(f"nginx, the same bytes as a file: {static[0]:,.0f} requests/s, p99 {static[1]}")
        print(f"ratio: {mine[0] / static[0]:.2f}")


if __name__ == "__main__":
    main()
