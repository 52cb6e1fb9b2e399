"""Reports from the database, on both kinds: counted, frozen, kept, issued, and never changed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import chain, profile
from portal.database import Database
from portal.keys import KeyRing
from reports import building, form
from reports.errors import CannotIssue, NoReport, ReportRefused
from reports.models import IssuedReportChanged, Report
from reports.periods import Period, Window
from reports.record import Frozen
from tests.reports.making import BEFORE, END, IN_PERIOD, a_fact, a_question, keep_case

AFTERWARDS = END + timedelta(days=2)
Q4 = Window(Period(2026, "Q4"))


def made(db: Session, window: Window = Q4) -> Frozen:
    return building.build(
        db,
        kind="feedback",
        window=window,
        form=form.load("II.05a"),
        profile=profile.load("quangnam"),
    )


@pytest.fixture
def cases(db: Session, ring: KeyRing) -> Session:
    """Two old cases, one of them answered in the quarter; two new petitions, a question; noise."""
    answered = a_fact(finished=True, published=True)
    keep_case(db, ring, answered, BEFORE, IN_PERIOD)
    keep_case(db, ring, answered, BEFORE, BEFORE + timedelta(days=2))
    keep_case(db, ring, a_fact(competence="other", transferred=True), IN_PERIOD, IN_PERIOD)
    keep_case(db, ring, a_fact(field="Hộ tịch"), IN_PERIOD, END - timedelta(days=1))
    keep_case(db, ring, a_question(), IN_PERIOD)
    keep_case(db, ring, a_fact(), END, END)
    db.commit()
    return db


def test_a_small_example_counted_by_hand(cases: Session) -> None:
    found = made(cases).figures
    assert [(row.field, row.values["tn_tong"]) for row in found.rows] == [
        ("Đất đai", 2), ("Hộ tịch", 1),
    ]  # fmt: skip
    assert {key: number for key, number in found.total.values.items() if number} == {
        "tn_tong": 3, "tn_hanh_vi": 3, "tn_ky_truoc": 1, "tn_moi": 2, "tq_tong": 2, "tq_xong": 1,
        "tq_xong_hanh_vi": 1, "tq_dang": 1, "tq_dang_hanh_vi": 1, "chuyen": 1, "dang_tai": 1,
    }  # fmt: skip
    assert {row.kind: row.new for row in found.annex} == {
        "question": 1, "website": 0, "praise": 0, "info_request": 0, "own_data": 0,
    }  # fmt: skip


def test_as_of_an_earlier_day_later_steps_have_not_happened(cases: Session) -> None:
    before_anything = made(cases, Window(Period(2026, "Q4"), date(2026, 9, 20))).figures
    assert before_anything.total.values["tn_tong"] == 1
    assert before_anything.total.values["chua_phan_loai"] == 1
    assert before_anything.label.endswith("tính đến ngày 20/9/2026")
    assert not before_anything.finished


def test_the_same_cases_give_the_same_fingerprint_and_one_draft(
    cases: Session, now: datetime
) -> None:
    first = building.keep(cases, made(cases), by="lan", now=now)
    again = building.keep(cases, made(cases), by="minh", now=now + timedelta(hours=1))
    assert (first.id, first.created_by) == (again.id, "lan")
    assert building.thaw(first) == made(cases)


def test_nothing_of_the_sender_stands_in_what_is_kept(cases: Session, now: datetime) -> None:
    report = building.keep(cases, made(cases), by="lan", now=now)
    assert "riêng" not in report.figures + report.cases


def test_a_whole_period_that_is_over_can_be_issued_and_its_amendments_are_numbered(
    cases: Session, ring: KeyRing, now: datetime
) -> None:
    first = building.keep(cases, made(cases), by="lan", now=now)
    assert building.issue(cases, first.id, by="minh", now=AFTERWARDS).number == 1
    keep_case(cases, ring, a_fact(), IN_PERIOD)
    second = building.keep(cases, made(cases), by="lan", now=AFTERWARDS)
    assert second.id != first.id
    assert building.issue(cases, second.id, by="minh", now=AFTERWARDS).number == 2
    cases.commit()
    assert chain.verify(cases, "staff") == 4


def test_an_issued_report_begins_a_new_draft_and_stays_as_it_is(
    cases: Session, now: datetime
) -> None:
    first = building.keep(cases, made(cases), by="lan", now=now)
    building.issue(cases, first.id, by="minh", now=AFTERWARDS)
    assert building.keep(cases, made(cases), by="lan", now=AFTERWARDS).id != first.id


@pytest.mark.parametrize("name", ["figures", "cases", "digest", "period", "issued_by", "number"])
def test_nothing_of_an_issued_report_can_be_changed(
    cases: Session, now: datetime, name: str
) -> None:
    report = building.keep(cases, made(cases), by="lan", now=now)
    building.issue(cases, report.id, by="minh", now=AFTERWARDS)
    setattr(report, name, 7 if name == "number" else "khác")
    with pytest.raises(IssuedReportChanged):
        cases.flush()


def test_an_issued_report_is_never_deleted(cases: Session, now: datetime) -> None:
    report = building.keep(cases, made(cases), by="lan", now=now)
    building.issue(cases, report.id, by="minh", now=AFTERWARDS)
    cases.delete(report)
    with pytest.raises(IssuedReportChanged):
        cases.flush()


def test_the_figures_of_a_draft_cannot_be_changed_either(cases: Session, now: datetime) -> None:
    report = building.keep(cases, made(cases), by="lan", now=now)
    report.figures = "{}"
    with pytest.raises(IssuedReportChanged):
        cases.flush()


def test_figures_that_were_tampered_with_are_noticed(cases: Session, now: datetime) -> None:
    report = building.keep(cases, made(cases), by="lan", now=now)
    cases.commit()
    cases.execute(
        Report.__table__.update().values(cases=report.cases.replace("Đất đai", "Đất hoang"))
    )
    cases.refresh(report)
    with pytest.raises(ValueError, match="fingerprint"):
        building.thaw(report)


def test_a_report_as_of_a_day_is_never_issued(cases: Session, now: datetime) -> None:
    window = Window(Period(2026, "Q4"), date(2026, 11, 23))
    report = building.keep(cases, made(cases, window), by="lan", now=now)
    with pytest.raises(CannotIssue, match="chưa kết thúc"):
        building.issue(cases, report.id, by="minh", now=AFTERWARDS)


def test_a_report_is_not_issued_before_its_period_is_over(cases: Session, now: datetime) -> None:
    report = building.keep(cases, made(cases), by="lan", now=now)
    with pytest.raises(CannotIssue, match="chưa kết thúc"):
        building.issue(cases, report.id, by="minh", now=END - timedelta(minutes=1))
    assert building.issue(cases, report.id, by="minh", now=END).number == 1


def test_a_report_is_not_issued_twice(cases: Session, now: datetime) -> None:
    report = building.keep(cases, made(cases), by="lan", now=now)
    building.issue(cases, report.id, by="minh", now=AFTERWARDS)
    with pytest.raises(CannotIssue, match="đã ban hành"):
        building.issue(cases, report.id, by="minh", now=AFTERWARDS)


def test_a_report_that_is_not_there_is_not_found(db: Session, now: datetime) -> None:
    for report_id in (4711, 10**15):
        with pytest.raises(NoReport):
            building.issue(db, report_id, by="minh", now=now)


def test_an_unknown_kind_of_report_is_refused() -> None:
    with pytest.raises(ReportRefused, match="feedback"):
        building.form_of("weather")


def test_an_empty_register_gives_a_report_of_zeros(store: Database) -> None:
    with store.read() as db:
        found = made(db).figures
        assert db.scalar(select(Report)) is None
    assert found.rows == ()
    assert set(found.total.values.values()) == {0}


@pytest.mark.parametrize("tenant", ["quangnam", "danang"])
def test_every_tenant_reports_in_its_own_name(db: Session, tenant: str) -> None:
    office = profile.load(tenant)
    found = building.build(
        db, kind="feedback", window=Q4, form=form.load("II.05a"), profile=office
    ).figures
    assert found.head.organisation == office.organisation.name
    assert found.head.form_code == f"II.05a/{office.form_suffix}"
    assert found.scope == tenant


def test_two_reports_of_a_period_issued_at_the_same_time_get_two_numbers(
    store: Database, ring: KeyRing, now: datetime
) -> None:
    drafts = []
    for _draft in range(2):
        with store.write() as db:
            keep_case(db, ring, a_fact(), IN_PERIOD)
            drafts.append(building.keep(db, made(db), by="lan", now=now).id)
            db.commit()

    def issue(report_id: int) -> int | None:
        with store.write() as db:
            number = building.issue(db, report_id, by="minh", now=AFTERWARDS).number
            db.commit()
            return number

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(issue, drafts), key=str) == [1, 2]


def test_figures_that_contradict_the_office_s_own_form_are_not_printed(
    cases: Session, tmp_path: Path
) -> None:
    text = (form.FOLDER / "II.05a.yaml").read_text("utf-8")
    wrong = text.replace("tn_tong = tn_ky_truoc + tn_moi", "tn_tong = tn_moi")
    (tmp_path / "II.05a.yaml").write_text(wrong, "utf-8")
    with pytest.raises(ReportRefused, match="«Đất đai» không khớp"):
        building.build(
            cases,
            kind="feedback",
            window=Q4,
            form=building.form_of("feedback", tmp_path),
            profile=profile.load("quangnam"),
        )
