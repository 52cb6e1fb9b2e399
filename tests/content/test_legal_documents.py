"""Legal documents entered by the Centre: their row in the register, their page, their end."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import citing, instruments, legal_documents
from content.editorial import texts, workflow
from content.editorial.clerk import Clerk
from content.editorial.errors import BadText
from content.instrument_models import LegalInstrument, RegisteredBy
from content.legal_document_shape import LegalDocument
from content.models import ContentVersion, Kind, Origin
from content.publishing import Publication, publish_article
from content.shapes import Article
from portal import tasks
from portal.staff.models import Role, StaffMember
from search_index.models import SearchRow
from tests.support.pages import StrictClient

KEY = "1234-2024-qd-ubnd"
DAY = date(2026, 11, 23)


def a_document(**parts: Any) -> LegalDocument:
    given: dict[str, Any] = {
        "slug": KEY,
        "number": "1234/2024/QĐ-UBND",
        "title": "Quy chế tiếp nhận hồ sơ",
        "source": "Bản giấy lưu tại Trung tâm",
        "signed_on": date(2024, 1, 2),
        "effective_from": date(2024, 2, 1),
    }
    return LegalDocument.model_validate(given | parts)


def a_clerk(name: str, role: Role, now: datetime) -> Clerk:
    member = StaffMember(1, name, name, frozenset({role}), unit_code=None)
    return Clerk(member, now)


def put(db: Session, now: datetime, **parts: Any) -> bool:
    return legal_documents.publish(Publication(db, now, Origin.EDITOR), a_document(**parts))


def a_page_citing_it(db: Session, now: datetime) -> None:
    body = "Theo Quyết định 1234/2024/QĐ-UBND."
    guide = Article(kind="guide", slug="nop-ho-so", title="Nộp hồ sơ", body=body)
    publish_article(Publication(db, now, Origin.LIBRARY), guide)


def test_publishing_enters_the_register_once(db: Session, now: datetime) -> None:
    assert put(db, now)
    assert not put(db, now)
    row = db.get_one(LegalInstrument, KEY)
    assert (row.kind, row.year, row.evidence) == ("Quyết định", 2024, "secondary")
    assert row.registered_by == RegisteredBy.STAFF
    assert db.get(SearchRow, f"document:{KEY}") is not None
    assert put(db, now, title="Quy chế mới")
    assert [one.number for one in db.scalars(select(ContentVersion))] == [1, 2]
    assert row.title == "Quy chế mới"


def test_what_staff_entered_outlives_the_next_load_of_the_library(
    db: Session, now: datetime
) -> None:
    put(db, now)
    shipped = {"key": KEY, "title": "Khác", "ended_on": date(2025, 1, 1)}
    assert instruments.load(db, [shipped]) == 0


def test_its_end_makes_tasks_of_the_pages_that_cite_it(db: Session, now: datetime) -> None:
    a_page_citing_it(db, now)
    put(db, now)
    assert tasks.waiting(db) == []
    put(db, now, ended_on=DAY, successor="7/2026/QĐ-UBND")
    (task,) = tasks.waiting(db)
    assert (task.kind, task.subject) == (citing.CHECK_BASIS, "/huong-dan/nop-ho-so")
    heir = db.get_one(LegalInstrument, "7-2026-qd-ubnd")
    assert db.get_one(LegalInstrument, KEY).successor == heir.key


def test_an_end_to_come_waits_for_its_day(db: Session, now: datetime) -> None:
    a_page_citing_it(db, now)
    put(db, now, ended_on=DAY + timedelta(1))
    assert tasks.waiting(db) == []
    assert instruments.tell(db, now + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"number": "không số"}, "không đọc được số hiệu"),
        ({"slug": "khac"}, f"phải là {KEY}"),
        ({"successor": "xyz"}, "văn bản thay thế"),
        ({"successor": "1234/2024/QĐ-UBND"}, "tự thay chính nó"),
        ({"ended_on": date(2024, 1, 31)}, "hết hiệu lực trước"),
        ({"effective_from": date(2023, 1, 1)}, "trước ngày ký"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"title": " "}, "title"),
        ({"source": ""}, "source"),
    ],
)
def test_what_contradicts_itself_is_refused(parts: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        a_document(**parts)


def test_an_editor_reads_which_address_the_number_asks_for() -> None:
    wrong = texts.text_of(a_document().model_copy(update={"slug": "khac"}))
    with pytest.raises(BadText) as refusal:
        texts.parse(Kind.LEGAL_DOCUMENT, "vi", wrong)
    assert [one.words for one in refusal.value.problems] == [
        f"địa chỉ của văn bản này phải là {KEY}"
    ]


def test_a_document_goes_the_way_of_every_draft(db: Session, now: datetime) -> None:
    editor, approver = a_clerk("bien-tap", Role.EDITOR, now), a_clerk("duyet", Role.APPROVER, now)
    draft = workflow.start_new(db, editor, Kind.LEGAL_DOCUMENT, KEY, "vi")
    text = texts.text_of(a_document())
    draft = workflow.save(db, editor, draft.id, seen=draft.revision, text=text, title="Quy chế")
    workflow.submit(db, editor, draft.id, seen=draft.revision)
    workflow.approve(db, approver, draft.id, seen=draft.revision)
    workflow.publish(db, approver, draft.id, seen=draft.revision)
    assert db.get_one(LegalInstrument, KEY).title == "Quy chế tiếp nhận hồ sơ"


def test_the_page_shows_summary_and_file(
    client: StrictClient, publishing: Session, now: datetime
) -> None:
    file = {"sha256": "c" * 64, "name": "qd.pdf", "media_type": "application/pdf", "size": 90_000}
    put(publishing, now, summary="Nội dung **chính**.", file=file)
    publishing.commit()
    page = client.get(f"/van-ban/{KEY}").page
    assert page.h1 == "Quyết định 1234/2024/QĐ-UBND"
    assert "Nội dung chính." in page.text
    assert "Tải toàn văn (Tệp PDF, 90 KB)" in page.text
    assert f"/tep/{'c' * 64}/qd.pdf" in page.links()
