"""What stands under site/: no Python, no inline script or style, no asset that is not there."""

import re
from pathlib import Path

import pytest

SITE = Path(__file__).resolve().parents[2] / "site"
TEMPLATES = sorted((SITE / "templates").rglob("*.html"))


def test_no_python_file_stands_under_site() -> None:
    # A package of this name can never be imported: the standard library's own `site` wins.
    assert not list(SITE.rglob("*.py"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(SITE).as_posix())
def test_a_template_has_neither_inline_script_nor_style_nor_unchecked_text(path: Path) -> None:
    text = path.read_text("utf-8")
    # Linked data is a block of data that no browser runs.
    assert not re.search(r"<script(?![^>]*\bsrc=|[^>]*ld\+json)", text)
    assert not re.search(r"<style|\sstyle=", text)
    assert not re.search(r"<[a-z][^>{]*\son[a-z]+=", text)
    assert not re.search(r"\|\s*safe\b", text)
    assert not re.search(r"https?://(?!www\.w3\.org)[^\s\"']*\.(css|js|woff2?|png|svg)", text)


def test_every_asset_a_template_names_is_there() -> None:
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r'asset\("([^"]+)"\)', path.read_text("utf-8"))
    }
    assert named
    assert not [name for name in named if not (SITE / "static" / name).is_file()]


def test_vietnamese_words_in_templates_are_composed_letters() -> None:
    import unicodedata

    for path in TEMPLATES:
        text = path.read_text("utf-8")
        assert text == unicodedata.normalize("NFC", text), path.name
