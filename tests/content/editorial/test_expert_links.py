"""What an outside expert can do with a link, and what nobody can."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.editorial import expert_links, texts, workflow
from content.editorial.errors import EditingRefused, LinkRefused, NoSuchDraft, NotAllowed
from content.editorial.models import Draft, ExpertLink, Remark
from portal.staff.models import Role, StaffAction
from tests.content.editorial.clerks import BOTH, EDITOR, NOW, a_clerk, an_article, written

WEEK = timedelta(days=7)


@pytest.fixture
def db(app: Flask) -> Iterator[Session]:
    with app.app_context(), app.extensions["portal"].database.write() as session:
        yield session


@pytest.fixture
def draft(db: Session) -> Draft:
    return written(db)


@pytest.fixture
def token(db: Session, draft: Draft) -> str:
    return expert_links.make(db, EDITOR, draft.id, expert="PGS. Trần Văn A", lasts=WEEK)


def test_an_expert_reads_the_save_the_link_was_made_for(
    db: Session, draft: Draft, token: str
) -> None:
    other = texts.text_of(an_article(title="Sau đó"))
    workflow.save(db, BOTH, draft.id, seen=1, text=other, title="x")
    opened = expert_links.read(db, token, NOW)
    assert (opened.revision.number, opened.draft.id) == (1, draft.id)
    assert opened.link.expert == "PGS. Trần Văn A"


def test_nothing_secret_is_kept_and_no_name_goes_into_the_log(
    db: Session, draft: Draft, token: str
) -> None:
    expert_links.remark(db, token, "Thiếu căn cứ.", NOW)
    kept = db.scalars(select(ExpertLink)).one()
    assert token not in {str(value) for value in vars(kept).values()}
    logged = [f"{row.actor} {row.detail}" for row in db.scalars(select(StaffAction)) if row.detail]
    assert not any("Trần" in line or "Thiếu" in line for line in logged)


def test_every_wrong_link_is_refused_with_the_same_sentence(
    db: Session, draft: Draft, token: str
) -> None:
    nonce, until, mac = token.split(".")
    wrong = [
        "",
        "x",
        "..",
        token[:-1],
        token + "0",
        f"{nonce}.{int(until) + 1}.{mac}",
        f"{nonce}.{'9' * 400}.{mac}",
        f"{nonce}.-1.{mac}",
        f"{nonce}.٣.{mac}",
        f"khac.{until}.{mac}",
        f"{nonce}.{until}.chữ",
    ]
    said = set()
    for one in wrong:
        with pytest.raises(LinkRefused) as refusal:
            expert_links.read(db, one, NOW)
        said.add(str(refusal.value))
    with pytest.raises(LinkRefused) as refusal:
        expert_links.read(db, token, NOW + WEEK)
    link = db.scalars(select(ExpertLink)).one()
    expert_links.revoke(db, EDITOR, draft.id, link.id)
    with pytest.raises(LinkRefused) as revoked:
        expert_links.read(db, token, NOW)
    assert said == {str(refusal.value), str(revoked.value)}
    assert len(said) == 1


def test_a_link_ends_with_its_draft(db: Session, draft: Draft, token: str) -> None:
    workflow.discard(db, EDITOR, draft.id)
    with pytest.raises(LinkRefused):
        expert_links.read(db, token, NOW)
    with pytest.raises(NoSuchDraft):
        expert_links.make(db, EDITOR, draft.id, expert="A", lasts=WEEK)


def test_an_expert_remarks_five_times_and_not_at_any_length(
    db: Session, draft: Draft, token: str
) -> None:
    for words in ("", "   ", "a" * 5_001):
        with pytest.raises(EditingRefused):
            expert_links.remark(db, token, words, NOW)
    for number in range(5):
        expert_links.remark(db, token, f"Nhận xét {number}", NOW)
    with pytest.raises(EditingRefused, match="đủ 5"):
        expert_links.remark(db, token, "Nữa", NOW)
    said = workflow.remarks(db, draft)
    assert [one.author for one in said] == ["PGS. Trần Văn A"] * 5
    assert db.scalars(select(Remark.revision).distinct()).all() == [1]


def test_links_are_made_by_editors_for_somebody_and_not_for_ever(db: Session, draft: Draft) -> None:
    with pytest.raises(NotAllowed):
        officer = a_clerk("can-bo", Role.OFFICER)
        expert_links.make(db, officer, draft.id, expert="A", lasts=WEEK)
    for expert, lasts in (("  ", WEEK), ("a" * 121, WEEK), ("A", timedelta()), ("A", 5 * WEEK)):
        with pytest.raises(EditingRefused):
            expert_links.make(db, EDITOR, draft.id, expert=expert, lasts=lasts)
    with pytest.raises(NoSuchDraft):
        expert_links.revoke(db, EDITOR, draft.id, 999)
