"""Keeps pages from growing old: each has somebody who keeps it and a day to read it again."""

from datetime import datetime, timedelta

from content.models import ContentItem, Kind
from portal import clock

REVIEW_PAGE = "review-page"
REVIEW_OVERDUE = "review-overdue"
A_YEAR = timedelta(days=365)
HALF_A_YEAR = timedelta(days=182)

# What follows the national record or the councils changes most often; what is dated is never old.
PERIODS: dict[Kind, timedelta | None] = {
    Kind.PROCEDURE: HALF_A_YEAR,
    Kind.FORM: HALF_A_YEAR,
    Kind.GUIDE: A_YEAR,
    Kind.PAGE: A_YEAR,
    Kind.QUESTION: A_YEAR,
    Kind.LIFE_EVENT: A_YEAR,
    Kind.LEGAL_DOCUMENT: A_YEAR,
    Kind.NEWS: None,
    Kind.NOTICE: None,
    Kind.CONSULTATION: None,
}


def renew(item: ContentItem, read_at: datetime) -> None:
    """Set the day on which a page that was read now has to be read again."""
    period = PERIODS[Kind(item.kind)]
    item.review_on = clock.local_date(read_at) + period if period else None
    item.escalated_at = None
