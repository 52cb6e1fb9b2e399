"""What is published is found in every web process, each a process of its own.

By `make faults`, on a machine that does nothing else, within two seconds.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from portal import revisions
from portal.database import Database
from portal.revisions import Area
from search_index.documents import SearchDocument, put, withdraw
from tests.support.running import prepared

HOME = Path(__file__).resolve().parents[2]
WITHIN_SECONDS = 2.0 if os.environ.get("FAULTS") == "long" else 30.0
START_WITHIN_SECONDS = 60
WEB = ("granian", "--interface", "wsgi", "--workers", "1", "--log-level", "warning", "wsgi:app")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def child(*arguments: str, var: Path) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments], cwd=HOME, env={**os.environ, "VAR": str(var)}
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


def tells(address: str, query: str, name: str) -> bool:
    try:
        asked = f"{address}/tim-kiem?q={urllib.parse.quote(query)}"
        with urllib.request.urlopen(asked, timeout=5) as answer:
            return name in answer.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return False


def wait(addresses: list[str], query: str, name: str, *, told: bool, most: float) -> float:
    """Seconds until every address tells the name, or no longer tells it."""
    began = time.monotonic()
    while any(tells(one, query, name) is not told for one in addresses):
        assert time.monotonic() - began < most, f"{name}: {most} s went by"
        time.sleep(0.05)
    return time.monotonic() - began


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[str], Database]]:
    """Two web processes and a worker on one data folder."""
    settings = prepared(tmp_path_factory.mktemp("freshness") / "var")
    store = Database(settings.database_url)
    ports = [free_port(), free_port()]
    with ExitStack() as running:
        running.callback(store.dispose)
        running.enter_context(child("portal.worker", var=settings.var))
        for port in ports:
            web = (*WEB[:-1], "--host", "127.0.0.1", "--port", str(port), WEB[-1])
            running.enter_context(child(*web, var=settings.var))
        addresses = [f"http://127.0.0.1:{port}" for port in ports]
        wait(addresses, "khai sinh", "Đăng ký khai sinh", told=True, most=START_WITHIN_SECONDS)
        yield addresses, store


@pytest.mark.parametrize("number", range(3))
def test_a_publish_is_found_and_a_withdrawal_gone_in_every_process(
    site: tuple[list[str], Database], number: int
) -> None:
    addresses, store = site
    name, key = f"Nuôi chim yến lần {number}", f"procedure:9.00000{number}"
    page = SearchDocument(key, "procedure", f"/thu-tuc/9.00000{number}", name)
    marked = f"<mark>Nuôi chim yến</mark> lần {number}"
    with store.write() as db:
        put(db, [page], revision=revisions.advance(db, Area.PROCEDURES))
        db.commit()
    assert wait(addresses, "nuoi chim yen", marked, told=True, most=30) <= WITHIN_SECONDS
    with store.write() as db:
        withdraw(db, [key], revision=revisions.advance(db, Area.PROCEDURES))
        db.commit()
    assert wait(addresses, "nuoi chim yen", marked, told=False, most=30) <= WITHIN_SECONDS
