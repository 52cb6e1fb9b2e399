"""What an editor fills in about a legal instrument of the register."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from content import instrument_numbers
from content.instrument_facts import Facts, day_of
from content.instrument_models import Evidence, LegalInstrument
from portal.choosing import options
from portal.stamps import StaffForm

TOO_LONG = _l("Dài quá: nhiều nhất %(max)d ký tự.")
EVIDENCE = {
    Evidence.TEXT.value: _l("Đã đọc toàn văn"),
    Evidence.SECONDARY.value: _l("Theo nguồn thứ cấp, chưa đối chiếu toàn văn"),
    Evidence.UNCHECKED.value: _l("Chưa kiểm tra"),
}
DAYS = ("signed_on", "effective_from", "ended_on")


def _line(label: Any, length: int = 300) -> StringField:
    return StringField(label, [Length(max=length, message=TOO_LONG)])


class InstrumentForm(StaffForm):
    """The facts of one instrument; its number is its address and stays."""

    seen = HiddenField()
    title = TextAreaField(_l("Trích yếu"), [Length(max=1_000, message=TOO_LONG)])
    kind = _line(_l("Loại văn bản"), 60)
    issuer = _line(_l("Cơ quan ban hành"))
    signed_on = _line(_l("Ngày ký"), 10)
    effective_from = _line(_l("Có hiệu lực từ ngày"), 10)
    ended_on = _line(_l("Hết hiệu lực từ ngày"), 10)
    successor = _line(_l("Số hiệu văn bản thay thế"), 100)
    link = _line(_l("Địa chỉ toàn văn ở nơi công bố"), 500)
    note = TextAreaField(_l("Ghi chú cho người đọc"), [Length(max=1_000, message=TOO_LONG)])
    source = _line(_l("Nguồn"))
    evidence = SelectField(_l("Mức kiểm tra"), choices=options(EVIDENCE.items()))

    def facts(self) -> Facts:
        """What was filled in, after validation."""
        said: dict[str, Any] = {
            name: " ".join((self[name].data or "").split())
            for name in ("title", "kind", "issuer", "successor", "link", "note", "source")
        }
        said |= {name: day_of(self[name].data or "") for name in DAYS}
        return Facts(**said, evidence=Evidence(self.evidence.data))

    def validate_signed_on(self, field: Field) -> None:
        _check_day(field)

    def validate_effective_from(self, field: Field) -> None:
        _check_day(field)

    def validate_ended_on(self, field: Field) -> None:
        _check_day(field)

    def validate_link(self, field: Field) -> None:
        if field.data and not field.data.strip().startswith(("https://", "http://")):
            raise ValidationError(_("Địa chỉ bắt đầu bằng https:// hoặc http://."))

    def validate_successor(self, field: Field) -> None:
        if field.data and instrument_numbers.first(field.data) is None:
            raise ValidationError(_("Không đọc được số hiệu; ví dụ 224/2026/NĐ-CP."))

    def validate_source(self, field: Field) -> None:
        if not (field.data or "").strip():
            raise ValidationError(_("Hãy ghi nguồn: lấy những điều này ở đâu."))


def filled(row: LegalInstrument, successor: str) -> dict[str, str]:
    """What the form starts with."""
    days = {name: _written(getattr(row, name)) for name in DAYS}
    texts = {n: getattr(row, n) for n in ("title", "kind", "issuer", "link", "note", "source")}
    return {**texts, **days, "successor": successor, "evidence": row.evidence}


def _written(day: Any) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _check_day(field: Field) -> None:
    if (field.data or "").strip() and day_of(field.data) is None:
        raise ValidationError(_("Ngày có dạng 25/11/2026."))
