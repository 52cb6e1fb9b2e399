"""Seconds and peak memory of taking in both national files, beside merely reading them."""

import csv
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "tthc"
FILES = ("procedures.jsonl.gz", "catalogue.csv")
MOST_SECONDS = 30
MOST_PREVIEW_SECONDS = 15
MOST_MEGABYTES = 300
WORKS = {
    "read": "chỉ đọc cả hai tệp (json, csv)",
    "import": "nạp cả hai tệp",
    "preview": "xem trước 2.234 bản ghi đầy đủ",
}


def main() -> int:
    if not all((SHARED / name).exists() for name in FILES):
        print("Không có dữ liệu quốc gia ở ../shared/data/tthc; bỏ qua.")
        return 0
    print(f"{'':34}{'giây':>8}{'MB cao nhất':>14}")
    taken = {name: _apart(name) for name in WORKS}
    for name, words in WORKS.items():
        seconds, megabytes = taken[name]
        print(f"{words:34}{seconds:8.2f}{megabytes:14.0f}")
    seconds, megabytes = taken["import"]
    good = seconds < MOST_SECONDS and megabytes < MOST_MEGABYTES
    good = good and taken["preview"][0] < MOST_PREVIEW_SECONDS
    limit = f"nạp dưới {MOST_SECONDS} giây và {MOST_MEGABYTES} MB, "
    limit += f"xem trước dưới {MOST_PREVIEW_SECONDS} giây"
    print(f"Yêu cầu: {limit}: {'đạt' if good else 'KHÔNG đạt'}")
    return 0 if good else 1


def _apart(work: str) -> tuple[float, float]:
    """Seconds and megabytes of one kind of work, measured in a process of its own."""
    command = [sys.executable, "-m", "bench.importing", work]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(said[-2]), float(said[-1])


def _read() -> None:
    with gzip.open(SHARED / FILES[0], "rt", encoding="utf-8") as lines:
        for line in lines:
            json.loads(line)
    with (SHARED / FILES[1]).open(encoding="utf-8-sig", newline="") as rows:
        for _row in csv.DictReader(rows):
            pass


def _import() -> None:
    import search_index.models  # noqa: F401 # makes their tables known
    from content.importing import import_procedures
    from portal import clock, profile
    from portal.database import Base, Database

    serves = profile.load("quangnam").is_local_or_national
    with tempfile.TemporaryDirectory() as folder:
        store = Database(f"sqlite:///{folder}/bench.sqlite3")
        Base.metadata.create_all(store.engine)
        for name in FILES:
            with store.write() as db:
                import_procedures(db, SHARED / name, now=clock.now(), serves=serves)
                db.commit()
        store.dispose()


def _preview() -> None:
    import search_index.models  # noqa: F401 # makes their tables known
    from content import import_runs
    from content.import_models import ImportRun
    from portal import clock, profile
    from portal.database import Base, Database

    now, path = clock.now(), SHARED / FILES[0]
    with tempfile.TemporaryDirectory() as folder:
        store = Database(f"sqlite:///{folder}/bench.sqlite3")
        Base.metadata.create_all(store.engine)
        with store.write() as db:
            run = import_runs.begin(db, by="", file_name=path.name, now=now, partial=False).id
            db.commit()
        serves = profile.load("quangnam").is_local_or_national
        import_runs.preview(store, run, path, now=now, serves=serves, districts=True)
        with store.read() as db:
            assert db.get_one(ImportRun, run).state == "ready"
        store.dispose()


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(main())
    began = time.perf_counter()
    {"read": _read, "import": _import, "preview": _preview}[sys.argv[1]]()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.perf_counter() - began, peak)
