"""What pages say of themselves to machines: Dublin Core, schema.org, Open Graph."""

import json
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from agencies import register
from content import library_loading
from portal.config import HOME
from tests.content.exports import Publish, a_record
from tests.support.pages import Page, StrictClient

BIRTH = "/thu-tuc/1.001193-thu-tuc-dang-ky-khai-sinh-1-001193"


@pytest.fixture
def library(publishing: Session, now: datetime) -> None:
    register.load(publishing, "quangnam", now)
    library_loading.load(publishing, HOME / "content" / "library", now=now)
    publishing.commit()


def things(page: Page) -> dict[str, Any]:
    """What the page says in linked data, by type."""
    blocks = page.all("script", type="application/ld+json")
    found = [json.loads("".join(block.itertext())) for block in blocks]
    assert all(one["@context"] == "https://schema.org" for one in found)
    return {one["@type"]: one for one in found}


def told(page: Page) -> dict[str, str]:
    """The meta elements of a page by name or property."""
    named = [
        (one.get("name") or one.get("property"), one.get("content")) for one in page.all("meta")
    ]
    return {name: value or "" for name, value in named if name}


def test_a_page_that_only_answers_a_sending_says_nothing_of_itself(client: StrictClient) -> None:
    answer = client.post("/phan-anh-kien-nghi", data={})
    assert "DC.title" not in told(answer.page)


def test_a_procedure_is_a_government_service_with_known_facts_only(
    client: StrictClient, publish: Publish
) -> None:
    publish(a_record())
    page = client.get(BIRTH).page
    service = things(page)["GovernmentService"]
    assert service["identifier"] == "1.001193"
    assert service["url"] == f"http://localhost{BIRTH}"
    assert service["provider"]["name"] == "Ủy ban nhân dân cấp xã"
    assert service["areaServed"]["name"] == "Quảng Nam"
    assert service["audience"][0]["audienceType"] == "Công dân Việt Nam"
    url = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/1"
    assert service["availableChannel"]["serviceUrl"] == url
    assert "offers" not in service
    assert "fee" not in json.dumps(service).lower()
    found = told(page)
    assert found["DC.creator"] == "Bộ Tư pháp"
    assert found["DC.language"] == "vi"
    assert found["DC.date"] == "2026-11-23"


def test_what_is_not_known_of_a_procedure_is_not_said(
    client: StrictClient, publish: Publish
) -> None:
    publish(
        a_record(
            methods=[], audience=[], results=[], implementing_agency="", issuing_agency="",
            field="", url="",
        )
    )  # fmt: skip
    service = things(client.get(BIRTH).page)["GovernmentService"]
    for name in ("provider", "audience", "serviceOutput", "availableChannel", "serviceType"):
        assert name not in service


def test_another_provinces_procedure_does_not_claim_to_serve_here(
    client: StrictClient, publish: Publish
) -> None:
    publish(a_record(issuing_agency="UBND tỉnh Gia Lai"))
    service = things(client.get(BIRTH).page)["GovernmentService"]
    assert "areaServed" not in service
    assert "availableChannel" not in service


def test_no_text_can_end_the_script_it_stands_in(client: StrictClient, publish: Publish) -> None:
    name = "Cấp </script><script>alert(1)</script> & <!-- phép"
    publish(a_record(name=name, field="Đất & </script>"))
    answer = client.get("/thu-tuc/1.001193", follow_redirects=True)
    service = things(answer.page)["GovernmentService"]
    assert service["name"] == name
    assert service["serviceType"] == "Đất & </script>"
    assert {one.get("type") for one in answer.page.all("script")} == {"application/ld+json"}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/huong-dan/nop-ho-so-truc-tuyen", "Article"),
        ("/tin-tuc/dang-nhap-bang-vneid", "NewsArticle"),
    ],
)
def test_guides_and_news_are_articles_with_their_days(
    client: StrictClient, library: None, path: str, kind: str
) -> None:
    page = client.get(path).page
    article = things(page)[kind]
    assert article["headline"] == page.h1
    assert article["url"] == f"http://localhost{path}"
    assert datetime.fromisoformat(article["dateModified"])
    assert article["publisher"]["@type"] == "GovernmentOrganization"
    assert told(page)["og:type"] == "article"
    assert told(page)["article:modified_time"].endswith("Z")


def test_the_owner_of_the_site_is_told_without_inventing_an_address(
    client: StrictClient, library: None
) -> None:
    for path in ("/", "/lien-he"):
        owner = things(client.get(path).page)["GovernmentOrganization"]
        assert owner["name"].endswith("tỉnh Quảng Nam")
        assert owner["telephone"] == "0235.1022"
        assert "address" not in owner
        assert "email" not in owner


def test_breadcrumbs_are_told_as_they_are_shown(client: StrictClient, library: None) -> None:
    for prefix in ("", "/en"):
        page = client.get(f"{prefix}/thu-tuc/1.001193-dang-ky-khai-sinh").page
        trail = things(page)["BreadcrumbList"]["itemListElement"]
        shown = [link.get("href") or "" for link in page.one("nav", class_="crumbs").iter("a")]
        assert [step["item"] for step in trail] == [f"http://localhost{path}" for path in shown]
        assert [step["position"] for step in trail] == [1, 2, 3]
