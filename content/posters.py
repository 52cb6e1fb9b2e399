"""A procedure on one sheet of A4: three steps for the wall, and a slip of what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import segno
from flask_babel import gettext as _
from flask_babel import ngettext

from content.paper_cases import Cases
from content.presenting import Papers, Shown
from content.projecting import LONGEST_ANSWER
from content.shapes import Paper, Procedure

MOST_PAPERS = 6
LONGEST_PAPER = 90
LONGEST_RESULT = 110
MOST_RESULTS = 2
# Each line of a list also costs about this many letters.
LETTERS_PER_LINE = 60
# A sheet with more letters than these is set smaller, smaller still, smallest.
LETTERS_ON_A_SLIP = (1_000, 2_100, 3_600)
LETTERS_ON_A_PAGE = (7_600, 11_000)
SIZES = ("", "small-print", "smaller-print", "smallest-print")


@dataclass(frozen=True)
class Poster:
    """`papers` are the first papers, their names cut short; `left_out` is how many follow."""

    papers: list[str]
    left_out: int
    depends_on_case: bool
    results: list[str]


@dataclass(frozen=True)
class Missing:
    """A paper that somebody has still to bring, under the title of its group."""

    group: str
    paper: Paper


@dataclass(frozen=True)
class Slip:
    """What was ticked as missing; `size` is how small it has to be set to stay on one sheet."""

    missing: tuple[Missing, ...]
    size: str


def qr_svg(address: str) -> bytes:
    """The QR code of an address as a picture, with the quiet border that scanners need."""
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=4, border=4, light="#fff")
    return drawn.getvalue()


def poster(procedure: Procedure, cases: Cases) -> Poster:
    common = [paper for group in cases.groups if not group.is_remark for paper in group.papers]
    names = [_cut(paper.name, LONGEST_PAPER) for paper in common]
    depends = bool(cases.choices)
    return Poster(
        papers=[] if depends else names[:MOST_PAPERS],
        left_out=0 if depends else max(0, len(names) - MOST_PAPERS),
        depends_on_case=depends,
        results=[_cut(result, LONGEST_RESULT) for result in procedure.results[:MOST_RESULTS]],
    )


def mark(group: Papers, place: int) -> str:
    """How a paper is named in the slip's address: group and place, from 1."""
    return f"{group.number}-{place}"


def slip(shown: Shown, ticked: list[str]) -> Slip:
    """The papers whose marks were ticked, in the order of the page; unknown marks say nothing."""
    wanted = set(ticked)
    missing = tuple(
        Missing(group.title, paper)
        for group in shown.papers
        if not group.is_note
        for place, paper in enumerate(group.papers, 1)
        if mark(group, place) in wanted
    )
    return Slip(missing, _size([one.paper.name for one in missing], LETTERS_ON_A_SLIP))


def size_of_page(procedure: Procedure, cases: Cases) -> str:
    """How small a procedure's page has to be set to be printed on two sheets."""
    papers = [paper for group in cases.shown for paper in group.papers]
    texts = [paper.name + paper.note for paper in papers]
    texts += [step.title + step.text for step in procedure.steps]
    texts += {method.time + method.fee + method.note for method in procedure.methods}
    texts += [citation.number + citation.title for citation in procedure.legal_basis]
    texts += [procedure.papers_text, procedure.steps_text, procedure.conditions]
    texts += [procedure.description, procedure.receiving_address, *procedure.results]
    return _size([text for text in texts if text], LETTERS_ON_A_PAGE)


def _size(texts: Sequence[str], limits: Sequence[int]) -> str:
    letters = sum(len(text) + LETTERS_PER_LINE for text in texts)
    return SIZES[sum(letters > limit for limit in limits)]


def in_one_line(answer: str) -> str:
    """An answer that fits a strip, or where to find it."""
    return answer if len(answer) <= LONGEST_ANSWER else str(_("Xem trang thủ tục"))


def how_many(papers: int) -> str:
    return str(ngettext("%(num)s loại giấy tờ", "%(num)s loại giấy tờ", papers))


def _cut(text: str, longest: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[:longest].rpartition(" ")[0] + " …"
