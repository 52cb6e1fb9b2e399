"""How the desk of imports says what it found and what was done."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from content.import_applying import Applied
from content.import_models import Found, ImportChange, RunState, Verdict
from content.import_reading import Tab
from content.models import Source
from content.part_labels import PARTS
from content.shapes import Procedure

STALE_NAMED = 5

STATES = {
    RunState.WAITING: _l("Đang xem trước"),
    RunState.READY: _l("Chờ quyết định"),
    RunState.APPLYING: _l("Đang áp dụng"),
    RunState.DONE: _l("Đã xong"),
    RunState.FAILED: _l("Không nhận"),
}
TONES = {RunState.READY: "warn", RunState.DONE: "good", RunState.FAILED: "bad"}
SOURCES = {
    "": "",
    Source.DETAILED: _l("Bản ghi đầy đủ"),
    Source.CATALOGUE: _l("Danh mục"),
}
TABS = {
    Tab.NEW: _l("Mới"),
    Tab.CHANGED: _l("Đổi"),
    Tab.GONE: _l("Không còn trong nguồn"),
    Tab.RESCINDED: _l("Bị bãi bỏ"),
    Tab.FLAGGED: _l("Từ ngữ cũ"),
    Tab.ELSEWHERE: _l("Tỉnh khác"),
    Tab.BENEATH: _l("Trang không đổi"),
    Tab.STALE: _l("Đã khác khi xem"),
    Tab.APPLIED: _l("Đã áp dụng"),
    Tab.REJECTED: _l("Đã bỏ qua"),
}
FOUND = {
    Found.NEW: _l("Thủ tục mới"),
    Found.CHANGED: _l("Có thay đổi"),
    Found.BENEATH: _l("Nguồn đổi, trang không đổi"),
    Found.GONE: _l("Nguồn không còn nêu"),
}
VERDICTS = {
    Verdict.WAITING: _l("Chờ quyết định"),
    Verdict.APPLIED: _l("Đã áp dụng"),
    Verdict.REJECTED: _l("Đã bỏ qua"),
    Verdict.STALE: _l("Trang đã đổi từ lúc xem trước"),
}
VERDICT_TONES = {Verdict.APPLIED: "good", Verdict.REJECTED: "neutral", Verdict.STALE: "warn"}


def parts(names: str) -> str:
    """The names of parts in words, in the order of the page."""
    return ", ".join(str(PARTS[Procedure][name]) for name in names.split())


def summary(row: ImportChange) -> str:
    """In one line, what a record would change."""
    said = [parts(row.parts) or str(FOUND[Found(row.found)])]
    if row.beneath:
        said.append(_("phía dưới phần nơi khác đã giữ: %(parts)s", parts=parts(row.beneath)))
    return "; ".join(said)


def applied(done: Applied) -> str:
    """What became of those that were to be applied."""
    said = _("Đã áp dụng %(number)s mục.", number=len(done.codes))
    if done.stale:
        codes = ", ".join(done.stale[:STALE_NAMED])
        said += " " + _(
            "%(number)s mục không áp dụng vì trang đã đổi từ lúc xem trước: %(codes)s.",
            number=len(done.stale),
            codes=codes + (" …" if len(done.stale) > STALE_NAMED else ""),
        )
    return str(said)
