"""The way of a draft: from the first save to the page people read."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import reading
from content.editorial import texts, workflow
from content.editorial.errors import (
    BadKey,
    BadText,
    BaseMoved,
    EditingRefused,
    KeyTaken,
    NoSuchDraft,
    NothingNew,
    NotReady,
    Overtaken,
    SecondPersonNeeded,
    WrongStage,
)
from content.editorial.stages import Stage
from content.models import ContentItem, DraftRevision, Kind, Origin
from portal.errors import NotFound
from portal.staff.models import StaffAction
from tests.content.editorial.clerks import (
    APPROVER,
    BOTH,
    EDITOR,
    GUIDE,
    NOW,
    an_article,
    approved,
    later,
    library,
    versions,
    written,
)


def test_a_page_goes_from_an_editor_over_a_second_person_to_the_reader(db: Session) -> None:
    draft = written(db)
    workflow.submit(db, EDITOR, draft.id, seen=1)
    workflow.approve(db, APPROVER, draft.id, seen=1)
    version = workflow.publish(db, APPROVER, draft.id, seen=1)
    assert (version.number, version.origin) == (1, Origin.EDITOR)
    assert (version.author, version.approver, version.note) == ("bien-tap", "duyet", "Sửa chữ")
    assert (version.text, version.forced_reason) == (texts.text_of(an_article()), "")
    assert reading.article(db, Kind.GUIDE, "nop-ho-so", "vi").article == an_article()
    item = db.scalars(select(ContentItem)).one()
    assert (item.keeper, item.review_on) == ("bien-tap", (NOW + timedelta(days=365)).date())
    assert (draft.stage, draft.closed_at) == (Stage.PUBLISHED, NOW)
    assert workflow.open_draft(db, *GUIDE) is None


def test_every_step_is_in_the_log(db: Session) -> None:
    draft = approved(db)
    workflow.publish(db, APPROVER, draft.id, seen=1)
    actions = db.scalars(select(StaffAction.action).order_by(StaffAction.id)).all()
    assert actions == [
        f"content.{step}" for step in ("start", "save", "submit", "approve", "publish")
    ]
    assert set(db.scalars(select(StaffAction.subject))) == {"guide:nop-ho-so:vi"}


def test_an_edited_page_begins_with_what_is_published(db: Session) -> None:
    library(db, an_article())
    draft = workflow.start(db, EDITOR, *GUIDE)
    begun = workflow.current(db, draft)
    assert (draft.based_on, draft.revision, draft.title) == (1, 0, "Nộp hồ sơ trực tuyến")
    assert (begun.number, begun.author, begun.text) == (0, "", texts.text_of(an_article()))
    assert workflow.start(db, BOTH, *GUIDE).id == draft.id


def test_a_save_over_another_one_writes_nothing_and_hands_back_the_newest(db: Session) -> None:
    draft = written(db)
    other = texts.text_of(an_article(title="Khác hẳn"))
    with pytest.raises(Overtaken) as refusal:
        workflow.save(db, BOTH, draft.id, seen=0, text=other, title="Khác", note="")
    assert refusal.value.current.number == 1
    assert db.scalars(select(DraftRevision.number).order_by(DraftRevision.number)).all() == [0, 1]


def test_the_same_save_sent_twice_is_one_save(db: Session) -> None:
    draft = written(db)
    text = texts.text_of(an_article())
    again = workflow.save(
        db, EDITOR, draft.id, seen=0, text=text, title="Nộp hồ sơ", note="Sửa chữ"
    )
    assert again.revision == 1


def test_an_unfinished_text_is_kept_but_nobody_is_asked_to_read_it(db: Session) -> None:
    draft = workflow.start(db, EDITOR, *GUIDE)
    text = '{"kind":"guide","language":"vi","slug":"nop-ho-so","title":"Dở"}'
    workflow.save(db, EDITOR, draft.id, seen=0, text=text, title="Dở")
    with pytest.raises(BadText) as refusal:
        workflow.submit(db, EDITOR, draft.id, seen=1)
    assert [(one.where, one.words) for one in refusal.value.problems] == [("body", "chưa điền")]


def test_saving_takes_an_approval_back(db: Session) -> None:
    draft = approved(db)
    workflow.save(
        db, BOTH, draft.id, seen=1, text=texts.text_of(an_article(title="Khác")), title="Khác"
    )
    assert (draft.stage, draft.approved_sha256, draft.approver) == (Stage.DRAFT, "", "")
    with pytest.raises(WrongStage):
        workflow.publish(db, APPROVER, draft.id, seen=2)


def test_nobody_approves_what_they_wrote_themselves_even_one_save_of_it(db: Session) -> None:
    draft = written(db, BOTH)
    draft = workflow.save(
        db, EDITOR, draft.id, seen=1, text=texts.text_of(an_article(title="Khác")), title="Khác"
    )
    workflow.submit(db, EDITOR, draft.id, seen=2)
    with pytest.raises(SecondPersonNeeded):
        workflow.approve(db, BOTH, draft.id, seen=2)
    workflow.approve(db, APPROVER, draft.id, seen=2)


def test_what_does_not_hold_is_not_approved(db: Session) -> None:
    draft = written(db, body="Xem [tại đây](/khong-co-trang-nay).")
    workflow.submit(db, EDITOR, draft.id, seen=1)
    with pytest.raises(NotReady) as refusal:
        workflow.approve(db, APPROVER, draft.id, seen=1)
    assert refusal.value.findings


def test_publishing_alone_needs_a_reason_that_stays(db: Session) -> None:
    draft = written(db, APPROVER)
    for reason in ("", "gấp", "!!!!!!!!!!!!", "1234567890 gấp"):
        with pytest.raises(EditingRefused, match="10 chữ cái"):
            workflow.force(db, APPROVER, draft.id, seen=1, reason=reason)
    workflow.force(db, APPROVER, draft.id, seen=1, reason="Sai số điện thoại,  phải sửa ngay")
    version = versions(db)[-1]
    assert version.forced_reason == "Sai số điện thoại, phải sửa ngay"
    assert (version.author, version.approver) == ("duyet", "duyet")


def test_a_page_published_anew_in_between_has_to_be_looked_at_again(db: Session) -> None:
    library(db, an_article())
    draft = approved(db, title="Của biên tập viên")
    library(db, an_article(title="Của thư viện"))
    with pytest.raises(BaseMoved) as refusal:
        workflow.publish(db, APPROVER, draft.id, seen=1)
    assert refusal.value.newest == 2
    workflow.rebase(db, EDITOR, draft.id)
    assert (draft.based_on, draft.stage, draft.revision) == (2, Stage.DRAFT, 1)
    workflow.submit(db, EDITOR, draft.id, seen=1)
    workflow.approve(db, APPROVER, draft.id, seen=1)
    assert workflow.publish(db, APPROVER, draft.id, seen=1).number == 3


def test_a_draft_that_says_what_is_published_is_not_published(db: Session) -> None:
    library(db, an_article())
    draft = written(db)
    with pytest.raises(NothingNew):
        workflow.submit(db, EDITOR, draft.id, seen=draft.revision)


def test_a_new_page_may_change_its_address_until_it_is_published(db: Session) -> None:
    draft = written(db, slug="nop-tai-nha")
    assert draft.key == "nop-tai-nha"
    library(db, an_article())
    with pytest.raises(KeyTaken):
        workflow.save(db, EDITOR, draft.id, seen=1, text=texts.text_of(an_article()), title="x")
    moved = workflow.start(db, EDITOR, *GUIDE)
    with pytest.raises(BadKey, match="không đổi được"):
        workflow.save(
            db, EDITOR, moved.id, seen=0, text=texts.text_of(an_article(slug="khac")), title="x"
        )


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (Kind.PAGE, "thu-tuc"),
        (Kind.PAGE, "quan-tri"),
        (Kind.GUIDE, "Nộp hồ sơ"),
        (Kind.GUIDE, ""),
        (Kind.GUIDE, "a" * 121),
        (Kind.GUIDE, "../x"),
        (Kind.PROCEDURE, "khai-sinh"),
    ],
)
def test_no_page_gets_an_address_it_cannot_have(db: Session, kind: Kind, key: str) -> None:
    with pytest.raises(BadKey):
        workflow.start_new(db, EDITOR, kind, key, "vi")


def test_a_new_page_is_not_begun_over_one_that_is_there(db: Session) -> None:
    library(db, an_article())
    with pytest.raises(KeyTaken):
        workflow.start_new(db, EDITOR, *GUIDE)


def test_an_english_page_needs_its_original(db: Session) -> None:
    with pytest.raises(NotFound, match="tiếng Việt"):
        workflow.start(db, EDITOR, Kind.GUIDE, "nop-ho-so", "en")
    with pytest.raises(BadText):
        workflow.start(db, EDITOR, Kind.QUESTION, "hoi", "en")


def test_who_has_it_open_is_known_and_may_be_taken_over(db: Session) -> None:
    draft = written(db)
    held = workflow.hold(db, BOTH, draft.id)
    assert (held.by, held.is_mine) == ("bien-tap", False)
    assert workflow.hold(db, BOTH, draft.id, take_over=True).is_mine
    action = db.scalars(select(StaffAction.action).order_by(StaffAction.id.desc())).first()
    assert action == "content.take-over"
    assert workflow.hold(db, later(EDITOR, minutes=6), draft.id).is_mine


def test_a_draft_given_back_keeps_the_words_that_say_why(db: Session) -> None:
    draft = written(db)
    workflow.submit(db, EDITOR, draft.id, seen=1)
    with pytest.raises(EditingRefused):
        workflow.send_back(db, BOTH, draft.id, words="  ")
    workflow.send_back(db, BOTH, draft.id, words="Thiếu lệ phí.")
    assert [(said.author, said.words) for said in workflow.remarks(db, draft)] == [
        ("ca-hai", "Thiếu lệ phí.")
    ]
    assert draft.stage == Stage.DRAFT


def test_a_discarded_draft_keeps_its_saves_and_frees_the_page(db: Session) -> None:
    draft = written(db)
    workflow.discard(db, EDITOR, draft.id)
    assert workflow.current(db, draft).author == "bien-tap"
    assert workflow.start(db, EDITOR, *GUIDE).id != draft.id
    with pytest.raises(WrongStage):
        workflow.save(db, EDITOR, draft.id, seen=1, text="{}", title="x")
    with pytest.raises(NoSuchDraft):
        workflow.save(db, EDITOR, 999_999, seen=1, text="{}", title="x")


@pytest.mark.parametrize("text", ["", "[]", "null", '{"a": 1.5}', "chữ", "[" * 5000])
def test_what_is_no_text_of_a_page_is_refused(db: Session, text: str) -> None:
    draft = written(db)
    with pytest.raises(BadText):
        workflow.save(db, EDITOR, draft.id, seen=1, text=text, title="x")


def test_a_draft_is_read_only_by_somebody_who_may_approve_or_edit(db: Session) -> None:
    draft = written(db)
    for nobody in ("bien-tap", "khong-co"):
        with pytest.raises(EditingRefused):
            workflow.submit(db, EDITOR, draft.id, seen=1, reviewer=nobody)
