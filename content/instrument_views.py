"""The register of legal instruments, as everybody may read it."""

from datetime import date, timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import form_files, forms_views, instrument_reading, legal_documents
from content.instrument_models import Evidence, LegalInstrument
from content.instrument_reading import CitedAs, InstrumentEntry, Validity
from content.instrument_search import path_of
from content.shapes import Procedure
from portal import clock
from portal.database import session
from portal.showing import local_day
from portal.site_map import LANGUAGES, Address
from portal.staff.access import public
from search_index.plan import clean

# Nothing is marked as good: that an instrument began says not that nobody has changed it since.
TONES = {
    Validity.ENDING: "warn",
    Validity.NOT_YET: "warn",
    Validity.REPLACED: "warn",
    Validity.ENDED: "bad",
}
EVIDENCE = {
    Evidence.TEXT: _l("Đã đọc toàn văn"),
    Evidence.SECONDARY: _l("Theo nguồn thứ cấp, chưa đối chiếu toàn văn"),
    Evidence.UNCHECKED: _l("Chưa kiểm tra; mới có số hiệu và trích yếu theo trang trích dẫn"),
}

bp = Blueprint("content_instruments", __name__)


@bp.get("/van-ban")
@public
def instruments() -> ResponseReturnValue:
    asked = clean(request.args.get("tim", ""))
    found = instrument_reading.instruments(session(), asked, request.args.get("trang"), _today())
    return render_template("content/instruments.html", found=found, standing=standing, tones=TONES)


@bp.get("/van-ban/<slug>")
@public
def instrument(slug: str) -> ResponseReturnValue:
    db = session()
    found = instrument_reading.instrument(db, slug, request.args.get("trang"), _today())
    return render_template(
        "content/instrument.html",
        found=found,
        instrument=found.instrument,
        entered=legal_documents.published(db, slug),
        file_address=form_files.file_path,
        file_kind=forms_views.kind_in_words,
        standing=standing,
        tones=TONES,
        evidence=EVIDENCE[Evidence(found.instrument.evidence)],
    )


def standing(entry: InstrumentEntry) -> str:
    """The validity of an instrument in words, with its days."""
    last = local_day(entry.ended_on - timedelta(days=1)) if entry.ended_on else ""
    words = {
        Validity.UNCHECKED: _("Chưa kiểm tra hiệu lực"),
        Validity.UNKNOWN: _("Chưa rõ ngày có hiệu lực"),
        Validity.NOT_YET: _("Có hiệu lực từ ngày %(day)s", day=local_day(entry.effective_from)),
        Validity.IN_FORCE: _("Có hiệu lực từ ngày %(day)s", day=local_day(entry.effective_from)),
        Validity.ENDING: _("Còn hiệu lực đến hết ngày %(day)s", day=last),
        Validity.ENDED: _("Hết hiệu lực từ ngày %(day)s", day=local_day(entry.ended_on)),
        Validity.REPLACED: _("Đã có văn bản thay thế; chưa rõ ngày hết hiệu lực"),
    }
    return str(words[entry.validity])


def basis(db: Session, procedure: Procedure) -> list[tuple[CitedAs, str]]:
    """The legal basis of a procedure; beside what no longer holds, that it does not."""
    found = instrument_reading.cited(db, procedure.legal_basis, _today())
    lapsed = {Validity.ENDED, Validity.REPLACED}
    return [
        (one, standing(one.instrument))
        if one.instrument and one.instrument.validity in lapsed
        else (one, "")
        for one in found
    ]


def addresses(db: Session) -> list[Address]:
    """The register, and each instrument somebody has checked."""
    checked = select(LegalInstrument.key).where(LegalInstrument.evidence != Evidence.UNCHECKED)
    keys = db.scalars(checked.order_by(LegalInstrument.key))
    return [Address("/van-ban", None, LANGUAGES), *(Address(path_of(key)) for key in keys)]


def _today() -> date:
    return clock.local_date(clock.now())
