"""Says to search engines in their own words (schema.org) what a page is about, known facts only."""

from collections.abc import Sequence
from typing import Any

from content import labels
from content.projecting import handling_agency
from content.reading import ProcedurePage
from content.shapes import Article, Procedure
from content.versions import Version
from portal.profile import Profile

CONTEXT = "https://schema.org"
ARTICLE_TYPES = {"guide": "Article", "news": "NewsArticle", "page": "WebPage"}

Thing = dict[str, Any]


def procedure(page: ProcedurePage, mine: Profile, address: str, submit_at: str) -> Thing:
    """A GovernmentService. Nothing is said of fees: they are sentences, not amounts.

    `address` is the page's own, `submit_at` where a dossier can be started online, else empty.
    """
    found = page.procedure
    here = {"@type": "AdministrativeArea", "name": mine.province.name}
    return _known(
        {
            "@context": CONTEXT,
            "@type": "GovernmentService",
            "@id": f"{address}#dich-vu",
            "name": found.heading,
            "alternateName": _other_names(found),
            "identifier": found.code,
            "description": found.summary,
            "serviceType": found.field,
            "url": address,
            "inLanguage": "vi",
            "provider": _agency(handling_agency(found)),
            "areaServed": here if page.listed else None,
            "audience": [
                {"@type": "Audience", "audienceType": str(labels.AUDIENCES[one])}
                for one in found.audience
            ],
            "serviceOutput": [{"@type": "Thing", "name": result} for result in found.results],
            "availableChannel": _channel(submit_at),
            "sameAs": found.source_url,
        }
    )


def article(found: Article, version: Version, mine: Profile, address: str, picture: str) -> Thing:
    """An article, a news item or a page, with the days of its first and newest versions."""
    owner = {"@type": "GovernmentOrganization", "name": mine.organisation.full_name}
    first = found.published_on or version.first_at
    return _known(
        {
            "@context": CONTEXT,
            "@type": ARTICLE_TYPES.get(found.kind, "WebPage"),
            "headline": found.title,
            "description": found.summary,
            "inLanguage": found.language,
            "datePublished": first.isoformat(),
            "dateModified": version.at.isoformat(),
            "author": owner,
            "publisher": owner,
            "image": picture,
            "mainEntityOfPage": address,
            "url": address,
        }
    )


def organisation(mine: Profile, language: str, site: str, mark: str) -> Thing:
    """Whose site this is."""
    owner = mine.organisation
    parent = owner.parent_for(language)
    return _known(
        {
            "@context": CONTEXT,
            "@type": "GovernmentOrganization",
            "@id": f"{site}/#co-quan",
            "name": owner.name_for(language),
            "url": f"{site}/",
            "logo": mark,
            "address": owner.address,
            "telephone": owner.phone or mine.hotline,
            "email": owner.email,
            "areaServed": {"@type": "AdministrativeArea", "name": mine.province.name},
            "parentOrganization": _agency(parent),
        }
    )


def breadcrumbs(trail: Sequence[tuple[str, str]], site: str) -> Thing:
    """The way from the home page; `trail` has titles and paths, a path may be empty."""
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            _known(
                {
                    "@type": "ListItem",
                    "position": place,
                    "name": str(title),
                    "item": site + path if path else "",
                }
            )
            for place, (title, path) in enumerate(trail, 1)
        ],
    }


def _other_names(found: Procedure) -> list[str]:
    official = [found.name] if found.name != found.heading else []
    return [*official, *found.aliases]


def _agency(name: str) -> Thing | None:
    return {"@type": "GovernmentOrganization", "name": name} if name else None


def _channel(submit_at: str) -> Thing | None:
    if not submit_at:
        return None
    return {"@type": "ServiceChannel", "serviceUrl": submit_at, "availableLanguage": "vi"}


def _known(thing: Thing) -> Thing:
    """Only what is known is said."""
    return {name: value for name, value in thing.items() if value not in (None, "", [])}
