"""What an editor fills in about the office of a unit."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField

from agencies.contact_file import day_of
from agencies.contact_models import Part, UnitContact
from agencies.contacts import Fact
from portal.stamps import StaffForm

HINTS = {
    Part.PHONE: _l("Ví dụ 0235 1022."),
    Part.HOURS: _l("Ví dụ: Thứ Hai đến thứ Sáu, 7 giờ 30 đến 11 giờ 30, 13 giờ 30 đến 17 giờ."),
    Part.PLACE: _l(
        "Vĩ độ, kinh độ; ví dụ 15.57364, 108.47403. Trang công khai hiện liên kết bản đồ."
    ),
    Part.SERVICES: _l("Lĩnh vực tiếp nhận tại đây, mỗi dòng một việc."),
}


class ContactForm(StaffForm):
    """Three boxes for each part: what is said, where it stands, when it was checked."""

    seen = HiddenField()

    def fact(self, part: Part) -> Fact | None:
        """What was filled in; None where the part was left or made empty."""
        text, source, day = (self._said(part, name) for name in ("text", "source", "checked"))
        found = day_of(day)
        return Fact(text, source, found or date.min) if text else None

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        for part in Part:
            if self._said(part, "text") and day_of(self._said(part, "checked")) is None:
                words = _("Ngày kiểm tra có dạng 25/11/2026.")
                self[f"{part.value}-checked"].errors = [words]
                good = False
        return bool(good)

    def _said(self, part: Part, name: str) -> str:
        said = str(self[f"{part.value}-{name}"].data or "")
        if part is Part.SERVICES and name == "text":
            return "\n".join(filter(None, (line.strip() for line in said.splitlines())))
        return " ".join(said.split())


for _part in Part:
    _kind = TextAreaField if _part is Part.SERVICES else StringField
    setattr(ContactForm, f"{_part.value}-text", _kind(_l("Nội dung")))
    setattr(ContactForm, f"{_part.value}-source", StringField(_l("Nguồn")))
    setattr(ContactForm, f"{_part.value}-checked", StringField(_l("Ngày kiểm tra")))


def filled(known: dict[Part, UnitContact], seen: str) -> dict[str, str]:
    """What the form starts with: what staff entered."""
    data = {"seen": seen}
    for part in Part:
        row = known.get(part)
        data[f"{part.value}-text"] = row.text if row else ""
        data[f"{part.value}-source"] = row.source if row else ""
        data[f"{part.value}-checked"] = f"{row.checked_on:%d/%m/%Y}" if row else ""
    return data
