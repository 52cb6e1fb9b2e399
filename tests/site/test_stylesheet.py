"""The stylesheet keeps its promises in every theme, and on browsers without custom properties."""

import hashlib
import re
from pathlib import Path

import pytest

SITE = Path(__file__).resolve().parents[2] / "site"
CSS = SITE / "static" / "css"
TEXT = 4.5
GRAPHICS = 3.0
THEMES = ("light", "dark", "high contrast", "dark high contrast")
SURFACES = ("paper", "mist")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "soft", "link", "brand") for ground in SURFACES),
    *((tone, ground) for tone in ("good", "warn", "bad") for ground in (*SURFACES, f"{tone}-bg")),
    *(("ink", f"{tone}-bg") for tone in ("good", "warn", "bad")),
    *(("link", f"{tone}-bg") for tone in ("good", "warn", "bad")),
    ("on-red", "red"), ("on-red", "red-deep"), ("on-foot", "foot"), ("paper", "ink"),
]  # fmt: skip
GRAPHIC_PAIRS = [("edge", "paper"), ("edge", "mist"), ("gold", "paper"), ("gold", "mist")]


def tokens(theme: str) -> dict[str, str]:
    """The colours of a theme: what it says itself, over what light says."""
    css = (CSS / "site.css").read_text("utf-8")
    found: dict[str, str] = {}
    for name in ("light", theme):
        block = re.search(rf"/\* tokens: {name} \*/.*?:root \{{(.*?)\}}", css, re.S)
        assert block, f"no tokens for the theme {name}"
        found |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block[1]))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_pair_can_be_read_in_every_theme(theme: str) -> None:
    found = tokens(theme)
    poor = {
        f"{ink} on {ground}": round(contrast(found[ink], found[ground]), 2)
        for ink, ground in TEXT_PAIRS
        if contrast(found[ink], found[ground]) < TEXT
    }
    assert not poor


@pytest.mark.parametrize("theme", THEMES)
def test_lines_that_carry_meaning_can_be_seen_in_every_theme(theme: str) -> None:
    found = tokens(theme)
    poor = {
        f"{line} on {ground}": round(contrast(found[line], found[ground]), 2)
        for line, ground in GRAPHIC_PAIRS
        if contrast(found[line], found[ground]) < GRAPHICS
    }
    assert not poor


@pytest.mark.parametrize("name", sorted(path.name for path in CSS.glob("*.css")))
def test_a_plain_value_stands_before_every_custom_property(name: str) -> None:
    css = re.sub(r"/\*.*?\*/", "", (CSS / name).read_text("utf-8"), flags=re.S)
    missing = []
    for body in re.findall(r"\{([^{}]*)\}", css):
        said: set[str] = set()
        for declaration in filter(None, (part.strip() for part in body.split(";"))):
            what = declaration.split(":", 1)[0].strip()
            sides = {"border", "border-left", "border-right", "border-top", "border-bottom"}
            whole = re.sub(r"-color$", "", what)
            covered = what in said or whole in said or bool(sides & said & {whole, "border"})
            if "var(--" in declaration and not covered:
                missing.append(declaration)
            said.add(what)
    assert not missing


def test_files_named_in_the_stylesheet_carry_their_fingerprint() -> None:
    css = (CSS / "site.css").read_text("utf-8")
    named = re.findall(r'url\("\.\./([^"?]+)\?v=([0-9a-f]+)"\)', css)
    assert len(named) == css.count("url(")
    for name, fingerprint in named:
        content = (SITE / "static" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest()[:12] == fingerprint, name


def test_each_font_file_is_small_and_has_its_licence_beside_it() -> None:
    fonts = sorted((SITE / "static" / "fonts").glob("*.woff2"))
    assert len(fonts) == 2
    assert all(font.stat().st_size <= 24 * 1024 for font in fonts)
    assert "SIL OPEN FONT LICENSE" in (SITE / "static" / "fonts" / "OFL.txt").read_text("utf-8")


def test_nothing_moves_by_itself() -> None:
    for name in ("site.css", "desk.css"):
        css = (CSS / name).read_text("utf-8")
        assert "@keyframes" not in css
        assert "prefers-reduced-motion" in (CSS / "site.css").read_text("utf-8")
