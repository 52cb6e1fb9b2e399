"""What templates ask about the page they show: when it changed, and its words for machines."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from flask import request
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from content import linked_data, versions
from content.linked_data import Thing
from content.models import Kind
from content.reading import ProcedurePage
from content.shapes import Article
from content.versions import Version
from portal import clock
from portal.database import session
from portal.headers import asset
from portal.languages import language
from portal.machines import site
from portal.profile import profile

SHARED_PICTURE = "img/share.png"
_dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def linked_json(thing: Any) -> Markup:
    """JSON that stays inside its <script>, whatever the texts hold."""
    return htmlsafe_json_dumps(thing, dumps=_dumps)


def shown_version(kind: str, key: str, language: str) -> Version:
    return versions.published(session(), Kind(kind), key, language)


def iso_day(moment: datetime) -> str:
    """2026-11-23, the day in Việt Nam."""
    return clock.local_date(moment).isoformat()


def last_changed_on(*kinds: str) -> date:
    """When a page of these kinds, or anything at all, was published last; else today."""
    db = session()
    own = versions.last_change_of(db, map(Kind, kinds)) if kinds else None
    return clock.local_date(own or versions.last_change(db) or clock.now())


def procedure_data(page: ProcedurePage, submit_at: str) -> Thing:
    return linked_data.procedure(page, profile(), site() + page.path, submit_at)


def article_data(found: Article, version: Version) -> Thing:
    address = site() + ("/en" if found.language == "en" else "") + request.path
    picture = site() + asset(SHARED_PICTURE)
    return linked_data.article(found, version, profile(), address, picture)


def organisation_data() -> Thing:
    mine = profile()
    return linked_data.organisation(mine, language(), site(), site() + asset(mine.mark))


def breadcrumb_data(trail: Sequence[tuple[str, str]]) -> Thing:
    return linked_data.breadcrumbs(trail, site())
