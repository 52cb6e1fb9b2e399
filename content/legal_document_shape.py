"""What the Centre enters about a legal document: its number, its days, its file, its origin."""

from datetime import date
from typing import Annotated, Literal, Self

from flask_babel import gettext as _
from pydantic import StringConstraints, model_validator

from content import instrument_numbers
from content.leaf_shapes import FileRef, Said
from content.shapes import Shape, Slug, Words

Link = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^(https?://\S+)?$")]


class LegalDocument(Shape):
    """A legal document in the register. `slug` is its number folded, as the register has it.

    `ended_on` is the first day on which it no longer holds; `successor` the number of what replaced
    it; `evidence` how well it is known: its text was read, or a secondary source alone. Empty text
    and empty days mean: not known to us.
    """

    slug: Slug
    number: Said
    type: Words = ""
    title: Said
    issuer: Words = ""
    signed_on: date | None = None
    effective_from: date | None = None
    ended_on: date | None = None
    successor: Words = ""
    summary: Words = ""
    file: FileRef | None = None
    link: Link = ""
    source: Said
    evidence: Literal["text", "secondary"] = "secondary"
    note: Words = ""
    checked_on: date | None = None

    @property
    def heading(self) -> str:
        """As people say it: "Nghị định 42/2022/NĐ-CP"."""
        read = instrument_numbers.first(self.number)
        return f"{self.type or (read.kind if read else '')} {self.number}".strip()

    @model_validator(mode="after")
    def agrees(self) -> Self:
        """The numbers can be read, the address fits the number, no day contradicts another."""
        read = instrument_numbers.first(self.number)
        if read is None:
            raise ValueError(_("không đọc được số hiệu văn bản"))
        if read.key != self.slug:
            raise ValueError(_("địa chỉ của văn bản này phải là %(key)s", key=read.key))
        heir = instrument_numbers.first(self.successor) if self.successor else None
        if self.successor and heir is None:
            raise ValueError(_("không đọc được số hiệu văn bản thay thế"))
        if heir and heir.key == read.key:
            raise ValueError(_("một văn bản không thể tự thay chính nó"))
        begun = self.effective_from or self.signed_on
        if begun and self.ended_on and self.ended_on < begun:
            raise ValueError(_("hết hiệu lực trước khi có hiệu lực"))
        if self.signed_on and self.effective_from and self.effective_from < self.signed_on:
            raise ValueError(_("có hiệu lực trước ngày ký"))
        return self
