"""Whose site this is: names, levels of government, addressees, links and law, read from one file.

Every date pair is half open: `since` is the first day on which something holds, `until` the first
day on which it no longer does; an empty one means that no end is known.
"""

import re
from datetime import date
from functools import cached_property
from pathlib import Path
from string import Template
from typing import Any, Literal
from zoneinfo import ZoneInfo

import yaml
from flask import current_app
from pydantic import BaseModel, ConfigDict, field_validator

from portal import clock
from portal.vietnamese import fold

FOLDER = Path(__file__).parent / "profiles"
SUFFIX = ".yaml"

LevelName = Literal["commune", "district", "province"]

_WORD = re.compile(r"[^\W_]+")
# "Ủy ban nhân dân tỉnh", "UBND TP." and "UBND Thành phố" are one way of speaking.
_SAME = (("uy ban nhan dan", "ubnd"), ("tp", "thanh pho"))
_PROVINCIAL = ("ubnd ", "so ", "trung tam phuc vu hanh chinh cong")


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Dated(_Fact):
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


class Organisation(_Fact):
    """Who owns the site. What nobody has confirmed is empty, and pages then say nothing."""

    name: str
    short_name: str
    parent: str
    territory: str
    short_code: str
    name_en: str
    parent_en: str
    address: str = ""
    phone: str = ""
    email: str = ""
    responsible: str = ""

    @property
    def full_name(self) -> str:
        """The name with its territory, as it stands on the banner."""
        return f"{self.name} {self.territory}"

    def name_for(self, language: str) -> str:
        return self.name_en if language == "en" else self.full_name

    def parent_for(self, language: str) -> str:
        return self.parent_en if language == "en" else self.parent


class Province(_Fact):
    """Codes: of the territory in statistics, of the agency in dossier codes."""

    code: str
    agency_code: str
    name: str


class Level(_Dated):
    level: LevelName
    label: str
    label_en: str


class Controller(_Dated):
    """The ministry to which the control of procedures reports."""

    name: str
    short_code: str


class LegalBasis(_Dated):
    """An instrument this site stands on. `subject` is in our own words, not its title."""

    number: str
    subject: str
    subject_en: str


class Jurisdiction(_Dated):
    """From when to when the organisation was competent in law, and who came after it."""

    successor: str = ""
    instrument: str = ""


class DataLicence(_Fact):
    """On which terms others may use what this site publishes for machines."""

    name: str
    url: str


class Links(_Fact):
    national_portal: str
    procedure_template: str

    @field_validator("national_portal", "procedure_template")
    @classmethod
    def secure(cls, url: str) -> str:
        if not url.startswith("https://"):
            raise ValueError(f"{url} is not an https address")
        return url

    def procedure(self, code: str) -> str:
        """The National Portal's page of a procedure, by its official code."""
        return Template(self.procedure_template).substitute(code=code)


class Profile(_Fact):
    """All that makes one installation the site of one organisation."""

    tenant: str
    organisation: Organisation
    place: str
    province: Province
    jurisdiction: Jurisdiction
    levels: tuple[Level, ...]
    addressees: tuple[str, ...]
    controllers: tuple[Controller, ...]
    local_issuers: tuple[str, ...]
    links: Links
    legal_bases: tuple[LegalBasis, ...]
    data_licence: DataLicence
    dossier_code: str
    form_suffix: str
    hotline: str = ""
    mark: str

    @field_validator("dossier_code")
    @classmethod
    def pattern(cls, text: str) -> str:
        re.compile(text)
        return text

    @property
    def time_zone(self) -> ZoneInfo:
        return clock.LOCAL

    def levels_on(self, day: date) -> tuple[Level, ...]:
        """The levels of government of that day, the nearest to people first."""
        return tuple(level for level in self.levels if level.holds_on(day))

    def controller(self, day: date) -> Controller:
        """The ministry that controlled procedures on that day."""
        return next(found for found in self.controllers if found.holds_on(day))

    def legal_bases_on(self, day: date) -> tuple[LegalBasis, ...]:
        return tuple(basis for basis in self.legal_bases if basis.holds_on(day))

    def is_dossier_code(self, text: str) -> bool:
        return re.fullmatch(self.dossier_code, text) is not None

    def is_local_or_national(self, issuer: str) -> bool:
        """Whether a procedure of this issuer is meant for the people this site serves.

        An issuer that begins like a provincial body ("UBND …", "Sở …", "Trung tâm Phục vụ hành
        chính công …") is local when it is one of `local_issuers` or names the same territory;
        everybody else, and nobody at all, counts as national.
        """
        spoken = _spoken(issuer)
        if not f"{spoken} ".startswith(_PROVINCIAL):
            return True
        return spoken.endswith(self._local_territories)

    @cached_property
    def _local_territories(self) -> tuple[str, ...]:
        return tuple(_spoken(issuer).removeprefix("ubnd") for issuer in self.local_issuers)


def known() -> list[str]:
    """The tenants this installation has a profile for."""
    return sorted(path.stem for path in FOLDER.glob(f"*{SUFFIX}"))


def load(tenant: str) -> Profile:
    """The profile of a tenant; raises ValueError with a sentence for one that is not known."""
    if tenant not in known():
        listed = ", ".join(known())
        raise ValueError(f"Không có hồ sơ cấu hình cho TENANT «{tenant}»; hiện có: {listed}.")
    written: dict[str, Any] = yaml.safe_load(
        (FOLDER / f"{tenant}{SUFFIX}").read_text(encoding="utf-8")
    )
    return Profile.model_validate(written | {"tenant": tenant})


def profile() -> Profile:
    """The profile of the running application."""
    found: Profile = current_app.extensions["portal"].profile
    return found


def _spoken(issuer: str) -> str:
    text = f" {' '.join(_WORD.findall(fold(issuer)))} "
    for long, short in _SAME:
        text = text.replace(f" {long} ", f" {short} ")
    return text.strip()
