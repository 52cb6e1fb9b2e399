"""Notes each first page of results for the log, and prints what its clicks are counted by."""

import base64
import binascii
import hmac
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import current_app, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal import clock
from portal.keys import KeyRing, ring
from search_index import learning, query_terms
from search_index.query_recording import FOUND, NOTHING, REPAIRED, Asked, Recorder
from search_index.searching import Answer

log = logging.getLogger(__name__)

SEAL_LETTERS = 24
LONGEST_TOKEN = 600
ADDRESS_LETTERS = 32


@dataclass(frozen=True)
class Opened:
    """What the token of a result says: the mark of the term, the page, its place."""

    mark: str
    key: str
    place: int


def recorder() -> Recorder:
    found: Recorder = current_app.extensions["search_recorder"]
    return found


def asker(day: date) -> str:
    """Who is asking, as a fingerprint of the address that changes every day."""
    return ring().address(request.remote_addr or "", day)[:ADDRESS_LETTERS]


def note(text: str, answer: Answer) -> None:
    """Count this search. Only what the index answered tells whether something is missing."""
    if answer.by_title:
        return
    term, day = query_terms.kept(text), clock.local_date(clock.now())
    outcome = NOTHING
    if answer.groups:
        outcome = REPAIRED if answer.plan.mended else FOUND
    mark = query_terms.mark_of(term, ring())
    recorder().asked(Asked(day, asker(day), mark, term, len(answer.groups), outcome))


def learned(db: Session, text: str, answer: Answer) -> Answer:
    """The answer as people's choices order its near equals; unchanged where learning is off."""
    if not current_app.extensions["search_learns"]:
        return answer
    mark = query_terms.mark_of(query_terms.kept(text), ring())
    try:
        gained = learning.boosts(db, mark, clock.local_date(clock.now()))
    except SQLAlchemyError as error:
        db.rollback()
        log.warning("the counts of clicks cannot be read: %s", type(error).__name__)
        return answer
    return learning.reordered(answer, gained)


def tokens(text: str, keys: Iterable[str], before: int) -> dict[str, str]:
    """For the key of each result the token its link carries; `before` stand on other pages."""
    mark = query_terms.mark_of(query_terms.kept(text), ring())
    return {key: token(Opened(mark, key, before + at), ring()) for at, key in enumerate(keys, 1)}


def token(opened: Opened, keys: KeyRing) -> str:
    body = json.dumps([opened.mark, opened.key, opened.place], ensure_ascii=False).encode()
    text = base64.urlsafe_b64encode(body).decode()
    return f"{text}.{_seal(text, keys)}"


def read_token(token: str, keys: KeyRing) -> Opened | None:
    """What a token says; None if it is not ours."""
    text, _, seal = token[:LONGEST_TOKEN].partition(".")
    if not hmac.compare_digest(seal.encode(), _seal(text, keys).encode()):
        return None
    try:
        mark, key, place = json.loads(base64.urlsafe_b64decode(text))
    except (binascii.Error, ValueError, TypeError):
        return None
    return Opened(str(mark), str(key), int(place))


def _seal(text: str, keys: KeyRing) -> str:
    return keys.blind(text, purpose="search click")[:SEAL_LETTERS]
