"""What staff write of a procedure, over the record and the library, through every import."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import importing, merging, reading, staff_edits
from content.editorial import texts, withdrawing, workflow
from content.editorial.errors import BaseMoved
from content.errors import Withdrawn
from content.models import (
    ContentItem,
    Ending,
    InstrumentCitation,
    Kind,
    Origin,
    ProcedureSource,
    Source,
    State,
)
from content.shapes import Citation, LocalFact, LocalPart, Procedure
from portal.tasks import Task
from tests.content.editorial.clerks import (
    APPROVER,
    EDITOR,
    NOW,
    an_article,
    approved,
    library,
    versions,
)
from tests.content.exports import SERVES, a_record

CODE = "1.001193"
PLACE = (Kind.PROCEDURE, CODE, "vi")
FEE = LocalFact(
    part=LocalPart.FEE,
    text="Miễn phí khi nộp trực tuyến",
    source="Nghị quyết của Hội đồng nhân dân tỉnh",
    checked_on=date(2026, 11, 1),
)

Imports = Callable[..., None]


@pytest.fixture
def imports(db: Session, detailed: Callable[..., Path]) -> Imports:
    """`imports(field="Hộ tịch")` takes in the national record with these parts."""

    def take(**parts: Any) -> None:
        file = detailed(a_record(**parts))
        importing.import_procedures(db, file, now=NOW, serves=SERVES)

    return take


def edit(db: Session, **parts: object) -> None:
    """An editor changes these parts, a second person approves and publishes them."""
    draft = workflow.start(db, EDITOR, *PLACE)
    shape = texts.parse(Kind.PROCEDURE, "vi", workflow.current(db, draft).text)
    text = texts.text_of(shape.model_copy(update=parts))
    draft = workflow.save(db, EDITOR, draft.id, seen=draft.revision, text=text, title="x")
    workflow.submit(db, EDITOR, draft.id, seen=draft.revision)
    workflow.approve(db, APPROVER, draft.id, seen=draft.revision)
    workflow.publish(db, APPROVER, draft.id, seen=draft.revision)


def shown(db: Session) -> Procedure:
    return reading.procedure(db, CODE, "vi").procedure


def test_only_what_differs_is_kept_and_local_truth_outlives_every_import(
    db: Session, imports: Imports
) -> None:
    imports()
    edit(db, field="Hộ tịch cấp xã", local=(FEE,))
    kept = db.get_one(ProcedureSource, (CODE, Source.EDITED)).text
    assert merging.held_by(Procedure.model_validate_json(kept)) == {"field", "local"}
    imports(results=[{"name": "Bản sao Giấy khai sinh", "code": ""}])
    assert (shown(db).field, shown(db).local) == ("Hộ tịch cấp xã", (FEE,))
    assert shown(db).results == ("Bản sao Giấy khai sinh",)
    assert [one.origin for one in versions(db, PLACE)] == [
        Origin.IMPORT,
        Origin.EDITOR,
        Origin.IMPORT,
    ]


def test_an_import_under_an_edited_part_becomes_a_task(db: Session, imports: Imports) -> None:
    imports()
    edit(db, field="Hộ tịch cấp xã")
    imports(requirements="Có con")
    assert db.scalars(select(Task)).all() == []
    imports(field="Tư pháp", requirements="Có con")
    imports(field="Tư pháp", requirements="Có con")
    task = db.scalars(select(Task)).one()
    assert (task.kind, task.subject, task.origin) == (
        "edited-over-import",
        f"/thu-tuc/{CODE}",
        "detailed: field",
    )
    assert shown(db).field == "Hộ tịch cấp xã"
    edit(db, field="Tư pháp hộ tịch")
    assert task.closed_at == NOW


def test_a_part_that_is_emptied_gets_the_records_word_before_anybody_reads_it(
    db: Session, imports: Imports
) -> None:
    imports()
    edit(db, field="Hộ tịch cấp xã", summary="Đăng ký cho trẻ mới sinh.")
    draft = workflow.start(db, EDITOR, *PLACE)
    emptied = shown(db).model_copy(update={"field": "", "summary": ""})
    workflow.save(db, EDITOR, draft.id, seen=0, text=texts.text_of(emptied), title="x")
    kept = texts.parse(Kind.PROCEDURE, "vi", workflow.current(db, draft).text)
    assert isinstance(kept, Procedure)
    assert (kept.field, kept.summary) == ("Hộ tịch", "")


def test_an_earlier_text_comes_back_to_the_letter_also_where_it_said_nothing(
    db: Session, imports: Imports
) -> None:
    imports(requirements="", field="Hộ tịch")
    imports(requirements="Có con", field="Tư pháp")
    withdrawing.roll_back(db, APPROVER, *PLACE, 1, reason="Bản nhập sai.")
    first, _second, third = versions(db, PLACE)
    assert (third.text, third.rolled_back_to) == (first.text, 1)
    assert (shown(db).conditions, shown(db).field) == ("", "Hộ tịch")
    imports(requirements="Có con", field="Tư pháp", name="Tên mới của thủ tục")
    assert (shown(db).conditions, shown(db).name) == ("", "Tên mới của thủ tục")


def test_an_import_in_between_has_to_be_looked_at_and_nothing_of_it_is_undone(
    db: Session, imports: Imports
) -> None:
    imports()
    draft = workflow.start(db, EDITOR, *PLACE)
    text = texts.text_of(shown(db).model_copy(update={"summary": "Đăng ký cho trẻ."}))
    workflow.save(db, EDITOR, draft.id, seen=0, text=text, title="x")
    workflow.submit(db, EDITOR, draft.id, seen=1)
    imports(field="Tư pháp")
    with pytest.raises(BaseMoved):
        workflow.approve(db, APPROVER, draft.id, seen=1)
    workflow.rebase(db, EDITOR, draft.id)
    workflow.submit(db, EDITOR, draft.id, seen=2)
    workflow.approve(db, APPROVER, draft.id, seen=2)
    workflow.publish(db, APPROVER, draft.id, seen=2)
    assert (shown(db).field, shown(db).summary) == ("Tư pháp", "Đăng ký cho trẻ.")
    edited = staff_edits.sources_of(db, CODE)[Source.EDITED]
    assert merging.held_by(edited) == {"summary"}


def test_a_procedure_of_our_own_needs_no_record(db: Session, imports: Imports) -> None:
    imports(code="1.001194")
    place = (Kind.PROCEDURE, "1.999999", "vi")
    draft = workflow.start_new(db, EDITOR, *place)
    model = reading.procedure(db, "1.001194", "vi").procedure
    text = texts.text_of(model.model_copy(update={"code": "1.999999", "name": "Việc của tỉnh"}))
    workflow.save(db, EDITOR, draft.id, seen=0, text=text, title="x")
    workflow.submit(db, EDITOR, draft.id, seen=1)
    workflow.approve(db, APPROVER, draft.id, seen=1)
    version = workflow.publish(db, APPROVER, draft.id, seen=1)
    assert version.text == text
    page = reading.procedure(db, "1.999999", "vi")
    assert (page.procedure.name, page.listed) == ("Việc của tỉnh", True)


def test_a_procedure_goes_and_comes_back_as_its_sources_now_say(
    db: Session, imports: Imports
) -> None:
    imports()
    edit(db, summary="Đăng ký cho trẻ.")
    withdrawing.withdraw(db, APPROVER, *PLACE, ending=Ending.ENDED, words="Đã bãi bỏ.")
    imports(field="Tư pháp")
    with pytest.raises(Withdrawn):
        shown(db)
    withdrawing.restore(db, APPROVER, *PLACE)
    assert (shown(db).field, shown(db).summary) == ("Tư pháp", "Đăng ký cho trẻ.")
    edited = staff_edits.sources_of(db, CODE)[Source.EDITED]
    assert merging.held_by(edited) == {"summary"}


def test_a_procedure_that_was_not_touched_comes_back_without_a_new_version(
    db: Session, imports: Imports
) -> None:
    imports()
    edit(db, legal_basis=(Citation(number="61/2018/NĐ-CP", title="Nghị định"),))
    withdrawing.withdraw(db, APPROVER, *PLACE, ending=Ending.ERROR, words="Nhầm.")
    withdrawing.restore(db, APPROVER, *PLACE)
    item = db.scalars(select(ContentItem)).one()
    assert (item.state, item.withdrawn_at) == (State.PUBLISHED, None)
    assert shown(db).legal_basis[0].number == "61/2018/NĐ-CP"
    assert len(versions(db, PLACE)) == 2
    assert db.scalars(select(InstrumentCitation.item_id)).all() == [item.id]


def test_the_library_does_not_publish_over_what_staff_wrote(db: Session) -> None:
    library(db, an_article())
    draft = approved(db, title="Của biên tập viên")
    workflow.publish(db, APPROVER, draft.id, seen=draft.revision)
    for _restart in range(2):
        library(db, an_article())
    assert db.scalars(select(Task)).all() == []
    for _restart in range(2):
        library(db, an_article(title="Mới trong thư viện"), now=NOW + timedelta(days=1))
    assert len(versions(db)) == 2
    task = db.scalars(select(Task)).one()
    assert (task.kind, task.subject) == ("library-newer", "/huong-dan/nop-ho-so")
    task.closed_at = NOW
    library(db, an_article(title="Mới trong thư viện"), now=NOW + timedelta(days=2))
    assert len(db.scalars(select(Task)).all()) == 1
