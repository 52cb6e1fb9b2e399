"""Turns Markdown, ours and the national database's, into clean HTML and into plain text."""

import html
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from portal.vietnamese import slug

TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "a"),
    *("blockquote", "code", "pre", "table", "thead", "tbody", "tr", "th", "td"),
    "img",
}
ATTRIBUTES = {
    "a": {"href", "rel"},
    "ol": {"start"},
    "th": {"scope"},
    "img": {"src", "alt", "width", "height", "loading"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
SCHEMES = {"https", "http", "mailto", "tel"}
DEEPEST_HEADING = 6
ANCHOR = "muc-"
# /tep/<at least 16 hex digits of the fingerprint>/<name>
FILE = re.compile(r"/tep/([0-9a-f]{16,64})/([^/?#]+)")

Size = tuple[int, int]
Sizes = Callable[[str], Size | None]

_TAG = re.compile(r"<[^>]+>")
_HEADING = re.compile(r"^(#{1,6}) ", re.MULTILINE)
_EDGE = re.compile(r"^[ \t]+", re.MULTILINE)


def article(
    text: str, *, root: str = "", files: str = "", sizes: Sizes = lambda _sha256: None
) -> Markup:
    """A text of ours: its largest heading becomes an h2, links of this site keep the language.

    Of pictures only files of ours are shown: `files` is what stands before `/tep/` in their
    addresses, and `sizes` tells width and height in pixels by the beginning of a fingerprint.
    """
    levels = [len(marks) for marks in _HEADING.findall(text)]
    demote = 2 - min(levels, default=2)
    seen = {"root": root, "demote": demote, "files": files, "sizes": sizes, "ids": set()}
    return _clean(_ours().render(text, seen))


def imported(text: str) -> Markup:
    """A text of the national database: irregular Markdown, line breaks kept, small headings."""
    return _clean(_theirs().render(_EDGE.sub("", text), {"root": "", "demote": 2}))


def plain_text(text: str) -> str:
    """The words of a Markdown text alone."""
    made = _ours().render(text, {"root": "", "demote": 1})
    return " ".join(html.unescape(_TAG.sub(" ", made)).split())


def pieces(text: str) -> list[Any]:
    """A text of ours as markdown-it reads it, for those who check it."""
    found: list[Any] = _ours().parse(text)
    return found


def anchor(words: str, taken: set[str]) -> str:
    """The name by which a link finds a heading: "Giấy tờ" is #muc-giay-to, a second one -2."""
    first = name = ANCHOR + (slug(words) or "khac")
    number = 1
    while name in taken:
        number += 1
        name = f"{first}-{number}"
    taken.add(name)
    return name


def words_of(inline: Any) -> str:
    """What a reader sees of one line of a text."""
    return "".join(
        child.content for child in inline.children or () if child.type in {"text", "code_inline"}
    )


def _clean(made: str) -> Markup:
    clean = nh3.clean(made, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    return Markup(clean)  # nosec B704 # cleaned just above


@lru_cache(maxsize=1)
def _ours() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.add_render_rule("image", _image)
    return _with_house_rules(made)


@lru_cache(maxsize=1)
def _theirs() -> MarkdownIt:
    """No code blocks and no underlined headings: nobody there meant them."""
    made = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    return _with_house_rules(made.disable(["image", "code", "fence", "lheading", "reference"]))


def _with_house_rules(made: MarkdownIt) -> MarkdownIt:
    for token in ("heading_open", "heading_close"):
        made.add_render_rule(token, _heading)
    made.add_render_rule("link_open", _link)
    made.add_render_rule("th_open", _column_head)
    return made


def _heading(self: Any, tokens: Any, at: int, options: Any, env: Any) -> str:
    token = tokens[at]
    token.tag = f"h{min(int(token.tag[1]) + env['demote'], DEEPEST_HEADING)}"
    if token.nesting == 1 and "ids" in env:
        token.attrSet("id", anchor(words_of(tokens[at + 1]), env["ids"]))
    return str(self.renderToken(tokens, at, options, env))


def _link(self: Any, tokens: Any, at: int, options: Any, env: Any) -> str:
    href = str(tokens[at].attrGet("href") or "")
    if href.startswith("/") and not href.startswith("//"):
        named = env["root"] and f"{href}/".startswith(f"{env['root']}/")
        tokens[at].attrSet("href", href if named else env["root"] + href)
    else:
        tokens[at].attrSet("rel", "noopener nofollow")
    return str(self.renderToken(tokens, at, options, env))


def _image(self: Any, tokens: Any, at: int, options: Any, env: Any) -> str:
    token = tokens[at]
    words = html.escape(self.renderInlineAsText(token.children or [], options, env))
    found = FILE.fullmatch(unquote(str(token.attrGet("src") or "")))
    if found is None or "files" not in env:
        return words
    size: Size | None = env["sizes"](found[1])
    source = html.escape(f"{env['files']}/tep/{found[1]}/{quote(found[2])}")
    large = f' width="{size[0]}" height="{size[1]}"' if size else ""
    return f'<img src="{source}" alt="{words}"{large} loading="lazy">'


def _column_head(self: Any, tokens: Any, at: int, options: Any, env: Any) -> str:
    tokens[at].attrs = {"scope": "col"}
    return str(self.renderToken(tokens, at, options, env))
