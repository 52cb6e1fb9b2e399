"""The starter library: every file is well formed, and every fact stands in the national record."""

import csv
import gzip
import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from content.shapes import Article, Online, Paper, Procedure

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "content" / "library"
DATA = ROOT.parent / "shared" / "data" / "tthc"
PROCEDURES = sorted((LIBRARY / "procedures").glob("*.yaml"))
ARTICLES = sorted(
    path for kind in ("guides", "pages", "news") for path in (LIBRARY / kind).glob("*.md")
)
STANDING = {
    "gioi-thieu", "co-cau-to-chuc", "lien-he", "can-bo-tiep-nhan", "tiep-can-thong-tin",
    "kenh-chinh-thuc", "quyen-rieng-tu", "ho-tro-tiep-can", "ke-hoach", "cong-khai",
}  # fmt: skip
LEGAL_CODE = r"\d\.\d{6}"

each_procedure = pytest.mark.parametrize("path", PROCEDURES, ids=lambda path: path.stem)
each_article = pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)


@cache
def procedure(path: Path) -> Procedure:
    return Procedure.model_validate(yaml.safe_load(path.read_text("utf-8")))


@cache
def article(path: Path) -> Article:
    _before, front, body = path.read_text("utf-8").split("---\n", 2)
    return Article.model_validate({**yaml.safe_load(front), "body": body})


@cache
def shipped() -> set[str]:
    """The addresses that are never dropped."""
    listed = (ROOT / "tests" / "site" / "urls.txt").read_text("utf-8").splitlines()
    return {line.split()[0] for line in listed if line.endswith(" 200")}


def own_words(one: Procedure) -> str:
    """What editors wrote, as opposed to what was copied."""
    steps = [words for step in one.steps for words in (step.title, step.text)]
    notes = [paper.note for group in one.papers for paper in group.papers]
    return "\n".join([one.title, one.summary, *steps, *notes, *(m.note for m in one.methods)])


def papers(one: Procedure) -> list[Paper]:
    return [paper for group in one.papers for paper in group.papers]


def folded(words: str) -> str:
    """NFC, invisible marks dropped, any run of spaces one space."""
    words = re.sub("[\u200b\u200e]", "", unicodedata.normalize("NFC", words))
    return re.sub(r"\s+", " ", words).strip()


# What holds of the files alone


def test_there_are_at_least_24_procedures_and_six_guides() -> None:
    assert len(PROCEDURES) >= 24
    assert len([path for path in ARTICLES if path.parent.name == "guides"]) >= 6
    assert len([path for path in ARTICLES if path.parent.name == "news"]) >= 3


@pytest.mark.parametrize("path", [*PROCEDURES, *ARTICLES], ids=lambda path: path.name)
def test_a_file_is_written_in_composed_letters_without_invisible_marks(path: Path) -> None:
    words = path.read_text("utf-8")
    assert words == unicodedata.normalize("NFC", words)
    assert not re.search("[\u200b\u200e\ufeff\u00a0]", words)


@each_procedure
def test_a_procedure_is_named_by_its_code_and_fits_its_shape(path: Path) -> None:
    one = procedure(path)
    assert one.code == path.stem
    assert re.fullmatch(LEGAL_CODE, one.code)
    assert one.name
    assert one.summary
    assert one.source_url.startswith("https://dichvucong.gov.vn/")
    assert one.checked_on is not None


@each_procedure
def test_a_procedure_has_a_short_title_and_the_words_people_type(path: Path) -> None:
    one = procedure(path)
    assert 0 < len(one.title) <= 70
    assert 4 <= len(one.aliases) <= 12
    assert len(set(one.aliases)) == len(one.aliases)
    assert all(alias == alias.lower() for alias in one.aliases)


@each_procedure
def test_related_procedures_are_in_the_library(path: Path) -> None:
    one = procedure(path)
    codes = {other.stem for other in PROCEDURES}
    assert set(one.related) <= codes - {one.code}


@each_procedure
def test_nobody_writes_free_in_place_of_an_unknown_fee(path: Path) -> None:
    one = procedure(path)
    assert "miễn phí" not in own_words(one).lower()
    for method in one.methods:
        assert folded(method.fee).lower() not in {"miễn phí", "không", "0", "không có thông tin"}


@each_procedure
def test_steps_are_few_and_papers_are_named(path: Path) -> None:
    one = procedure(path)
    assert len(one.steps) <= 7
    assert all(step.title for step in one.steps)
    assert all(paper.name for paper in papers(one))
    assert all(paper.originals or paper.copies or paper.note for paper in papers(one))


@each_article
def test_an_article_is_named_by_its_slug_and_lies_in_its_folder(path: Path) -> None:
    one = article(path)
    language = path.suffixes[0].strip(".") if len(path.suffixes) == 2 else "vi"
    assert path.name.split(".")[0] == one.slug
    assert path.parent.name == {"guide": "guides", "page": "pages", "news": "news"}[one.kind]
    assert one.language == language
    assert one.title
    assert one.summary
    assert one.checked_on is not None
    assert (one.published_on is not None) == (one.kind == "news")


@each_article
def test_an_article_is_plain_markdown_with_headings_from_the_second_level(path: Path) -> None:
    body = article(path).body
    assert re.findall(r"^(#+) ", body, re.MULTILINE)
    assert {len(marks) for marks in re.findall(r"^(#+) ", body, re.MULTILINE)} <= {2, 3}
    assert "{{" not in body
    assert not re.search(r"<[a-z/]", body)


@each_article
def test_an_article_leaves_telephone_and_address_to_the_profile(path: Path) -> None:
    body = article(path).body
    assert not re.search(r"\b0\d{2,3}[. ]?\d{3,4}[. ]?\d{0,4}\b", body)
    assert not re.search(r"[\w.]+@[\w.]+", body)


@each_article
def test_links_inside_the_site_lead_to_pages_that_exist(path: Path) -> None:
    one = article(path)
    guides = {f"/huong-dan/{other.stem}" for other in ARTICLES if other.parent.name == "guides"}
    known = guides | shipped() | {f"/{slug}" for slug in STANDING}
    for link in re.findall(r"\]\(([^)]+)\)", one.body):
        inside = link.removeprefix("/en") if one.language == "en" else link
        assert inside.partition("?")[0] in known
        assert link.startswith("/en/") == (one.language == "en")


@each_article
def test_an_article_names_only_procedures_of_the_library(path: Path) -> None:
    assert set(article(path).procedures) <= {other.stem for other in PROCEDURES}


def test_each_standing_page_exists_in_vietnamese_and_english() -> None:
    for language in ("vi", "en"):
        written = [one for one in map(article, ARTICLES) if one.language == language]
        assert {one.slug for one in written if one.kind == "page"} == STANDING


def test_the_privacy_page_tells_the_version_of_the_notice_under_the_form() -> None:
    from feedback.forms import NOTICE_VERSION

    for name in ("quyen-rieng-tu.md", "quyen-rieng-tu.en.md"):
        assert NOTICE_VERSION in article(LIBRARY / "pages" / name).body


# What holds against the national database, where it lies beside the project


@cache
def records() -> dict[str, dict[str, Any]]:
    if not DATA.exists():
        pytest.skip("needs ../shared/data, which a plain clone does not have")
    with gzip.open(DATA / "procedures.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {one["code"]: one for one in map(json.loads, lines)}


@cache
def catalogue() -> dict[str, dict[str, str]]:
    records()
    with (DATA / "catalogue.csv").open(encoding="utf-8", newline="") as rows:
        return {row["code"]: row for row in csv.DictReader(rows)}


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [words for part in value.values() for words in strings(part)]
    if isinstance(value, list):
        return [words for part in value for words in strings(part)]
    return [str(value)]


def all_text(code: str) -> str:
    sources = [records().get(code, {}), catalogue().get(code, {})]
    return "\n".join(folded(words) for source in sources for words in strings(source))


@pytest.mark.real_data
@each_procedure
def test_the_code_exists_and_no_other_province_issued_it(path: Path) -> None:
    code = procedure(path).code
    record = records().get(code) or catalogue().get(code)
    assert record is not None
    assert not str(record["issuing_agency"]).startswith("UBND")


@pytest.mark.real_data
@each_procedure
def test_every_fact_stands_word_for_word_in_the_record(path: Path) -> None:
    one = procedure(path)
    text = all_text(one.code)
    facts = [one.name, one.decision, one.kind, one.field, one.issuing_agency, one.authority]
    facts += [one.implementing_agency, one.receiving_address, one.coordinating, one.source_url]
    facts += [words for method in one.methods for words in (method.time, method.fee)]
    facts += [words for law in one.legal_basis for words in (law.number, law.title)]
    facts += [group.title for group in one.papers] + [paper.name for paper in papers(one)]
    facts += [*one.results]
    assert [fact for fact in facts if folded(fact) not in text] == []


@pytest.mark.real_data
@each_procedure
def test_conditions_are_copied_line_by_line(path: Path) -> None:
    one = procedure(path)
    source = folded(str(records().get(one.code, {}).get("requirements", "")))
    assert [line for line in one.conditions.splitlines() if folded(line) not in source] == []


@pytest.mark.real_data
@each_procedure
def test_numbers_of_copies_are_those_of_the_record(path: Path) -> None:
    one = procedure(path)
    rows = records().get(one.code, {}).get("documents", [])
    for paper in papers(one):
        same = [row for row in rows if folded(paper.name) in folded(row["name"])]
        counts = {(row["originals"], row["copies"]) for row in same}
        assert not counts or (str(paper.originals), str(paper.copies)) in counts


@pytest.mark.real_data
@each_procedure
def test_fully_and_partly_online_are_the_words_of_the_record(path: Path) -> None:
    one = procedure(path)
    channels = {method["channel"] for method in records().get(one.code, {}).get("methods", [])}
    if one.online is Online.FULL:
        assert "toàn trình" in one.name
    elif one.online is Online.PARTIAL:
        assert "một phần" in one.name
    elif one.online is Online.OFFERED:
        assert "Trực tuyến" in channels or "Trực tuyến" in all_text(one.code)


@pytest.mark.real_data
@each_procedure
def test_a_bare_catalogue_row_gives_no_papers_fees_or_times(path: Path) -> None:
    one = procedure(path)
    if one.code in records():
        return
    assert (one.papers, one.methods, one.steps, one.legal_basis) == ((), (), (), ())
