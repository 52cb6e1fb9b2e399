"""Which papers belong to which case, so that people can look at those of their own case alone.

A group is a case only where its title says so ("Trường hợp …", "Đối với …") or begins with the name
of the procedure itself ("Đăng ký tạm trú theo danh sách"). Every other group is shown whatever was
chosen: better a paper too many on the list than one too few at the counter.
"""

import re
from dataclasses import dataclass

from content.shapes import Paper, PaperGroup
from portal.vietnamese import fold

FEWEST_CASES = 2
MOST_CASES = 99

# "a) ", "(1.2) ", "* ", "- ", "1.5. "
_NUMBERED = re.compile(r"[\s*+\-–•]*(?:\(?[0-9a-z]{1,2}(?:\.[0-9a-z]{1,2})*[.)]+\s*)?")
_CASE = re.compile(
    r"(?:(?:thanh phan )?ho so )?(?:trong |doi voi |voi )?(?:truong hop|doi voi)\b"
    r"|thanh phan ho so (?:khi|giao|chuyen|gia han|cap)\b"
)
_REMARK = re.compile(r"luu y\b|ghi chu\b")
# Such a title adds to the papers of others, or says when others may take their place.
_ADDS = re.compile(
    r"\b(?:neu tren|noi tren|neu o tren|tuong ung|co them|bo sung them|phai nop|xuat trinh)\b"
)


@dataclass(frozen=True)
class Group:
    """The papers under one title; `number` names it in addresses, from 1."""

    number: int
    title: str
    papers: tuple[Paper, ...]
    is_case: bool
    is_remark: bool


@dataclass(frozen=True)
class Cases:
    """All groups in their order, and the number of the case that was chosen, 0 for all."""

    groups: tuple[Group, ...]
    chosen: int

    @property
    def choices(self) -> tuple[Group, ...]:
        """The cases one may choose between; none where there is nothing to choose."""
        return tuple(group for group in self.groups if group.is_case)

    @property
    def shown(self) -> tuple[Group, ...]:
        """The groups of the chosen case and those of no case."""
        if not self.chosen:
            return self.groups
        return tuple(g for g in self.groups if not g.is_case or g.number == self.chosen)


def cases(groups: tuple[PaperGroup, ...], name: str, wanted: str = "") -> Cases:
    """The groups of the procedure called `name` with their cases.

    `wanted` is the number the address asks for; anything that is not the number of a case is all.
    """
    titles = [_bare(group.title) for group in groups]
    name = fold(name).removeprefix("thu tuc ").strip()
    told = [_is_case(title, name) for title in titles]
    several = sum(told) >= FEWEST_CASES
    made = tuple(
        Group(
            number=number,
            title=group.title,
            papers=group.papers,
            is_case=several and is_case,
            is_remark=bool(_REMARK.match(title)),
        )
        for number, (group, title, is_case) in enumerate(zip(groups, titles, told, strict=True), 1)
    )
    own = {str(group.number): group.number for group in made[:MOST_CASES] if group.is_case}
    return Cases(made, own.get(wanted, 0))


def _bare(title: str) -> str:
    folded = fold(title)
    found = _NUMBERED.match(folded)
    return folded[found.end() :] if found else folded


def _is_case(bare: str, name: str) -> bool:
    named = bool(name) and bare.removeprefix("ho so ").startswith(name)
    return (named or bool(_CASE.match(bare))) and not _ADDS.search(bare)
