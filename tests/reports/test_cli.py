"""`flask reports build`: two files and one line, or one sentence and nothing."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from portal import clock
from portal.keys import KeyRing
from tests.reports.making import IN_PERIOD, a_fact, a_question, keep_case

TODAY = datetime(2026, 11, 23, 3, tzinfo=UTC)
AFTER = datetime(2026, 12, 20, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AFTER)


@pytest.fixture
def site(app: Flask, ring: KeyRing) -> Flask:
    with app.extensions["portal"].database.write() as db:
        keep_case(db, ring, a_fact(finished=True), IN_PERIOD, IN_PERIOD)
        keep_case(db, ring, a_question(), IN_PERIOD)
        db.commit()
    return app


def run(site: Flask, *arguments: object) -> Result:
    words = ("reports", "build", *(str(word) for word in arguments))
    return site.test_cli_runner().invoke(args=list(words))


def test_it_writes_workbook_and_report_and_says_one_line(site: Flask, tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    said = run(site, "--kind", "feedback", "--period", "2026-Q4", "--out", out)
    assert said.exit_code == 0, said.output
    assert sorted(path.name for path in out.iterdir()) == ["pakn-2026-Q4.docx", "pakn-2026-Q4.xlsx"]
    assert said.output.count("\n") == 1
    assert "Quý IV năm 2026" in said.output
    assert "1 PAKN" in said.output


def test_for_machines_it_tells_every_figure_by_its_key(site: Flask, tmp_path: Path) -> None:
    said = run(site, "--kind", "feedback", "--period", "2026-Q4", "--out", tmp_path, "--json")
    told = json.loads(said.output)
    assert (told["kind"], told["period"], told["by"]) == ("feedback", "2026-Q4", "nd09")
    assert (told["from"], told["to"], told["as_of"]) == ("2026-09-15", "2026-12-14", None)
    assert told["finished"] is True
    assert len(told["total"]) == 15
    assert (told["total"]["tn_tong"], told["total"]["tq_xong"]) == (1, 1)
    assert told["rows"] == [{"linh_vuc": "Đất đai"} | told["total"]]
    assert told["footnotes"]["khong_tiep_nhan"] == 0
    assert told["annex"] == {
        "question": 1,
        "website": 0,
        "praise": 0,
        "info_request": 0,
        "own_data": 0,
    }
    assert [Path(path).is_file() for path in told["files"]] == [True, True]
    assert len(told["sha256"]) == 64


def test_the_same_cases_give_the_same_bytes(site: Flask, tmp_path: Path) -> None:
    for name in ("a", "b"):
        run(site, "--kind", "feedback", "--period", "2026-Q4", "--out", tmp_path / name)
    for file in ("pakn-2026-Q4.docx", "pakn-2026-Q4.xlsx"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_an_unfinished_period_says_up_to_when(
    site: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: TODAY)
    base = ("--kind", "feedback", "--period", "2026-Q4", "--out", tmp_path)
    assert "tính đến ngày 23/11/2026" in run(site, *base).output
    told = json.loads(run(site, *base, "--as-of", "2026-10-01", "--json").output)
    assert (told["as_of"], told["finished"], told["total"]["tn_tong"]) == ("2026-10-01", False, 0)


def test_the_calendar_rule_gives_other_days(site: Flask, tmp_path: Path) -> None:
    base = ("--kind", "feedback", "--period", "2026-Q3", "--out", tmp_path, "--json")
    told = json.loads(run(site, *base, "--by", "calendar").output)
    assert (told["from"], told["to"], told["by"]) == ("2026-07-01", "2026-09-30", "calendar")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"--kind": "weather"}, "Loại báo cáo phải là: feedback"),
        ({"--kind": None}, "Loại báo cáo phải là: feedback"),
        ({"--period": "2026-Q5"}, "Không hiểu kỳ báo cáo"),
        ({"--period": None}, "Không hiểu kỳ báo cáo"),
        ({"--period": "2027-Q2"}, "chưa bắt đầu"),
        ({"--by": "lunar"}, "nd09 hoặc calendar"),
        ({"--as-of": "2026-13-01"}, "Không hiểu ngày"),
        ({"--as-of": ""}, "Không hiểu ngày"),
        ({"--as-of": "2026-01-01"}, "nằm ngoài kỳ"),
        ({"--out": None}, "thư mục để ghi"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(
    site: Flask, tmp_path: Path, changed: dict[str, str | None], said: str
) -> None:
    out = tmp_path / "out"
    given: dict[str, object] = {"--kind": "feedback", "--period": "2026-Q4", "--out": out}
    words = [word for pair in (given | changed).items() if pair[1] is not None for word in pair]
    answer = run(site, *words)
    assert answer.exit_code == 1
    assert said in answer.output
    assert "Traceback" not in answer.output
    assert not out.exists()


def test_a_folder_that_is_a_file_is_refused(site: Flask, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    answer = run(site, "--kind", "feedback", "--period", "2026-Q4", "--out", tmp_path / "file")
    assert answer.exit_code == 1
    assert "Không ghi được" in answer.output
    assert (tmp_path / "file").read_text() == "x"


def test_when_one_file_cannot_be_written_none_is(site: Flask, tmp_path: Path) -> None:
    (tmp_path / "pakn-2026-Q4.docx").mkdir()
    answer = run(site, "--kind", "feedback", "--period", "2026-Q4", "--out", tmp_path)
    assert answer.exit_code == 1
    assert [path.name for path in tmp_path.glob("*pakn*")] == ["pakn-2026-Q4.docx"]


def test_an_office_form_with_a_slip_is_named(site: Flask, tmp_path: Path) -> None:
    own = site.extensions["portal"].settings.var / "forms"
    own.mkdir(parents=True)
    (own / "II.05a.yaml").write_text("code: [")
    answer = run(site, "--kind", "feedback", "--period", "2026-Q4", "--out", tmp_path / "out")
    assert answer.exit_code == 1
    assert "II.05a.yaml" in answer.output


def test_a_database_that_is_not_ready_is_one_sentence(site: Flask, tmp_path: Path) -> None:
    from portal.database import Base

    Base.metadata.drop_all(site.extensions["portal"].database.engine)
    answer = run(site, "--kind", "feedback", "--period", "2026-Q4", "--out", tmp_path / "out")
    assert answer.exit_code == 1
    assert "make run" in answer.output
