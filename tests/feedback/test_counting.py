"""Figures at any past moment, and a history that cannot be changed unseen."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, event, select, update
from sqlalchemy.orm import Session

from feedback import counting, triage, verifying
from feedback.counting import CaseFact, facts_at
from feedback.kinds import Kind
from feedback.models import Case, CaseEvent
from portal import clock
from portal.chain import Broken
from portal.database import Database
from portal.keys import KeyRing
from portal.staff.models import Role
from tests.feedback.makers import (
    NOW,
    a_case,
    a_clerk,
    answered,
    classified,
    published,
)

DAY = timedelta(days=1)


def _fact(db: Session, case: Case, days: float) -> CaseFact | None:
    facts = counting.facts_at(db, NOW + days * DAY)
    return next((fact for fact in facts if fact.code == case.code), None)


def test_a_case_is_counted_as_it_stood_at_each_past_moment(db: Session, ring: KeyRing) -> None:
    case, noise = a_case(db, ring), a_case(db, ring, text="Khác", kind=Kind.PRAISE)
    classified(db, case, a_clerk(ring, now=NOW + DAY), competence="undecided")
    answered_on = NOW + 2 * DAY
    classified(db, case, a_clerk(ring, now=answered_on))
    _finish(db, case, ring, answered_on)
    assert _fact(db, case, 0) is None
    registered = _fact(db, case, 0.5)
    assert registered is not None
    assert (registered.triage, registered.competence, registered.finished) == (
        None,
        "undecided",
        False,
    )
    assert (registered.petition, registered.conduct, registered.regulation) == (True, True, False)
    triaged = _fact(db, case, 1.5)
    assert triaged is not None
    assert (triaged.triage, triaged.competence, triaged.field) == ("K1", "undecided", "Đất đai")
    done = _fact(db, case, 3)
    assert done is not None
    assert (done.finished, done.finished_at) == (True, answered_on)
    praise = _fact(db, noise, 3)
    assert praise is not None
    assert (praise.petition, praise.due_on) == (False, None)


def test_a_moment_on_the_edge_belongs_to_the_next_period(db: Session, ring: KeyRing) -> None:
    case = a_case(db, ring)
    assert counting.facts_at(db, case.received_at) == []
    assert len(counting.facts_at(db, case.received_at + timedelta(microseconds=1))) == 1


def test_refused_transferred_withdrawn_and_published_are_told_apart(
    db: Session, ring: KeyRing
) -> None:
    clerk = a_clerk(ring)
    refused, moved, gone, public = (a_case(db, ring, text=f"Việc {n}") for n in range(4))
    triage.classify(
        db, refused, triage.Classification(Kind.CONDUCT, "K0"), clerk, message="Không rõ."
    )
    classified(db, moved, clerk, competence="other")
    triage.transfer(db, moved, agency="Công an tỉnh", clerk=clerk)
    triage.close(db, moved, reason="", clerk=clerk)
    triage.withdraw(db, gone, reason="Gọi điện.", clerk=clerk)
    published(db, public, ring)
    facts = {fact.code: fact for fact in counting.facts_at(db, NOW + DAY)}
    assert (facts[refused.code].triage, facts[refused.code].finished) == ("K0", False)
    assert (facts[moved.code].transferred, facts[moved.code].finished) == (True, False)
    assert (facts[gone.code].withdrawn, facts[gone.code].finished) == (True, False)
    assert (facts[public.code].published, facts[public.code].finished) == (True, True)
    assert [fact.code for fact in facts.values()] == [
        case.code for case in (refused, moved, gone, public)
    ]


def test_a_clock_set_back_never_puts_a_step_before_the_one_it_follows(
    db: Session, ring: KeyRing
) -> None:
    case = a_case(db, ring)
    classified(db, case, a_clerk(ring, now=NOW - DAY))
    times = list(db.scalars(select(CaseEvent.at).order_by(CaseEvent.id)))
    assert times == sorted(times)


def test_facts_come_in_one_query_for_many_cases(db: Session, ring: KeyRing) -> None:
    for n in range(30):
        classified(db, a_case(db, ring, text=f"Việc {n}"), a_clerk(ring))
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(db.get_bind(), "before_cursor_execute", note)
    assert len(counting.facts_at(db, NOW + DAY)) == 30
    assert len(asked) == 1


def test_a_whole_history_is_verified(store: Database, ring: KeyRing) -> None:
    with store.write() as db:
        published(db, a_case(db, ring), ring)
        db.commit()
    with store.read() as db:
        assert verifying.verify(db, ring) == db.query(CaseEvent).count() == 7


@pytest.mark.parametrize(
    "tampering",
    [
        update(CaseEvent).where(CaseEvent.id == 2).values(triage="K0"),
        update(CaseEvent).where(CaseEvent.id == 2).values(note="khác"),
        update(Case).values(text="khác"),
        delete(CaseEvent).where(CaseEvent.id == 2),
    ],
)
def test_a_step_changed_afterwards_is_found(
    store: Database, ring: KeyRing, tampering: object
) -> None:
    with store.write() as db:
        classified(db, a_case(db, ring), a_clerk(ring))
        db.commit()
    with store.write() as db:
        db.execute(tampering)  # type: ignore[call-overload]
        db.commit()
    with store.read() as db, pytest.raises(Broken):
        verifying.verify(db, ring)


def test_erasing_the_salt_erases_the_text_and_the_chain_still_verifies(
    store: Database, ring: KeyRing
) -> None:
    with store.write() as db:
        case = a_case(db, ring)
        triage.note(db, case, text="Chị ấy gọi hai lần.", clerk=a_clerk(ring))
        db.commit()
    with store.write() as db:
        db.execute(update(Case).values(salt=None, text=""))
        db.execute(update(CaseEvent).values(note=""))
        db.commit()
    with store.read() as db:
        assert verifying.verify(db, ring) == 2


def _finish(db: Session, case: Case, ring: KeyRing, now: object) -> None:
    from feedback import answering

    officer = a_clerk(ring, now=now)  # type: ignore[arg-type]
    approver = a_clerk(ring, Role.APPROVER, name="binh", now=now)  # type: ignore[arg-type]
    answering.draft(db, case, text="Đã có kết quả.", clerk=officer)
    answering.approve(db, case, clerk=approver)
    answering.send(db, case, clerk=officer)


def test_a_late_answer_stays_late_after_the_case_is_closed(db: Session, ring: KeyRing) -> None:
    received, late = NOW, NOW + timedelta(days=60)
    case = answered(db, a_case(db, ring, now=received), ring, now=late)
    triage.close(db, case, reason="xong", clerk=a_clerk(ring, now=late))
    db.flush()
    (fact,) = facts_at(db, late + timedelta(seconds=1))
    assert fact.finished
    assert fact.finished_at is not None
    assert fact.due_on is not None
    assert clock.local_date(fact.finished_at) > fact.due_on
