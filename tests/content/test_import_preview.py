"""Looking at an import before it is applied: the same function, with and without commit."""

import gzip
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import import_applying, import_runs, national_export
from content.errors import BadFile, ImportRefused
from content.import_models import Found, ImportChange, ImportRun, RunState, Verdict
from content.merging import edited_text
from content.models import ContentItem, ContentVersion, Origin, Source, State
from content.publishing import Publication
from content.shapes import LocalFact, LocalPart, Procedure
from content.taking_in import take_in
from portal import revisions
from portal.canonical import digest
from portal.database import Base, Database
from portal.revisions import Area
from portal.staff.models import StaffAction
from portal.tasks import Task
from tests.content.exports import SERVES, Writes, a_record, a_row, state, take

Previews = Callable[..., int]


@pytest.fixture
def previews(store: Database, now: datetime) -> Previews:
    """`previews(path)` looks at a file and gives the number of the run."""

    def look(path: Path, *, partial: bool = True) -> int:
        with store.write() as db:
            run = import_runs.begin(
                db, by="bien-tap", file_name=path.name, now=now, partial=partial
            ).id
            db.commit()
        import_runs.preview(store, run, path, now=now, serves=SERVES, districts=True)
        return run

    return look


def rows(db: Session, run: int) -> dict[str, ImportChange]:
    db.expire_all()
    found = select(ImportChange).where(ImportChange.run_id == run).order_by(ImportChange.id)
    return {row.code: row for row in db.scalars(found)}


def run_of(db: Session, run: int) -> ImportRun:
    db.expire_all()
    found = db.get(ImportRun, run)
    assert found is not None
    return found


def apply(store: Database, run: int, ids: list[int] | None, now: datetime) -> Any:
    with store.write() as db:
        done = import_applying.apply(db, run, ids, by="duyet", now=now, serves=SERVES)
        db.commit()
    return done


def taken(store: Database, path: Path, now: datetime) -> None:
    with store.write() as db:
        take(db, path, now)
        db.commit()


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


def edited(store: Database, procedure: Procedure, now: datetime) -> None:
    with store.write() as db:
        publication = Publication(db, now, Origin.EDITOR)
        take_in(publication, Source.EDITED, [procedure], serves=SERVES)
        db.commit()


def local_facts(now: datetime) -> tuple[LocalFact, ...]:
    told = {
        LocalPart.FEE: "5.000 đồng", LocalPart.DISCOUNT: "Giảm một nửa khi nộp trực tuyến",
        LocalPart.TIME: "Rút còn 2 ngày làm việc", LocalPart.FORM: "Mẫu của tỉnh",
        LocalPart.ADDRESS: "Quầy số 3", LocalPart.HOURS: "7 giờ 30 đến 11 giờ 30",
    }  # fmt: skip
    return tuple(
        LocalFact(part=part, text=text, source="Nghị quyết thử", since=now.date(),
                  checked_on=now.date())
        for part, text in told.items()
    )  # fmt: skip


def test_local_truth_outlives_an_import_and_the_preview_says_what_changed_beneath(
    store: Database, previews: Previews, detailed: Writes, now: datetime
) -> None:
    taken(store, detailed(a_record()), now)
    facts = local_facts(now)
    mended = Procedure.model_construct(
        code="1.001193", name="", local=facts, conditions="Do Trung tâm viết"
    )
    assert "Trung tâm viết" in edited_text(mended)
    edited(store, mended, now)
    run = previews(detailed(a_record(requirements="Có", field="Mới"), name="b.jsonl"))
    with store.read() as db:
        row = rows(db, run)["1.001193"]
        assert (row.parts, row.beneath) == ("field", "conditions")
    apply(store, run, None, now)
    with store.read() as db:
        item = db.scalars(select(ContentItem)).one()
        text = db.scalars(
            select(ContentVersion.text).where(ContentVersion.number == item.version)
        ).one()
        shown = Procedure.model_validate_json(text)
    assert shown.local == facts
    assert (shown.conditions, shown.field) == ("Do Trung tâm viết", "Mới")
    assert digest(text) == item.sha256


def test_a_record_that_changes_only_beneath_is_applied_without_a_new_version(
    store: Database, previews: Previews, detailed: Writes, now: datetime
) -> None:
    taken(store, detailed(a_record()), now)
    mended = Procedure.model_construct(code="1.001193", name="", conditions="Của Trung tâm")
    edited(store, mended, now)
    run = previews(detailed(a_record(requirements="Có"), name="b.jsonl"))
    with store.read() as db:
        assert rows(db, run)["1.001193"].found == Found.BENEATH
    apply(store, run, None, now)
    with store.read() as db:
        assert db.scalars(select(ContentItem.version)).all() == [2]


def test_a_preview_cut_short_begins_anew_and_ends_alike(
    store: Database, previews: Previews, detailed: Writes, now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    path = detailed(*(a_record(f"1.{n:06}") for n in range(450)))
    keep, kept = import_runs._keep, []

    def killed(*arguments: Any, **options: Any) -> None:
        kept.append(1)
        if len(kept) == 2:
            raise KeyboardInterrupt
        keep(*arguments, **options)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(import_runs, "_keep", killed)
        previews(path)
    with store.read() as db:
        run = db.scalars(select(ImportRun)).one()
        assert (run.state, run.done) == (RunState.WAITING, 200)
    later = now + timedelta(minutes=5)
    import_runs.preview(store, run.id, path, now=now, serves=SERVES, districts=True)
    with store.read() as db:
        assert len(rows(db, run.id)) == 200  # still held by whoever was at it
    import_runs.preview(store, run.id, path, now=later, serves=SERVES, districts=True)
    with store.read() as db:
        assert len(rows(db, run.id)) == 450
        assert run_of(db, run.id).state == RunState.READY


def test_applying_that_is_cut_short_leaves_nothing_and_can_be_repeated(
    store: Database, previews: Previews, detailed: Writes, now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    run = previews(detailed(*(a_record(f"1.{n:06}") for n in range(450))))
    with store.write() as db:
        import_applying.ask_to_apply(db, run, by="duyet", now=now)
        db.commit()
    calls: list[int] = []
    check = import_applying._check

    def killed(*arguments: Any) -> None:
        calls.append(1)
        if len(calls) == 300:
            raise KeyboardInterrupt
        check(*arguments)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(import_applying, "_check", killed)
        apply(store, run, None, now)
    with store.read() as db:
        assert db.scalars(select(ContentItem)).all() == []
        assert run_of(db, run).state == RunState.APPLYING
        assert import_runs.waiting(db) == [(run, "applying", "")]
    assert len(apply(store, run, None, now).codes) == 450


def test_outdated_words_are_flagged_in_the_preview(
    store: Database, previews: Previews, detailed: Writes, now: datetime
) -> None:
    run = previews(
        detailed(a_record("1.000001", steps="Xuất trình CMND và sổ hộ khẩu"), a_record("1.000002"))
    )
    with store.read() as db:
        assert rows(db, run)["1.000001"].flags == "id-card household-book"
        assert rows(db, run)["1.000002"].flags == ""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "rỗng"),
        (gzip.compress(json.dumps(a_record()).encode() * 300)[:-30], "bị cụt hoặc hỏng"),
        (gzip.compress(b"\n" * 300_000), "hơn 200000 dòng"),
        ("code,name\n1,Tên".encode("utf-16"), "UTF-16"),
        ("mã;tên\n1;Tên".encode("cp1258", "replace"), "thiếu cột"),
        (b"\0" * 5000, "thiếu cột"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "kiểu cũ"),
    ],
)
def test_a_hostile_file_ends_with_a_sentence_and_leaves_no_record(
    store: Database, previews: Previews, tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "tep"
    path.write_bytes(content)
    run = previews(path)
    with store.read() as db:
        note = run_of(db, run)
        assert note.state == RunState.FAILED
        assert sentence in note.problem
        assert rows(db, run) == {}


def test_a_file_that_swells_beyond_measure_is_stopped_on_the_way(
    store: Database, previews: Previews, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(national_export, "LONGEST_FILE_BYTES", 20_000_000)
    path = tmp_path / "bom.gz"
    path.write_bytes(gzip.compress(b'{"code": "' + b"x" * 40_000_000 + b'"}'))
    with store.read() as db:
        assert "khi giải nén" in run_of(db, previews(path)).problem


def test_bad_lines_are_listed_and_the_good_ones_still_wait(
    store: Database, previews: Previews, detailed: Writes, now: datetime
) -> None:
    run = previews(
        detailed(
            a_record("1.000001"), a_record("1.000001"), a_record("1.000002", name="A\0B"),
            b'{"code": "1.000003", "name": "\xe1"}', '{"code": "' + "x" * 5_000_000 + '"}',
            a_record("1.000004", name="=HYPERLINK(1)"),
        )
    )  # fmt: skip
    with store.read() as db:
        assert sorted(rows(db, run)) == ["1.000001", "1.000004"]
        lines = [line for line, _code, _reason in json.loads(run_of(db, run).problems)]
        assert lines == [2, 3, 4, 5]
        assert run_of(db, run).rejected == 4
