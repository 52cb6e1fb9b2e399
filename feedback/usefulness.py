"""Counts whether a page helped: one vote per page, day and asker, and a sentence if they like."""

import hmac
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from feedback import typed
from feedback.usefulness_models import PageVote
from portal.keys import KeyRing

LONGEST_PATH = 500
LONGEST_WORDS = 500
LEAST_VOTES = 5  # a smaller group could be one household
MONTHS_KEPT = 13
MOST_SENTENCES = 100
MARK_LETTERS = 24
CUT = "[…]"
LONG_NUMBER = re.compile(r"\+?\d(?:[\s.\-/()]{0,3}\d){5,}")


@dataclass(frozen=True)
class Seen:
    """The page and the version of it that somebody judged; /en in front of an English page."""

    path: str
    version: int


@dataclass(frozen=True)
class Judged:
    """The votes on one version of one page."""

    path: str
    version: int
    yes: int
    no: int

    @property
    def share(self) -> int:
        """How many of a hundred said no."""
        return round(100 * self.no / (self.yes + self.no))


@dataclass(frozen=True)
class Sentence:
    """What somebody added to a vote."""

    path: str
    version: int
    day: date
    useful: bool
    words: str


def mark(ring: KeyRing, seen: Seen) -> str:
    """Our sign that this page and version exist, the same at every showing, so pages are kept."""
    return ring.mac("stamp", f"useful\n{seen.version}\n{seen.path}")[:MARK_LETTERS]


def is_ours(ring: KeyRing, seen: Seen, given: str) -> bool:
    return hmac.compare_digest(mark(ring, seen).encode(), given.encode())


def asker(ring: KeyRing, address: str, day: date) -> str:
    """Who votes, as a fingerprint of this purpose and this day."""
    return ring.blind(ring.address(address, day), purpose="page.vote")


def vote(db: Session, seen: Seen, *, day: date, asker: str, useful: bool) -> None:
    """Count the vote; a second one of the same asker on the same day takes its place."""
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    given = insert(PageVote).values(
        path=seen.path, version=seen.version, day=day, asker=asker, useful=useful
    )
    changed = {"version": seen.version, "useful": useful}
    db.execute(given.on_conflict_do_update(index_elements=["path", "day", "asker"], set_=changed))


def say(db: Session, seen: Seen, *, day: date, asker: str, useful: bool, words: str) -> None:
    """Put a sentence beside the vote, which is counted if it was not."""
    vote(db, seen, day=day, asker=asker, useful=useful)
    mine = (PageVote.path == seen.path, PageVote.day == day, PageVote.asker == asker)
    db.execute(update(PageVote).where(*mine).values(words=without_traces(words)))


def without_traces(words: str) -> str:
    """The text without e-mail addresses and without numbers of six digits and more."""
    return LONG_NUMBER.sub(CUT, typed.EMAIL.sub(CUT, words))


def judged(db: Session, since: date, until: date) -> tuple[list[Judged], int]:
    """Pages by the share of "no", the worst first; and how many had too few votes to be shown."""
    yes = func.count().filter(PageVote.useful)
    no = func.count().filter(~PageVote.useful)
    rows = db.execute(
        select(PageVote.path, PageVote.version, yes, no)
        .where(PageVote.day.between(since, until))
        .group_by(PageVote.path, PageVote.version)
    )
    groups = [Judged(path, version, good, bad) for path, version, good, bad in rows]
    shown = [one for one in groups if one.yes + one.no >= LEAST_VOTES]
    shown.sort(key=lambda one: (-one.no / (one.yes + one.no), -one.no, one.path, -one.version))
    return shown, len(groups) - len(shown)


def sentences(db: Session, since: date, until: date) -> list[Sentence]:
    """What people added, the newest first."""
    found = (
        select(PageVote)
        .where(PageVote.words != "", PageVote.day.between(since, until))
        .order_by(PageVote.day.desc(), PageVote.id.desc())
        .limit(MOST_SENTENCES)
    )
    return [
        Sentence(one.path, one.version, one.day, one.useful, one.words) for one in db.scalars(found)
    ]


def forget(db: Session, today: date) -> None:
    """Erase fingerprints once their day is over, and sentences after thirteen months."""
    over = update(PageVote).where(PageVote.day < today, PageVote.asker.is_not(None))
    db.execute(over.values(asker=None))
    old = PageVote.day < _months_before(today, MONTHS_KEPT)
    db.execute(update(PageVote).where(old, PageVote.words != "").values(words=""))


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
