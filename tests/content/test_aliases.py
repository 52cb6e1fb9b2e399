"""Everyday names of procedures: well formed, unambiguous, given to procedures that exist."""

import csv
import gzip
import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "content" / "library"
FILES = sorted((LIBRARY / "aliases").glob("*.yaml"))
EVERYDAY = ROOT / "tests" / "search_index" / "everyday.jsonl"
DATA = ROOT.parent / "shared" / "data" / "tthc"

CODE = re.compile(r"\d\.\d{6}")
HOME = "UBND Thành phố Đà Nẵng"
ELSEWHERE = re.compile(r"^UBND |\btỉnh [A-ZĐ]|Thành phố Hà Nội")

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
real_data = pytest.mark.real_data


@cache
def entries(path: Path) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def all_entries() -> list[dict[str, Any]]:
    return [entry for path in FILES for entry in entries(path)]


@cache
def queries() -> list[dict[str, Any]]:
    return [json.loads(line) for line in EVERYDAY.read_text("utf-8").splitlines()]


def folded(words: str) -> str:
    """As search hears it: no marks, no capitals, no punctuation."""
    marks = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    plain = "".join(letter for letter in marks if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", plain))


def spaced(words: str) -> str:
    """NFC, invisible marks dropped, any run of spaces one space."""
    words = re.sub("[\u200b\u200e]", "", unicodedata.normalize("NFC", words))
    return re.sub(r"\s+", " ", words).strip()


def twice(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


# What holds of the files alone


@each_file
def test_a_file_is_a_list_of_code_name_and_names_in_everyday_words(path: Path) -> None:
    assert entries(path)
    for entry in entries(path):
        assert list(entry) == ["code", "name", "aliases"]
        assert CODE.fullmatch(entry["code"])
        assert all(isinstance(alias, str) and alias.strip() for alias in entry["aliases"])
        assert len(entry["aliases"]) >= 2


@each_file
def test_a_file_is_nfc_and_without_stray_spaces(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text == unicodedata.normalize("NFC", text)
    for entry in entries(path):
        assert [words for words in entry["aliases"] if words != spaced(words)] == []
        assert entry["name"] == spaced(entry["name"])


def test_there_are_everyday_names_for_at_least_three_hundred_procedures() -> None:
    assert len(all_entries()) >= 300


def test_a_procedure_has_one_entry_over_all_files() -> None:
    assert twice([entry["code"] for entry in all_entries()]) == []


def test_no_everyday_name_stands_twice_with_one_procedure_or_with_two() -> None:
    assert twice([folded(alias) for entry in all_entries() for alias in entry["aliases"]]) == []


def test_no_everyday_name_belongs_to_another_procedure_of_the_library() -> None:
    owners: dict[str, set[str]] = {}
    for path in (LIBRARY / "procedures").glob("*.yaml"):
        record = yaml.safe_load(path.read_text("utf-8"))
        for alias in record.get("aliases") or []:
            owners.setdefault(folded(alias), set()).add(record["code"])
    taken = [
        alias
        for entry in all_entries()
        for alias in entry["aliases"]
        if owners.get(folded(alias), set()) - {entry["code"]}
    ]
    assert taken == []


def test_an_everyday_name_is_more_than_the_official_name_again() -> None:
    same = [
        alias
        for entry in all_entries()
        for alias in entry["aliases"]
        if folded(alias) == folded(entry["name"]).removeprefix("thu tuc ")
    ]
    assert same == []


def test_no_everyday_name_promises_money_or_days() -> None:
    fact = re.compile(r"\d+ ?(đồng|ngàn|nghìn|triệu|%)|\d+ ngày|miễn phí")
    names = [alias for entry in all_entries() for alias in entry["aliases"]]
    assert [alias for alias in names if fact.search(alias)] == []


# The everyday questions


def test_everyday_queries_are_many_numbered_and_told_apart() -> None:
    assert len(queries()) >= 320
    assert twice([one["id"] for one in queries()]) == []
    assert twice([one["query"].lower() for one in queries()]) == []
    for one in queries():
        assert set(one) == {"id", "query", "relevant", "kind", "half"}
        assert one["kind"] == "everyday"
        assert one["query"] == spaced(one["query"]) != ""
        assert one["relevant"] and all(CODE.fullmatch(code) for code in one["relevant"])


def test_half_of_the_everyday_queries_are_held_back() -> None:
    halves = Counter(one["half"] for one in queries())
    assert halves["tune"] == halves["held"] == len(queries()) // 2


def test_everyday_queries_ask_for_at_least_two_hundred_procedures() -> None:
    assert len({one["relevant"][0] for one in queries()}) >= 200


# What holds beside the national catalogue


@cache
def issued() -> dict[str, list[tuple[str, str]]]:
    """Official code -> each name it has, with who issued it."""
    if not DATA.exists():
        pytest.skip("không có dữ liệu quốc gia bên cạnh dự án (../shared/data/tthc)")
    found: dict[str, list[tuple[str, str]]] = {}
    with (DATA / "catalogue.csv").open(encoding="utf-8-sig", newline="") as rows:
        records: list[dict[str, Any]] = list(csv.DictReader(rows))
    with gzip.open(DATA / "procedures.jsonl.gz", "rt", encoding="utf-8") as lines:
        records += [json.loads(line) for line in lines]
    for record in records:
        name, agency = spaced(record["name"]), spaced(record.get("issuing_agency") or "")
        found.setdefault(record["code"], []).append((name, agency))
    return found


@real_data
@each_file
def test_every_code_exists_under_the_very_name_written(path: Path) -> None:
    known = issued()
    wrong = [
        (entry["code"], entry["name"])
        for entry in entries(path)
        if entry["name"] not in [name for name, _agency in known.get(entry["code"], [])]
    ]
    assert wrong == []


@real_data
def test_no_other_provinces_procedure_is_named_or_asked_for() -> None:
    known = issued()
    codes = {entry["code"] for entry in all_entries()}
    codes |= {code for one in queries() for code in one["relevant"]}
    foreign = [
        code
        for code in sorted(codes)
        for _name, agency in known.get(code, [])
        if agency != HOME and ELSEWHERE.search(agency)
    ]
    assert foreign == []


@real_data
def test_every_right_answer_of_an_everyday_query_exists() -> None:
    known = issued()
    missing = [code for one in queries() for code in one["relevant"] if code not in known]
    assert missing == []
