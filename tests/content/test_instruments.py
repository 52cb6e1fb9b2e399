"""The register of legal instruments: read, derived from citations, ended, turned into tasks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import citing, instrument_file, instrument_reading, instruments, library_loading
from content.errors import BadFile, BadRecord, NoSuchPage
from content.instrument_models import Evidence, InstrumentCitation, LegalInstrument
from content.instrument_numbers import every, first
from content.instrument_reading import Validity
from content.shapes import Citation
from portal import revisions, tasks
from portal.config import HOME
from portal.database import Database
from search_index.models import SearchRow
from tests.content.exports import Writes, a_record, take

TODAY = date(2026, 11, 23)
SHIPPED = HOME / "content" / "library" / "instruments.csv"
HEAD = ",".join(instrument_file.COLUMNS) + "\n"
CITIES = [
    {"number": "Nghị định số 42/2022/NĐ-CP", "title": "Cung cấp thông tin"},
    {"number": "60/2014/QH13", "title": "Luật Hộ tịch"},
    {"number": "", "title": "Thông tư 04/2020/TT-BTP hướng dẫn"},
    {"number": "54", "title": "Luật Hải quan"},
]


@pytest.fixture
def cited(db: Session, detailed: Writes, now: datetime) -> Session:
    """The shipped register, and two procedures that cite."""
    instruments.load(db, instrument_file.read(SHIPPED))
    records = [a_record(legal_basis=CITIES), a_record("1.001194", legal_basis=CITIES[:1])]
    take(db, detailed(*records), now)
    return db


def open_tasks(db: Session) -> list[tuple[str, str]]:
    return [(t.subject, t.origin) for t in tasks.waiting(db) if t.kind == citing.CHECK_BASIS]


@pytest.mark.parametrize(
    ("text", "written", "key"),
    [
        ("42/2022/NĐ-CP", "42/2022/NĐ-CP", "42-2022-nd-cp"),
        ("Nghị định số 08/2020/NĐ-CP.", "08/2020/NĐ-CP", "8-2020-nd-cp"),
        ("766/QD-TTg", "766/QĐ-TTg", "766-qd-ttg"),
        ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP", "66-7-2025-nq-cp"),
        ("59/2023/TT- BTC", "59/2023/TT-BTC", "59-2023-tt-btc"),
        ("18/2026/QĐ - UBND", "18/2026/QĐ-UBND", "18-2026-qd-ubnd"),
        ("09/2017/QH1409/2017/QH14", "09/2017/QH14", "9-2017-qh14"),
        ("191/2005/TTLT/BQP-BTC", "191/2005/TTLT/BQP-BTC", "191-2005-ttlt-bqp-btc"),
        ("1659/NQ-UBTVQH15", "1659/NQ-UBTVQH15", "1659-nq-ubtvqh15"),
    ],
)
def test_a_number_is_read_however_it_was_written(text: str, written: str, key: str) -> None:
    number = first(text)
    assert number is not None
    assert (number.written, number.key) == (written, key)


@pytest.mark.parametrize(
    "text", ["", "54", "Luật số 58", "10/10/2020", "222/02205/NĐ-CP", "1/1111/NĐ-CP", "a\0b"]
)
def test_what_is_no_number_is_not_read_as_one(text: str) -> None:
    assert first(text) is None


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read_and_reading_again_gives_the_same(text: str) -> None:
    for number in every(text):
        again = first(number.written)
        assert again is not None
        assert (again.key, again.written) == (number.key, number.written)


def test_the_number_tells_kind_and_issuer_as_far_as_it_can() -> None:
    decree, act = first("42/2022/NĐ-CP"), first("60/2014/QH13")
    assert decree and (decree.kind, decree.issuer, decree.year) == ("Nghị định", "Chính phủ", 2022)
    assert act and (act.kind, act.issuer) == ("", "Quốc hội")


def test_what_pages_cite_is_registered_once_and_marked_as_unchecked(cited: Session) -> None:
    act = cited.get_one(LegalInstrument, "60-2014-qh13")
    assert (act.name, act.title, act.evidence) == ("Luật 60/2014/QH13", "Luật Hộ tịch", "unchecked")
    assert cited.get_one(LegalInstrument, "4-2020-tt-btp").issuer == "Bộ Tư pháp"
    decree = cited.get_one(LegalInstrument, "42-2022-nd-cp")
    assert (decree.evidence, decree.ended_on) == (Evidence.TEXT, date(2026, 7, 1))
    assert cited.scalar(select(func.count()).select_from(InstrumentCitation)) == 4


def test_loading_the_register_again_changes_nothing(cited: Session) -> None:
    before = revisions.sequence(cited)
    assert instruments.load(cited, instrument_file.read(SHIPPED)) == 0
    assert revisions.sequence(cited) == before


def test_the_register_enriches_what_a_citation_brought_first(
    db: Session, detailed: Writes, now: datetime
) -> None:
    take(db, detailed(a_record(legal_basis=CITIES)), now)
    assert db.get_one(LegalInstrument, "42-2022-nd-cp").evidence == Evidence.UNCHECKED
    instruments.load(db, instrument_file.read(SHIPPED))
    row = db.get_one(LegalInstrument, "42-2022-nd-cp")
    assert (row.evidence, row.successor) == (Evidence.TEXT, "224-2026-nd-cp")


def test_a_page_published_anew_cites_anew(cited: Session, detailed: Writes, now: datetime) -> None:
    take(cited, detailed(a_record(legal_basis=CITIES[1:2])), now)
    keys = instrument_reading.instrument(cited, "60-2014-qh13", None, TODAY).citing
    assert len(keys) == 1
    left = instrument_reading.instrument(cited, "42-2022-nd-cp", None, TODAY).citing
    assert [page.title for page in left] == ["Thủ tục đăng ký khai sinh 1.001194"]


def test_pages_of_another_province_are_counted_and_not_named(
    cited: Session, detailed: Writes, now: datetime
) -> None:
    far = a_record("1.001195", legal_basis=CITIES[:1], issuing_agency="UBND tỉnh Gia Lai")
    take(cited, detailed(far), now)
    found = instrument_reading.instrument(cited, "42-2022-nd-cp", None, TODAY)
    assert (found.page.total, found.elsewhere) == (2, 1)
    instruments.tell(cited, now)
    assert len(open_tasks(cited)) == 2


def test_a_guide_that_names_a_number_cites_it(db: Session, now: datetime, tmp_path: Path) -> None:
    (tmp_path / "guides").mkdir()
    text = "---\ntitle: Nộp\n---\nTheo Nghị định 42/2022/NĐ-CP.\n"
    (tmp_path / "guides" / "nop.md").write_text(text, "utf-8")
    (tmp_path / "instruments.csv").write_bytes(SHIPPED.read_bytes())
    library_loading.load(db, tmp_path, now=now)
    (page,) = instrument_reading.instrument(db, "42-2022-nd-cp", None, TODAY).citing
    assert (page.title, page.path) == ("Nộp", "/huong-dan/nop")


def test_an_ended_instrument_makes_tasks_of_its_pages_exactly_once(
    cited: Session, now: datetime
) -> None:
    assert instruments.tell(cited, now) == 2
    expected = [("/thu-tuc/1.001193", "42-2022-nd-cp"), ("/thu-tuc/1.001194", "42-2022-nd-cp")]
    assert open_tasks(cited) == expected
    assert instruments.tell(cited, now + timedelta(days=1)) == 0
    assert open_tasks(cited) == expected


def test_machines_that_look_at_once_open_each_task_once(
    store: Database, detailed: Writes, now: datetime
) -> None:
    with store.write() as db:
        instruments.load(db, instrument_file.read(SHIPPED))
        take(db, detailed(a_record(legal_basis=CITIES)), now)
        db.commit()

    def tell(_at: int) -> int:
        with store.write() as db:
            opened = instruments.tell(db, now)
            db.commit()
            return opened

    with ThreadPoolExecutor(4) as machines:
        assert sorted(machines.map(tell, range(4))) == [0, 0, 0, 1]


def test_ending_an_instrument_today_opens_tasks_and_later_waits_for_the_day(
    cited: Session, now: datetime
) -> None:
    row, pages = instruments.end(
        cited, "60/2014/QH13", on=date(2026, 12, 1), successor="99/2026/QH16", now=now
    )
    assert (row.successor, pages) == ("99-2026-qh16", 1)
    assert ("/thu-tuc/1.001193", "60-2014-qh13") not in open_tasks(cited)
    entry = instrument_reading.instrument(cited, "60-2014-qh13", None, TODAY).entry
    assert entry.validity is Validity.ENDING
    instruments.tell(cited, datetime(2026, 11, 30, 17, 0, tzinfo=now.tzinfo))
    assert ("/thu-tuc/1.001193", "60-2014-qh13") in open_tasks(cited)
    heir = cited.get_one(LegalInstrument, "99-2026-qh16")
    assert heir.registered_by == "staff"


def test_ending_twice_alike_changes_nothing_and_the_library_does_not_undo_it(
    cited: Session, now: datetime
) -> None:
    for _time in range(2):
        instruments.end(cited, "224/2026/NĐ-CP", on=TODAY, successor="", now=now)
    assert instruments.load(cited, instrument_file.read(SHIPPED)) == 0
    assert cited.get_one(LegalInstrument, "224-2026-nd-cp").ended_on == TODAY


def test_publishing_a_page_without_the_ended_instrument_closes_its_task(
    cited: Session, detailed: Writes, now: datetime
) -> None:
    instruments.tell(cited, now)
    take(cited, detailed(a_record(legal_basis=CITIES[1:])), now)
    assert open_tasks(cited) == [("/thu-tuc/1.001194", "42-2022-nd-cp")]


@pytest.mark.parametrize(
    ("number", "successor", "day", "reason"),
    [
        ("không số", "", TODAY, "không phải số hiệu"),
        ("\0", "", TODAY, "không phải số hiệu"),
        ("42/2022/NĐ-CP", "abc", TODAY, "không phải số hiệu"),
        ("42/2022/NĐ-CP", "42/2022/nđ-cp 42/2022/NĐ-CP", TODAY, "tự thay chính nó"),
        ("224/2026/NĐ-CP", "", date(2026, 6, 1), "có hiệu lực từ 01/07/2026"),
    ],
)
def test_an_end_that_cannot_be_is_refused(
    cited: Session, now: datetime, number: str, successor: str, day: date, reason: str
) -> None:
    with pytest.raises(BadRecord, match=reason):
        instruments.end(cited, number, on=day, successor=successor, now=now)


@pytest.mark.parametrize(
    ("facts", "validity"),
    [
        ({"ended_on": TODAY}, Validity.ENDED),
        ({"ended_on": TODAY + timedelta(1)}, Validity.ENDING),
        ({"effective_from": TODAY + timedelta(1)}, Validity.NOT_YET),
        ({"effective_from": TODAY}, Validity.IN_FORCE),
        ({"effective_from": TODAY, "successor": "x"}, Validity.REPLACED),
        ({}, Validity.UNKNOWN),
        ({"evidence": "unchecked"}, Validity.UNCHECKED),
    ],
)
def test_validity_is_what_the_days_say(facts: dict[str, object], validity: Validity) -> None:
    row = LegalInstrument(**{"evidence": "text", "successor": "", **facts})
    assert instrument_reading.validity(row, TODAY) is validity


def test_instruments_are_found_by_part_of_their_number_or_by_words(cited: Session) -> None:
    for asked in ("42/2022", "42/2022/nd-cp", "NĐ-CP 42/2022", "truc tuyen 42/2022"):
        found = instrument_reading.instruments(cited, asked, None, TODAY)
        assert [entry.path for entry in found.entries] == ["/van-ban/42-2022-nd-cp"], asked
    assert instrument_reading.instruments(cited, "%", None, TODAY).entries == ()
    names = [e.name for e in instrument_reading.instruments(cited, "", "1", TODAY).entries]
    assert names[0].split("/")[1] == "2026"


def test_search_knows_them_by_number_and_stubs_by_number_only(cited: Session) -> None:
    rows = {row.key: row for row in cited.scalars(select(SearchRow))}
    assert rows["document:42-2022-nd-cp"].url == "/van-ban/42-2022-nd-cp"
    assert "Cung cấp" in rows["document:42-2022-nd-cp"].aliases
    assert rows["document:60-2014-qh13"].aliases == "[]"


def test_citations_are_linked_where_their_number_is_known(cited: Session) -> None:
    citations = [Citation(**one) for one in CITIES]
    found = instrument_reading.cited(cited, citations, TODAY)
    assert [one.instrument.path if one.instrument else "" for one in found] == [
        "/van-ban/42-2022-nd-cp", "/van-ban/60-2014-qh13", "/van-ban/4-2020-tt-btp", "",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["", "khong-co", "A", "a\0", "x" * 5000, "42/2022"])
def test_an_unknown_instrument_has_no_page(cited: Session, key: str) -> None:
    with pytest.raises(NoSuchPage):
        instrument_reading.instrument(cited, key, None, TODAY)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("so,ten\n", "các cột phải là"),
        (HEAD + "abc,,t,,,,,,,,s,text\n", "dòng 2: không đọc được số «abc»"),
        (HEAD + "1/2020/NĐ-CP,,t,,,,,x,,,s,text\n", "không đọc được số «x»"),
        (HEAD + "1/2020/NĐ-CP,,t,,,,,2/2020/NĐ-CP,,,s,text\n", "chưa có trong tệp"),
        (HEAD + "1/2020/NĐ-CP,,t,,2020-13-01,,,,,,s,text\n", "dòng 2"),
        (HEAD + "1/2020/NĐ-CP,,t,,,2020-02-01,2020-01-01,,,,s,text\n", "hết hiệu lực trước"),
        (HEAD + "1/2020/NĐ-CP,,,,,,,,,,s,text\n", "thiếu nội dung"),
        (HEAD + "1/2020/NĐ-CP,,t,,,,,,,,s,đoán\n", "dòng 2"),
        (HEAD + "1/2020/NĐ-CP,,t,,,,,,,,s,text\n" * 2, "đã có ở dòng trên"),
        (HEAD + "1/2020/NĐ-CP\n", "số ô không khớp"),
    ],
)
def test_a_broken_register_is_refused_with_its_line(
    tmp_path: Path, lines: str, reason: str
) -> None:
    file = tmp_path / "instruments.csv"
    file.write_text(lines, "utf-8")
    with pytest.raises(BadFile, match=reason):
        instrument_file.read(file)


def test_every_shipped_fact_names_its_source_and_its_days_are_in_order() -> None:
    lines = instrument_file.read(SHIPPED)
    assert len(lines) >= 37
    assert all(line["source"] and line["evidence"] != "unchecked" for line in lines)
    ended = {line["number"]: line["ended_on"] for line in lines if line["ended_on"]}
    assert ended["42/2022/NĐ-CP"] == date(2026, 7, 1)
