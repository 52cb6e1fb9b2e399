"""Whatever people do at once or in whatever order: no word is lost, none is published unread."""

import multiprocessing
import tempfile
from collections import defaultdict
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from content.editorial import texts, withdrawing, workflow
from content.editorial.clerk import Clerk
from content.editorial.errors import Overtaken
from content.models import ContentVersion, Draft, DraftRevision
from portal import chain
from portal.database import Database
from portal.errors import PortalError
from portal.staff.models import Role
from tests.content.editorial.clerks import GUIDE, a_clerk, an_article, written
from tests.support.stores import prepare

WRITERS = 4
SAVES = 6
PEOPLE = [
    a_clerk("bien-tap", Role.EDITOR),
    a_clerk("duyet", Role.APPROVER),
    a_clerk("ca-hai", Role.EDITOR, Role.APPROVER),
    a_clerk("can-bo", Role.OFFICER),
]
REASON = "Phải sửa ngay trong hôm nay"


def write_on(url: str, name: str, draft_id: int, ready: Barrier) -> None:
    """Save again and again; whoever is overtaken looks at the newest save and tries anew."""
    store, clerk = Database(url), a_clerk(name, Role.EDITOR)
    ready.wait()
    for number in range(SAVES):
        text = texts.text_of(an_article(title=f"{name} {number}"))
        seen = 1
        while True:
            try:
                with store.write() as db:
                    workflow.save(db, clerk, draft_id, seen=seen, text=text, title=name)
                    db.commit()
                    break
            except Overtaken as refusal:
                seen = refusal.current.number
    store.dispose()


def test_four_people_who_save_at_once_lose_nothing(store: Database) -> None:
    with store.write() as db:
        draft_id = written(db).id
        db.commit()
    store.dispose()
    spawn = multiprocessing.get_context("spawn")
    ready, url = spawn.Barrier(WRITERS), store.url.render_as_string(hide_password=False)
    writers = [
        spawn.Process(target=write_on, args=(url, f"nguoi-{n}", draft_id, ready))
        for n in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    with store.read() as db:
        saves = db.scalars(select(DraftRevision).order_by(DraftRevision.number)).all()
        assert [one.number for one in saves] == list(range(WRITERS * SAVES + 2))
        assert len({one.sha256 for one in saves[2:]}) == WRITERS * SAVES
        assert db.get_one(Draft, draft_id).revision == saves[-1].number
        assert chain.verify(db, "staff") == WRITERS * SAVES + 2


class Desk(RuleBasedStateMachine):
    """People who do anything in any order to one page."""

    who = st.sampled_from(PEOPLE)
    titles = st.sampled_from(["Một", "Hai", "Ba"])
    back = st.integers(0, 2)

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Database(f"sqlite:///{Path(self.folder.name) / 'desk.sqlite3'}")
        prepare(self.store)
        self.wrote: dict[str, set[str]] = defaultdict(set)
        self.read: dict[str, set[str]] = defaultdict(set)
        self.published: list[str] = []

    def teardown(self) -> None:
        self.store.dispose()
        self.folder.cleanup()

    def attempt(self, work: Callable[[Draft], object], back: int = 0) -> None:
        """Do it to the open draft, or be refused and leave no trace."""
        with self.store.write() as db:
            draft = workflow.open_draft(db, *GUIDE)
            if draft is None:
                return
            self.db, self.seen = db, draft.revision - back
            before = draft.approved_sha256
            try:
                work(draft)
            except PortalError:
                db.rollback()
                return
            if draft.approved_sha256 and not before and not draft.forced_reason:
                self.read[draft.approved_sha256].add(draft.approver)
                self.wrote[draft.approved_sha256] |= workflow.authors(db, draft)
            db.commit()

    @rule(clerk=who)
    def start(self, clerk: Clerk) -> None:
        with self.store.write() as db:
            try:
                workflow.start(db, clerk, *GUIDE)
            except PortalError:
                return
            db.commit()

    @rule(clerk=who, title=titles, back=back)
    def save(self, clerk: Clerk, title: str, back: int) -> None:
        text = texts.text_of(an_article(title=title))
        self.attempt(
            lambda draft: workflow.save(
                self.db, clerk, draft.id, seen=self.seen, text=text, title=title
            ),
            back,
        )

    @rule(clerk=who)
    def submit(self, clerk: Clerk) -> None:
        self.attempt(lambda draft: workflow.submit(self.db, clerk, draft.id, seen=self.seen))

    @rule(clerk=who, back=back)
    def approve(self, clerk: Clerk, back: int) -> None:
        self.attempt(lambda draft: workflow.approve(self.db, clerk, draft.id, seen=self.seen), back)

    @rule(clerk=who, back=back)
    def publish(self, clerk: Clerk, back: int) -> None:
        self.attempt(lambda draft: workflow.publish(self.db, clerk, draft.id, seen=self.seen), back)

    @rule(clerk=who)
    def force(self, clerk: Clerk) -> None:
        self.attempt(
            lambda draft: workflow.force(self.db, clerk, draft.id, seen=self.seen, reason=REASON)
        )

    @rule(clerk=who)
    def send_back(self, clerk: Clerk) -> None:
        self.attempt(lambda draft: workflow.send_back(self.db, clerk, draft.id, words="Sửa."))

    @rule(clerk=who)
    def rebase(self, clerk: Clerk) -> None:
        self.attempt(lambda draft: workflow.rebase(self.db, clerk, draft.id))

    @rule(clerk=who, number=st.integers(1, 4))
    def roll_back(self, clerk: Clerk, number: int) -> None:
        with self.store.write() as db:
            try:
                made = withdrawing.roll_back(db, clerk, *GUIDE, number, reason="Quay lại")
            except PortalError:
                return
            assert made.text == self.published[number - 1]
            db.commit()

    @invariant()
    def versions_never_change_and_none_is_published_unread(self) -> None:
        with self.store.read() as db:
            found = db.scalars(select(ContentVersion).order_by(ContentVersion.number)).all()
        assert [one.number for one in found] == list(range(1, len(found) + 1))
        texts_now = [one.text for one in found]
        assert texts_now[: len(self.published)] == self.published
        self.published = texts_now
        for one in found:
            if not one.forced_reason:
                assert self.read[one.sha256], "published, and read by nobody"
                assert self.read[one.sha256] - self.wrote[one.sha256]


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
