"""Milliseconds of whole result pages and of suggestions, asked of the application itself."""

import pickle
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from bench.search import QUERIES, percentiles
from bench.search_engines import DATABASE
from portal import keys
from portal.config import Settings
from portal.database import Base
from portal.factory import create_app
from search_index.evaluation import Judged

WARM = 60


def main(place: Path) -> None:
    """Ask every judged query once; of each the first half is also typed for suggestions."""
    settings = Settings(
        var=place,
        tenant="quangnam",
        database_url=f"sqlite:///{place / DATABASE}",
        public_url="http://localhost",
        host="127.0.0.1",
        port=0,
        proxies=0,
        extra_hosts=(),
        embedded=True,
    )
    keys.load(settings.keys, create=True)
    app = create_app(settings)
    Base.metadata.create_all(app.extensions["portal"].database.engine)
    queries: list[Judged] = pickle.loads((place / QUERIES).read_bytes())
    client = app.test_client()

    def timed(address: str, texts: Iterable[str]) -> tuple[list[float], list[float]]:
        wall, processor = [], []
        for text in texts:
            started, worked = time.perf_counter(), time.thread_time()
            answer = client.get(address, query_string={"q": text})
            assert answer.status_code == 200, text
            wall.append((time.perf_counter() - started) * 1000)
            processor.append((time.thread_time() - worked) * 1000)
        return sorted(wall[WARM:]), sorted(processor[WARM:])

    asked = [one.query for one in queries]
    begun = [text[: max(3, len(text) // 2)] for text in asked]
    for name, address, texts in (
        ("cả trang /tim-kiem (p95 ≤ 25)", "/tim-kiem", asked),
        ("gợi ý (p95 ≤ 5)", "/tim-kiem/goi-y", begun),
    ):
        wall, processor = timed(address, texts)
        print(f"{name}, ms: {percentiles(wall)}   bộ xử lý: {percentiles(processor)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
