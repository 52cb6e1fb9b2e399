"""Questions, life events and English procedures: well formed, and true to the library they cite."""

import hashlib
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from content.leaf_shapes import EnglishProcedure, LifeEvent, Question
from content.shapes import PaperGroup, Procedure

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "content" / "library"
ICONS = ROOT / "site" / "templates" / "macros" / "icons.html"
PROCEDURES = {path.stem: path for path in sorted((LIBRARY / "procedures").glob("*.yaml"))}
QUESTIONS = sorted((LIBRARY / "questions").glob("*.md"))
EVENTS = sorted((LIBRARY / "life_events").glob("*.yaml"))
ENGLISH = sorted((LIBRARY / "procedures_en").glob("*.yaml"))
GUIDES = sorted((LIBRARY / "guides").glob("*.md"))
PAGES = {path.stem for path in (LIBRARY / "pages").glob("*.md") if "." not in path.stem}
FEEDBACK = {"/phan-anh-kien-nghi", "/phan-anh-kien-nghi/tra-cuu", "/phan-anh-kien-nghi/tra-loi"}
INSIDE = FEEDBACK | {f"/huong-dan/{path.stem}" for path in GUIDES} | {f"/{slug}" for slug in PAGES}
INSTRUMENT = r"\b\d+/\d{4}/[A-ZĐ]+(-[A-ZĐ]+)*\b"
AMOUNT = r"\b\d{1,3}(?:[.,]\d{3})+\b"

each_question = pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
each_event = pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.stem)
each_english = pytest.mark.parametrize("path", ENGLISH, ids=lambda path: path.stem)


def fields(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


@cache
def question(path: Path) -> Question:
    _before, front, body = path.read_text("utf-8").split("---\n", 2)
    return Question.model_validate({**yaml.safe_load(front), "body": body})


@cache
def event(path: Path) -> LifeEvent:
    return LifeEvent.model_validate(fields(path))


@cache
def english(path: Path) -> EnglishProcedure:
    return EnglishProcedure.model_validate(fields(path))


@cache
def vietnamese(code: str) -> Procedure:
    return Procedure.model_validate(fields(PROCEDURES[code]))


def counted(groups: tuple[PaperGroup, ...]) -> list[list[tuple[int | None, int | None]]]:
    return [[(paper.originals, paper.copies) for paper in group.papers] for group in groups]


def said_in_english(one: EnglishProcedure) -> str:
    """Every English sentence of the file, without the Vietnamese names kept in the notes."""
    steps = [words for step in one.steps for words in (step.title, step.text)]
    papers = [words for group in one.papers for words in (group.title, *names(group))]
    own = [one.title, one.summary, one.audience_note, one.fees_note, one.time_note, one.conditions]
    return "\n".join([*own, *steps, *papers])


def plain(amount: str) -> str:
    """20.000 and 20,000 are one amount."""
    return re.sub("[.,]", "", amount)


def names(group: PaperGroup) -> list[str]:
    return [paper.name for paper in group.papers]


# How much there is


def test_at_least_62_procedures_have_papers_or_steps() -> None:
    detailed = [code for code in PROCEDURES if vietnamese(code).papers or vietnamese(code).steps]
    assert len(detailed) >= 62


def test_the_library_has_guides_questions_life_events_and_english_enough() -> None:
    assert len(GUIDES) >= 20
    assert len(QUESTIONS) >= 40
    assert len(EVENTS) >= 10
    assert len(ENGLISH) >= 15


@pytest.mark.parametrize("path", [*QUESTIONS, *EVENTS, *ENGLISH], ids=lambda path: path.name)
def test_a_file_is_written_in_composed_letters_without_invisible_marks(path: Path) -> None:
    words = path.read_text("utf-8")
    assert words == unicodedata.normalize("NFC", words)
    assert not re.search("[\u200b\u200e\ufeff\u00a0\t]", words)


# Questions


@each_question
def test_a_question_is_named_by_its_slug_and_cites_procedures_of_the_library(path: Path) -> None:
    one = question(path)
    assert one.slug == path.stem
    assert set(one.procedures) <= set(PROCEDURES)


@each_question
def test_a_question_is_asked_as_people_ask_and_answered_in_60_to_180_words(path: Path) -> None:
    one = question(path)
    assert one.title.endswith("?")
    assert one.field
    assert 60 <= len(one.body.split()) <= 180


@each_question
def test_an_answer_links_only_to_pages_of_the_site_and_gives_no_telephone(path: Path) -> None:
    body = question(path).body
    assert set(re.findall(r"\]\(([^)]+)\)", body)) <= INSIDE
    assert not re.search(r"\b0\d{2,3}[. ]?\d{3,4}[. ]?\d{0,4}\b", body)
    assert not re.search(r"[\w.]+@[\w.]+|<[a-z/]", body)


@each_question
def test_an_answer_never_says_free(path: Path) -> None:
    one = question(path)
    assert "miễn phí" not in f"{one.title} {one.summary} {one.body}".lower()


@each_question
def test_sums_of_money_in_an_answer_stand_in_a_procedure_it_cites(path: Path) -> None:
    one = question(path)
    cited = "\n".join(PROCEDURES[code].read_text("utf-8") for code in one.procedures)
    known = {plain(amount) for amount in re.findall(AMOUNT, cited)}
    assert {plain(amount) for amount in re.findall(AMOUNT, one.body)} <= known


def test_questions_are_not_asked_twice() -> None:
    titles = [question(path).title for path in QUESTIONS]
    orders = [question(path).order for path in QUESTIONS]
    assert len(set(titles)) == len(titles)
    assert len(set(orders)) == len(orders)


# Life events


@each_event
def test_a_life_event_is_named_by_its_slug_and_cites_procedures_of_the_library(path: Path) -> None:
    one = event(path)
    assert one.slug == path.stem
    assert {code for step in one.steps for code in step.procedures} <= set(PROCEDURES)


@each_event
def test_a_life_event_says_at_each_step_who_goes_and_where(path: Path) -> None:
    one = event(path)
    assert 5 <= len(one.steps) <= 10
    assert all(step.who and step.where for step in one.steps)


def test_each_drawing_of_a_life_event_is_drawn_and_leads_to_one_event() -> None:
    drawn = set(re.findall(r'^  "([a-z]+)": "M', ICONS.read_text("utf-8"), re.MULTILINE))
    used = [event(path).icon for path in EVENTS if event(path).icon]
    assert set(used) <= drawn
    assert len(set(used)) == len(used)


@each_event
def test_a_life_event_promises_nothing_free(path: Path) -> None:
    assert "miễn phí" not in path.read_text("utf-8").lower()


# English


@each_english
def test_an_english_procedure_is_named_by_a_code_of_the_library(path: Path) -> None:
    one = english(path)
    assert one.code == path.stem
    assert one.code in PROCEDURES


@each_english
def test_an_english_procedure_was_made_from_the_present_vietnamese_file(path: Path) -> None:
    one = english(path)
    assert one.source_digest == hashlib.sha256(PROCEDURES[one.code].read_bytes()).hexdigest()


@each_english
def test_an_english_procedure_has_the_papers_of_the_original_one_by_one(path: Path) -> None:
    one, original = english(path), vietnamese(english(path).code)
    assert counted(one.papers) == counted(original.papers)
    kept = [paper.note for group in one.papers for paper in group.papers]
    assert kept == [name for group in original.papers for name in names(group)]


@each_english
def test_an_english_procedure_has_as_many_steps_as_the_original(path: Path) -> None:
    one = english(path)
    assert len(one.steps) == len(vietnamese(one.code).steps)


@each_english
def test_numbers_of_days_and_money_in_english_stand_in_the_original(path: Path) -> None:
    one = english(path)
    original = PROCEDURES[one.code].read_text("utf-8")
    digits = re.sub(r"\D", " ", original.replace(".", "").replace(",", "")).split()
    known = {number.lstrip("0") for number in digits}
    spoken = f"{one.fees_note} {one.time_note}".replace(",", "")
    said = {number.lstrip("0") for number in re.findall(r"\d+", spoken)}
    assert said <= known


@each_english
def test_english_keeps_no_vietnamese_words_outside_the_notes(path: Path) -> None:
    words = re.sub(INSTRUMENT, "", said_in_english(english(path)))
    assert [sign for sign in words if ord(sign) > 127] == []


@each_english
def test_english_says_unknown_where_the_vietnamese_fee_is_blank(path: Path) -> None:
    one = english(path)
    if not any(method.fee for method in vietnamese(one.code).methods):
        assert "does not mean free" in one.fees_note
