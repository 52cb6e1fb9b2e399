"""The covering report laid out by Decree 30/2020/NĐ-CP, with the form behind it as an annex."""

from datetime import datetime, time
from typing import Any

from reports import narrative
from reports.periods import day_words
from reports.record import Figures, Frozen

AGENCY_ROOM, NATION_ROOM = 7.5, 9.0
LETTERS_IN_AGENCY = 28
MOTTO_LONG = 5.6
SMALL_RULE, SUBJECT_RULE = 2.6, 5.0
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
SIGNER = "GIÁM ĐỐC"
SIGNATURE_POINTS = 70


def write(frozen: Frozen) -> bytes:
    """The DOCX file; the same figures always give the same bytes."""
    from docx import Document

    from reports import landscape, paper

    found = frozen.figures
    document = Document()
    paper.prepare(document)
    section = document.sections[0]
    paper.lay_out(section)
    paper.number_pages(section)
    _head(document, found)
    _subject(document, found)
    for block in narrative.body(found):
        _block(document, block)
    _end(document, found)
    landscape.add(document, found)
    _properties(document, found)
    return paper.packed(document, found.window.last_day)


def symbol(found: Figures) -> str:
    """The number is given by the document system when the report is signed (Article 15)."""
    return f"Số: …/BC-{found.head.symbol}"


def _head(document: Any, found: Figures) -> None:
    """Agencies on the left, the nation on the right, number and day beneath them."""
    from reports import paper
    from reports.paper import CENTRED

    table = paper.grid(document, 2, [AGENCY_ROOM, NATION_ROOM], lines=False)
    left, right = table.rows[0].cells
    agency = found.head
    for name, bold in ((agency.parent, False), (agency.organisation, True)):
        for line in paper.balanced(name.upper(), LETTERS_IN_AGENCY).split("\n"):
            paper.write(left, line, size=12, bold=bold, align=CENTRED)
    paper.rule(left, room=AGENCY_ROOM, long=SMALL_RULE)
    paper.write(right, NATION, size=12, bold=True, align=CENTRED)
    paper.write(right, MOTTO, size=13, bold=True, align=CENTRED)
    paper.rule(right, room=NATION_ROOM, long=MOTTO_LONG)
    left, right = table.rows[1].cells
    paper.write(left, symbol(found), size=13, align=CENTRED)
    day = f"{agency.place}, ngày … tháng … năm …"
    paper.write(right, day, size=13, italic=True, align=CENTRED)


def _subject(document: Any, found: Figures) -> None:
    from reports import paper
    from reports.paper import CENTRED

    paper.write(document, "BÁO CÁO", bold=True, align=CENTRED, before=18)
    for line in narrative.subject(found):
        paper.write(document, line, bold=True, align=CENTRED)
    if found.as_of:
        told = f"(Số liệu tính đến ngày {day_words(found.as_of)})"
        paper.write(document, told, italic=True, align=CENTRED)
    paper.rule(document, room=AGENCY_ROOM + NATION_ROOM, long=SUBJECT_RULE)


def _block(document: Any, block: narrative.Block) -> None:
    from docx.shared import Pt

    from reports import paper

    paragraph = paper.write(
        document, block.text, bold=block.level > 0, align=paper.JUSTIFIED, before=6
    )
    paragraph.paragraph_format.first_line_indent = paper.INDENT
    paragraph.paragraph_format.line_spacing = Pt(18)
    paragraph.paragraph_format.keep_with_next = block.level > 0
    paragraph.paragraph_format.widow_control = True


def _end(document: Any, found: Figures) -> None:
    """Recipients on the left, the signature on the right."""
    from reports import paper
    from reports.paper import CENTRED

    paper.write(document, "", size=6)
    table = paper.grid(document, 1, [AGENCY_ROOM + 0.75, NATION_ROOM - 0.75], lines=False)
    paper.keep_whole(table.rows[0], repeat=False)
    left, right = table.rows[0].cells
    paper.write(left, "Nơi nhận:", size=12, bold=True, italic=True)
    for addressee in found.head.addressees:
        paper.write(left, f"- {addressee} (để báo cáo);", size=11)
    paper.write(left, "- Lưu: VT.", size=11)
    paper.write(right, SIGNER, bold=True, align=CENTRED, after=SIGNATURE_POINTS)
    paper.write(right, "…", bold=True, align=CENTRED)


def _properties(document: Any, found: Figures) -> None:
    core = document.core_properties
    moment = datetime.combine(found.window.last_day, time.min)
    core.created = core.modified = core.last_printed = moment
    core.author = core.last_modified_by = found.head.full_name
    core.title, core.subject = " ".join(narrative.subject(found)), found.label
    core.language, core.comments, core.revision = "vi-VN", "", 1
