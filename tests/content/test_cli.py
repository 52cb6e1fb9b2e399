"""The commands of the content room, run as somebody at a terminal runs them."""

import json
from pathlib import Path

from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from content.models import ContentItem, ContentVersion
from portal.tasks import Task
from search_index.models import SearchRow
from tests.content.exports import Record, Writes, a_record, a_row


def run(app: Flask, *arguments: str | Path) -> Result:
    return app.test_cli_runner().invoke(args=["content", *map(str, arguments)])


def kept(app: Flask) -> int:
    with app.extensions["portal"].database.read() as db:
        return db.scalar(select(func.count()).select_from(ContentItem)) or 0


def test_an_import_says_one_line_and_how_search_follows(app: Flask, detailed: Writes) -> None:
    result = run(app, "import-procedures", detailed(a_record()))
    assert result.exit_code == 0, result.output
    assert "Đã nạp 1 bản ghi: 1 mới, 0 đổi, 0 như cũ, 0 không nhận" in result.output
    assert "flask index refresh" in result.output
    assert kept(app) == 1


def test_json_is_all_that_is_printed_for_machines(app: Flask, catalogue: Writes) -> None:
    path = catalogue(a_row(), a_row("1.0133611"), a_row("1.000002", name=""))
    result = run(app, "import-procedures", path, "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert set(found) == {
        "read", "created", "updated", "unchanged", "rejected", "errors", "findings", "gone",
    }  # fmt: skip
    assert found["read"] == sum(
        found[name] for name in ("created", "updated", "unchanged", "rejected")
    )
    assert found["errors"] == [{"line": 4, "reason": "Thiếu tên thủ tục."}]
    assert [finding["code"] for finding in found["findings"]] == ["1.0133611"]


def test_a_broken_line_is_named_the_others_stay_and_the_exit_code_says_so(
    app: Flask, detailed: Writes
) -> None:
    result = run(app, "import-procedures", detailed(a_record(), "{"))
    assert result.exit_code == 1
    assert "Dòng 2: Dòng không phải một bản ghi JSON đọc được." in result.output
    assert kept(app) == 1


def test_a_dry_run_tells_the_same_and_keeps_nothing(app: Flask, detailed: Writes) -> None:
    result = run(app, "import-procedures", detailed(a_record()), "--dry-run")
    assert result.exit_code == 0
    assert "Thử 1 bản ghi: 1 mới" in result.output
    assert kept(app) == 0


def test_a_file_torn_in_the_middle_leaves_nothing_half_written(
    app: Flask, detailed: Writes
) -> None:
    path = detailed(*(a_record(f"1.{number:06}") for number in range(600)))
    path.write_bytes(path.read_bytes()[:-20])
    result = run(app, "import-procedures", path)
    assert result.exit_code == 1
    assert result.output.strip().endswith("bị cụt hoặc hỏng; chưa nạp gì.")
    assert "Traceback" not in result.output
    assert kept(app) == 0


def test_drafts_are_not_shown(app: Flask, detailed: Writes) -> None:
    assert run(app, "import-procedures", detailed(a_record()), "--draft").exit_code == 0
    with app.extensions["portal"].database.read() as db:
        assert db.scalars(select(ContentVersion)).all() == []
        assert db.scalars(select(SearchRow)).all() == []


def codes(first: int, last: int) -> list[Record]:
    return [a_record(f"1.{number:06}") for number in range(first, last)]


def test_a_second_file_that_lacks_too_much_is_refused_with_the_numbers(
    app: Flask, detailed: Writes
) -> None:
    run(app, "import-procedures", detailed(*codes(0, 100)))
    fewer = detailed(*codes(3, 101), name="b.jsonl")
    result = run(app, "import-procedures", fewer)
    assert result.exit_code == 1
    assert "Tệp thiếu 3 trong 100 thủ tục" in result.output
    assert kept(app) == 100
    assert run(app, "import-procedures", fewer, "--partial").exit_code == 0
    assert kept(app) == 101


def test_what_a_second_file_lacks_is_listed_and_left_to_a_person(
    app: Flask, detailed: Writes
) -> None:
    run(app, "import-procedures", detailed(*codes(0, 100)))
    result = run(app, "import-procedures", detailed(*codes(1, 100), name="b.jsonl"))
    assert result.exit_code == 0
    assert "Không còn trong nguồn: 1.000000" in result.output
    found = json.loads(
        run(app, "import-procedures", detailed(*codes(1, 100), name="c.jsonl"), "--json").stdout
    )
    assert [one["code"] for one in found["gone"]] == ["1.000000"]
    with app.extensions["portal"].database.read() as db:
        told = db.scalars(select(Task.subject).where(Task.kind == "withdraw-proposed")).all()
        assert set(told) == {"/thu-tuc/1.000000"}
        assert set(db.scalars(select(ContentItem.state))) == {"published"}


def test_a_preview_is_kept_for_the_desk_and_publishes_nothing(app: Flask, detailed: Writes) -> None:
    result = run(app, "import-procedures", detailed(*codes(0, 3), "{"), "--preview")
    assert result.exit_code == 0, result.output
    assert "Đã xem trước 4 bản ghi: 3 mới, 0 đổi" in result.output
    assert "/quan-tri/nhap-thu-tuc/1" in result.output
    assert kept(app) == 0
    found = json.loads(
        run(app, "import-procedures", detailed(*codes(0, 3)), "--preview", "--json").stdout
    )
    assert (found["run"], found["new"], found["gone"]) == (2, 3, 0)


def test_a_rescinded_procedure_is_proposed_for_withdrawal_not_withdrawn(
    app: Flask, detailed: Writes
) -> None:
    path = detailed(a_record(status="Bãi bỏ", effective_from="2026-07-01", replaced_by="1.000002"))
    assert run(app, "import-procedures", path).exit_code == 0
    with app.extensions["portal"].database.read() as db:
        assert db.scalars(select(Task.kind)).all() == ["withdraw-proposed"]
        assert db.scalars(select(ContentItem.state)).all() == ["published"]


def test_the_library_loads_once(app: Flask) -> None:
    first, second = run(app, "load-library"), run(app, "load-library")
    assert first.exit_code == second.exit_code == 0
    assert "; 0 mục mới hoặc đổi." in second.output


def test_a_library_folder_without_files_is_refused(app: Flask, tmp_path: Path) -> None:
    result = run(app, "load-library", "--folder", tmp_path)
    assert result.exit_code == 1
    assert "không có tệp nội dung nào" in result.output
