"""What editors keep beside the library: synonyms, names, pins, judged queries, settled terms."""

from datetime import date, datetime

from sqlalchemy import Index, String, Text, true
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime


class SearchSynonym(Base):
    """A phrase people type and what it means; `weight` is the trust in it in hundredths."""

    __tablename__ = "search_synonyms"

    id: Mapped[int] = mapped_column(primary_key=True)
    phrase: Mapped[str] = mapped_column(String(100))
    meaning: Mapped[str] = mapped_column(String(200))
    direction: Mapped[str] = mapped_column(String(4))
    weight: Mapped[int]
    note: Mapped[str] = mapped_column(String(300))
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    active: Mapped[bool] = mapped_column(server_default=true())


class SearchAlias(Base):
    """A name people use for one page; it outlives every new import of that page."""

    __tablename__ = "search_aliases"
    __table_args__ = (Index("ix_search_aliases_document", "document"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(Text)
    alias: Mapped[str] = mapped_column(String(200))
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    active: Mapped[bool] = mapped_column(server_default=true())


class SearchPin(Base):
    """A page shown at a fixed place for one query, through the day `until`."""

    __tablename__ = "search_pins"

    id: Mapped[int] = mapped_column(primary_key=True)
    query: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200))
    document: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    until: Mapped[date]
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    active: Mapped[bool] = mapped_column(server_default=true())


class SearchJudged(Base):
    """A query and a page that answers it; changes of search are tried on all of these."""

    __tablename__ = "search_judged"

    id: Mapped[int] = mapped_column(primary_key=True)
    query: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200))
    document: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    active: Mapped[bool] = mapped_column(server_default=true())


class SearchSettled(Base):
    """A term of the work list that somebody dealt with, and how."""

    __tablename__ = "search_settled"

    term: Mapped[str] = mapped_column(String(120), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(10))
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
