"""What differs between two versions: nothing lost, nothing invented, and readable."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask, render_template_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from content import part_labels, word_differences
from content.differences import Change, between, changed_parts, said
from content.leaf_shapes import EnglishProcedure, FileRef, FormFile, LifeEvent, LifeStep, Question
from content.shapes import (
    Article,
    Channel,
    Citation,
    Decided,
    LocalFact,
    LocalPart,
    Method,
    Online,
    Paper,
    PaperGroup,
    Procedure,
    Shape,
    Step,
)
from content.word_differences import Op

WORDS = st.text("ab hồ sơ.\n", max_size=12)
SHAPES = (Procedure, Article, Question, LifeEvent, FormFile, EnglishProcedure)

quick = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def a_procedure(**parts: Any) -> Procedure:
    return Procedure(**({"code": "1.001193", "name": "Đăng ký khai sinh"} | parts))


def of(text: str, *ops: Op, pieces: Any) -> str:
    return "".join(piece.text for piece in pieces if piece.op in ops)


def assert_honest(change: Change) -> None:
    assert of("", Op.SAME, Op.NEW, pieces=change.pieces) == change.new
    assert of("", Op.SAME, Op.GONE, pieces=change.pieces) == change.old


SOME_WORDS = WORDS.map(lambda words: f"a{words}")
ADDRESS = st.just("mot-trang")
DAY = st.dates(date(2026, 1, 1), date(2026, 1, 3))
FILE = st.builds(
    FileRef,
    sha256=st.sampled_from("ab").map(lambda letter: letter * 64),
    name=SOME_WORDS,
    media_type=st.just("application/pdf"),
    size=st.integers(1, 3),
)
STEP = st.builds(LifeStep, title=SOME_WORDS, text=WORDS, procedures=st.just(("1.000001",)))
TEXTS = dict.fromkeys(("title", "summary", "body", "source"), SOME_WORDS)
TEXTS_OF_AN_ARTICLE = {name: words for name, words in TEXTS.items() if name != "source"}
OTHERS: dict[type[Shape], dict[str, st.SearchStrategy[Any]]] = {
    Article: TEXTS_OF_AN_ARTICLE | {"kind": st.sampled_from(["guide", "news"]), "slug": ADDRESS},
    Question: TEXTS | {"slug": ADDRESS, "checked_on": DAY, "order": st.integers(1, 3)},
    LifeEvent: {
        "slug": ADDRESS, "title": SOME_WORDS, "summary": SOME_WORDS, "checked_on": DAY,
        "steps": st.lists(STEP, min_size=1, max_size=4).map(tuple),
    },
    FormFile: {
        "slug": ADDRESS, "title": SOME_WORDS, "file": FILE, "preview": st.none() | FILE,
        "procedures": st.just(()), "checked_on": st.none() | DAY,
    },
    EnglishProcedure: {
        "code": st.just("1.000001"), "title": SOME_WORDS, "summary": SOME_WORDS,
        "steps": st.lists(st.builds(Step, title=WORDS, text=WORDS), max_size=3).map(tuple),
        "papers": st.just(()), "source_digest": st.just("a" * 64), "checked_on": DAY,
    },
}  # fmt: skip


def shapes(kind: type[Shape]) -> st.SearchStrategy[Any]:
    """Pages of a kind with short texts that often repeat, so that rows meet one another."""
    fixed: dict[Any, st.SearchStrategy[Any]] = {
        Step: st.builds(Step, title=WORDS, text=WORDS),
        Method: st.builds(Method, time=WORDS, fee=WORDS),
        Paper: st.builds(Paper, name=WORDS, copies=st.none() | st.integers(0, 3), form=WORDS),
        Citation: st.builds(Citation, number=WORDS, title=WORDS),
    }
    groups = st.builds(
        PaperGroup, title=WORDS, papers=st.lists(fixed[Paper], max_size=4).map(tuple)
    )
    if kind is Procedure:
        rows = {
            "steps": fixed[Step], "methods": fixed[Method], "papers": groups,
            "legal_basis": fixed[Citation], "aliases": WORDS, "results": WORDS,
        }  # fmt: skip
        listed = {name: st.lists(row, max_size=4).map(tuple) for name, row in rows.items()}
        texts = dict.fromkeys(("name", "summary", "steps_text", "conditions"), WORDS)
        dates = {"effective_on": st.none() | st.dates()}
        return st.builds(Procedure, code=st.just("1.000001"), **listed, **texts, **dates)
    return st.builds(kind, **OTHERS[kind])


@pytest.mark.parametrize("kind", SHAPES)
@quick
@given(data=st.data())
def test_pieces_give_back_both_texts_and_equal_pages_have_no_change(
    kind: type[Shape], data: st.DataObject
) -> None:
    old, new = data.draw(shapes(kind)), data.draw(shapes(kind))
    assert between(old, old) == ()
    changes = between(old, new)
    assert bool(changes) == (old != new)
    assert {change.part for change in changes} == set(changed_parts(old, new))
    for change in (*changes, *between(None, new)):
        assert_honest(change)


@quick
@given(old=st.text(max_size=200), new=st.text(max_size=200))
def test_words_of_any_text_are_neither_lost_nor_invented(old: str, new: str) -> None:
    pieces = word_differences.pieces(old, new)
    assert of("", Op.SAME, Op.NEW, pieces=pieces) == new
    assert of("", Op.SAME, Op.GONE, pieces=pieces) == old
    assert all(piece.text for piece in pieces)


def test_one_changed_word_is_all_that_is_marked() -> None:
    (change,) = between(
        a_procedure(conditions="Nộp lệ phí 50.000 đồng một lần."),
        a_procedure(conditions="Nộp lệ phí 60.000 đồng một lần."),
    )
    assert str(change.label) == "Yêu cầu, điều kiện"
    assert [(piece.op, piece.text.strip()) for piece in change.pieces] == [
        ("same", "Nộp lệ phí"), ("gone", "50"), ("new", "60"), ("same", ".000 đồng một lần."),
    ]  # fmt: skip


def test_a_moved_row_is_told_as_moved_and_only_that() -> None:
    laws = [Citation(number=f"{n}/2014/QH13", title=f"Luật {n}") for n in range(5)]
    (change,) = between(
        a_procedure(legal_basis=laws), a_procedure(legal_basis=[laws[4], *laws[:4]])
    )
    assert change.row == "thứ tự"
    assert of("", Op.NEW, pieces=change.pieces).strip() == "4/2014/QH13"


def test_a_row_put_between_leaves_its_neighbours_alone() -> None:
    papers = [Paper(name=f"Giấy {n}", copies=1) for n in "abc"]
    more = [papers[0], Paper(name="Tờ khai mới"), *papers[1:]]
    (change,) = between(
        a_procedure(papers=[PaperGroup(title="Ủy quyền", papers=papers)]),
        a_procedure(papers=[PaperGroup(title="Ủy quyền", papers=more)]),
    )
    assert (change.row, change.old) == ("Ủy quyền / Tờ khai mới", "")


def test_a_renamed_row_is_compared_with_what_it_was() -> None:
    old = Paper(name="Tờ khai đăng ký khai sinh theo mẫu", originals=1)
    (change,) = between(
        a_procedure(papers=[PaperGroup(papers=[old])]),
        a_procedure(
            papers=[PaperGroup(papers=[old.model_copy(update={"name": old.name + " quy định"})])]
        ),
    )
    assert of("", Op.NEW, pieces=change.pieces) == " quy định"
    assert of("", Op.GONE, pieces=change.pieces) == ""


def test_values_are_told_in_words() -> None:
    fact = LocalFact(
        part=LocalPart.FEE, text="Miễn phí", source="Nghị quyết", checked_on=date(2026, 1, 2)
    )
    changes = between(
        a_procedure(),
        a_procedure(
            online=Online.PARTIAL,
            decided=Decided.RESCINDED,
            effective_on=date(2026, 7, 1),
            proactive=0,
            local=[fact],
            methods=[Method(channel=Channel.POST, time="3 ngày")],
        ),
    )
    told = {change.part: change.new for change in changes}
    assert told["online"] == "Được một phần"
    assert told["decided"] == "Bãi bỏ"
    assert told["effective_on"] == "01/07/2026"
    assert told["proactive"] == "0"
    assert "Phí, lệ phí\nQuy định: Miễn phí" in told["local"]
    assert told["methods"] == "Qua bưu chính\nThời hạn: 3 ngày"


def test_a_new_page_is_new_in_all_it_says_and_in_nothing_else() -> None:
    changes = between(None, a_procedure(steps=[Step(title="Nộp")]))
    assert [(change.part, change.old) for change in changes] == [
        ("code", ""), ("name", ""), ("steps", ""),
    ]  # fmt: skip


def test_pages_of_different_kinds_are_not_compared() -> None:
    question = Question.model_construct(slug="a", title="A")
    with pytest.raises(ValueError, match="one kind"):
        between(question, a_procedure())


def test_a_huge_text_written_anew_is_told_at_once_and_whole() -> None:
    old, new = " ".join(f"a{n}" for n in range(30_000)), " ".join(f"b{n}" for n in range(30_000))
    (change,) = between(a_procedure(steps_text=old), a_procedure(steps_text=new))
    assert_honest(change)
    assert [piece.op for piece in change.pieces] == ["gone", "new"]


def test_an_excerpt_keeps_every_change_and_drops_what_is_far_from_it() -> None:
    far = "chữ giữ nguyên " * 200
    (change,) = between(
        a_procedure(steps_text=f"{far}một {far}"), a_procedure(steps_text=f"{far}hai {far}")
    )
    assert sum(len(piece.text) for piece in change.excerpt) < 600
    for op in (Op.GONE, Op.NEW):
        assert of("", op, pieces=change.excerpt) == of("", op, pieces=change.pieces)


def _reached(shape: type[BaseModel]) -> set[type[BaseModel]]:
    found = {shape}
    for field in shape.model_fields.values():
        for inner in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(inner, type) and issubclass(inner, Shape):
                found |= _reached(inner)
    return found


def test_every_part_of_every_page_has_a_name_of_its_own() -> None:
    for kind in set().union(*map(_reached, SHAPES)):
        assert issubclass(kind, Shape)
        assert set(kind.model_fields) <= set(part_labels.PARTS[kind]), kind
    assert LifeStep in part_labels.PARTS
    for values, labels in part_labels.VALUES.items():
        assert set(values) <= set(labels)
        assert len({str(label) for label in labels.values()}) == len(labels)


Show = Callable[[tuple[Change, ...]], str]


@pytest.fixture
def show(app: Flask) -> Show:
    template = (
        '{% import "content/_differences.html" as differences with context %}'
        "{{ differences.show(changes) }}"
    )

    def render(changes: tuple[Change, ...]) -> str:
        with app.test_request_context("/"):
            return render_template_string(template, changes=changes)

    return render


def test_the_page_marks_words_for_eyes_and_for_ears(show: Show) -> None:
    made = show(between(a_procedure(summary="Một <b>"), a_procedure(summary="Hai <b>")))
    assert '<del><span class="hidden">[bỏ: </span>Một<span class="hidden">]</span></del>' in made
    assert '<ins><span class="hidden">[thêm: </span>Hai<span class="hidden">]</span></ins>' in made
    assert "&lt;b&gt;" in made
    assert "Không có gì khác nhau." in show(())


def test_said_leaves_out_what_is_not_known() -> None:
    assert said(Paper(name="Giấy", copies=0)) == "Giấy\nSố bản sao: 0"
