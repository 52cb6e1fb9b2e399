"""The list of what there is to do and what there is: pages and drafts, by tab and filter."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Subquery, and_, func, or_, select, true
from sqlalchemy.orm import Session

from content.editorial import desk_words
from content.editorial.listing_rows import everything, saying
from content.editorial.stages import OPEN, STAGE_LABELS, Stage
from content.models import ContentVersion, Kind, State
from portal.paging import Page, paginate

ROWS_ON_A_PAGE = 40


class Tab(StrEnum):
    """The usual questions at this desk."""

    MINE = "cua-toi"
    TO_READ = "cho-toi-doc"
    APPROVED = "da-duyet"
    SCHEDULED = "hen-gio"
    DUE = "den-han"
    GONE = "da-go"
    ALL = "tat-ca"


TAB_LABELS = {
    Tab.MINE: _l("Của tôi"),
    Tab.TO_READ: _l("Chờ tôi đọc"),
    Tab.APPROVED: _l("Đã duyệt"),
    Tab.SCHEDULED: _l("Hẹn giờ"),
    Tab.DUE: _l("Đến hạn xem lại"),
    Tab.GONE: _l("Đã gỡ"),
    Tab.ALL: _l("Tất cả"),
}
GONE = (State.WITHDRAWN, State.SUPERSEDED, State.UNPUBLISHED)
STATE_CHOICES: dict[str, Any] = {
    **{stage.value: STAGE_LABELS[stage] for stage in OPEN},
    **{state.value: desk_words.STATES[state] for state in (State.PUBLISHED, *GONE)},
}


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; unknown values count as not given."""

    tab: Tab = Tab.MINE
    kind: str = ""
    state: str = ""
    language: str = ""
    words: str = ""

    @classmethod
    def from_address(cls, args: Mapping[str, str]) -> "Wanted":
        tab, kind, state = args.get("muc", ""), args.get("loai", ""), args.get("trang-thai", "")
        language = args.get("ngon-ngu", "")
        return cls(
            tab=Tab(tab) if tab in set(Tab) else Tab.MINE,
            kind=kind if kind in set(Kind) else "",
            state=state if state in STATE_CHOICES else "",
            language=language if language in desk_words.LANGUAGES else "",
            words=args.get("q", "")[:200].replace("\0", "").strip(),
        )

    def address(self, **changed: str) -> dict[str, str]:
        """The arguments of an address that asks for this, with some of them changed."""
        args = {
            "muc": self.tab.value,
            "loai": self.kind,
            "trang-thai": self.state,
            "ngon-ngu": self.language,
            "q": self.words,
        } | changed
        return {name: value for name, value in args.items() if value}


@dataclass(frozen=True)
class Listed:
    """One line: a page in one language, and its open draft where it has one."""

    kind: str
    kind_label: str
    key: str
    language: str
    title: str
    state: str
    tone: str
    published: bool
    draft_id: int | None
    who: str
    at: datetime | None
    publish_at: datetime | None
    unpublish_at: datetime | None
    review: str
    review_tone: str


def counts(db: Session, wanted: Wanted, *, username: str, today: date) -> dict[Tab, int]:
    """How many lines each tab would show under the other filters; one query."""
    row = everything()
    tabs = _tabs(row, username, today)
    columns = [func.count().filter(tabs[tab]) for tab in Tab]
    found = db.execute(select(*columns).select_from(row).where(_filters(db, row, wanted))).one()
    return dict(zip(Tab, found, strict=True))


def lines(
    db: Session, wanted: Wanted, number: str | None, total: int, *, username: str, today: date
) -> tuple[list[Listed], Page]:
    """One page of a tab that has `total` lines."""
    row = everything()
    page = paginate(total, number, ROWS_ON_A_PAGE)
    found = db.execute(
        select(row)
        .where(_tabs(row, username, today)[wanted.tab], _filters(db, row, wanted))
        .order_by(*_order(row, wanted.tab))
        .offset(page.offset)
        .limit(page.size)
    ).all()
    shown = _versions(db, [one.item_id for one in found if one.item_id is not None])
    return [_listed(one, shown.get(one.item_id), today) for one in found], page


def _tabs(row: Subquery, username: str, today: date) -> dict[Tab, ColumnElement[bool]]:
    c = row.c
    waits = c.stage == Stage.IN_REVIEW
    for_anybody = and_(c.reviewer == "", c.author != username)
    return {
        Tab.MINE: or_(c.author == username, c.keeper == username),
        Tab.TO_READ: and_(waits, or_(c.reviewer == username, for_anybody)),
        Tab.APPROVED: c.stage == Stage.APPROVED,
        Tab.SCHEDULED: or_(c.stage == Stage.SCHEDULED, c.unpublish_at.is_not(None)),
        Tab.DUE: and_(c.state == State.PUBLISHED, c.review_on <= today),
        Tab.GONE: c.state.in_(GONE),
        Tab.ALL: true(),
    }


def _filters(db: Session, row: Subquery, wanted: Wanted) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    if wanted.kind:
        conditions.append(row.c.kind == wanted.kind)
    if wanted.state:
        conditions.append(or_(row.c.stage == wanted.state, row.c.state == wanted.state))
    if wanted.language:
        conditions.append(row.c.language == wanted.language)
    if wanted.words:
        conditions.append(saying(db, row, wanted.words))
    return and_(*conditions)


def _order(row: Subquery, tab: Tab) -> Sequence[ColumnElement[Any]]:
    by_name = (row.c.kind, row.c.sort_key, row.c.key, row.c.language)
    if tab is Tab.DUE:
        return row.c.review_on, *by_name
    if tab is Tab.SCHEDULED:
        return func.coalesce(row.c.publish_at, row.c.unpublish_at), *by_name
    return row.c.changed_at.desc().nulls_last(), *by_name


def _versions(db: Session, item_ids: Sequence[int]) -> dict[int, ContentVersion]:
    """The newest version of each page."""
    newest = (
        select(func.max(ContentVersion.id))
        .where(ContentVersion.item_id.in_(item_ids))
        .group_by(ContentVersion.item_id)
    )
    found = db.scalars(select(ContentVersion).where(ContentVersion.id.in_(newest)))
    return {version.item_id: version for version in found}


def _listed(row: Any, version: ContentVersion | None, today: date) -> Listed:
    state, tone = desk_words.state(row.state, row.stage or "")
    review, review_tone = desk_words.review(row.review_on, today)
    return Listed(
        kind=row.kind,
        kind_label=str(desk_words.KINDS[Kind(row.kind)]),
        key=row.key,
        language=row.language,
        title=row.title or _title(version) or row.key,
        state=state,
        tone=tone,
        published=row.state == State.PUBLISHED,
        draft_id=row.draft_id,
        who=row.author or row.keeper or (version.author if version else ""),
        at=row.changed_at or (version.published_at if version else None),
        publish_at=row.publish_at,
        unpublish_at=row.unpublish_at,
        review=review,
        review_tone=review_tone,
    )


def _title(version: ContentVersion | None) -> str:
    said = json.loads(version.text) if version is not None else {}
    return str(said.get("title") or said.get("name") or "")
