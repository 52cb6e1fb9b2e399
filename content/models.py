"""What is kept of everything published: the pages, their versions, their sources, their lists."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from content.dead_link_models import OutsideLink
from content.editorial.file_models import ContentFile, DraftFile
from content.editorial.models import Draft, DraftRevision, ExpertLink, Remark
from content.import_models import ImportChange, ImportRun, OldWords
from content.instrument_models import InstrumentCitation, LegalInstrument
from portal.database import Base, UtcDateTime

__all__ = [  # tables declared next door
    "ContentFile",
    "Draft",
    "DraftFile",
    "DraftRevision",
    "ExpertLink",
    "ImportChange",
    "ImportRun",
    "InstrumentCitation",
    "LegalInstrument",
    "OldWords",
    "OutsideLink",
    "Remark",
]


class Kind(StrEnum):
    PROCEDURE = "procedure"
    GUIDE = "guide"
    NEWS = "news"
    NOTICE = "notice"
    PAGE = "page"
    QUESTION = "question"
    LIFE_EVENT = "life-event"
    CONSULTATION = "consultation"
    FORM = "form"
    LEGAL_DOCUMENT = "legal-document"


class State(StrEnum):
    """Where a page stands; only PUBLISHED ones are shown.

    WITHDRAWN and SUPERSEDED ones were shown once: their address says why, or leads on.
    """

    DRAFT = "draft"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class Ending(StrEnum):
    """Why a page was taken away."""

    ERROR = "error"
    REPLACED = "replaced"
    MERGED = "merged"
    ENDED = "ended"


class Origin(StrEnum):
    LIBRARY = "library"
    IMPORT = "import"
    EDITOR = "editor"


class Source(StrEnum):
    """Where a procedure's facts came from, the most trusted first.

    EDITED holds only the parts in which staff say something else than the other sources.
    """

    EDITED = "edited"
    LIBRARY = "library"
    DETAILED = "detailed"
    CATALOGUE = "catalogue"


def _one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class ContentItem(Base):
    """One page in one language. `key` is the official code of a procedure, else the slug.

    `sha256` is the fingerprint of the newest content, whether it is published yet or not; `version`
    the number of the newest published version, 0 before the first. `keeper` is the username of whom
    the page belongs to, `review_on` the day on which it has to be read again, `escalated_at` when
    its unit was told that nobody did. `unpublish_at` is when it leaves by itself. `ending` and
    `leads_to` (an address on this site) say why a withdrawn page is gone and where to go instead.
    """

    __tablename__ = "content_items"
    __table_args__ = (
        UniqueConstraint("kind", "key", "language", name="uq_content_items_kind_key_language"),
        _one_of("kind", Kind),
        _one_of("state", State),
        CheckConstraint("language IN ('vi', 'en')", name="language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    sha256: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=0, server_default="0")
    keeper: Mapped[str] = mapped_column(Text, default="", server_default="")
    review_on: Mapped[date | None]
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unpublish_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ending: Mapped[str] = mapped_column(Text, default="", server_default="")
    leads_to: Mapped[str] = mapped_column(Text, default="", server_default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ContentVersion(Base):
    """One published version: a canonical JSON text that never changes, with its fingerprint.

    `author` and `approver` are usernames, empty for library and imports. `forced_reason` says why a
    version was published without a second person, `note` what is new in it, `rolled_back_to` which
    earlier version it repeats.
    """

    __tablename__ = "content_versions"
    __table_args__ = (
        UniqueConstraint("item_id", "number", name="uq_content_versions_item_id_number"),
        _one_of("origin", Origin),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("content_items.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    author: Mapped[str] = mapped_column(Text, default="", server_default="")
    approver: Mapped[str] = mapped_column(Text, default="", server_default="")
    forced_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    rolled_back_to: Mapped[int | None]


class ProcedureSource(Base):
    """What one source says about one procedure, and when that was taken in."""

    __tablename__ = "procedure_sources"
    __table_args__ = (_one_of("source", Source),)

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    source: Mapped[str] = mapped_column(Text, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProcedureRow(Base):
    """A published procedure as the lists need it; made anew from its version at any time.

    `listed` is false for those of another province; `short` is true where papers or legal basis
    are missing; `featured` where somebody of the Centre wrote it in plain words.
    """

    __tablename__ = "procedures"
    __table_args__ = (
        Index("ix_procedures_listed_sort_key", "listed", "sort_key", "code"),
        Index("ix_procedures_listed_field_slug_sort_key", "listed", "field_slug", "sort_key"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("content_items.id"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    heading: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(Text)
    field_slug: Mapped[str] = mapped_column(Text)
    field_sort_key: Mapped[str] = mapped_column(Text)
    agency: Mapped[str] = mapped_column(Text)
    issuing_agency: Mapped[str] = mapped_column(Text)
    time: Mapped[str] = mapped_column(Text)
    online: Mapped[str] = mapped_column(Text)
    listed: Mapped[bool] = mapped_column(server_default=false())
    short: Mapped[bool] = mapped_column(server_default=false())
    featured: Mapped[bool] = mapped_column(server_default=false())


class ProcedureLevel(Base):
    """At which level of government a procedure is carried out; none known: one row "unknown"."""

    __tablename__ = "procedure_levels"
    __table_args__ = (Index("ix_procedure_levels_level_item_id", "level", "item_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("procedures.item_id"), primary_key=True)
    level: Mapped[str] = mapped_column(Text, primary_key=True)


class ProcedureAudience(Base):
    """For whom a procedure is; none known: one row "unknown"."""

    __tablename__ = "procedure_audiences"
    __table_args__ = (Index("ix_procedure_audiences_audience_item_id", "audience", "item_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("procedures.item_id"), primary_key=True)
    audience: Mapped[str] = mapped_column(Text, primary_key=True)


class ArticleRow(Base):
    """A published article, question or life event as the lists need it."""

    __tablename__ = "articles"
    __table_args__ = (Index("ix_articles_kind_language_position", "kind", "language", "position"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("content_items.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    published_on: Mapped[date | None]


class ArticleProcedure(Base):
    """A procedure that an article names; what many guides name is what many people need."""

    __tablename__ = "article_procedures"
    __table_args__ = (Index("ix_article_procedures_code", "code"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("articles.item_id"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
