"""The table of what can be searched, and the two that count what is searched and opened."""

from datetime import date

from sqlalchemy import Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base
from search_index import editor_models

__all__ = ["SearchClick", "SearchQuery", "SearchRow", "editor_models"]


class SearchRow(Base):
    """A search document as stored; a withdrawn one stays as a tombstone for the indexer."""

    __tablename__ = "search_documents"
    __table_args__ = (Index("ix_search_documents_revision", "revision"),)

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    folded_title: Mapped[str] = mapped_column(Text)
    aliases: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    agency: Mapped[str] = mapped_column(Text)
    fields: Mapped[str] = mapped_column(Text)
    levels: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(Text)
    online: Mapped[str] = mapped_column(Text)
    time: Mapped[str] = mapped_column(Text)
    codes: Mapped[str] = mapped_column(Text)
    weight: Mapped[int]
    revision: Mapped[int]
    withdrawn: Mapped[bool] = mapped_column(server_default=false())


class SearchQuery(Base):
    """One term asked from one address on one day: how often, with what outcome, and whether a
    result was opened. The address is a fingerprint that changes daily."""

    __tablename__ = "search_queries"
    __table_args__ = (UniqueConstraint("day", "asker", "mark"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    term: Mapped[str] = mapped_column(String(120), index=True)
    mark: Mapped[str] = mapped_column(String(32))
    asker: Mapped[str] = mapped_column(String(32))
    times: Mapped[int]
    results: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(10))
    clicked: Mapped[bool] = mapped_column(server_default=false())


class SearchClick(Base):
    """How often a page was opened from the results of a term (its `mark`) on one day; `places`
    is the sum of its places among the results."""

    __tablename__ = "search_clicks"
    __table_args__ = (UniqueConstraint("mark", "key", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    mark: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(Text)
    n: Mapped[int]
    places: Mapped[int]
