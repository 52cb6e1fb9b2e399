"""What is kept of searches, for how long, and what of it is ever shown."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.database import Database
from portal.keys import KeyRing
from search_index import query_log, query_recording, query_terms
from search_index.models import SearchClick, SearchQuery
from search_index.query_log import Entry
from search_index.query_recording import FOUND, NOTHING, REPAIRED, Asked, Clicked, Recorder

TODAY = date(2026, 11, 23)


def asked(term: str, asker: str = "a", *, days_ago: int = 0, outcome: str = NOTHING) -> Asked:
    day = TODAY - timedelta(days=days_ago)
    return Asked(day, f"{asker}{day}", f"m:{term}"[:32], term, int(outcome != NOTHING), outcome)


def clicked(term: str, key: str, asker: str = "a", place: int = 1) -> Clicked:
    return Clicked(TODAY, f"{asker}{TODAY}", f"m:{term}", key, place)


def record(db: Session, *searches: Asked) -> None:
    for one in searches:
        query_recording.write_searches(db, [(one, 1)])


def work(db: Session) -> list[Entry]:
    return query_log.work_list(db, since=TODAY - timedelta(days=30), until=TODAY)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Đổi bằng lái XE", "doi bang lai xe"),
        ("doi cccd 049201001234 mat", "doi cccd mat"),
        ("goi 0905 123 456 giup", "goi giup"),
        ("goi 0905.123.456", "goi"),
        ("goi +84 (905) 12-34-56", "goi"),
        ("cccd０４９２０１００１２３４", "cccd"),
        ("sinh ngay 12/05/1990 khai sinh", "sinh ngay khai sinh"),
        ("gui nguyen.van.an@example.vn nhe", "gui nhe"),
        ("gui an @ example.vn", "gui"),
        ("nghị định 42/2022", "nghi dinh 42/2022"),
        ("biểu mẫu 12345", "bieu mau 12345"),
        ("1.001193", ""),
        ("١٢٣٤٥٦٧", ""),
        ("\x00 ??? 😀", ""),
        ("", ""),
    ],
)
def test_long_numbers_dates_and_mail_addresses_are_never_kept(typed: str, kept: str) -> None:
    assert query_terms.kept(typed) == kept


def test_a_long_story_is_cut_at_a_word() -> None:
    told = query_terms.kept("tôi muốn hỏi " * 300)
    assert len(told) <= query_terms.LONGEST_TERM
    assert told.endswith(("toi", "muon", "hoi"))
    assert query_terms.kept("x" * 5000) == ""


def test_the_mark_of_a_term_needs_the_key(ring: KeyRing) -> None:
    assert query_terms.mark_of("khai sinh", ring) == query_terms.mark_of("khai sinh", ring)
    assert query_terms.mark_of("khai sinh", ring) != query_terms.mark_of("khai tu", ring)


def test_a_term_of_three_addresses_is_on_the_work_list(db: Session) -> None:
    record(db, *(asked("giay do than", who) for who in ("a", "b", "c", "c")))
    assert work(db) == [Entry("giay do than", 4, 1, 3, "nothing")]


def test_a_term_of_three_days_is_on_the_work_list(db: Session) -> None:
    record(db, *(asked("so do", days_ago=ago) for ago in (0, 1, 2)))
    assert work(db) == [Entry("so do", 3, 3, 3, "nothing")]


def test_a_term_of_one_person_is_never_shown(db: Session) -> None:
    record(db, *(asked("ten toi la an") for _time in range(50)), asked("ten toi la an", "b"))
    assert work(db) == []
    assert query_log.totals(db, TODAY, TODAY).searches == 51


def test_a_query_of_which_nothing_may_be_kept_is_counted_but_not_listed(db: Session) -> None:
    record(db, *(asked("", who) for who in "abcd"))
    assert work(db) == []
    assert query_log.totals(db, TODAY, TODAY).nothing == 4


def test_what_is_found_since_an_alias_came_leaves_the_list_of_nothing(db: Session) -> None:
    record(db, *(asked("giay do than", who, days_ago=2) for who in "abc"))
    record(db, asked("giay do than", "d", outcome=FOUND))
    query_recording.write_clicks(db, [clicked("giay do than", "procedure:1", "d")])
    assert work(db) == []


def test_results_nobody_opened_are_abandoned(db: Session) -> None:
    record(db, *(asked("ho tro", who, outcome=FOUND) for who in "abc"))
    record(db, *(asked("khai sinh", who, outcome=FOUND) for who in "abc"))
    query_recording.write_clicks(db, [clicked("khai sinh", "procedure:1", "b")])
    assert work(db) == [Entry("ho tro", 3, 1, 3, "abandoned")]


def test_a_click_counts_once_for_each_asker_and_only_after_a_search(db: Session) -> None:
    record(db, asked("khai sinh", "a", outcome=FOUND), asked("khai sinh", "b", outcome=FOUND))
    stranger = clicked("khai sinh", "procedure:1", "c")
    clicks = [clicked("khai sinh", "procedure:1", who, place=2) for who in "aaab"]
    assert query_recording.write_clicks(db, [*clicks, stranger]) == [stranger]
    counted = db.scalars(select(SearchClick)).one()
    assert (counted.n, counted.places) == (2, 4)


def test_figures_of_a_period(db: Session) -> None:
    record(db, asked("a", "a", outcome=FOUND), asked("b", "a", outcome=REPAIRED), asked("c", "b"))
    record(db, asked("a", "a", days_ago=1, outcome=FOUND), asked("a", "a", days_ago=40))
    query_recording.write_clicks(db, [clicked("a", "procedure:1", place=3)])
    told = query_log.totals(db, TODAY - timedelta(days=1), TODAY)
    assert (told.searches, told.found, told.repaired, told.nothing) == (4, 2, 1, 1)
    assert (told.askers, told.clicks, told.place) == (3, 1, 3.0)
    assert query_log.totals(db, date(2000, 1, 1), date(2000, 1, 2)).place is None


def test_the_log_is_erased_after_thirteen_months(db: Session) -> None:
    record(db, asked("cu", days_ago=397), asked("con", days_ago=395))
    assert query_log.months_before(TODAY, 13) == date(2025, 10, 23)
    assert query_log.months_before(date(2026, 3, 31), 13) == date(2025, 2, 28)
    assert query_log.erase(db, TODAY) == 1
    assert db.scalars(select(SearchQuery.term)).all() == ["con"]


def test_notes_are_written_together_and_early_clicks_wait(store: Database) -> None:
    recorder = Recorder(store, after=None)
    recorder.clicked(clicked("khai sinh", "procedure:1"))
    recorder.write()
    recorder.asked(asked("khai sinh", outcome=FOUND))
    recorder.asked(asked("khai sinh", outcome=FOUND))
    recorder.write()
    recorder.write()
    with store.read() as db:
        told = query_log.totals(db, TODAY, TODAY)
    assert (told.searches, told.askers, told.clicks) == (2, 1, 1)


def test_a_click_without_a_search_is_forgotten(store: Database) -> None:
    recorder = Recorder(store, after=None)
    recorder.clicked(clicked("khai sinh", "procedure:1"))
    for _round in range(query_recording.CLICK_TRIES):
        recorder.write()
    recorder.asked(asked("khai sinh", outcome=FOUND))
    recorder.write()
    with store.read() as db:
        assert query_log.totals(db, TODAY, TODAY).clicks == 0


def test_a_flood_stays_bounded(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_recording, "MOST_WAITING", 20)
    monkeypatch.setattr(query_recording, "MOST_OF_ONE_ASKER", 5)
    recorder = Recorder(store, after=None)
    for round_ in range(3):
        for number in range(50):
            recorder.asked(asked(f"may {round_} {number}"))
        recorder.write()
    with store.read() as db:
        assert db.scalar(select(func.count()).select_from(SearchQuery)) == 20


def test_a_database_that_is_away_costs_only_the_counts(store: Database) -> None:
    SearchQuery.__table__.drop(store.engine)  # type: ignore[attr-defined] # it is a Table
    recorder = Recorder(store, after=None)
    recorder.asked(asked("khai sinh"))
    recorder.write()


def test_notes_are_written_by_themselves(store: Database) -> None:
    recorder = Recorder(store, after=0.01)
    recorder.asked(asked("khai sinh"))
    timer = recorder._timer
    assert timer is not None
    timer.join(10)
    with store.read() as db:
        assert query_log.totals(db, TODAY, TODAY).searches == 1
