"""Markdown of ours and of the national database as clean HTML."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.projecting import procedure_document
from content.rendering import article, imported, plain_text
from content.shapes import Procedure


def test_headings_of_an_article_begin_at_the_second_level() -> None:
    assert '<h2 id="muc-a">A</h2>' in article("# A\n\n## B")
    assert '<h3 id="muc-b">B</h3>' in article("# A\n\n## B")
    assert '<h2 id="muc-b">B</h2>' in article("## B")


def test_headings_have_names_for_links_each_its_own() -> None:
    made = article("## Giấy tờ\n\n## Giấy tờ\n\n## **2026** [x](/a)\n\n## ???")
    for name in ("muc-giay-to", "muc-giay-to-2", "muc-2026-x", "muc-khac"):
        assert f'<h2 id="{name}">' in made


def test_pictures_are_shown_only_where_the_file_is_ours() -> None:
    made = article('![Sơ đồ "a<b"](/tep/0123456789abcdef/so-do.png)', sizes=lambda _sha256: (3, 4))
    assert 'src="/tep/0123456789abcdef/so-do.png"' in made
    assert 'alt="Sơ đồ &quot;a&lt;b&quot;"' in made
    assert 'width="3"' in made
    assert 'height="4"' in made
    assert 'loading="lazy"' in made
    assert 'src="/quan-tri/noi-dung/tep/' in article(
        "![x](/tep/0123456789abcdef/x.png)", files="/quan-tri/noi-dung"
    )
    for foreign in ("https://vi.du/anh.png", "//vi.du/tep/0123456789abcdef/x.png", "/tep/1/x.png"):
        assert "<img" not in article(f"![x]({foreign})")


def test_links_of_this_site_keep_the_language_and_others_are_marked() -> None:
    made = article("[a](/thu-tuc) [b](https://vi.du/) [c](//vi.du/)", root="/en")
    assert '<a href="/en/thu-tuc">a</a>' in made
    assert '<a href="https://vi.du/" rel="noopener nofollow">b</a>' in made
    assert "/en//vi.du" not in made


def test_a_link_that_names_its_language_is_left_alone() -> None:
    for address in ("/en", "/en/lien-he"):
        assert f'href="{address}"' in article(f"[a]({address})", root="/en")
    assert 'href="/en/enxyz"' in article("[a](/enxyz)", root="/en")


def test_imported_text_keeps_its_lines_and_lists() -> None:
    made = imported("Bước 1: nộp\nở xã\n    + Một\n    + Hai\n\n2. Tiếp\n---")
    assert "Bước 1: nộp<br>\nở xã" in made
    assert made.count("<li>") == 3
    assert '<ol start="2">' in made
    assert "<pre>" not in made
    assert "<h2>" not in made


def test_tables_have_heads_for_screen_readers() -> None:
    assert '<th scope="col">Phí</th>' in article("| Phí |\n|--:|\n| 1 |")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        '<img src=x onerror="alert(1)">',
        "![x](https://vi.du/anh.png)",
        "![x](data:image/png;base64,AAAA)",
        "![x](/tep/0123456789abcdef/../../quan-tri/x)",
        "<p style='color:red'>x</p>",
        "[x](file:///C:/Users/a/b.docx)",
    ],
)
def test_nothing_that_acts_gets_through(hostile: str) -> None:
    for made in (article(hostile), imported(hostile)):
        assert not any(sign in made for sign in ("<script", "<img", "<p style", 'href="javascript'))
        assert 'href="data' not in made
        assert 'href="file' not in made


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_text_gives_html_that_parses(text: str) -> None:
    for made in (article(text), imported(text)):
        html5lib.HTMLParser(strict=True).parse(f"<!doctype html><title>x</title><div>{made}</div>")


def test_plain_text_has_the_words_alone() -> None:
    assert plain_text("# A\n\n**b** & [c](/d) <i>") == "A b & c <i>"


def test_what_search_reads_of_an_imported_text_has_no_marks() -> None:
    made = Procedure(
        code="1.000001",
        name="Một thủ tục",
        steps_text="## Các bước\n1. **Nộp hồ sơ** – 2 * 3 bản",
        papers_text="***Tờ khai***",
    )
    text = procedure_document(made, featured=False).text
    assert text == "Các bước\n1. Nộp hồ sơ – 2 * 3 bản\nTờ khai"
