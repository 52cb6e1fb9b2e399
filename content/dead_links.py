"""Looks after the links that lead out of this site, and asks for a mend where one is dead."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from urllib.parse import urlsplit

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from content.dead_link_models import OutsideLink
from content.outside_links import of_all_pages
from portal import clock, fetching, tasks
from portal.database import Database
from portal.fetching import Fetcher, FetchFailed
from portal.tasks import Task

DEAD_LINK = "dead-link"
DEAD_AFTER_DAYS = 3
LOOK_AGAIN_AFTER = timedelta(hours=22)
AT_ONCE = 40
OF_ONE_HOST_AT_ONCE = 5
WITNESSES = 3
PAUSE_SECONDS = 2.0
ORIGIN_LENGTH = 200
GONE = {404, 410}
# Some servers know no HEAD, or say so in odd ways; what they say to a GET counts.
ASK_WITH_GET = range(400, 600)
BROKEN_SERVER = range(500, 600)


@dataclass(frozen=True)
class Outcome:
    """What came of asking for one link; empty `trouble` means that it works."""

    url: str
    status: int | None
    trouble: str

    @property
    def proves_itself(self) -> bool:
        """A server that says "not here" says it whether or not our own way out works."""
        return self.status in GONE


@dataclass(frozen=True)
class Round:
    """What one round found: how many links were asked for, and how many of them in vain."""

    links: int
    checked: int
    troubled: int
    dead: int
    way_out: bool


def look(
    store: Database,
    fetcher: Fetcher,
    *,
    own_host: str,
    now: datetime,
    at_once: int | None = AT_ONCE,
    sleep: Callable[[float], object] = time.sleep,
) -> Round:
    """One round: find the links, ask for those due, remember, open and close tasks.

    Where nothing at all could be reached, we are cut off ourselves and nothing is held against
    anybody. No transaction is open while others are asked.
    """
    with store.write() as db:
        pages = of_all_pages(db, own_host=own_host)
        _know(db, pages)
        chosen = _due(db, now, at_once)
        witnesses = _witnesses(db, chosen)
        db.commit()
    outcomes = _ask(chosen, fetcher, sleep)
    way_out = any(not one.trouble for one in outcomes)
    if outcomes and not way_out:
        way_out = any(not one.trouble for one in _ask(witnesses, fetcher, sleep))
    with store.write() as db:
        for outcome in outcomes:
            _note(db, outcome, now, counts=way_out or outcome.proves_itself)
        dead = _settle(db, pages, now)
        db.commit()
    troubled = sum(bool(one.trouble) for one in outcomes)
    return Round(len(pages), len(outcomes), troubled, dead, way_out or not outcomes)


def troubled(db: Session) -> list[OutsideLink]:
    """The links that did not work when last asked for, the longest dead first."""
    chosen = select(OutsideLink).where(OutsideLink.failed_days > 0)
    return list(db.scalars(chosen.order_by(OutsideLink.failed_days.desc(), OutsideLink.url)))


def check(url: str, fetcher: Fetcher) -> Outcome:
    """Ask for one link, gently first. A page that is only too large for us is there."""
    try:
        answer = fetcher.fetch(url, method="HEAD")
        if answer.status in ASK_WITH_GET:
            answer = fetcher.fetch(url)
    except FetchFailed as failure:
        if failure.reason == fetching.BAD_ANSWER:
            return _get(url, fetcher)
        return Outcome(url, None, failure.reason)
    return _judged(url, answer.status)


def _get(url: str, fetcher: Fetcher) -> Outcome:
    try:
        return _judged(url, fetcher.fetch(url).status)
    except FetchFailed as failure:
        return Outcome(url, None, "" if failure.reason == fetching.TOO_LARGE else failure.reason)


def _judged(url: str, status: int) -> Outcome:
    """A refusal (401, 403, 429 …) comes from a page that is there, only not for programs."""
    bad = status in GONE or status in BROKEN_SERVER
    return Outcome(url, status, str(status) if bad else "")


def _know(db: Session, pages: Mapping[str, set[str]]) -> None:
    known = set(db.scalars(select(OutsideLink.url)))
    for url in sorted(pages.keys() - known):
        db.add(OutsideLink(url=url, host=urlsplit(url).hostname or ""))
    for url in known - pages.keys():
        db.execute(delete(OutsideLink).where(OutsideLink.url == url))
    db.flush()


def _due(db: Session, now: datetime, at_once: int | None) -> list[str]:
    """What to ask for now, the longest unseen first, hosts taking turns."""
    waiting = or_(
        OutsideLink.checked_at.is_(None), OutsideLink.checked_at <= now - LOOK_AGAIN_AFTER
    )
    order = (OutsideLink.checked_at.is_not(None), OutsideLink.checked_at, OutsideLink.url)
    by_host: dict[str, list[str]] = defaultdict(list)
    for link in db.scalars(select(OutsideLink).where(waiting).order_by(*order)):
        by_host[link.host].append(link.url)
    if at_once is not None:
        by_host = {host: urls[:OF_ONE_HOST_AT_ONCE] for host, urls in by_host.items()}
    turns = [url for turn in zip_longest(*by_host.values()) for url in turn if url is not None]
    return turns[:at_once]


def _witnesses(db: Session, chosen: Iterable[str]) -> list[str]:
    """Links that worked last time: if they do not now, it is our own way out that is closed."""
    working = select(OutsideLink).where(
        OutsideLink.checked_at.is_not(None), OutsideLink.failed_days == 0
    )
    found: dict[str, str] = {}
    for link in db.scalars(working.order_by(OutsideLink.checked_at.desc(), OutsideLink.url)):
        if link.url not in set(chosen):
            found.setdefault(link.host, link.url)
    return list(found.values())[:WITNESSES]


def _ask(urls: Sequence[str], fetcher: Fetcher, sleep: Callable[[float], object]) -> list[Outcome]:
    """One after the other, with a pause before the same host is asked again."""
    outcomes, asked = [], set()
    for url in urls:
        host = urlsplit(url).hostname
        if host in asked:
            sleep(PAUSE_SECONDS)
        asked.add(host)
        outcomes.append(check(url, fetcher))
    return outcomes


def _note(db: Session, outcome: Outcome, now: datetime, *, counts: bool) -> None:
    link = db.get(OutsideLink, outcome.url)
    if link is None:
        return
    link.checked_at = now
    if not outcome.trouble:
        link.status, link.trouble, link.failed_days = outcome.status, "", 0
        link.first_failed_at = link.last_failed_at = None
    elif counts:
        link.status, link.trouble = outcome.status, outcome.trouble
        last = link.last_failed_at
        if last is None or clock.local_date(last) < clock.local_date(now):
            link.failed_days += 1
        link.first_failed_at = link.first_failed_at or now
        link.last_failed_at = now
    db.flush()


def _settle(db: Session, pages: Mapping[str, set[str]], now: datetime) -> int:
    """A task for every page with a dead link, none for pages that were mended."""
    dead = list(
        db.scalars(select(OutsideLink.url).where(OutsideLink.failed_days >= DEAD_AFTER_DAYS))
    )
    wanted = {(page, url[:ORIGIN_LENGTH]) for url in dead for page in pages.get(url, ())}
    for subject, origin in sorted(wanted):
        tasks.open_task(db, kind=DEAD_LINK, subject=subject, origin=origin, now=now)
    for task in db.scalars(select(Task).where(Task.kind == DEAD_LINK, Task.closed_at.is_(None))):
        if (task.subject, task.origin) not in wanted:
            task.closed_at = now
    db.flush()
    return len(dead)
