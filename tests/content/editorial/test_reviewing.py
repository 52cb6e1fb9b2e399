"""Pages that have to be read again, and work that passes to somebody else."""

from collections import defaultdict
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.editorial import handing_over, reviewing, workflow
from content.editorial.errors import EditingRefused, NotAllowed
from content.models import ContentItem, Kind
from portal import clock, events, tasks
from portal.staff import accounts
from portal.staff.accounts import HANDED_OVER, OPEN_WORK, HasOpenWork
from portal.staff.models import Role, StaffAccount
from tests.content.editorial.clerks import (
    APPROVER,
    EDITOR,
    GUIDE,
    NOW,
    a_clerk,
    an_article,
    approved,
    later,
    library,
    written,
)

A_YEAR_LATER = NOW + timedelta(days=365)


def an_account(db: Session, name: str, *roles: Role, unit: str | None = None) -> StaffAccount:
    account, _password = accounts.create(
        db, username=name, name=name, roles=roles, now=NOW, by="test", unit_code=unit
    )
    return account


def the_item(db: Session) -> ContentItem:
    return db.scalars(select(ContentItem)).one()


def open_kinds(db: Session) -> list[str]:
    return [task.kind for task in tasks.waiting(db)]


def test_a_page_of_the_library_gets_its_day_and_asks_two_weeks_before(db: Session) -> None:
    library(db, an_article(), an_article(kind="news", slug="tin", title="Tin"))
    assert reviewing.look(db, NOW) == 0
    days = {item.kind: item.review_on for item in db.scalars(select(ContentItem))}
    assert days == {Kind.GUIDE: clock.local_date(A_YEAR_LATER), Kind.NEWS: None}
    assert reviewing.look(db, A_YEAR_LATER - timedelta(days=15)) == 0
    early = A_YEAR_LATER - timedelta(days=14)
    assert [reviewing.look(db, early), reviewing.look(db, early + timedelta(hours=1))] == [1, 0]
    assert open_kinds(db) == ["review-page"]


def test_what_is_ignored_for_two_weeks_is_told_to_the_unit_once(db: Session) -> None:
    an_account(db, "giu-trang", Role.EDITOR, unit="so-a")
    library(db, an_article())
    reviewing.keep(db, EDITOR, *GUIDE, keeper="giu-trang", review_on=clock.local_date(A_YEAR_LATER))
    late = A_YEAR_LATER + timedelta(days=14)
    assert [reviewing.look(db, late), reviewing.look(db, late + timedelta(days=1))] == [2, 0]
    assert the_item(db).escalated_at == late
    overdue = next(task for task in tasks.waiting(db) if task.kind == "review-overdue")
    assert (overdue.subject, overdue.origin) == ("/huong-dan/nop-ho-so", "so-a")


def test_a_page_that_nobody_keeps_is_told_to_the_approvers(db: Session) -> None:
    library(db, an_article())
    reviewing.look(db, NOW)
    reviewing.look(db, A_YEAR_LATER + timedelta(days=20))
    overdue = next(task for task in tasks.waiting(db) if task.kind == "review-overdue")
    assert overdue.origin == reviewing.APPROVERS_OF_THE_CENTRE


def test_a_page_found_true_is_asked_for_again_after_its_period(db: Session) -> None:
    library(db, an_article())
    reviewing.look(db, NOW)
    reviewing.look(db, A_YEAR_LATER + timedelta(days=20))
    item = reviewing.reviewed(db, later(EDITOR, days=390), *GUIDE)
    assert item.review_on == clock.local_date(NOW + timedelta(days=755))
    assert (item.escalated_at, open_kinds(db)) == (None, [])
    with pytest.raises(NotAllowed):
        reviewing.reviewed(db, a_clerk("can-bo", Role.OFFICER), *GUIDE)


def test_a_page_is_kept_by_somebody_who_can_change_it(db: Session) -> None:
    library(db, an_article())
    an_account(db, "can-bo", Role.OFFICER)
    for nobody in ("can-bo", "khong-co"):
        with pytest.raises(EditingRefused):
            reviewing.keep(db, EDITOR, *GUIDE, keeper=nobody, review_on=None)
    with pytest.raises(EditingRefused):
        yesterday = clock.local_date(NOW - timedelta(days=1))
        reviewing.keep(db, EDITOR, *GUIDE, keeper="", review_on=yesterday)


@pytest.fixture
def _answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this room answers, whichever application was made before."""
    monkeypatch.setattr(events, "_handlers", defaultdict(list))
    events.connect(OPEN_WORK, handing_over.tell)
    events.connect(HANDED_OVER, handing_over.handed_over)


@pytest.mark.usefixtures("_answered")
def test_whoever_has_work_in_hand_is_not_switched_off_silently(db: Session) -> None:
    leaver = an_account(db, "bien-tap", Role.EDITOR)
    an_account(db, "nguoi-moi", Role.EDITOR)
    switch_off = partial(accounts.set_active, db, leaver, active=False, by="admin", now=NOW)
    draft = written(db)
    with pytest.raises(HasOpenWork, match="1 bản nháp đang viết"):
        switch_off()
    assert leaver.active
    assert accounts.hand_over(db, leaver, to="nguoi-moi", by="admin", now=NOW) == 1
    assert (draft.author, draft.editing_by) == ("nguoi-moi", "")
    switch_off()
    assert not leaver.active


@pytest.mark.usefixtures("_answered")
def test_drafts_reading_and_pages_pass_on_in_one_step(db: Session) -> None:
    leaver = an_account(db, "duyet", Role.APPROVER)
    an_account(db, "nguoi-moi", Role.APPROVER)
    an_account(db, "can-bo", Role.OFFICER)
    draft = approved(db, title="Đầu")
    workflow.publish(db, APPROVER, draft.id, seen=draft.revision)
    the_item(db).keeper = "duyet"
    second = written(db, title="Hai")
    workflow.submit(db, EDITOR, second.id, seen=second.revision, reviewer="duyet")
    with pytest.raises(EditingRefused):
        accounts.hand_over(db, leaver, to="can-bo", by="admin", now=NOW)
    assert accounts.hand_over(db, leaver, to="nguoi-moi", by="admin", now=NOW) == 2
    assert (the_item(db).keeper, second.reviewer) == ("nguoi-moi", "nguoi-moi")
    assert handing_over.open_work(db, "duyet") == []


@pytest.mark.usefixtures("_answered")
def test_whoever_wrote_a_draft_does_not_inherit_its_reading(db: Session) -> None:
    leaver = an_account(db, "duyet", Role.APPROVER)
    an_account(db, "bien-tap", Role.EDITOR)
    draft = written(db)
    workflow.submit(db, EDITOR, draft.id, seen=1, reviewer="duyet")
    accounts.hand_over(db, leaver, to="bien-tap", by="admin", now=NOW)
    assert draft.reviewer == ""
