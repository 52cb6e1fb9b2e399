"""What a procedure and an article consist of, in office words."""

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


class TimeUnit(StrEnum):
    """What a period is counted in; working days leave out weekends and holidays."""

    HOURS = "hours"
    WORKING_HOURS = "working-hours"
    DAYS = "days"
    WORKING_DAYS = "working-days"
    MONTHS = "months"


class Method(Shape):
    """One way of submitting. An empty `time` or `fee` means unknown, never none and never free.

    `amount` and `unit` say the period once more as a number, where an editor has read it so.
    """

    channel: Channel
    time: Words = ""
    amount: int | None = Field(default=None, ge=0)
    unit: TimeUnit | None = None
    fee: Words = ""
    note: Words = ""


class Paper(Shape):
    """One paper of the dossier, its name word for word; None copies means not stated.

    `form` is the form as the source names it, `form_slug` the address of its file under /bieu-mau.
    """

    name: Words
    originals: int | None = None
    copies: int | None = None
    note: Words = ""
    form: Words = ""
    form_slug: Words = ""


class PaperGroup(Shape):
    """The papers of one case, for example "Trường hợp ủy quyền"; an empty title: the usual one."""

    title: Words = ""
    papers: tuple[Paper, ...]


class Citation(Shape):
    """A legal instrument as the source names it."""

    number: Words = ""
    title: Words = ""


class LocalPart(StrEnum):
    """What the province may settle otherwise than the national record says."""

    FEE = "fee"
    DISCOUNT = "discount"
    TIME = "time"
    FORM = "form"
    ADDRESS = "address"
    HOURS = "hours"
    OTHER = "other"


class LocalFact(Shape):
    """What holds in this province beside the national record, with where it stands and since when.

    `source` names the document ("Nghị quyết …/NQ-HĐND") or the desk that said so.
    """

    part: LocalPart
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    source: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    source_number: Words = ""
    since: date | None = None
    until: date | None = None
    checked_on: date


class Decided(StrEnum):
    """What the latest decision did with a procedure."""

    NEW = "new"
    MODIFIED = "modified"
    RESCINDED = "rescinded"


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
    online_reason: Words = ""
    online_basis: tuple[Citation, ...] = ()
    proactive: int | None = Field(default=None, ge=0, le=4)
    decided: Decided | None = None
    effective_on: date | None = None
    replaced_by: Words = ""
    local: tuple[LocalFact, ...] = ()
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
    """A guide, a news item, a notice, a standing page, a draft put out for comment: Markdown.

    `starts_on` and `ends_on` are the days between which a notice holds or comments are taken, both
    included; `outcome` says in Markdown what came of the comments.
    """

    kind: Literal["guide", "news", "notice", "page", "consultation"]
    slug: Slug
    language: Literal["vi", "en"] = "vi"
    title: Words
    summary: Words = ""
    body: Words
    published_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    outcome: Words = ""
    checked_on: date | None = None
    procedures: tuple[Code, ...] = ()
    order: int = Field(default=100, ge=0)
