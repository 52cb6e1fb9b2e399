"""Publishing and taking away by the clock: in order, once, whatever happens in between."""

import multiprocessing
import os
from datetime import datetime, timedelta
from multiprocessing.synchronize import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import reading
from content.editorial import scheduling, withdrawing, workflow
from content.editorial.errors import EditingRefused, NotAllowed
from content.editorial.models import Draft
from content.editorial.stages import Stage
from content.errors import NoSuchPage, Withdrawn
from content.models import ContentItem, ContentVersion, Ending, Kind, Origin, State
from content.publishing import PUBLISHED_EVENT, Publication, publish_article
from content.shapes import Article
from portal import chain, events
from portal.database import Database
from portal.staff.models import StaffAction
from portal.tasks import Task
from tests.content.editorial.clerks import (
    APPROVER,
    EDITOR,
    GUIDE,
    NOW,
    an_article,
    approved,
    library,
)

PROCESSES = 4
PAGES = 8
SOON = NOW + timedelta(hours=1)
A_DAY_LATER = NOW + timedelta(days=1)


def scheduled(
    db: Session, slug: str, publish_at: datetime = SOON, unpublish_at: datetime | None = None
) -> Draft:
    draft = workflow.start(db, EDITOR, Kind.GUIDE, slug, "vi")
    text = workflow.texts.text_of(an_article(slug=slug))
    workflow.save(db, EDITOR, draft.id, seen=0, text=text, title=slug)
    workflow.submit(db, EDITOR, draft.id, seen=1)
    workflow.approve(db, APPROVER, draft.id, seen=1)
    return workflow.schedule(
        db, APPROVER, draft.id, publish_at=publish_at, unpublish_at=unpublish_at
    )


def slugs_in_order(db: Session) -> list[str]:
    """The pages in the order in which they were published."""
    chosen = select(ContentItem.key).join(ContentVersion, ContentVersion.item_id == ContentItem.id)
    return list(db.scalars(chosen.order_by(ContentVersion.id)))


def test_a_draft_is_published_when_its_hour_has_come_and_not_before(store: Database) -> None:
    with store.write() as db:
        scheduled(db, "mot")
        db.commit()
    assert scheduling.publish_due(store, SOON - timedelta(seconds=1)) == []
    assert [one.words for one in scheduling.publish_due(store, SOON)] == [""]
    assert scheduling.publish_due(store, SOON) == []
    with store.read() as db:
        version = db.scalars(select(ContentVersion)).one()
        assert (version.author, version.approver) == ("bien-tap", "duyet")
        assert version.published_at == SOON
        actor = select(StaffAction.actor).order_by(StaffAction.id.desc())
        assert db.scalars(actor).first() == scheduling.BY_THE_CLOCK


def test_the_english_page_leaves_with_its_original(store: Database) -> None:
    with store.write() as db:
        scheduled(db, "mot", unpublish_at=NOW + timedelta(hours=2))
        publication = Publication(db, NOW, Origin.LIBRARY)
        english = Article(kind="guide", slug="mot", language="en", title="One", body="Words.")
        publish_article(publication, english)
        db.commit()
    scheduling.publish_due(store, SOON)
    scheduling.unpublish_due(store, A_DAY_LATER)
    with store.read() as db:
        assert set(db.scalars(select(ContentItem.state))) == {State.UNPUBLISHED}


def test_after_a_day_of_standstill_all_come_in_their_order(store: Database) -> None:
    with store.write() as db:
        for slug, hours in (("ba", 3), ("mot", 1), ("hai", 2), ("hai-nua", 2)):
            scheduled(db, slug, NOW + timedelta(hours=hours))
        db.commit()
    scheduling.publish_due(store, A_DAY_LATER)
    with store.read() as db:
        assert slugs_in_order(db) == ["mot", "hai", "hai-nua", "ba"]


def test_a_page_leaves_when_its_time_is_over(store: Database) -> None:
    with store.write() as db:
        scheduled(db, "mot", unpublish_at=NOW + timedelta(hours=2))
        db.commit()
    scheduling.publish_due(store, SOON)
    assert scheduling.unpublish_due(store, SOON) == []
    assert len(scheduling.unpublish_due(store, A_DAY_LATER)) == 1
    assert scheduling.unpublish_due(store, A_DAY_LATER) == []
    with store.write() as db:
        item = db.scalars(select(ContentItem)).one()
        assert (item.state, item.unpublish_at) == (State.UNPUBLISHED, None)
        with pytest.raises(Withdrawn, match="hết thời gian"):
            reading.article(db, Kind.GUIDE, "mot", "vi")
        withdrawing.restore(db, APPROVER, Kind.GUIDE, "mot", "vi")
        assert reading.article(db, Kind.GUIDE, "mot", "vi").article.slug == "mot"


def test_one_that_fails_waits_for_a_person_and_the_others_go_on(store: Database) -> None:
    with store.write() as db:
        draft = scheduled(db, "nop-ho-so")
        scheduled(db, "hai")
        library(db, an_article(title="Thư viện đã đăng trước"))
        db.commit()
    first, second = scheduling.publish_due(store, SOON)
    assert first.words
    assert not second.words
    with store.read() as db:
        kept = db.get_one(Draft, draft.id)
        assert (kept.stage, kept.publish_at) == (Stage.APPROVED, None)
        task = db.scalars(select(Task)).one()
        assert (task.kind, task.subject) == ("publish-failed", "/huong-dan/nop-ho-so")
        assert "bản 1" in task.origin
    assert scheduling.publish_due(store, SOON) == []


def test_what_no_longer_holds_is_not_published(store: Database) -> None:
    with store.write() as db:
        library(db, an_article(slug="dich-den"))
        draft = workflow.start(db, EDITOR, *GUIDE)
        text = workflow.texts.text_of(an_article(body="Xem [cách nộp](/huong-dan/dich-den)."))
        workflow.save(db, EDITOR, draft.id, seen=0, text=text, title="x")
        workflow.submit(db, EDITOR, draft.id, seen=1)
        workflow.approve(db, APPROVER, draft.id, seen=1)
        workflow.schedule(db, APPROVER, draft.id, publish_at=SOON)
        withdrawing.withdraw(
            db, APPROVER, Kind.GUIDE, "dich-den", "vi", ending=Ending.ERROR, words="Sai."
        )
        db.commit()
    (done,) = scheduling.publish_due(store, SOON)
    assert "phải sửa" in done.words
    with store.read() as db, pytest.raises(NoSuchPage):
        reading.article(db, Kind.GUIDE, "nop-ho-so", "vi")


def test_hours_that_make_no_sense_are_refused(db: Session) -> None:
    draft = approved(db)
    with pytest.raises(EditingRefused):
        workflow.schedule(db, APPROVER, draft.id, publish_at=NOW)
    with pytest.raises(EditingRefused):
        workflow.schedule(db, APPROVER, draft.id, publish_at=SOON, unpublish_at=SOON)
    workflow.schedule(db, APPROVER, draft.id, publish_at=SOON)
    workflow.unschedule(db, APPROVER, draft.id)
    assert (draft.stage, draft.publish_at) == (Stage.APPROVED, None)


def test_an_end_can_be_set_and_taken_off_a_page_that_is_shown(db: Session) -> None:
    library(db, an_article())
    with pytest.raises(NotAllowed):
        scheduling.unpublish_on(db, EDITOR, *GUIDE, at=SOON)
    with pytest.raises(EditingRefused):
        scheduling.unpublish_on(db, APPROVER, *GUIDE, at=NOW)
    assert scheduling.unpublish_on(db, APPROVER, *GUIDE, at=SOON).unpublish_at == SOON
    assert scheduling.unpublish_on(db, APPROVER, *GUIDE, at=None).unpublish_at is None


def run_worker(url: str, now: datetime, ready: Barrier) -> None:
    store = Database(url)
    ready.wait()
    scheduling.publish_due(store, now)
    scheduling.unpublish_due(store, now)
    store.dispose()


def die_half_way(url: str, now: datetime) -> None:
    """A worker that is killed after the third page was written and before it was committed."""
    published: list[str] = []

    def killed(_db: Session, **payload: Any) -> None:
        published.append(payload["url"])
        if len(published) == 3:
            os._exit(9)

    events.connect(PUBLISHED_EVENT, killed)
    scheduling.publish_due(Database(url), now)


def test_four_workers_after_one_that_was_killed_publish_each_page_once(store: Database) -> None:
    wanted = [f"trang-{number}" for number in range(PAGES)]
    with store.write() as db:
        for number, slug in enumerate(wanted):
            scheduled(db, slug, NOW + timedelta(minutes=number + 1))
        db.commit()
    store.dispose()
    url = store.url.render_as_string(hide_password=False)
    spawn = multiprocessing.get_context("spawn")
    killed = spawn.Process(target=die_half_way, args=(url, A_DAY_LATER))
    killed.start()
    killed.join(60)
    assert killed.exitcode == 9
    with store.read() as db:
        assert slugs_in_order(db) == wanted[:2]
    ready = spawn.Barrier(PROCESSES)
    workers = [
        spawn.Process(target=run_worker, args=(url, A_DAY_LATER, ready)) for _n in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES
    with store.read() as db:
        assert slugs_in_order(db) == wanted
        open_ones = select(func.count()).select_from(Draft).where(Draft.closed_at.is_(None))
        assert db.scalar(open_ones) == 0
        assert chain.verify(db, "staff") > 0
