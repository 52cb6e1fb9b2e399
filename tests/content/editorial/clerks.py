"""People at the editing desk, and pages for them to write."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import leaves, publishing
from content.editorial import texts, workflow
from content.editorial.clerk import Clerk
from content.models import ContentItem, ContentVersion, Draft, Kind, Origin
from content.publishing import Publication
from content.shapes import Article
from portal.staff.models import Role, StaffMember

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
GUIDE = (Kind.GUIDE, "nop-ho-so", "vi")


def a_clerk(name: str, *roles: Role, now: datetime = NOW) -> Clerk:
    return Clerk(StaffMember(1, name, name, frozenset(roles), None), now)


EDITOR = a_clerk("bien-tap", Role.EDITOR)
APPROVER = a_clerk("duyet", Role.APPROVER)
BOTH = a_clerk("ca-hai", Role.EDITOR, Role.APPROVER)


def later(clerk: Clerk, **by: int) -> Clerk:
    return replace(clerk, now=clerk.now + timedelta(**by))


def an_article(**parts: object) -> Article:
    first = {
        "kind": "guide",
        "slug": "nop-ho-so",
        "title": "Nộp hồ sơ trực tuyến",
        "summary": "Cách nộp hồ sơ tại nhà, không phải đến quầy.",
        "body": "Chuẩn bị giấy tờ rồi nộp trên Cổng Dịch vụ công quốc gia.",
    }
    return Article.model_validate(first | parts)


def library(db: Session, *articles: Article, now: datetime = NOW) -> None:
    """Publish these as the starter library does."""
    publication = Publication(db, now, Origin.LIBRARY)
    for article in articles:
        publishing.publish_leaf(publication, leaves.of_article(article))
    db.flush()


def written(
    db: Session, clerk: Clerk = EDITOR, place: tuple[str, str, str] = GUIDE, **parts: object
) -> Draft:
    """The draft of the guide with these parts saved into it."""
    draft = workflow.start(db, clerk, *place)
    text = texts.text_of(an_article(**parts))
    return workflow.save(
        db, clerk, draft.id, seen=draft.revision, text=text, title="Nộp hồ sơ", note="Sửa chữ"
    )


def approved(db: Session, clerk: Clerk = EDITOR, **parts: object) -> Draft:
    draft = written(db, clerk, **parts)
    workflow.submit(db, clerk, draft.id, seen=draft.revision)
    return workflow.approve(db, APPROVER, draft.id, seen=draft.revision)


def versions(db: Session, place: tuple[str, str, str] = GUIDE) -> list[ContentVersion]:
    kind, key, language = place
    chosen = (
        select(ContentVersion)
        .join(ContentItem, ContentItem.id == ContentVersion.item_id)
        .where(ContentItem.kind == kind, ContentItem.key == key, ContentItem.language == language)
        .order_by(ContentVersion.number)
    )
    return list(db.scalars(chosen))
