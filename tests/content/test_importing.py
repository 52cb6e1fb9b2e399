"""Taking in the national export, on both databases."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.errors import BadFile
from content.importing import Outcome
from content.models import (
    ContentItem,
    ContentVersion,
    ProcedureLevel,
    ProcedureRow,
    State,
)
from content.shapes import Procedure
from portal import events, revisions
from portal.canonical import digest
from portal.revisions import Area
from search_index.models import SearchRow
from tests.content.exports import Writes, a_record, a_row, state, take


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    return outcome.created, outcome.updated, outcome.unchanged, outcome.rejected


def shown(db: Session, code: str) -> Procedure:
    """The procedure as its newest version says it."""
    text = db.scalar(
        select(ContentVersion.text)
        .join(ContentItem, ContentItem.id == ContentVersion.item_id)
        .where(ContentItem.key == code, ContentVersion.number == ContentItem.version)
    )
    assert text is not None
    return Procedure.model_validate_json(text)


def test_records_are_published_at_once_under_one_revision(
    db: Session, detailed: Writes, now: datetime
) -> None:
    outcome = take(db, detailed(a_record("1.000001"), a_record("1.000002")), now)
    assert outcome.as_json() == {
        "read": 2, "created": 2, "updated": 0, "unchanged": 0, "rejected": 0,
        "errors": [], "findings": [], "gone": [],
    }  # fmt: skip
    assert revisions.current(db)[Area.PROCEDURES] == 1
    version = db.scalars(select(ContentVersion)).first()
    assert version is not None
    assert version.sha256 == digest(version.text)
    assert {row.revision for row in db.scalars(select(SearchRow))} == {1}


def test_the_same_file_again_changes_nothing(db: Session, detailed: Writes, now: datetime) -> None:
    path = detailed(a_record("1.000001"), a_record("1.000002"))
    take(db, path, now)
    before = state(db)
    assert counts(take(db, path, now + timedelta(days=1))) == (0, 0, 2, 0)
    assert state(db) == before
    assert revisions.current(db)[Area.PROCEDURES] == 1
    assert db.scalar(select(func.count()).select_from(ContentVersion)) == 2


def test_a_changed_record_becomes_a_new_version_and_the_old_one_stays(
    db: Session, detailed: Writes, now: datetime
) -> None:
    take(db, detailed(a_record()), now)
    assert counts(take(db, detailed(a_record(field="Khác")), now)) == (0, 1, 0, 0)
    assert shown(db, "1.001193").field == "Khác"
    assert db.scalars(select(ContentVersion.number).order_by(ContentVersion.number)).all() == [1, 2]


@pytest.mark.parametrize("detailed_first", [True, False])
def test_the_detailed_record_outranks_the_catalogue_whatever_the_order(
    db: Session, detailed: Writes, catalogue: Writes, now: datetime, detailed_first: bool
) -> None:
    files = [
        detailed(a_record(issuing_agency=None, field="Hộ tịch")),
        catalogue(a_row(field="Khác", issuing_agency="Bộ Công an"), a_row("1.000009")),
    ]
    for path in files if detailed_first else files[::-1]:
        take(db, path, now)
    found = shown(db, "1.001193")
    assert (found.field, found.issuing_agency) == ("Hộ tịch", "Bộ Công an")
    for path in [*files, *files[::-1]]:
        assert take(db, path, now).updated == 0


def test_a_catalogue_row_behind_a_detailed_record_updates_nothing_people_see(
    db: Session, detailed: Writes, catalogue: Writes, now: datetime
) -> None:
    take(db, detailed(a_record()), now)
    assert counts(take(db, catalogue(a_row(field="Khác")), now)) == (0, 0, 1, 0)


def test_a_broken_line_is_reported_and_the_others_are_loaded(
    db: Session, detailed: Writes, now: datetime
) -> None:
    path = detailed(
        a_record("1.000001"), "{hỏng", b"\xff\xfe", '{"code": NaN}', a_record("1.000002"), "[]"
    )
    outcome = take(db, path, now)
    assert counts(outcome) == (2, 0, 0, 4)
    assert [line for line, _reason in outcome.errors] == [2, 3, 4, 6]
    assert outcome.read == 6


def test_the_second_line_with_one_code_is_refused(
    db: Session, detailed: Writes, now: datetime
) -> None:
    outcome = take(db, detailed(a_record(), a_record(field="Khác")), now)
    assert outcome.errors == [(2, "Mã 1.001193 đã có ở dòng 1 của tệp này.")]
    assert shown(db, "1.001193").field == "Hộ tịch"


def test_an_odd_code_is_kept_unpublished_and_listed_as_a_finding(
    db: Session, catalogue: Writes, now: datetime
) -> None:
    outcome = take(db, catalogue(a_row("1.014955-Xoa")), now)
    assert counts(outcome) == (1, 0, 0, 0)
    assert [finding.code for finding in outcome.findings] == ["1.014955-Xoa"]
    item = db.scalars(select(ContentItem)).one()
    assert (item.state, item.version) == (State.UNPUBLISHED, 0)
    assert db.scalars(select(ProcedureRow)).all() == []
    assert counts(take(db, catalogue(a_row("1.014955-Xoa")), now)) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    "issuer",
    [
        "UBND tỉnh Đắk Lắk",
        "Trung tâm phục vụ hành chính công Thành phố Hà Nội",
        "Sở Xây dựng - tỉnh Quảng Ngãi",
    ],
)
def test_another_provinces_procedure_is_kept_but_neither_listed_nor_searched(
    db: Session, catalogue: Writes, now: datetime, issuer: str
) -> None:
    outcome = take(db, catalogue(a_row("1.000001", issuing_agency=issuer), a_row()), now)
    assert outcome.elsewhere == 1
    listed = select(ProcedureRow.code).where(ProcedureRow.listed.is_(True))
    assert db.scalars(listed).all() == ["1.001193"]
    assert db.scalars(select(SearchRow.key)).all() == ["procedure:1.001193"]
    assert shown(db, "1.000001").issuing_agency == issuer


def test_a_procedure_that_turns_out_to_be_elsewheres_leaves_the_search(
    db: Session, catalogue: Writes, now: datetime
) -> None:
    take(db, catalogue(a_row()), now)
    take(db, catalogue(a_row(issuing_agency="UBND tỉnh Gia Lai")), now)
    assert db.scalars(select(SearchRow.withdrawn)).all() == [True]


def test_an_entry_without_papers_or_legal_basis_is_short(
    db: Session, detailed: Writes, now: datetime
) -> None:
    take(
        db,
        detailed(
            a_record("1.000001", documents=[]),
            a_record("1.000002", legal_basis=[]),
            a_record("1.000003"),
        ),
        now,
    )
    rows = db.execute(select(ProcedureRow.code, ProcedureRow.short).order_by(ProcedureRow.code))
    assert [short for _code, short in rows] == [True, True, False]


def test_an_unknown_level_is_a_value_of_its_own(
    db: Session, detailed: Writes, now: datetime
) -> None:
    take(db, detailed(a_record(levels=[])), now)
    assert db.scalars(select(ProcedureLevel.level)).all() == ["unknown"]


def test_drafts_are_kept_and_shown_only_after_an_import_without_draft(
    db: Session, detailed: Writes, now: datetime
) -> None:
    path = detailed(a_record())
    assert counts(take(db, path, now, draft=True)) == (1, 0, 0, 0)
    assert counts(take(db, path, now, draft=True)) == (0, 0, 1, 0)
    assert db.scalars(select(ProcedureRow)).all() == []
    assert counts(take(db, path, now)) == (0, 1, 0, 0)
    assert counts(take(db, path, now)) == (0, 0, 1, 0)
    assert shown(db, "1.001193").decision == "163/QĐ-BTP"


def test_a_draft_leaves_what_is_published_as_it_is(
    db: Session, detailed: Writes, now: datetime
) -> None:
    take(db, detailed(a_record()), now)
    assert counts(take(db, detailed(a_record(field="Khác")), now, draft=True)) == (0, 1, 0, 0)
    assert shown(db, "1.001193").field == "Hộ tịch"
    assert counts(take(db, detailed(a_record(field="Khác")), now)) == (0, 1, 0, 0)
    assert shown(db, "1.001193").field == "Khác"


def test_what_staff_withdrew_an_import_does_not_bring_back(
    db: Session, detailed: Writes, now: datetime
) -> None:
    take(db, detailed(a_record()), now)
    item = db.scalars(select(ContentItem)).one()
    item.state, item.reason = State.WITHDRAWN, "Đã bãi bỏ."
    db.flush()
    take(db, detailed(a_record(field="Khác")), now)
    db.expire_all()
    assert (item.state, item.version) == (State.WITHDRAWN, 1)


def test_publishing_is_told_with_the_address(
    db: Session, detailed: Writes, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        events, "emit", lambda _db, name, **payload: told.append(f"{name} {payload['url']}")
    )
    path = detailed(a_record(name="Đăng ký khai sinh"))
    take(db, path, now)
    take(db, path, now)
    assert told == ["content.published /thu-tuc/1.001193-dang-ky-khai-sinh"]


def test_a_file_without_records_is_refused(db: Session, catalogue: Writes, now: datetime) -> None:
    with pytest.raises(BadFile, match="không có bản ghi nào"):
        take(db, catalogue(), now)
