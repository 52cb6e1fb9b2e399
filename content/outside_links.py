"""Finds the links by which our own pages lead out of this site."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from content.citing import subject_of
from content.instrument_search import path_of as instrument_path
from content.models import (
    ContentItem,
    ContentVersion,
    Kind,
    LegalInstrument,
    ProcedureSource,
    Source,
    State,
)
from content.versions import newest
from portal.fetching import LONGEST_URL, to_ascii

IMPORTED = (Source.DETAILED, Source.CATALOGUE)
_URL = re.compile(r"https?://[^\s<>\[\]\"'`|\\^{}]+", re.IGNORECASE)
_AFTER = ".,;:!?*_…"


def of_all_pages(db: Session, *, own_host: str) -> dict[str, set[str]]:
    """Every outside address with the addresses of the pages that show it.

    Only what somebody here wrote is read: the thousands of imported procedures name the national
    portal again and again, and nobody here can mend them.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for subject, text in _texts(db):
        for url in _in_json(json.loads(text)):
            found[url].add(subject)
    chosen = select(LegalInstrument.key, LegalInstrument.link).where(LegalInstrument.link != "")
    for key, link in db.execute(chosen):
        for url in in_text(link):
            found[url].add(instrument_path(key))
    return {url: pages for url, pages in found.items() if urlsplit(url).hostname != own_host}


def in_text(text: str) -> Iterator[str]:
    """The outside addresses in a text, as they go over the line."""
    for written in _URL.findall(text):
        url = written.rstrip(_AFTER)
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip(_AFTER)
        try:
            ready = to_ascii(url)
            if urlsplit(ready).hostname and len(ready) <= LONGEST_URL:
                yield ready
        except ValueError:
            continue


def _texts(db: Session) -> Iterator[tuple[str, str]]:
    """The page and the canonical text of everything published that was written here."""
    leaf = or_(ContentItem.kind != Kind.PROCEDURE, ContentItem.language != "vi")
    pages = (
        select(ContentItem.kind, ContentItem.key, ContentItem.language, ContentVersion.text)
        .join(ContentVersion, newest())
        .where(ContentItem.state == State.PUBLISHED, leaf)
    )
    procedures = (
        select(ContentItem.kind, ContentItem.key, ContentItem.language, ProcedureSource.text)
        .join(ProcedureSource, _its_source())
        .where(ContentItem.state == State.PUBLISHED)
    )
    for chosen in (pages, procedures):
        for kind, key, language, text in db.execute(chosen):
            yield subject_of(kind, key, language), text


def _its_source() -> ColumnElement[bool]:
    return and_(
        ContentItem.kind == Kind.PROCEDURE,
        ContentItem.language == "vi",
        ProcedureSource.code == ContentItem.key,
        ProcedureSource.source.not_in(IMPORTED),
    )


def _in_json(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from in_text(value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _in_json(part)
    elif isinstance(value, list):
        for part in value:
            yield from _in_json(part)
