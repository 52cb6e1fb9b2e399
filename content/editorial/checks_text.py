"""Looks through a Markdown text for what keeps readers out: headings, pictures, links, tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from content.rendering import FILE, pieces, words_of
from portal.vietnamese import fold

# Said alone, these do not tell where a link leads; screen readers read links out one by one.
EMPTY_WORDS = {
    *("tai day", "o day", "day", "vao day", "bam vao day", "nhan vao day", "click vao day"),
    *("xem them", "xem tiep", "xem chi tiet", "chi tiet", "xem", "doc them", "lien ket", "link"),
    *("tai ve", "tai xuong", "trang nay", "here", "click here", "read more", "more", "see more"),
    *("this", "this page", "this link", "details", "learn more", "download"),
}
ENOUGH_LETTERS = 200
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_LEFT_OVER = re.compile(
    r"\b(?:TODO|FIXME|TBD)\b|lorem ipsum|\?{3,}|\[(?:cần |sẽ )?(?:điền|bổ sung)[^\]]{0,40}\](?!\()",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"</?(?:a|b|i|u|p|br|div|span|font|img|table|tr|td|th|ul|ol|li|h[1-6]|script|style|iframe"
    r"|center|strong|em)\b[^<>]{0,200}>",
    re.IGNORECASE,
)
_CELL_MARK = re.compile(r"(?<!\\)\|")
_VIETNAMESE = re.compile("[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]")


@dataclass(frozen=True)
class Finding:
    """Something to mend: `where` names the field ("papers-0-papers-1-name"), `words` say what."""

    where: str
    words: str


def findings(where: str, text: str) -> Iterator[Finding]:
    found = pieces(text)
    for words in (
        *_headings(found),
        *_lines(found),
        *_tables(found, text.split("\n")),
        *_leftovers(found),
    ):
        yield Finding(where, words)


def left_over(text: str) -> str:
    """The first words that somebody put down for the time being; empty where there are none."""
    found = _LEFT_OVER.search(text)
    return found[0] if found else ""


def links(text: str) -> Iterator[tuple[str, str]]:
    """Where each link leads, and its words."""
    for inline in _inlines(pieces(text)):
        children: Sequence[Any] = inline.children or ()
        for at, child in enumerate(children):
            if child.type == "link_open":
                yield str(child.attrGet("href") or ""), _said(children, at)


def pictures(text: str) -> Iterator[str]:
    """The addresses of the pictures."""
    for inline in _inlines(pieces(text)):
        for child in inline.children or ():
            if child.type == "image":
                yield str(child.attrGet("src") or "")


def foreign(language: str, text: str) -> str:
    """What to say where a page is clearly not in the language it is filed under."""
    letters = text.lower()
    if sum(map(str.isalpha, letters)) < ENOUGH_LETTERS:
        return ""
    words = [word for word in letters.split() if word.isalpha()]
    marked = sum(bool(_VIETNAMESE.search(word)) for word in words)
    if language == "vi" and not marked:
        return str(_("Bản tiếng Việt không có chữ nào có dấu; có thể đã dán nhầm bản tiếng Anh."))
    if language == "en" and marked * 2 > len(words):
        return str(_("Bản tiếng Anh hầu hết là tiếng Việt; hãy kiểm tra lại."))
    return ""


def _inlines(found: Sequence[Any]) -> Iterator[Any]:
    return (piece for piece in found if piece.type == "inline")


def _headings(found: Sequence[Any]) -> Iterator[str]:
    last = 1
    for at, piece in enumerate(found):
        if piece.type != "heading_open":
            continue
        level, words = int(piece.tag[1]), words_of(found[at + 1])
        if not words.strip():
            yield _("Có một đề mục trống; hãy ghi chữ hoặc bỏ đi.")
        elif level == 1:
            yield _(
                "Đề mục “%(words)s” dùng cấp 1 (#) của tiêu đề trang; hãy dùng ## trở xuống.",
                words=words,
            )
        elif level > last + 1:
            yield _(
                "Đề mục “%(words)s” nhảy cấp: sau cấp %(last)s phải là cấp %(next)s (%(marks)s).",
                words=words, last=last, next=last + 1, marks="#" * (last + 1),
            )  # fmt: skip
        last = level


def _lines(found: Sequence[Any]) -> Iterator[str]:
    for inline in _inlines(found):
        children: Sequence[Any] = inline.children or ()
        for at, child in enumerate(children):
            if child.type == "image":
                yield from _picture(child)
            elif child.type == "link_open":
                yield from _link(str(child.attrGet("href") or ""), _said(children, at))


def _picture(child: Any) -> Iterator[str]:
    address = str(child.attrGet("src") or "")
    if not child.content.strip():
        yield _(
            "Ảnh “%(name)s” chưa có lời mô tả; ghi vào giữa hai dấu ngoặc vuông: ![mô tả](…).",
            name=address.rpartition("/")[2] or address,
        )
    if not FILE.fullmatch(address):
        yield _(
            "Ảnh “%(address)s” không nằm trên trang này nên không hiện; hãy tải ảnh lên.",
            address=address,
        )


def _link(address: str, words: str) -> Iterator[str]:
    if not words:
        yield _("Liên kết đến “%(address)s” không có chữ; hãy ghi nơi nó dẫn tới.", address=address)
    elif fold(words).strip(" .,:;!?()[]»«→>\"'") in EMPTY_WORDS:
        yield _(
            "Liên kết “%(words)s” không nói dẫn tới đâu; hãy viết tên trang hoặc tên tệp.",
            words=words,
        )
    elif _ADDRESS.fullmatch(words):
        yield _(
            "Liên kết “%(words)s” chỉ là địa chỉ; hãy viết tên trang thay cho địa chỉ.",
            words=words,
        )


def _said(children: Sequence[Any], at: int) -> str:
    """The words between a link's beginning and its end, pictures by their text."""
    said = []
    for child in children[at + 1 :]:
        if child.type == "link_close":
            break
        said.append(child.content)
    return " ".join("".join(said).split())


def _tables(found: Sequence[Any], lines: Sequence[str]) -> Iterator[str]:
    for at, piece in enumerate(found):
        if piece.type == "table_open":
            yield from _table(found, at, lines)
        elif piece.type == "inline" and found[at - 1].type == "paragraph_open":
            written = piece.content.split("\n")
            if sum(line.strip().startswith("|") and line.count("|") > 1 for line in written) > 1:
                yield _(
                    "Có bảng thiếu hàng tiêu đề; hàng đầu là tên các cột, hàng thứ hai là | --- |."
                )


def _table(found: Sequence[Any], at: int, lines: Sequence[str]) -> Iterator[str]:
    heads = []
    for place in range(at, len(found)):
        if found[place].type == "thead_close":
            break
        if found[place].type == "th_open":
            heads.append(found[place + 1].content.strip())
    if not all(heads):
        yield _("Có bảng mà hàng tiêu đề còn ô trống; hãy ghi tên cho mỗi cột.")
    first, end = found[at].map
    for number in range(first, end):
        if _cells(lines[number]) != len(heads):
            yield _(
                "Bảng có hàng không đủ hoặc thừa ô so với hàng tiêu đề: “%(row)s”.",
                row=lines[number].strip()[:80],
            )


def _cells(line: str) -> int:
    return len(_CELL_MARK.split(_CELL_MARK.sub("|", line.strip()).strip("|")))


def _leftovers(found: Sequence[Any]) -> Iterator[str]:
    for inline in _inlines(found):
        if words := left_over(inline.content):
            yield _("Còn chữ để tạm “%(words)s”; hãy viết xong hoặc bỏ đi.", words=words)
        plain = "".join(child.content for child in inline.children or () if child.type == "text")
        if markup := _MARKUP.search(plain):
            yield _(
                "Mã HTML “%(markup)s” sẽ hiện nguyên thành chữ; hãy dùng cách viết Markdown.",
                markup=markup[0][:60],
            )
