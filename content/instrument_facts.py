"""Changes what the register says of an instrument, and tells beforehand what that will do."""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from content import citing, instrument_numbers, instruments
from content.errors import BadRecord, NoSuchPage
from content.instrument_models import Evidence, LegalInstrument, RegisteredBy
from content.instrument_search import document
from portal import clock, revisions
from portal.canonical import canonical_text, digest
from portal.database import lock
from portal.staff.audit import record
from portal.vietnamese import fold
from search_index import documents


@dataclass(frozen=True)
class Facts:
    """What can be changed; `successor` is a number as people write it."""

    title: str
    kind: str
    issuer: str
    signed_on: date | None
    effective_from: date | None
    ended_on: date | None
    successor: str
    link: str
    note: str
    source: str
    evidence: Evidence


@dataclass(frozen=True)
class Effect:
    """What saving would do: the parts that change, and the pages that become tasks, and when."""

    changed: tuple[str, ...]
    pages: tuple[str, ...]
    on: date | None


class Contradiction(BadRecord):
    """`field` is the part that cannot be so; empty where it is the whole."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def day_of(text: str) -> date | None:
    """25/11/2026 or 2026-11-25; None for anything else."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def find(db: Session, key: str) -> LegalInstrument:
    """Raises NoSuchPage."""
    row = None if "\0" in key or len(key) > 200 else db.get(LegalInstrument, key)
    if row is None:
        raise NoSuchPage
    return row


def effect(db: Session, key: str, facts: Facts, today: date) -> Effect:
    """What saving these facts would do. Raises NoSuchPage and Contradiction."""
    row = find(db, key)
    _check(row, facts)
    changed = _changed(row, facts)
    ends_anew = "ended_on" in changed and facts.ended_on is not None
    pages = tuple(instruments.citing_pages(db, key)) if ends_anew else ()
    on = max(facts.ended_on, today) if ends_anew and facts.ended_on else None
    return Effect(changed, pages, on)


def mark(row: LegalInstrument) -> str:
    """What a form shows, as a fingerprint, so that saving notices what somebody else changed."""
    names = [one.name for one in fields(Facts)]
    return digest(canonical_text({name: getattr(row, name) for name in names}))


def save(db: Session, by: str, key: str, facts: Facts, now: datetime, *, seen: str) -> Effect:
    """Change the register; where the instrument has ended, the pages that cite it become tasks.

    `seen` is the `mark` of what the form showed. Raises NoSuchPage and Contradiction.
    """
    held = lock(db, LegalInstrument, key)
    if held is None:
        raise NoSuchPage
    if mark(held) != seen:
        raise Contradiction(
            "", _("Người khác vừa sửa văn bản này. Nội dung ông/bà gõ vẫn còn; xem lại rồi lưu.")
        )
    done = effect(db, key, facts, clock.local_date(now))
    if not done.changed:
        return done
    revision = revisions.advance(db, revisions.Area.PROCEDURES)
    row = db.get_one(LegalInstrument, key)
    heir = _heir(db, facts)
    if "ended_on" in done.changed:
        row.told_at = None
    for name in done.changed:
        setattr(row, name, getattr(facts, name))
    row.successor = heir.key if heir else ""
    row.evidence = facts.evidence.value
    row.registered_by = RegisteredBy.STAFF
    row.folded = fold(f"{row.number} {row.title}")
    db.flush()
    documents.put(db, map(document, filter(None, (row, heir))), revision=revision)
    detail = {"parts": list(done.changed), "pages": len(done.pages)}
    record(db, actor=by, action="content.instrument", subject=key, at=now, detail=detail)
    instruments.tell(db, now)
    return done


def _check(row: LegalInstrument, facts: Facts) -> None:
    begun = facts.effective_from or facts.signed_on
    if facts.signed_on and facts.effective_from and facts.effective_from < facts.signed_on:
        raise Contradiction("effective_from", _("Có hiệu lực trước ngày ký."))
    if begun and facts.ended_on and facts.ended_on < begun:
        raise Contradiction("ended_on", _("Hết hiệu lực trước khi có hiệu lực."))
    heir = instrument_numbers.first(facts.successor) if facts.successor else None
    if facts.successor and heir is None:
        raise Contradiction("successor", _("Không đọc được số hiệu; ví dụ 224/2026/NĐ-CP."))
    if heir and heir.key == row.key:
        raise Contradiction("successor", _("Một văn bản không thể tự thay chính nó."))
    if facts.evidence is not Evidence.UNCHECKED and not facts.title:
        raise Contradiction("title", _("Văn bản đã kiểm tra thì phải có trích yếu."))


def _changed(row: LegalInstrument, facts: Facts) -> tuple[str, ...]:
    """The names of the parts that would become other than they are."""
    heir = instrument_numbers.first(facts.successor)
    wanted = {one.name: getattr(facts, one.name) for one in fields(facts)}
    wanted |= {"successor": heir.key if heir else "", "evidence": facts.evidence.value}
    return tuple(name for name, value in wanted.items() if getattr(row, name) != value)


def _heir(db: Session, facts: Facts) -> LegalInstrument | None:
    number = instrument_numbers.first(facts.successor)
    if number is None:
        return None
    if lock(db, LegalInstrument, number.key) is None:
        db.add(citing.stub(number, "", RegisteredBy.STAFF))
        db.flush()
    return db.get_one(LegalInstrument, number.key)
