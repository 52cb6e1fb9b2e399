"""Turns Markdown, ours and the national database's, into clean HTML and into plain text."""

import html
import re
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "a"),
    *("blockquote", "code", "pre", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start"}, "th": {"scope"}}
SCHEMES = {"https", "http", "mailto", "tel"}
DEEPEST_HEADING = 6

_TAG = re.compile(r"<[^>]+>")
_HEADING = re.compile(r"^(#{1,6}) ", re.MULTILINE)
_EDGE = re.compile(r"^[ \t]+", re.MULTILINE)


def article(text: str, *, root: str = "") -> Markup:
    """A text of ours: its largest heading becomes an h2, links of this site keep the language."""
    levels = [len(marks) for marks in _HEADING.findall(text)]
    return _clean(_ours().render(text, {"root": root, "demote": 2 - min(levels, default=2)}))


def imported(text: str) -> Markup:
    """A text of the national database: irregular Markdown, line breaks kept, small headings."""
    return _clean(_theirs().render(_EDGE.sub("", text), {"root": "", "demote": 2}))


def plain_text(text: str) -> str:
    """The words of a Markdown text alone."""
    made = _ours().render(text, {"root": "", "demote": 1})
    return " ".join(html.unescape(_TAG.sub(" ", made)).split())


def _clean(made: str) -> Markup:
    clean = nh3.clean(made, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    return Markup(clean)  # nosec B704 # cleaned just above


@lru_cache(maxsize=1)
def _ours() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
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
    return str(self.renderToken(tokens, at, options, env))


def _link(self: Any, tokens: Any, at: int, options: Any, env: Any) -> str:
    href = str(tokens[at].attrGet("href") or "")
    if href.startswith("/") and not href.startswith("//"):
        named = env["root"] and f"{href}/".startswith(f"{env['root']}/")
        tokens[at].attrSet("href", href if named else env["root"] + href)
    else:
        tokens[at].attrSet("rel", "noopener nofollow")
    return str(self.renderToken(tokens, at, options, env))


def _column_head(self: Any, tokens: Any, at: int, options: Any, env: Any) -> str:
    tokens[at].attrs = {"scope": "col"}
    return str(self.renderToken(tokens, at, options, env))
