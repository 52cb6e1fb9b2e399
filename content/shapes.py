"""What a procedure, a guide, a news item and a standing page consist of, in office words."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[str, StringConstraints(strip_whitespace=True)]
Code = Annotated[str, StringConstraints(pattern=r"^\d\.\d{6}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Shape(BaseModel):
    """Frozen, and strict about unknown keys: a misspelt key in a library file is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Level(StrEnum):
    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    MINISTRY = "ministry"
    OTHER = "other"


class Audience(StrEnum):
    CITIZEN = "citizen"
    OVERSEAS = "overseas"
    FOREIGNER = "foreigner"
    OFFICIAL = "official"
    BUSINESS = "business"
    COOPERATIVE = "cooperative"
    ORGANISATION = "organisation"
    OTHER = "other"


class Online(StrEnum):
    """How far a procedure can be done online; unknown is a value of its own."""

    FULL = "full"
    PARTIAL = "partial"
    OFFERED = "offered"
    NONE = "none"
    UNKNOWN = "unknown"


class Channel(StrEnum):
    DIRECT = "direct"
    ONLINE = "online"
    POST = "post"


class Step(Shape):
    title: Words
    text: Words = ""


class Method(Shape):
    """One way of submitting. An empty `time` or `fee` means unknown, never none and never free."""

    channel: Channel
    time: Words = ""
    fee: Words = ""
    note: Words = ""


class Paper(Shape):
    """One paper of the dossier, its name word for word; None copies means not stated."""

    name: Words
    originals: int | None = None
    copies: int | None = None
    note: Words = ""
    form: Words = ""


class PaperGroup(Shape):
    """The papers of one case, for example "Trường hợp ủy quyền"; an empty title: the usual one."""

    title: Words = ""
    papers: tuple[Paper, ...]


class Citation(Shape):
    """A legal instrument as the source names it."""

    number: Words = ""
    title: Words = ""


class Procedure(Shape):
    """One administrative procedure. Empty text, empty tuple and UNKNOWN mean: not known to us.

    Source of the parts: Decree 63/2010/NĐ-CP, Article 8(2), and the national database export.
    """

    code: Words
    name: Words
    title: Words = ""
    aliases: tuple[Words, ...] = ()
    summary: Words = ""
    decision: Words = ""
    levels: tuple[Level, ...] = ()
    kind: Words = ""
    field: Words = ""
    audience: tuple[Audience, ...] = ()
    issuing_agency: Words = ""
    implementing_agency: Words = ""
    authority: Words = ""
    receiving_address: Words = ""
    coordinating: Words = ""
    online: Online = Online.UNKNOWN
    steps: tuple[Step, ...] = ()
    steps_text: Words = ""
    methods: tuple[Method, ...] = ()
    papers: tuple[PaperGroup, ...] = ()
    papers_text: Words = ""
    legal_basis: tuple[Citation, ...] = ()
    conditions: Words = ""
    results: tuple[Words, ...] = ()
    keywords: Words = ""
    description: Words = ""
    related: tuple[Words, ...] = ()
    source_url: Words = ""
    checked_on: date | None = None

    @property
    def heading(self) -> str:
        """The name people see: the short title where an editor wrote one."""
        return self.title or self.name


class Article(Shape):
    """A guide, a news item or a standing page: a title, a summary and Markdown."""

    kind: Literal["guide", "news", "page"]
    slug: Slug
    language: Literal["vi", "en"] = "vi"
    title: Words
    summary: Words = ""
    body: Words
    published_on: date | None = None
    checked_on: date | None = None
    procedures: tuple[Code, ...] = ()
    order: int = Field(default=100, ge=0)
