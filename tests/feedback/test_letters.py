"""Senders who left an address hear what happens, and strangers who read it learn nothing."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import asking
from feedback.identity import Identity
from feedback.models import Case
from portal.database import Database
from portal.keys import KeyRing
from portal.mail.models import OutboxLetter
from tests.feedback.makers import SENDER, TEXT, a_case, a_clerk, answered, classified

Desk = tuple[Session, KeyRing]


@pytest.fixture
def desk(app: Flask) -> Iterator[Desk]:
    """A writing session of the application, with its own keys."""
    store: Database = app.extensions["portal"].database
    with app.app_context(), store.write() as db:
        yield db, app.extensions["portal"].ring


def letters(db: Session) -> list[OutboxLetter]:
    db.flush()
    return list(db.scalars(select(OutboxLetter).order_by(OutboxLetter.id)))


def test_receipt_question_and_answer_each_bring_a_letter(desk: Desk) -> None:
    db, ring = desk
    case = a_case(db, ring)
    answered(db, case, ring)
    other = classified(db, a_case(db, ring, text="Việc khác."), a_clerk(ring))
    asking.ask(db, other, words="Số điện thoại của chị Bưởi?", clerk=a_clerk(ring))
    subjects = [letter.subject for letter in letters(db)]
    assert [words.split(" PAKN")[0].rstrip(":") for words in subjects] == [
        "Đã tiếp nhận",
        "Đã có câu trả lời",
        "Đã tiếp nhận",
        "Cán bộ cần ông/bà cho biết thêm",
    ]
    assert {letter.origin for letter in letters(db)} == {case.code, other.code}


def test_nothing_of_the_case_or_its_sender_stands_in_a_letter(desk: Desk) -> None:
    db, ring = desk
    answered(db, a_case(db, ring), ring)
    for letter in letters(db):
        whole = letter.subject + letter.body
        assert not any(part in whole for part in (TEXT[:20], SENDER.name, SENDER.phone, "kết quả."))


def test_without_an_address_there_is_no_letter(desk: Desk) -> None:
    db, ring = desk
    a_case(db, ring, identity=Identity(name="Nguyễn Văn Mẫu", phone="0905000000"))
    a_case(db, ring, identity=Identity(email="a@b.vn\nBcc: c@d.vn"))
    assert letters(db) == []


def test_a_letter_speaks_the_senders_language_and_leads_to_the_status_page(desk: Desk) -> None:
    db, ring = desk
    case: Case = a_case(db, ring, language="en", text="Where do I register a marriage?")
    (letter,) = letters(db)
    assert f"/en/phan-anh-kien-nghi/tra-cuu?ma={case.code}" in letter.body
    assert letter.language == "en"
    assert "Kính gửi" not in letter.body
