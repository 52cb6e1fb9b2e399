"""Very many messages from one address: slower, then a proof, then a second look; never refused."""

import hashlib
import time

import pytest
import time_machine
from flask import Flask

from feedback import doubt, proof, views
from feedback.doubt import Pressure
from feedback.models import Case
from feedback.proof import Shown
from feedback.states import State
from portal import clock
from portal.keys import KeyRing
from portal.stamps import read
from tests.feedback.browsing import DOOR, codes, review, stored
from tests.support.pages import StrictClient

AT = 1_795_000_000.0


def solve(puzzle: str) -> str:
    salt, challenge, _signature = puzzle.split(":")
    tries = (str(n) for n in range(proof.MOST))
    return next(n for n in tries if hashlib.sha256((salt + n).encode()).hexdigest() == challenge)


def busy(app: Flask, times: int) -> None:
    """As many sendings from the address of the test client."""
    portal, now = app.extensions["portal"], clock.now()
    key = portal.ring.address("127.0.0.1", clock.local_date(now))
    with portal.database.write() as db:
        for _n in range(times):
            doubt.count(db, key, now)
        db.commit()


def test_the_ladder_rises_step_by_step() -> None:
    assert [Pressure(n).pause for n in (0, 9, 10)] == [0, 0, 0]
    assert Pressure(9).retry_after == 0
    assert 0 < Pressure(12).pause < Pressure(1000).pause <= 1
    assert (Pressure(19).asks_proof, Pressure(20).asks_proof) == (False, True)
    assert Pressure(19).points(Shown.NOTHING) == 0
    assert [Pressure(20).points(shown) for shown in Shown] == [0, 3, 5]
    assert Pressure(60).points(Shown.WORK) >= doubt.QUARANTINE_FROM


def test_a_solved_puzzle_counts_for_its_own_form_alone(ring: KeyRing) -> None:
    puzzle = str(proof.make(ring, "one", AT))
    number = solve(puzzle)
    assert proof.check(ring, "one", puzzle, number, AT + 1) is Shown.WORK
    assert proof.check(ring, "other", puzzle, number, AT + 1) is Shown.NOTHING
    late = AT + proof.VALID_SECONDS + 1
    assert proof.check(ring, "one", puzzle, number, late) is Shown.NOTHING
    assert proof.check(ring, "one", puzzle, number, AT - 9) is Shown.NOTHING


@pytest.mark.parametrize("number", ["", "-1", "x", "9" * 400, "\u0663"])
def test_without_the_number_only_waiting_counts(ring: KeyRing, number: str) -> None:
    puzzle = str(proof.make(ring, "one", AT))
    assert proof.check(ring, "one", puzzle, number, AT + 19) is Shown.NOTHING
    assert proof.check(ring, "one", puzzle, number, AT + 20) is Shown.PATIENCE


@pytest.mark.parametrize("puzzle", ["", ":", "a:b:c", "a.b.c:d:e", "\u1e05" * 400, ":" * 400])
def test_a_made_up_puzzle_shows_nothing(ring: KeyRing, puzzle: str) -> None:
    assert proof.check(ring, "one", puzzle, "1", AT) is Shown.NOTHING


def test_a_busy_network_gets_a_puzzle_and_a_browser_passes_with_it(
    app: Flask, client: StrictClient
) -> None:
    busy(app, doubt.SENDINGS_BEFORE_PROOF)
    with time_machine.travel(clock.now(), tick=False) as moment:
        form = review(client, kind="cau-hoi")
        moment.shift(5)
        answer = client.post(DOOR, data=form | {"number": solve(form["puzzle"])})
    (case,) = stored(app)
    assert (case.state, case.quarantine_score) == (State.REGISTERED, 0)
    assert answer.headers["Retry-After"] == "60"


def test_without_javascript_one_waits_twenty_seconds(app: Flask, client: StrictClient) -> None:
    with time_machine.travel(clock.now(), tick=False) as moment:
        form = review(client, kind="cau-hoi")
        busy(app, doubt.SENDINGS_BEFORE_PROOF)
        page = client.post(DOOR, data=form).page
        assert page.h1 == "Xin chờ 20 giây rồi bấm Gửi"
        assert stored(app) == []
        moment.shift(20)
        client.post(DOOR, data=page.fields() | {"step": "send"})
    (case,) = stored(app)
    assert (case.state, case.quarantine_score) == (State.REGISTERED, 3)


def test_who_does_not_wait_is_looked_at_first(app: Flask, client: StrictClient) -> None:
    busy(app, doubt.SENDINGS_BEFORE_PROOF)
    answer = client.post(DOOR, data=review(client, kind="cau-hoi"))
    assert "Cán bộ sẽ xem trước khi ghi vào sổ tiếp nhận." in answer.page.text
    code, secret = codes(answer.page)
    (case,) = stored(app)
    assert (case.code, case.state, len(secret)) == (code, State.QUARANTINED, 14)


def test_two_hundred_messages_from_one_address_are_all_accepted(
    app: Flask, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views.time, "sleep", lambda _seconds: None)
    form, ring = review(client, kind="cau-hoi"), app.extensions["portal"].ring
    with app.test_request_context():
        from portal.stamps import issue

        stamps = [issue("feedback") for _n in range(200)]
        nonces = [read(stamp, "feedback").nonce for stamp in stamps]
    for stamp, nonce in zip(stamps, nonces, strict=True):
        puzzle = str(proof.make(ring, nonce, time.time()))
        answer = client.post(DOOR, data=form | {"stamp": stamp, "puzzle": puzzle})
        assert answer.status_code == 200
    cases: list[Case] = stored(app)
    assert len(cases) == 200
    states = [case.state for case in cases]
    assert set(states[: doubt.SENDINGS_BEFORE_PROOF]) == {State.REGISTERED}
    assert set(states[doubt.SENDINGS_BEFORE_QUARANTINE :]) == {State.QUARANTINED}
