"""The desk's queue, and how attempts to read a case are compared and slowed."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from feedback import queue, status
from feedback.kinds import Kind
from feedback.queue import Tab, Wanted
from portal import clock
from portal.keys import KeyRing
from portal.staff.models import Role
from tests.feedback.makers import (
    CALENDAR,
    NOW,
    a_case,
    a_clerk,
    a_receipt,
    answered,
)

DAY = timedelta(days=1)


def test_the_queue_counts_what_each_tab_shows(db: Session, ring: KeyRing) -> None:
    clerk, today = a_clerk(ring, name="an"), clock.local_date(NOW)
    late = a_case(db, ring, now=NOW - 40 * DAY)
    due_today = a_case(db, ring, text="Đến hạn", kind=Kind.QUESTION)
    due_today.due_on = today
    mine = a_case(db, ring, text="Của tôi")
    mine.officer = "an"
    draft = a_case(db, ring, text="Nháp")
    draft.state = "drafted"
    answered(db, a_case(db, ring, text="Xong"), ring)
    db.flush()
    counts = queue.counts(db, Wanted(), staff=clerk.staff, today=today)
    for tab in Tab:
        wanted = Wanted(tab=tab)
        rows, page = queue.rows(db, wanted, None, staff=clerk.staff, today=today, calendar=CALENDAR)
        assert counts[tab] == page.total == len(rows)
    assert counts == {
        Tab.OPEN: 4,
        Tab.MINE: 1,
        Tab.UNASSIGNED: 3,
        Tab.TODAY: 1,
        Tab.OVERDUE: 1,
        Tab.APPROVAL: 1,
        Tab.DUPLICATES: 0,
        Tab.QUARANTINE: 0,
        Tab.ALL: 5,
    }
    rows, _page = queue.rows(db, Wanted(), None, staff=clerk.staff, today=today, calendar=CALENDAR)
    assert rows[0].code == late.code
    assert rows[0].due.text.startswith("quá hạn")


def test_the_queue_searches_without_marks_and_never_in_identities(
    db: Session, ring: KeyRing
) -> None:
    case, staff = a_case(db, ring, text="Đường vào Bồng Miêu 100%"), a_clerk(ring).staff
    a_case(db, ring, text="Khác")
    today = clock.local_date(NOW)

    def codes(words: str) -> list[str]:
        wanted = Wanted.from_address({"q": words})
        rows, _page = queue.rows(db, wanted, None, staff=staff, today=today, calendar=CALENDAR)
        return [row.code for row in rows]

    assert codes("bong mieu") == codes("Bồng Miêu") == [case.code]
    assert codes(case.code) == [case.code]
    assert codes("Bưởi") == codes("905123456") == codes("zzz%") == []


def test_a_unit_counts_and_sees_only_its_own(db: Session, ring: KeyRing) -> None:
    a_case(db, ring)
    own = a_case(db, ring, text="Của Sở")
    own.unit_code = "so-a"
    db.flush()
    staff, today = a_clerk(ring, unit="so-a").staff, clock.local_date(NOW)
    assert queue.counts(db, Wanted(), staff=staff, today=today)[Tab.ALL] == 1
    everything = a_clerk(ring, Role.APPROVER, unit="so-a").staff
    assert queue.counts(db, Wanted(), staff=everything, today=today)[Tab.ALL] == 2


def test_nonsense_in_the_address_of_the_queue_counts_as_not_given() -> None:
    args = {"muc": "x", "trang-thai": "'", "loai": "\0", "don-vi": "a" * 999, "q": "\0b" * 999}
    wanted = Wanted.from_address(args)
    assert (wanted.tab, wanted.state, wanted.kind) == (Tab.OPEN, "", "")
    assert len(wanted.unit) <= 40
    assert "\0" not in wanted.words


def test_wrong_code_wrong_secret_and_no_case_are_one_answer(
    db: Session, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = a_receipt(db, ring)
    compared: list[str | None] = []
    real = type(ring).matches

    def count(self: KeyRing, secret: str, stored: str | None) -> bool:
        compared.append(stored)
        return real(self, secret, stored)

    monkeypatch.setattr(type(ring), "matches", count)
    for code, secret in (
        (receipt.code, "AAAA-AAAA-AAAA"),
        ("PAKN.20200101.0000", receipt.secret),
        ("", ""),
        ("\0", receipt.secret),
    ):
        assert status.look_up(db, code, secret, ring=ring) is None
    assert len(compared) == 4
    assert status.look_up(db, receipt.code, receipt.secret, ring=ring) is not None


def test_attempts_are_slowed_but_never_locked(db: Session, ring: KeyRing) -> None:
    receipt = a_receipt(db, ring)
    for _attempt in range(200):
        status.count_failure(db, "code", "address", now=NOW)
    assert status.delay(db, "code", "other", now=NOW) == status.LONGEST_DELAY_SECONDS
    assert status.delay(db, "fresh", "other", now=NOW) == 0
    assert status.delay(db, "code", "address", now=NOW + status.WINDOW) == 0
    assert status.look_up(db, receipt.code, receipt.secret, ring=ring) is not None
