"""What a question, a life event, a form file and a procedure told in English consist of."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from content.shapes import Code, PaperGroup, Shape, Slug, Step, Words

Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Question(Shape):
    """A question as people ask it, and its answer in Markdown; `source` says where it stands."""

    slug: Slug
    title: Said
    summary: Said
    body: Said
    field: Words = ""
    procedures: tuple[Code, ...] = ()
    checked_on: date
    source: Said
    order: int = Field(default=100, ge=0)


class LifeStep(Shape):
    """One step of a life event: what to do, who goes, where, and by when; empty is not known."""

    title: Said
    text: Words = ""
    who: Words = ""
    where: Words = ""
    when: Words = ""
    procedures: tuple[Code, ...] = ()


class LifeEvent(Shape):
    """A turn in life and the procedures it brings, in the order in which people need them."""

    slug: Slug
    title: Said
    summary: Said
    icon: Words = ""
    steps: tuple[LifeStep, ...] = Field(min_length=1)
    checked_on: date
    order: int = Field(default=100, ge=0)


class FileRef(Shape):
    """A kept file as a page names it: its fingerprint, the name people see, what it is."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    name: Said
    media_type: Said
    size: int = Field(ge=1)


class FormFile(Shape):
    """A form to fill in: its official number, its file, and a PDF to look at where there is one."""

    slug: Slug
    title: Said
    summary: Words = ""
    number: Words = ""
    source: Words = ""
    file: FileRef
    preview: FileRef | None = None
    procedures: tuple[Code, ...] = ()
    checked_on: date | None = None
    order: int = Field(default=100, ge=0)


class EnglishProcedure(Shape):
    """A library procedure told in English; each paper keeps its Vietnamese name in its `note`.

    `source_digest` is the SHA-256 of the Vietnamese file this was made from: when that file
    changes, the English is known to be older than its original.
    """

    code: Code
    title: Said
    summary: Said
    audience_note: Words = ""
    steps: tuple[Step, ...] = ()
    papers: tuple[PaperGroup, ...] = ()
    fees_note: Words = ""
    time_note: Words = ""
    conditions: Words = ""
    source_digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    checked_on: date
