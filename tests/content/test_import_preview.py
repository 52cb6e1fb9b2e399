"""Looking at an import before it is applied: the same function, with and without commit."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from content import import_applying
from content.errors import BadFile, ImportRefused
from content.import_models import Found, RunState, Verdict
from content.models import ContentItem, ContentVersion, State
from portal import revisions
from portal.database import Base, Database
from portal.revisions import Area
from portal.staff.models import StaffAction
from portal.tasks import Task
from tests.content.exports import SERVES, Writes, a_record, a_row, state, take
from tests.content.previewing import Previews, apply, rows, run_of, taken


def test_a_preview_changes_nothing_that_anybody_sees(
    store: Database, previews: Previews, detailed: Writes, now: datetime
) -> None:
    taken(store, detailed(a_record("1.000001"), a_record("1.000002")), now)
    with store.read() as db:
        before, revision = state(db), revisions.current(db)[Area.PROCEDURES]
    path = detailed(
        a_record("1.000001", field="Khác"), a_record("1.000002"), a_record("1.000003"), "{"
    )
    run = previews(path)
    with store.read() as db:
        assert state(db) == before
        assert revisions.current(db)[Area.PROCEDURES] == revision
        found = rows(db, run)
        assert {code: row.found for code, row in found.items()} == {
            "1.000001": "changed", "1.000003": "new",
        }  # fmt: skip
        assert found["1.000001"].parts == "field"
        note = run_of(db, run)
        assert (note.state, note.done, note.unchanged, note.rejected) == ("ready", 4, 1, 1)


def test_applying_ends_exactly_where_the_preview_and_the_command_end(
    store: Database, previews: Previews, detailed: Writes, catalogue: Writes, now: datetime,
    tmp_path: Path,
) -> None:  # fmt: skip
    first = detailed(*(a_record(f"1.{n:06}") for n in range(5)))
    second = catalogue(*(a_row(f"1.{n:06}") for n in range(3, 8)), name="b.csv")
    third = detailed(
        *(a_record(f"1.{n:06}", requirements="Mới" * (n % 2)) for n in range(4)), name="c.jsonl"
    )
    other = Database(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    Base.metadata.create_all(other.engine)
    with other.write() as db:
        for path in (first, second, third):
            take(db, path, now)
        expected = state(db)
    for path in (first, second, third):
        run = previews(path)
        with store.read() as db:
            promised = {row.code: row.after for row in rows(db, run).values()}
        apply(store, run, None, now)
        with store.read() as db:
            items = db.execute(select(ContentItem.key, ContentItem.sha256)).all()
            assert promised.items() <= {row.key: row.sha256 for row in items}.items()
            assert run_of(db, run).state == RunState.DONE
    with store.read() as db:
        assert state(db) == expected
    other.dispose()


def test_everything_applied_at_once_is_one_revision_and_stands_in_the_log(
    store: Database, previews: Previews, detailed: Writes, now: datetime
) -> None:
    run = previews(detailed(*(a_record(f"1.{n:06}") for n in range(450))))
    done = apply(store, run, None, now)
    assert (len(done.codes), done.stale) == (450, [])
    with store.read() as db:
        assert revisions.current(db)[Area.PROCEDURES] == 1
        assert db.scalar(select(func.count()).select_from(ContentVersion)) == 450
        log = db.scalars(select(StaffAction.action)).all()
        assert log == ["content.import-apply"]


def test_one_by_one_applies_only_what_was_chosen(
    store: Database, previews: Previews, detailed: Writes, now: datetime
) -> None:
    run = previews(detailed(a_record("1.000001"), a_record("1.000002")))
    with store.read() as db:
        chosen = rows(db, run)["1.000002"].id
    apply(store, run, [chosen], now)
    with store.read() as db:
        assert db.scalars(select(ContentItem.key)).all() == ["1.000002"]
        found = rows(db, run)
        assert [row.verdict for row in found.values()] == ["waiting", "applied"]
        assert run_of(db, run).state == RunState.READY
    apply(store, run, [chosen], now)
    with store.write() as db:
        others = [rows(db, run)["1.000001"].id]
        import_applying.reject(db, run, others, words="Chưa đúng", by="duyet", now=now)
        db.commit()
        assert run_of(db, run).state == RunState.DONE
        assert rows(db, run)["1.000001"].words == "Chưa đúng"
        with pytest.raises(ImportRefused):
            import_applying.apply(db, run, None, by="duyet", now=now, serves=SERVES)


def test_a_page_that_changed_since_the_preview_is_refused_and_named_until_looked_at_again(
    store: Database, previews: Previews, detailed: Writes, now: datetime
) -> None:
    taken(store, detailed(a_record("1.000001"), a_record("1.000002")), now)
    newer = detailed(
        a_record("1.000001", field="Mới"), a_record("1.000002", field="Mới"), name="b.jsonl"
    )
    run = previews(newer)
    taken(store, detailed(a_record("1.000001", requirements="Đổi sau"), name="c.jsonl"), now)
    done = apply(store, run, None, now)
    assert (done.codes, done.stale) == (["1.000002"], ["1.000001"])
    with store.write() as db:
        assert rows(db, run)["1.000001"].verdict == Verdict.STALE
        assert run_of(db, run).state == RunState.READY
        found = import_applying.look_again(db, run, now=now, serves=SERVES, districts=True)
        db.commit()
        assert found == 1
        assert rows(db, run)["1.000001"].parts.split() == ["field", "conditions"]
    assert apply(store, run, None, now).codes == ["1.000001"]


def test_what_was_withdrawn_since_counts_as_changed(
    store: Database, previews: Previews, detailed: Writes, now: datetime
) -> None:
    taken(store, detailed(a_record()), now)
    run = previews(detailed(a_record(field="Mới"), name="b.jsonl"))
    with store.write() as db:
        db.scalars(select(ContentItem)).one().state = State.WITHDRAWN
        db.commit()
    assert apply(store, run, None, now).stale == ["1.001193"]


def test_what_is_no_longer_named_becomes_a_task_and_is_never_withdrawn_by_itself(
    store: Database, previews: Previews, detailed: Writes, now: datetime
) -> None:
    taken(store, detailed(*(a_record(f"1.{n:06}") for n in range(100))), now)
    run = previews(detailed(*(a_record(f"1.{n:06}") for n in range(98))), partial=False)
    with store.read() as db:
        found = rows(db, run)
        assert {row.found for row in found.values()} == {Found.GONE}
        assert sorted(found) == ["1.000098", "1.000099"]
    apply(store, run, None, now)
    with store.read() as db:
        told = db.scalars(select(Task.subject).where(Task.kind == "withdraw-proposed")).all()
        assert sorted(told) == ["/thu-tuc/1.000098", "/thu-tuc/1.000099"]
        assert set(db.scalars(select(ContentItem.state))) == {State.PUBLISHED}


def test_more_than_two_per_cent_gone_stops_the_import_with_the_numbers(
    store: Database, previews: Previews, detailed: Writes, now: datetime
) -> None:
    taken(store, detailed(*(a_record(f"1.{n:06}") for n in range(100))), now)
    fewer = detailed(*(a_record(f"1.{n:06}", field="Mới") for n in range(97)), name="b.jsonl")
    run = previews(fewer, partial=False)
    with store.read() as db:
        note = run_of(db, run)
        assert note.state == RunState.FAILED
        assert "thiếu 3 trong 100 thủ tục" in note.problem
        assert rows(db, run) == {}
    with store.write() as db, pytest.raises(BadFile, match="3 trong 100"):
        take(db, fewer, now, partial=False)
    assert previews(fewer, partial=True)


def test_the_other_source_is_not_asked_what_it_lacks(
    store: Database, previews: Previews, detailed: Writes, catalogue: Writes, now: datetime
) -> None:
    taken(store, detailed(*(a_record(f"1.{n:06}") for n in range(10))), now)
    run = previews(catalogue(a_row("1.000001")), partial=False)
    with store.read() as db:
        assert run_of(db, run).state == RunState.READY
