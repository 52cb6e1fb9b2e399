"""The table of what can be searched: the only thing index and title search are made from."""

from sqlalchemy import Index, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base


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
