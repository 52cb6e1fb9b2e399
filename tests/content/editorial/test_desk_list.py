"""The list of pages and drafts: tabs, filters and folded words, on both databases."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from content import leaves, publishing
from content.editorial import listing
from content.editorial.listing import Tab, Wanted
from content.editorial.models import Draft
from content.editorial.stages import Stage
from content.models import ContentItem, Kind, Origin, State
from content.publishing import Publication
from content.shapes import Article

TODAY = date(2026, 11, 23)


@pytest.fixture
def guide(db: Session, now: datetime) -> Callable[..., ContentItem]:
    """`guide("dang-ky", "Đăng ký")` publishes a guide; what else is said is set on its item."""

    def make(slug: str, title: str, **said: object) -> ContentItem:
        publication = Publication(db, now, Origin.LIBRARY)
        article = Article(kind="guide", slug=slug, title=title, summary="Tóm tắt", body="Chữ.")
        publishing.publish_leaf(publication, leaves.of_article(article))
        item = db.query(ContentItem).filter_by(key=slug).one()
        for name, value in said.items():
            setattr(item, name, value)
        db.flush()
        return item

    return make


@pytest.fixture
def draft(db: Session, now: datetime) -> Callable[..., Draft]:
    def make(key: str, title: str, stage: Stage = Stage.DRAFT, **said: object) -> Draft:
        made = Draft(
            kind=said.pop("kind", "guide"), key=key, language="vi", title=title, stage=stage,
            author=said.pop("author", "lan"), made_at=now, changed_at=now, **said,
        )  # fmt: skip
        db.add(made)
        db.flush()
        return made

    return make


def titles(db: Session, username: str = "lan", **wanted: object) -> list[str]:
    asked = Wanted(**wanted)  # type: ignore[arg-type]
    total = listing.counts(db, asked, username=username, today=TODAY)[asked.tab]
    rows, _page = listing.lines(db, asked, None, total, username=username, today=TODAY)
    assert len(rows) == total
    return [row.title for row in rows]


def test_everybody_finds_what_waits_for_them(
    db: Session, guide: Callable[..., ContentItem], draft: Callable[..., Draft], now: datetime
) -> None:
    guide("mot", "Một", keeper="lan", review_on=TODAY)
    guide("hai", "Hai", review_on=TODAY + timedelta(days=1))
    guide("ba", "Ba", state=State.WITHDRAWN)
    guide("bon", "Bốn", unpublish_at=now)
    draft("hai", "Hai sửa", Stage.IN_REVIEW, author="minh", reviewer="lan")
    draft("nam", "Năm", Stage.IN_REVIEW, author="lan")
    draft("sau", "Sáu", Stage.APPROVED, author="minh")
    draft("bay", "Bảy", Stage.SCHEDULED, author="minh", publish_at=now - timedelta(hours=1))
    draft("tam", "Tám", Stage.DISCARDED, author="lan", closed_at=now)
    assert titles(db) == ["Năm", "Một"]
    assert titles(db, tab=Tab.TO_READ) == ["Hai sửa"]
    assert titles(db, "minh", tab=Tab.TO_READ) == ["Năm"]
    assert titles(db, tab=Tab.APPROVED) == ["Sáu"]
    assert titles(db, tab=Tab.SCHEDULED) == ["Bảy", "Bốn"]
    assert titles(db, tab=Tab.DUE) == ["Một"]
    assert titles(db, tab=Tab.GONE) == ["Ba"]
    assert sorted(titles(db, tab=Tab.ALL)) == sorted(
        ["Một", "Hai sửa", "Ba", "Bốn", "Năm", "Sáu", "Bảy"]
    )


def test_words_are_found_without_their_marks(
    db: Session, guide: Callable[..., ContentItem], draft: Callable[..., Draft]
) -> None:
    guide("khai-sinh", "Đăng ký khai sinh ở đâu")
    guide("so-do", "Sổ đỏ")
    draft("ket-hon", "Đăng ký kết hôn")
    draft("so-do", "Giấy chứng nhận")
    everywhere = {"tab": Tab.ALL}
    assert titles(db, words="dang ky", **everywhere) == [
        "Đăng ký kết hôn",
        "Đăng ký khai sinh ở đâu",
    ]
    assert titles(db, words="ĐĂNG KÝ kết", **everywhere) == ["Đăng ký kết hôn"]
    assert titles(db, words="so-do", **everywhere) == ["Giấy chứng nhận"]
    assert titles(db, words="sổ đỏ", **everywhere) == ["Giấy chứng nhận"]
    assert titles(db, words="100%", **everywhere) == []


def test_filters_by_kind_state_and_language(
    db: Session, guide: Callable[..., ContentItem], draft: Callable[..., Draft]
) -> None:
    guide("mot", "Một")
    guide("hai", "Two", language="en")
    draft("ba", "Ba", Stage.IN_REVIEW, kind=Kind.NEWS)
    everywhere = {"tab": Tab.ALL}
    assert titles(db, kind="news", **everywhere) == ["Ba"]
    assert titles(db, state="in-review", **everywhere) == ["Ba"]
    assert titles(db, state="published", language="en", **everywhere) == ["Two"]


def test_an_address_with_nonsense_asks_for_the_usual() -> None:
    assert Wanted.from_address({"muc": "x", "loai": "y", "trang-thai": "z", "q": "\0 "}) == Wanted()
