"""A query becomes the words it means: mended, written out, with everyday phrases explained."""

from itertools import pairwise

import pytest

from search_index import plan
from search_index.plan import Plan
from search_index.spelling import Vocabulary
from search_index.synonyms import BrokenTable, Synonyms, shipped

TITLES = "đăng ký khai sinh|đăng ký kết hôn|giấy phép lái xe|đăng ký thường trú|cấp lại giấy"
TABLE = (
    "# typed\t>\tmeaning\tweight",
    "gplx\t=\tgiấy phép lái xe\t1",
    "bằng lái\t>\tgiấy phép lái xe\t1",
    "cưới\t>\tđăng ký kết hôn\t0.9",
    "mất\t>\tcấp lại\t0.8",
)


def a_vocabulary() -> Vocabulary:
    counts: dict[str, int] = {}
    surfaces: dict[str, str] = {}
    together: set[tuple[str, str]] = set()
    for title in TITLES.split("|"):
        words = title.split()
        keys = [plan.keys_of(word)[1] for word in words]
        for key, word in zip(keys, words, strict=True):
            counts[key] = counts.get(key, 0) + 5
            surfaces[key] = word
        together.update(pairwise(keys))
    return Vocabulary(counts, surfaces, lambda left, right: 9 * ((left, right) in together))


def planned(text: str, *, mending: bool = True) -> Plan:
    return plan.make(text, a_vocabulary(), Synonyms(TABLE), mending=mending)


def folded(text: str) -> list[str]:
    return [" ".join(reading.folded) for reading in planned(text).readings]


@pytest.mark.parametrize(
    "typed",
    [
        "đăng ký khai sinh",
        "dang ky khai sinh",
        "ddawng kys khai sinh",
        "dangd kys khai sinh",
        "d9a8ng ky1 khai sinh",
        "dangky khaisinh",
        "dang ky khai snih",
        "đang kí khai sinhh",
        "dangkykhaisinh",
        "ddăng kýy khaii sinh",
    ],
)
def test_slips_of_the_hand_lead_to_the_same_words(typed: str) -> None:
    assert folded(typed)[0] == "dang ki khai sinh"


def test_a_mended_query_is_shown_and_can_be_refused() -> None:
    assert planned("ket hno").mended == "ket hôn"
    assert planned("ket hno", mending=False).mended is None
    assert planned("kết hôn").mended is None


def test_a_possible_vietnamese_word_is_never_mended() -> None:
    assert planned("nuôi tôm hùm").mended is None


def test_an_abbreviation_is_written_out_wherever_it_stands() -> None:
    assert folded("doi gplx") == ["doi giay phep lai xe"]


def test_a_phrase_is_explained_and_its_own_words_are_kept() -> None:
    own, meant = planned("mat bang lai").readings
    assert " ".join(own.folded) == "mat bang lai"
    assert own.trust < meant.trust
    assert " ".join(meant.folded) == "cap lai giay phep lai xe"
    assert meant.explained == (("mất", "cấp lại"), ("bằng lái", "giấy phép lái xe"))


def test_a_phrase_typed_with_marks_must_fit_with_its_marks() -> None:
    assert "dang ki ket hon" in folded("cưới")
    assert "dang ki ket hon" in folded("cuoi")
    assert folded("cuối") == ["cuoi"]


def test_question_words_weigh_a_quarter_but_are_kept() -> None:
    (reading,) = planned("thủ tục đăng ký kết hôn ở đâu").readings
    weights = dict(zip(reading.folded, reading.weights, strict=True))
    assert weights["thu"] == weights["dau"] == plan.QUESTION_WEIGHT
    assert weights["ket"] == 1


def test_bank_and_copy_are_no_question_words_when_typed_with_marks() -> None:
    assert plan.weight_of(*plan.keys_of("bản"), marked=True) == 1
    assert plan.weight_of(*plan.keys_of("bạn"), marked=True) == plan.QUESTION_WEIGHT


@pytest.mark.parametrize("text", ["", "   ", "?!…", "\0\x01", "\u200b", "🙂🙂"])
def test_a_query_without_words_is_an_empty_plan(text: str) -> None:
    assert planned(text).empty


def test_an_endless_query_is_cut() -> None:
    long = planned("đăng ký khai sinh " * 5000)
    assert all(len(reading.folded) <= plan.MOST_WORDS for reading in long.readings)
    assert len(plan.clean("a" * 100_000)) == plan.LONGEST_QUERY


def test_a_query_is_cleaned_to_one_line_of_composed_letters() -> None:
    assert plan.clean(" đăng\n\tky\u0301\0 ") == "đăng ký"


def test_the_shipped_table_is_broad_and_reads() -> None:
    assert len(shipped()) >= 400
    assert shipped().spelled_out(plan.Keys(("bhyt",), ("bhyt",))).folded == (
        "bao",
        "hiem",
        "i",
        "te",
    )


@pytest.mark.parametrize(
    "line",
    ["no tabs", "a\t?\tb\t1", "a\t>\tb\t2", "a\t>\tb\tx", "hai từ\t=\tb\t1", "\t>\tb\t1"],
)
def test_a_broken_line_of_the_table_is_named(line: str) -> None:
    with pytest.raises(BrokenTable, match="Dòng 2"):
        Synonyms(("# first", line))
