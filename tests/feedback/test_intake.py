"""Taking a message in: once, gap-free, sealed, on both databases."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from feedback import identity, receipts, status
from feedback.identity import Identity
from feedback.intake import receive
from feedback.kinds import Kind
from feedback.models import Case, CaseEvent, CaseIdentity
from feedback.states import State
from portal import events, revisions, tasks
from portal.database import Database
from portal.keys import KeyRing
from portal.revisions import Area
from tests.feedback.makers import CALENDAR, NOW, SENDER, TEXT, a_case, a_message, a_receipt

PARALLEL = 4
EACH = 10


def test_a_message_gets_code_secret_and_deadline(db: Session, ring: KeyRing) -> None:
    receipt = a_receipt(db, ring)
    case = db.scalars(select(Case)).one()
    assert receipt.code == case.code
    assert receipt.code.startswith("PAKN.20261123.")
    assert len(receipts.plain_secret(receipt.secret)) == 12
    assert receipt.due_on == case.due_on == date(2026, 12, 15)
    assert (case.register_year, case.register_number) == (2026, 1)
    assert case.state == State.REGISTERED
    assert case.content_types == "1"


def test_register_numbers_follow_each_other_and_codes_do_not_show_them(
    db: Session, ring: KeyRing
) -> None:
    cases = [a_case(db, ring, text=f"Việc số {n}") for n in range(30)]
    assert [case.register_number for case in cases] == list(range(1, 31))
    endings = [int(case.code[-4:]) for case in cases]
    assert endings != sorted(endings)


def test_the_register_begins_anew_at_local_midnight(db: Session, ring: KeyRing) -> None:
    before = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
    assert a_case(db, ring, now=before).register_year == 2026
    first = a_case(db, ring, now=before + timedelta(minutes=1))
    assert (first.register_year, first.register_number) == (2027, 1)


def test_an_intake_that_is_rolled_back_uses_no_number(store: Database, ring: KeyRing) -> None:
    with store.write() as db:
        a_receipt(db, ring)
    with store.write() as db:
        assert a_case(db, ring).register_number == 1
        db.commit()
    with store.write() as db:
        assert a_case(db, ring).register_number == 2


def test_the_same_stamp_gives_the_very_same_receipt(db: Session, ring: KeyRing) -> None:
    message = a_message()
    first = receive(db, message, ring=ring, calendar=CALENDAR, now=NOW)
    again = receive(db, message, ring=ring, calendar=CALENDAR, now=NOW + timedelta(hours=1))
    assert again == replace(first, repeated=True)
    assert db.scalar(select(func.count(Case.id))) == 1
    assert status.look_up(db, again.code, again.secret, ring=ring) is not None


def test_the_same_stamp_with_another_text_says_so_and_keeps_the_first(
    db: Session, ring: KeyRing
) -> None:
    message = a_message()
    first = receive(db, message, ring=ring, calendar=CALENDAR, now=NOW)
    changed = replace(message, text="Nội dung khác hẳn")
    again = receive(db, changed, ring=ring, calendar=CALENDAR, now=NOW)
    assert (again.code, again.repeated, again.changed) == (first.code, True, True)
    assert db.scalars(select(Case.text)).one() == TEXT


def test_the_same_content_under_another_stamp_is_a_possible_duplicate(
    db: Session, ring: KeyRing
) -> None:
    first, other = a_case(db, ring), a_case(db, ring, text="Chuyện khác")
    twin = a_case(db, ring, text=f"  {TEXT.upper()} ")
    assert twin.possible_duplicate_of == first.id
    assert other.possible_duplicate_of is None


def test_four_at_once_leave_no_gap_and_no_double(store: Database, ring: KeyRing) -> None:
    def send_some(which: int) -> None:
        for n in range(EACH):
            with store.write() as db:
                a_receipt(db, ring, text=f"Việc {which} {n}", stamp_nonce=f"{which}-{n}")
                db.commit()

    _all_at_once(send_some)
    with store.read() as db:
        numbers = sorted(db.scalars(select(Case.register_number)))
        assert numbers == list(range(1, PARALLEL * EACH + 1))
        assert db.scalar(select(func.count(CaseEvent.id))) == PARALLEL * EACH


def test_one_form_sent_four_times_at_once_is_one_case(store: Database, ring: KeyRing) -> None:
    codes: list[str] = []

    def send(_which: int) -> None:
        with store.write() as db:
            codes.append(a_receipt(db, ring, stamp_nonce="one").code)
            db.commit()

    _all_at_once(send)
    assert len(codes) == PARALLEL
    assert len(set(codes)) == 1


def test_who_sent_it_stands_nowhere_in_plain(store: Database, ring: KeyRing) -> None:
    with store.write() as db:
        case = a_case(db, ring)
        db.commit()
        assert identity.reveal(db, case, ring) == SENDER
        tables = db.execute(_all_tables(store)).scalars().all()
        for table in tables:
            for row in db.execute(text(f'SELECT * FROM "{table}"')):
                assert not any(
                    word in str(row)
                    for word in ("Bưởi", "905 123", "0905123456", "buoi@", "Trung Đàn")
                )
    if store.is_sqlite and store.url.database:
        for file in Path(store.url.database).parent.glob("portal.sqlite3*"):
            assert not any(
                word.encode() in file.read_bytes() for word in ("Bưởi", "905 123", "buoi@")
            )


def test_a_sealed_value_cannot_be_moved_to_another_case(db: Session, ring: KeyRing) -> None:
    one, two = a_case(db, ring), a_case(db, ring, text="Khác", identity=Identity(name="Trần B"))
    sealed = {row.case_id: row for row in db.scalars(select(CaseIdentity))}
    sealed[two.id].name = sealed[one.id].name
    db.flush()
    try:
        identity.reveal(db, two, ring)
    except Exception as error:
        assert type(error).__name__ == "NotSealedHere"
    else:
        raise AssertionError("the moved value opened")


def test_cases_are_found_by_phone_or_email_unread(db: Session, ring: KeyRing) -> None:
    mine = a_case(db, ring)
    a_case(db, ring, text="Khác", identity=Identity(phone="0905999999"))
    assert identity.cases_of(db, "+84905123456", ring) == [mine]
    assert identity.cases_of(db, "BUOI@thu.vn ", ring) == [mine]
    assert identity.cases_of(db, "", ring) == []


def test_an_anonymous_question_keeps_no_identity_row(db: Session, ring: KeyRing) -> None:
    case = a_case(db, ring, kind=Kind.QUESTION, identity=Identity())
    assert db.get(CaseIdentity, case.id) is None
    assert not identity.reveal(db, case, ring)


def test_a_website_problem_opens_a_task_about_the_page(db: Session, ring: KeyRing) -> None:
    case = a_case(db, ring, kind=Kind.WEBSITE, page_url="/thu-tuc/1.001193")
    (task,) = tasks.waiting(db)
    assert (task.kind, task.subject, task.origin) == ("mend-page", "/thu-tuc/1.001193", case.code)


def test_others_are_told_and_the_figures_move(db: Session, ring: KeyRing) -> None:
    heard: list[dict[str, object]] = []

    def listen(_db: Session, **payload: object) -> None:
        heard.append(payload)

    events.connect("feedback.received", listen)
    before = revisions.current(db)[Area.FIGURES]
    code = a_receipt(db, ring).code
    assert [payload["code"] for payload in heard] == [code]
    assert revisions.current(db)[Area.FIGURES] == before + 1


def test_the_longest_text_and_strange_signs_are_kept(db: Session, ring: KeyRing) -> None:
    strange = (
        "<script>alert('x')</script> \U0001f44d 'quoted' \"; DROP TABLE cases;-- " + "ă" * 4900
    )
    assert a_case(db, ring, text=strange).text == strange


def _all_at_once(work: object) -> None:
    faults: list[BaseException] = []

    def run(which: int) -> None:
        try:
            work(which)  # type: ignore[operator]
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=run, args=(which,)) for which in range(PARALLEL)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, faults


def _all_tables(store: Database) -> object:
    if store.is_sqlite:
        return text("SELECT name FROM sqlite_master WHERE type = 'table'")
    return text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
