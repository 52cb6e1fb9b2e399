"""Pages that go, and what stands at their address then; pages that come back."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import leaves, publishing, reading
from content.editorial import texts, withdrawing, workflow
from content.editorial.errors import EditingRefused, NotAllowed, NothingNew, NotReady
from content.editorial.stages import Stage
from content.errors import Moved, NoSuchPage, Withdrawn
from content.leaf_shapes import Question
from content.models import (
    ArticleRow,
    ContentItem,
    Ending,
    InstrumentCitation,
    Kind,
    Origin,
    State,
)
from content.publishing import Publication
from portal import revisions
from portal.errors import NotFound
from portal.revisions import Area
from search_index.models import SearchRow
from tests.content.editorial.clerks import (
    APPROVER,
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

OTHER = an_article(slug="nop-tai-quay", title="Nộp tại quầy")
ENGLISH = an_article(language="en", title="Applying", summary="How.", body="Apply online.")


def withdraw(
    db: Session, *place: str, ending: Ending = Ending.ERROR, leads_to: str = ""
) -> ContentItem:
    kind, key, language = place or GUIDE
    return withdrawing.withdraw(
        db, APPROVER, kind, key, language, ending=ending, words="Nội dung sai.", leads_to=leads_to
    )


def shown(db: Session, slug: str = "nop-ho-so", language: str = "vi") -> str:
    return reading.article(db, Kind.GUIDE, slug, language).article.title


def test_a_page_taken_away_says_why_at_its_address(db: Session) -> None:
    library(db, an_article(body="Theo Nghị định 61/2018/NĐ-CP."), OTHER)
    item = withdraw(db)
    assert (item.state, item.ending, item.withdrawn_at) == (State.WITHDRAWN, Ending.ERROR, NOW)
    with pytest.raises(Withdrawn, match=r"Nội dung sai\."):
        shown(db)
    assert db.scalars(select(ArticleRow.slug)).all() == ["nop-tai-quay"]
    assert db.scalars(select(InstrumentCitation.item_id)).all() == []
    found = select(SearchRow.key).where(SearchRow.withdrawn.is_(False))
    assert "guide:nop-ho-so:vi" not in db.scalars(found).all()


def test_a_page_replaced_leads_on(db: Session) -> None:
    library(db, an_article(), OTHER)
    item = withdraw(db, ending=Ending.REPLACED, leads_to="/huong-dan/nop-tai-quay")
    assert item.state == State.SUPERSEDED
    with pytest.raises(Moved) as moved:
        shown(db)
    assert moved.value.to == "/huong-dan/nop-tai-quay"


def test_an_old_address_never_takes_two_steps(db: Session) -> None:
    third = an_article(slug="nop-buu-dien", title="Nộp qua bưu điện")
    library(db, an_article(), OTHER, third)
    withdraw(db, ending=Ending.MERGED, leads_to="/huong-dan/nop-tai-quay")
    withdraw(
        db,
        Kind.GUIDE,
        "nop-tai-quay",
        "vi",
        ending=Ending.MERGED,
        leads_to="/huong-dan/nop-buu-dien",
    )
    with pytest.raises(Moved) as moved:
        shown(db)
    assert moved.value.to == "/huong-dan/nop-buu-dien"
    with pytest.raises(EditingRefused):
        withdraw(db, Kind.GUIDE, "nop-buu-dien", "vi", leads_to="/huong-dan/nop-ho-so")


@pytest.mark.parametrize(
    "leads_to",
    [
        "/huong-dan/nop-ho-so",
        "/huong-dan/nop-ho-so/",
        "/en/huong-dan/nop-ho-so",
        "/huong-dan/khong-co",
        "https://dichvucong.gov.vn",
        "//dichvucong.gov.vn/x",
        "/\\dichvucong.gov.vn",
        "huong-dan/nop-tai-quay",
        "/huong-dan/nop-tai-quay#phan",
        "/huong-dan/nop-tai-quay?a=1",
        "/quan-tri/noi-dung",
    ],
)
def test_a_page_leads_only_to_another_one_of_this_site(db: Session, leads_to: str) -> None:
    library(db, an_article(), OTHER)
    with pytest.raises(EditingRefused):
        withdraw(db, leads_to=leads_to)
    assert shown(db) == "Nộp hồ sơ trực tuyến"


def test_taking_away_needs_an_approver_words_and_a_page(db: Session) -> None:
    library(db, an_article())
    with pytest.raises(NotAllowed):
        withdrawing.withdraw(db, EDITOR, *GUIDE, ending=Ending.ERROR, words="Sai.")
    with pytest.raises(EditingRefused):
        withdrawing.withdraw(db, APPROVER, *GUIDE, ending=Ending.ERROR, words="  ")
    with pytest.raises(NotFound):
        withdraw(db, Kind.GUIDE, "khong-co", "vi")
    withdraw(db)
    with pytest.raises(EditingRefused):
        withdraw(db)


def test_the_english_page_goes_and_comes_with_its_original(db: Session) -> None:
    library(db, an_article(), ENGLISH)
    withdraw(db)
    with pytest.raises(Withdrawn):
        shown(db, language="en")
    withdrawing.restore(db, later(APPROVER, hours=1), *GUIDE)
    assert (shown(db), shown(db, language="en")) == ("Nộp hồ sơ trực tuyến", "Applying")


def test_without_its_english_page_the_original_is_shown(db: Session) -> None:
    library(db, an_article(), ENGLISH)
    withdraw(db, Kind.GUIDE, "nop-ho-so", "en")
    assert shown(db, language="en") == "Nộp hồ sơ trực tuyến"


def test_a_page_comes_back_with_its_newest_text_and_its_places(db: Session) -> None:
    library(db, an_article())
    withdraw(db)
    before = revisions.current(db)[Area.GUIDES]
    item = withdrawing.restore(db, APPROVER, *GUIDE)
    assert (item.state, item.ending, item.reason) == (State.PUBLISHED, "", "")
    assert shown(db) == "Nộp hồ sơ trực tuyến"
    assert versions(db)[-1].text == versions(db)[0].text
    assert db.scalars(select(SearchRow.withdrawn)).all() == [False]
    assert revisions.current(db)[Area.GUIDES] > before
    with pytest.raises(EditingRefused):
        withdrawing.restore(db, APPROVER, *GUIDE)


def test_the_library_does_not_bring_back_what_staff_took_away(db: Session) -> None:
    library(db, an_article())
    withdraw(db, ending=Ending.REPLACED)
    library(db, an_article(title="Mới trong thư viện"))
    with pytest.raises(Withdrawn):
        shown(db)


def test_a_question_goes_and_comes_too(db: Session) -> None:
    question = Question.model_validate(
        {
            "slug": "nop-o-dau",
            "title": "Nộp ở đâu?",
            "summary": "Tại Trung tâm.",
            "body": "Nộp tại Trung tâm.",
            "checked_on": "2026-11-01",
            "source": "Quy chế",
        }
    )
    publishing.publish_leaf(Publication(db, NOW, Origin.LIBRARY), leaves.of_question(question))
    place = (Kind.QUESTION, "nop-o-dau", "vi")
    withdraw(db, *place)
    assert db.scalars(select(SearchRow.withdrawn)).all() == [True]
    with pytest.raises(Withdrawn):
        reading.leaf_text(db, Kind.QUESTION, "nop-o-dau")
    withdrawing.restore(db, APPROVER, *place)
    assert reading.leaf_text(db, Kind.QUESTION, "nop-o-dau") == texts.text_of(question)


def test_what_was_approved_for_a_page_does_not_bring_it_back_by_itself(db: Session) -> None:
    library(db, an_article())
    draft = approved(db, title="Khác")
    withdraw(db)
    assert draft.stage == Stage.DRAFT


def test_an_earlier_version_comes_back_to_the_letter(db: Session) -> None:
    library(db, an_article())
    draft = approved(db, title="Tiêu đề mới")
    workflow.publish(db, APPROVER, draft.id, seen=draft.revision)
    made = withdrawing.roll_back(db, APPROVER, *GUIDE, 1, reason="Bản mới sai.")
    first, second, third = versions(db)
    assert (third.text, third.sha256) == (first.text, first.sha256) != (second.text, second.sha256)
    assert (made.rolled_back_to, made.approver, made.note) == (1, "duyet", "Bản mới sai.")
    assert shown(db) == "Nộp hồ sơ trực tuyến"
    with pytest.raises(NothingNew):
        withdrawing.roll_back(db, APPROVER, *GUIDE, 1, reason="Lại lần nữa")
    with pytest.raises(NotFound):
        withdrawing.roll_back(db, APPROVER, *GUIDE, 9, reason="Không có")
    with pytest.raises(NotAllowed):
        withdrawing.roll_back(db, EDITOR, *GUIDE, 2, reason="Không được")


def test_going_back_to_what_was_forced_keeps_its_reason_in_sight(db: Session) -> None:
    draft = written(db)
    workflow.force(db, APPROVER, draft.id, seen=1, reason="Gấp trước kỳ nghỉ lễ")
    library(db)
    second = approved(db, title="Đã đọc")
    workflow.publish(db, APPROVER, second.id, seen=second.revision)
    made = withdrawing.roll_back(db, APPROVER, *GUIDE, 1, reason="Quay lại")
    assert made.forced_reason == "Gấp trước kỳ nghỉ lễ"


def test_an_earlier_version_that_no_longer_holds_stays_where_it_is(db: Session) -> None:
    library(db, an_article(body="Xem [trang cũ](/khong-co-nua)."))
    library(db, an_article())
    with pytest.raises(NotReady):
        withdrawing.roll_back(db, APPROVER, *GUIDE, 1, reason="Quay lại")


def test_a_page_that_never_was_is_not_found(db: Session) -> None:
    with pytest.raises(NoSuchPage):
        shown(db)
