"""Takes in what reaches the Centre by phone, at the counter, by letter, e-mail or Zalo."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from feedback import cases, identity, permission
from feedback.cases import Clerk
from feedback.desk_intake_models import DeskContact
from feedback.intake import Message, Receipt, receive
from feedback.kinds import KINDS, Kind
from feedback.models import Case
from feedback.states import Move
from feedback.usefulness import without_traces
from portal import clock
from portal.staff import audit

WEB = "web"


class Channel(StrEnum):
    """How somebody reached the Centre, apart from this website."""

    PHONE = "phone"
    COUNTER = "counter"
    LETTER = "letter"
    EMAIL = "email"
    SOCIAL = "social"


CHANNELS: dict[str, LazyString] = {
    Channel.PHONE: _l("Điện thoại (tổng đài 1022)"),
    Channel.COUNTER: _l("Tại quầy"),
    Channel.LETTER: _l("Thư, công văn"),
    Channel.EMAIL: _l("Thư điện tử"),
    Channel.SOCIAL: _l("Zalo, Facebook"),
}
# Spoken words have to be read back; what came in writing is copied.
SPOKEN = (Channel.PHONE, Channel.COUNTER)

CONTACT_KINDS: dict[str, LazyString] = {
    "procedure": _l("Hỏi thủ tục, giấy tờ, lệ phí"),
    "place": _l("Hỏi nơi nộp, giờ làm việc"),
    "dossier": _l("Hỏi tình trạng hồ sơ"),
    "online": _l("Hướng dẫn nộp trực tuyến, tài khoản"),
    "other": _l("Chuyện khác"),
}


@dataclass(frozen=True)
class Contact:
    """A question answered at once; `seconds` is None where nobody measured."""

    channel: str
    kind: str
    field: str
    seconds: int | None
    nonce: str


@dataclass(frozen=True)
class ChannelMonth:
    """One channel in one month: contacts answered at once, messages registered, and how many of
    these are petitions under Decree 20/2008/NĐ-CP."""

    label: str
    contacts: int
    cases: int
    petitions: int


def take(
    db: Session, message: Message, clerk: Clerk, *, channel: str, read_back: bool
) -> tuple[Receipt, str]:
    """Register the message by the same rules as the website's, and note who took it.

    Returns the receipt and the code of an earlier case with the same words, if there is one. It
    never waits in quarantine: a person has spoken with the sender.
    """
    message = replace(message, channel=channel, quarantine_score=0)
    receipt = receive(db, message, ring=clerk.ring, calendar=clerk.calendar, now=clerk.now)
    case = db.scalars(select(Case).where(Case.code == receipt.code)).one()
    if not receipt.repeated:
        cases.step(db, case, Move.NOTE, clerk, note=_taken(channel, read_back=read_back))
        audit.record(
            db,
            actor=clerk.staff.username,
            action="case.taken",
            subject=case.code,
            at=clerk.now,
            detail={"channel": channel, "read_back": read_back},
        )
    earlier = db.get(Case, case.possible_duplicate_of) if case.possible_duplicate_of else None
    return receipt, earlier.code if earlier is not None else ""


def _taken(channel: str, *, read_back: bool) -> str:
    said = _("Ghi hộ người gửi. Kênh: %(channel)s.", channel=CHANNELS[channel])
    return f"{said} {_('Đã đọc lại cho người gửi xác nhận.')}" if read_back else said


def count_contact(db: Session, contact: Contact, clerk: Clerk) -> None:
    """Count a question that was answered at once; the same form again counts nothing."""
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(DeskContact).values(
        day=clock.local_date(clerk.now),
        channel=contact.channel,
        kind=contact.kind,
        field=without_traces(contact.field),
        seconds=contact.seconds,
        officer=clerk.staff.username,
        nonce=contact.nonce,
    )
    db.execute(row.on_conflict_do_nothing(index_elements=["nonce"]))


def cases_of(db: Session, contact: str, clerk: Clerk) -> list[Case]:
    """The cases of a caller whose sender this clerk may know; the look is recorded."""
    found = [
        case
        for case in identity.cases_of(db, contact, clerk.ring)
        if permission.may_know_sender(clerk.staff, case)
    ]
    audit.record(
        db,
        actor=clerk.staff.username,
        action="case.find",
        subject=Channel.EMAIL if "@" in contact else Channel.PHONE,
        at=clerk.now,
        detail={"cases": [case.code for case in found]},
    )
    return found


def month(db: Session, first: date) -> list[ChannelMonth]:
    """The month that begins with `first`, channel by channel, the website last, then the sum."""
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    in_month = (DeskContact.day >= first, DeskContact.day < after)
    counted = select(DeskContact.channel, func.count()).where(*in_month)
    contacts = dict(db.execute(counted.group_by(DeskContact.channel)).all())
    received = (
        Case.register_number.is_not(None),
        Case.received_at >= clock.day_start(first),
        Case.received_at < clock.day_start(after),
    )
    grouped = select(Case.channel, Case.kind, func.count()).where(*received)
    rows = db.execute(grouped.group_by(Case.channel, Case.kind)).all()
    labels = {**CHANNELS, WEB: _("Trang thông tin điện tử")}
    labels |= {channel: channel for channel, _kind, _n in rows if channel not in labels}
    lines = [
        ChannelMonth(
            label=str(label),
            contacts=contacts.get(channel, 0),
            cases=sum(n for at, _kind, n in rows if at == channel),
            petitions=sum(
                n for at, kind, n in rows if at == channel and KINDS[Kind(kind)].petition
            ),
        )
        for channel, label in labels.items()
    ]
    return [*lines, _sum(lines)]


def _sum(lines: list[ChannelMonth]) -> ChannelMonth:
    return ChannelMonth(
        label=_("Cộng"),
        contacts=sum(line.contacts for line in lines),
        cases=sum(line.cases for line in lines),
        petitions=sum(line.petitions for line in lines),
    )
