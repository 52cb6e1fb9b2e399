"""The register of legal instruments, opened as a browser opens it, and its command."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from content import instrument_file, instruments
from tests.content.exports import Publish, a_record
from tests.content.test_instruments import CITIES, SHIPPED
from tests.support.pages import StrictClient, text_of

END = ("content", "end-instrument")
BIRTH = "/thu-tuc/1.001193-thu-tuc-dang-ky-khai-sinh-1-001193"


@pytest.fixture
def site(publishing: Session, publish: Publish) -> Session:
    instruments.load(publishing, instrument_file.read(SHIPPED))
    publish(*(a_record(f"1.0011{n}", legal_basis=CITIES) for n in range(93, 99)))
    return publishing


@pytest.mark.parametrize("path", ["/van-ban", "/en/van-ban", "/van-ban?tim=42%2F2022&trang=9"])
def test_an_empty_register_answers(client: StrictClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_a_number_finds_its_instrument_and_its_pages(client: StrictClient, site: Session) -> None:
    found = client.get("/van-ban?tim=42/2022").page
    assert found.links()["/van-ban/42-2022-nd-cp"] == "Nghị định 42/2022/NĐ-CP"
    page = client.get("/van-ban/42-2022-nd-cp").page
    assert page.h1 == "Nghị định 42/2022/NĐ-CP"
    assert "Hết hiệu lực từ ngày 01/07/2026." in page.text
    links = page.links()
    assert "/van-ban/224-2026-nd-cp" in links
    assert BIRTH in links
    assert "6 trang." in page.text
    english = client.get("/en/van-ban/42-2022-nd-cp").page
    assert english.one("h1").get("lang") == "vi"
    assert f"/en{BIRTH}" in english.links()


def test_a_successor_names_what_it_replaced(client: StrictClient, site: Session) -> None:
    page = client.get("/van-ban/224-2026-nd-cp").page
    assert "Thay cho" in page.text
    assert "/van-ban/42-2022-nd-cp" in page.links()


def test_an_unchecked_instrument_says_so_and_is_kept_from_search_engines(
    client: StrictClient, site: Session
) -> None:
    page = client.get("/van-ban/60-2014-qh13").page
    assert "Chưa kiểm tra hiệu lực" in page.text
    assert page.one("meta", name="robots").get("content") == "noindex, follow"
    told = client.get("/sitemap.xml").text
    assert "/van-ban/42-2022-nd-cp<" in told
    assert "/van-ban/60-2014-qh13<" not in told


def test_a_long_reverse_list_goes_in_pages(
    client: StrictClient, site: Session, publish: Publish
) -> None:
    publish(*(a_record(f"1.0022{n}", legal_basis=CITIES[:1]) for n in range(10, 50)))
    first = client.get("/van-ban/42-2022-nd-cp").page
    assert "/van-ban/42-2022-nd-cp?trang=2" in first.links()
    second = client.get("/van-ban/42-2022-nd-cp?trang=2").page
    assert not set(procedures(first.links())) & set(procedures(second.links()))
    assert len(procedures(first.links())) + len(procedures(second.links())) == 46


def procedures(links: dict[str, str]) -> list[str]:
    return [link for link in links if link.startswith("/thu-tuc/")]


def test_citations_of_a_procedure_lead_to_their_instruments(
    client: StrictClient, site: Session
) -> None:
    page = client.get(BIRTH).page
    links = page.links()
    for key in ("42-2022-nd-cp", "60-2014-qh13", "4-2020-tt-btp"):
        assert f"/van-ban/{key}" in links
    (line,) = [one for one in page.all("li") if "42/2022/NĐ-CP" in text_of(one)]
    assert "Hết hiệu lực từ ngày 01/07/2026" in text_of(line)
    assert "Luật Hải quan" in page.text


@pytest.mark.parametrize("path", ["khong-co", "a%00b", "A", "%F0%9F%98%80", "x" * 3000])
def test_an_unknown_instrument_is_not_found(client: StrictClient, site: Session, path: str) -> None:
    assert client.get(f"/van-ban/{path}").status_code == 404


@pytest.mark.parametrize("asked", ["<script>", "\0", "%_", "' OR 1=1", "a" * 5000, "😀"])
def test_hostile_searches_get_a_plain_answer(
    client: StrictClient, site: Session, asked: str
) -> None:
    answer = client.get("/van-ban", query_string={"tim": asked, "trang": asked})
    assert answer.status_code == 200
    assert "<script>" not in answer.text


def test_the_command_ends_an_instrument_or_says_why_not(
    app: Flask, client: StrictClient, site: Session, now: datetime
) -> None:
    run = app.test_cli_runner().invoke
    told = run(args=[*END, "60/2014/QH13", "--on=2026-01-01", "--successor=99/2025/QH15"])
    assert told.output == (
        "Luật 60/2014/QH13 hết hiệu lực từ ngày 01/01/2026; 6 trang trích dẫn văn bản này.\n"
    )
    page = client.get("/van-ban/60-2014-qh13").page
    assert "Hết hiệu lực từ ngày 01/01/2026." in page.text
    assert "/van-ban/99-2025-qh15" in page.links()
    refused = run(args=[*END, "abc", "--on=2026-01-01"])
    assert refused.exit_code == 1
    assert "không phải số hiệu văn bản" in refused.output
