"""Invented offices for shows, each of which says of itself that it is not real."""

from sqlalchemy.orm import Session

from agencies import contacts, publishing, register
from agencies.contact_models import Part
from agencies.contacts import Editor, Fact
from portal import clock
from portal.demonstration import EDITOR, Stage

UNITS = 40
SOURCE = "Dữ liệu giả định để trình diễn"
HOURS = "Thứ Hai đến thứ Sáu, 7 giờ 30 đến 11 giờ 30, 13 giờ 30 đến 17 giờ (giả định)"
SERVICES = "Hộ tịch (giả định)\nChứng thực (giả định)\nĐất đai (giả định)"


def fill(db: Session, stage: Stage) -> str:
    """Give the first units contacts; telephone numbers lie in a range that nobody has."""
    today = clock.local_date(stage.now)
    editor = Editor(stage.staff[EDITOR].username, stage.now)
    found = register.current(db, today)[:UNITS]
    for at, unit in enumerate(found):
        said = {
            Part.ADDRESS: f"Số {at + 1} đường Giả Định ({unit.short_name or unit.name})",
            Part.PHONE: f"0900 000 {at:03}",
            Part.EMAIL: f"don-vi-{at + 1}@vi-du.example",
            Part.HOURS: HOURS,
            Part.SERVICES: SERVICES,
        }
        facts = {part: Fact(text, SOURCE, today) for part, text in said.items()}
        known = contacts.of_unit(db, unit.code)
        contacts.enter(
            db, editor, unit.code, {part: fact for part, fact in facts.items() if part not in known}
        )
    publishing.publish(db, today)
    return f"Đơn vị: {len(found)} nơi có liên hệ giả định."
