"""Enters what is known of the offices of units: checked, with its source, recorded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from agencies import publishing
from agencies.contact_models import Part, UnitContact
from agencies.models import UnitRow
from agencies.reading import NoSuchUnit
from portal import clock
from portal.database import lock
from portal.errors import RefusedInput
from portal.staff.audit import record

LONGEST = {Part.ADDRESS: 300, Part.HOURS: 300, Part.SERVICES: 1_000, Part.EMAIL: 254}
LONGEST_SHORT = 60
LONGEST_SOURCE = 300
FEWEST_DIGITS, MOST_DIGITS = 3, 15
# Where Việt Nam lies, in degrees, islands included.
LATITUDES, LONGITUDES = (5.0, 24.0), (102.0, 118.0)

_PHONE = re.compile(r"\+?[\d .()-]+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_PLACE = re.compile(r"(\d{1,2}(?:\.\d{1,8})?)\s*[,;]\s*(\d{2,3}(?:\.\d{1,8})?)")


@dataclass(frozen=True)
class Fact:
    """What is said of one part, by whom or which paper, and on which day that was checked."""

    text: str
    source: str
    checked_on: date


@dataclass(frozen=True)
class Editor:
    """Who enters it, and when."""

    username: str
    now: datetime


class ContactRefused(RefusedInput):
    """`part` is what the sentence is about, None: the whole unit; `box` which of its three boxes:
    text, source or checked."""

    def __init__(self, part: Part | None, sentence: str, box: str = "text") -> None:
        super().__init__(sentence)
        self.part, self.box = part, box


def of_unit(db: Session, code: str) -> dict[Part, UnitContact]:
    """What staff entered about a unit, in the order of the parts."""
    chosen = select(UnitContact).where(UnitContact.unit_code == code)
    rows = {row.part: row for row in db.scalars(chosen)}
    return {part: rows[part] for part in Part if part in rows}


def save(
    db: Session, editor: Editor, code: str, facts: Mapping[Part, Fact | None], *, shown: str = ""
) -> tuple[Part, ...]:
    """Enter these facts and publish the unit; see `enter`."""
    changed = enter(db, editor, code, facts, shown=shown)
    if changed:
        publishing.publish(db, clock.local_date(editor.now))
    return changed


def enter(
    db: Session, editor: Editor, code: str, facts: Mapping[Part, Fact | None], *, shown: str = ""
) -> tuple[Part, ...]:
    """Keep these facts, take away those that are None; returns the parts that changed. Whoever
    enters many units publishes once afterwards.

    Raises NoSuchUnit, and ContactRefused for what cannot be true and for a form older than what
    stands there now (`shown` is the unit's `changed_at` when the form was made).
    """
    row = lock(db, UnitRow, code)
    if row is None:
        raise NoSuchUnit
    if shown and shown != row.changed_at.isoformat():
        raise ContactRefused(
            None, _("Người khác vừa sửa đơn vị này. Nội dung ông/bà gõ vẫn còn; xem lại rồi lưu.")
        )
    known = of_unit(db, code)
    changed = tuple(p for p, fact in facts.items() if _differs(known.get(p), fact, p, editor))
    for part in changed:
        _enter(db, row, part, facts[part], editor)
    if changed:
        row.changed_at = editor.now
        db.flush()
        _record(db, editor, code, changed)
    return changed


def check(part: Part, fact: Fact, today: date) -> None:
    """Raises ContactRefused where this cannot be shown to people."""
    if len(fact.text) > LONGEST.get(part, LONGEST_SHORT):
        most = LONGEST.get(part, LONGEST_SHORT)
        raise ContactRefused(part, _("Dài quá: nhiều nhất %(most)s ký tự.", most=most))
    if not fact.source or len(fact.source) > LONGEST_SOURCE:
        words = _("Hãy ghi nguồn: văn bản, trang hoặc người cho biết.")
        raise ContactRefused(part, words, "source")
    if fact.checked_on > today:
        raise ContactRefused(part, _("Ngày kiểm tra không thể sau hôm nay."), "checked")
    if part is Part.PHONE and not _is_phone(fact.text):
        raise ContactRefused(part, _("Số điện thoại gồm 3 đến 15 chữ số."))
    if part is Part.EMAIL and not _EMAIL.fullmatch(fact.text):
        raise ContactRefused(part, _("Thư điện tử có dạng ten@noigui.vn."))
    if part is Part.PLACE and place(fact.text) is None:
        raise ContactRefused(
            part, _("Tọa độ gồm vĩ độ, kinh độ ở Việt Nam, ví dụ 15.57364, 108.47403.")
        )


def place(text: str) -> tuple[str, str] | None:
    """Latitude and longitude in degrees, as written; None for anything outside Việt Nam."""
    found = _PLACE.fullmatch(text)
    if found is None:
        return None
    inside = (
        LATITUDES[0] <= float(found[1]) <= LATITUDES[1]
        and LONGITUDES[0] <= float(found[2]) <= LONGITUDES[1]
    )
    return (found[1], found[2]) if inside else None


def _record(db: Session, editor: Editor, code: str, parts: tuple[Part, ...]) -> None:
    record(
        db,
        actor=editor.username,
        action="agencies.contact",
        subject=code,
        at=editor.now,
        detail={"parts": sorted(part.value for part in parts)},
    )


def _is_phone(text: str) -> bool:
    digits = sum(letter.isdigit() for letter in text)
    return bool(_PHONE.fullmatch(text)) and FEWEST_DIGITS <= digits <= MOST_DIGITS


def _differs(known: UnitContact | None, fact: Fact | None, part: Part, editor: Editor) -> bool:
    if fact is None:
        return known is not None
    check(part, fact, clock.local_date(editor.now))
    if known is None:
        return True
    return Fact(known.text, known.source, known.checked_on) != fact


def _enter(db: Session, row: UnitRow, part: Part, fact: Fact | None, editor: Editor) -> None:
    _show(row, part, fact.text if fact else None)
    kept = db.get(UnitContact, (row.code, part.value))
    if fact is None:
        if kept is not None:
            db.delete(kept)
        return
    kept = kept or UnitContact(unit_code=row.code, part=part.value)
    kept.text, kept.source, kept.checked_on = fact.text, fact.source, fact.checked_on
    kept.entered_by, kept.entered_at = editor.username, editor.now
    db.add(kept)


def _show(row: UnitRow, part: Part, text: str | None) -> None:
    """The row of the unit says the same, for whoever reads units alone."""
    if part is Part.PLACE:
        found = place(text) if text else None
        row.latitude, row.longitude = found or (None, None)
    elif part is Part.ADDRESS:
        row.office_address = text
    elif part is Part.PHONE:
        row.phone = text
    elif part is Part.EMAIL:
        row.email = text
    elif part is Part.HOURS:
        row.hours = text
