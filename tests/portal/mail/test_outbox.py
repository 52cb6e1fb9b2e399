"""Letters are carried once their cause is kept, are tried again, and make no other header."""

import email
import email.policy
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.database import Database
from portal.keys import KeyRing
from portal.mail import outbox
from portal.mail.carriers import FolderCarrier, Never, NotNow
from portal.mail.letters import Letter
from portal.mail.models import OutboxLetter, Standing
from portal.mail.outbox import PAUSES, BadAddress
from portal.staff.models import Role
from tests.support.pages import StrictClient

Put = Callable[..., OutboxLetter]


class Carrier:
    """Takes letters, or fails as told."""

    def __init__(self, *failures: Exception) -> None:
        self.failures, self.carried = list(failures), list[Letter]()

    def carry(self, letter: Letter) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.carried.append(letter)


def put(db: Session, ring: KeyRing, now: datetime, **changed: str) -> OutboxLetter:
    given = {
        "recipient": "nguoi.gui@example.vn",
        "subject": "Trung tâm đã nhận phản ánh PAKN.20261123.0001",
        "body": "Mã phản ánh: PAKN.20261123.0001",
        "language": "vi",
        "origin": "PAKN.20261123.0001",
    } | changed
    return outbox.put(db, ring=ring, now=now, **given)


def carry(store: Database, carrier: object, ring: KeyRing, now: datetime) -> int:
    carriers = {"email": carrier}
    return outbox.carry_due(store, carriers, ring=ring, sender_name="Trung tâm", now=now)  # type: ignore[arg-type]


def only(store: Database) -> OutboxLetter:
    with store.read() as db:
        return db.scalars(select(OutboxLetter)).one()


def test_a_letter_goes_out_once_and_only_after_its_cause_is_kept(
    store: Database, ring: KeyRing, now: datetime
) -> None:
    carrier = Carrier()
    with store.write() as db:
        put(db, ring, now)
        db.rollback()
        assert carry(store, carrier, ring, now) == 0
    with store.write() as db:
        put(db, ring, now)
        db.commit()
    assert [carry(store, carrier, ring, now) for _n in range(3)] == [1, 0, 0]
    assert carrier.carried[0].recipient == "nguoi.gui@example.vn"
    assert only(store).standing == Standing.SENT


def test_who_gets_it_is_not_readable_in_the_database(
    db: Session, ring: KeyRing, now: datetime
) -> None:
    assert b"nguoi.gui" not in put(db, ring, now).recipient


def test_a_server_away_for_an_hour_delays_and_loses_nothing(
    store: Database, ring: KeyRing, now: datetime
) -> None:
    with store.write() as db:
        put(db, ring, now)
        db.commit()
    carrier = Carrier(*[NotNow("máy chủ không trả lời")] * 3)
    moment, sent = now, 0
    for pause in (timedelta(0), *PAUSES[:3]):
        moment += pause
        assert carry(store, carrier, ring, moment - timedelta(seconds=1)) == 0 or not pause
        sent += carry(store, carrier, ring, moment)
    assert sent == 1
    assert len(carrier.carried) == 1


def test_a_letter_that_never_goes_ends_dead_and_can_be_tried_again(
    store: Database, ring: KeyRing, now: datetime
) -> None:
    with store.write() as db:
        put(db, ring, now)
        db.commit()
    moment = now
    for _attempt in range(len(PAUSES) + 2):
        carry(store, Carrier(NotNow("đầy hộp thư")), ring, moment)
        moment += timedelta(days=1)
    letter = only(store)
    assert (letter.standing, letter.trouble) == (Standing.DEAD, "đầy hộp thư")
    with store.write() as db:
        assert [one.id for one in outbox.dead(db)] == [letter.id]
        assert outbox.try_again(db, letter.id, now=moment)
        assert not outbox.try_again(db, letter.id, now=moment)
        db.commit()
    assert carry(store, Carrier(), ring, moment) == 1


def test_a_refused_address_is_not_tried_again(
    store: Database, ring: KeyRing, now: datetime
) -> None:
    with store.write() as db:
        put(db, ring, now)
        db.commit()
    carry(store, Carrier(Never("không có hộp thư này")), ring, now)
    assert only(store).standing == Standing.DEAD


def test_a_closed_channel_is_told_and_blocks_nobody_else(
    store: Database, ring: KeyRing, now: datetime
) -> None:
    with store.write() as db:
        put(db, ring, now, channel="sms", recipient="0905000000")
        put(db, ring, now)
        db.commit()
    assert carry(store, Carrier(), ring, now) == 1


@pytest.mark.parametrize(
    "bad",
    ["", "a", "a@b\nBcc: x@y.vn", "a@b\r\nX: y", "a b@c.vn", "ô@c.vn", "a@c.vn,b@c.vn", "<a@c.vn>"],
)
def test_what_is_no_address_gets_no_letter(
    db: Session, ring: KeyRing, now: datetime, bad: str
) -> None:
    with pytest.raises(BadAddress):
        put(db, ring, now, recipient=bad)


def test_a_line_break_in_a_subject_makes_no_header(
    store: Database, ring: KeyRing, now: datetime, tmp_path: Path
) -> None:
    with store.write() as db:
        put(db, ring, now, subject="Đã nhận\r\nBcc: ke.la@example.vn", body="Kính gửi ông/bà\n.\n")
        db.commit()
    assert carry(store, FolderCarrier(tmp_path / "outbox", "tt@example.vn"), ring, now) == 1
    (file,) = (tmp_path / "outbox").glob("*.eml")
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert message["Bcc"] is None
    assert message["Subject"] == "Đã nhận Bcc: ke.la@example.vn"
    assert message["Message-ID"].endswith("@example.vn>")
    assert message.get_content() == "Kính gửi ông/bà\n.\n"


def test_the_desk_sees_what_is_stuck_and_sends_it_again(
    staff: Callable[..., StrictClient], app: object, now: datetime
) -> None:
    portal = app.extensions["portal"]  # type: ignore[attr-defined]
    with portal.database.write() as db:
        letter = put(db, portal.ring, now)
        letter.standing, letter.trouble = Standing.DEAD, "máy chủ thư trả lời 550"
        db.commit()
    admin = staff(Role.ADMIN)
    shown = admin.get("/quan-tri/thu-gui-di")
    assert "máy chủ thư trả lời 550" in shown.text
    path = f"/quan-tri/thu-gui-di/{letter.id}"
    admin.post(path, data={})
    assert only(portal.database).standing == Standing.DEAD
    token = shown.page.fields(f"{path}")["csrf_token"]
    admin.post(path, data={"csrf_token": token})
    assert only(portal.database).standing == Standing.WAITING
    assert staff(Role.OFFICER).get("/quan-tri/thu-gui-di").status_code == 403
