"""A daily line outside the database that says where each chain stood, so a cut-off tail shows."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import chain, clock
from portal.chain import Broken, ChainHead, ChainLink
from portal.keys import KeyRing


def write_line(db: Session, folder: Path, ring: KeyRing, now: datetime) -> int:
    """Add today's line for each chain that has none yet; returns how many were written.

    A line is: day, chain, position, hash of the last link, HMAC of the four, separated by spaces.
    """
    file = _file(folder, now.year)
    day = clock.local_date(now).isoformat()
    written = {tuple(line.split()[:2]) for line in _lines(file)}
    new = [
        f"{entry} {ring.mac('digest', entry)}\n"
        for head in db.scalars(select(ChainHead).order_by(ChainHead.chain))
        for entry in [f"{day} {head.chain} {head.position} {head.hash}"]
        if (day, head.chain) not in written
    ]
    if new:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with file.open("a", encoding="ascii") as out:
            out.writelines(new)
    return len(new)


@dataclass(frozen=True)
class Sealed:
    """A chain found whole: how many links it has, and the day and link of its newest daily line."""

    links: int
    day: date | None
    position: int


def verify_one(db: Session, folder: Path, ring: KeyRing, name: str) -> Sealed:
    """Walk one chain and compare it with its daily lines; raises Broken."""
    links, day, position = chain.verify(db, name), None, 0
    for file in sorted(folder.glob("*.log")):
        for line in _lines(file):
            said, of, at = line.split()[:3]
            if of == name:
                _check_line(db, ring, line)
                day, position = date.fromisoformat(said), int(at)
    return Sealed(links, day, position)


def verify(db: Session, folder: Path, ring: KeyRing) -> dict[str, int]:
    """Walk every chain and compare it with all daily lines; raises Broken."""
    lengths = {name: chain.verify(db, name) for name in db.scalars(select(ChainHead.chain))}
    for file in sorted(folder.glob("*.log")):
        for line in _lines(file):
            _check_line(db, ring, line)
    return lengths


def _check_line(db: Session, ring: KeyRing, line: str) -> None:
    entry, _, seal = line.rpartition(" ")
    day, name, position, expected = entry.split()
    if not hmac.compare_digest(seal, ring.mac("digest", entry)):
        raise Broken(f"{name}: dòng ghi ngày {day} đã bị sửa")
    link = db.get(ChainLink, (name, int(position)))
    if link is None or link.hash != expected:
        raise Broken(f"{name}: mắt xích {position} khác với dòng ghi ngày {day}")


def _file(folder: Path, year: int) -> Path:
    return folder / f"{year}.log"


def _lines(file: Path) -> list[str]:
    return file.read_text("ascii").splitlines() if file.exists() else []
