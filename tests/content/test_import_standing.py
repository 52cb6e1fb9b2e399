"""What an import leaves standing: local truth, whole runs after a fault, good lines beside bad."""

import gzip
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from content import import_applying, import_runs, national_export
from content.import_models import Found, ImportRun, RunState
from content.merging import edited_text
from content.models import ContentItem, ContentVersion, Origin, Source
from content.publishing import Publication
from content.shapes import LocalFact, LocalPart, Procedure
from content.taking_in import take_in
from portal.canonical import digest
from portal.database import Database
from tests.content.exports import SERVES, Writes, a_record
from tests.content.previewing import Previews, apply, rows, run_of, taken


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
