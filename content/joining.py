"""Gives templates the words and the clean HTML of the content room."""

from flask import Flask, request
from markupsafe import Markup

from content import labels, rendering


def join(app: Flask) -> None:
    app.jinja_env.filters["imported_text"] = rendering.imported
    app.jinja_env.filters["article_text"] = article_text
    app.jinja_env.globals["content_labels"] = labels


def article_text(text: str) -> Markup:
    """A text of ours as HTML; its links stay in the reader's language."""
    return rendering.article(text, root=request.script_root)
