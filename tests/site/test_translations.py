"""The English catalogue is whole, and the compiled file beside it says the same."""

import re
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

HOME = Path(__file__).resolve().parents[2]
FOLDER = HOME / "site" / "translations" / "en" / "LC_MESSAGES"
ROOMS = ("portal", "agencies", "search_index", "content", "feedback", "reports")
METHODS = [*((f"{room}/**.py", "python") for room in ROOMS), ("site/templates/**.html", "jinja2")]
KEYWORDS = DEFAULT_KEYWORDS | {"_l": None, "lazy_gettext": None}
HOLE = re.compile(r"%\((\w+)\)[sd]")


@cache
def catalogue() -> Catalog:
    with (FOLDER / "messages.po").open("rb") as file:
        return read_po(file, locale="en", domain="messages")


@cache
def sentences() -> frozenset[str]:
    """Every sentence of the code and the templates that a reader may see in English."""
    found = extract_from_dir(HOME, method_map=METHODS, keywords=KEYWORDS)
    texts = (message for _file, _line, message, _comments, _context in found)
    return frozenset(text if isinstance(text, str) else text[0] for text in texts)


def said(message: Message) -> list[str]:
    """The English sentence, or its forms for one and for many."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def is_said(message: Message) -> bool:
    return all(said(message))


def singular(message: Message) -> str:
    """The sentence itself; for one with a number in it, its form for one."""
    return message.id if isinstance(message.id, str) else message.id[0]


def test_every_sentence_has_an_english_one() -> None:
    known = {singular(message) for message in catalogue() if message.id and is_said(message)}
    missing = sorted(sentences() - known)
    assert not missing, f"{len(missing)} sentences: run `make translate` and fill them in"


def test_no_english_sentence_is_a_guess_or_left_over() -> None:
    messages = [message for message in catalogue() if message.id]
    assert not [message.id for message in messages if message.fuzzy]
    assert not [message.id for message in messages if singular(message) not in sentences()]


def test_the_holes_in_both_sentences_are_the_same() -> None:
    for message in catalogue():
        if not message.id or not isinstance(message.id, str):
            continue
        assert set(HOLE.findall(message.id)) == set(HOLE.findall(message.string)), message.id


def test_english_sentences_are_english() -> None:
    vietnamese = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.I)
    names = ("Quảng Nam", "Đà Nẵng", "Việt Nam", "Tiếng Việt", "Zalo")
    for message in catalogue():
        text = str(message.string)
        for name in names:
            text = text.replace(name, "")
        text = re.sub(r"[“«\"].*?[”»\"]|\(.*?\)|\S+/[A-ZĐ-]{4,}\S*", "", text)
        if message.id:
            assert not vietnamese.search(text), text


def test_the_compiled_catalogue_equals_the_written_one() -> None:
    with (FOLDER / "messages.mo").open("rb") as file:
        compiled = {singular(one): said(one) for one in read_mo(file) if one.id}
    written = {singular(one): said(one) for one in catalogue() if one.id and is_said(one)}
    assert compiled == written, "run `make translate`"
