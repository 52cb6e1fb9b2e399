"""What editors may change in search: synonyms, names of pages, pinned results; all is logged."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock, revisions
from portal.database import lock
from portal.errors import NotFound, RefusedInput
from portal.staff.audit import record
from search_index import plan
from search_index.analysis import analyse, codes_in, fold
from search_index.documents import document_of, put
from search_index.editor_models import SearchAlias, SearchJudged, SearchPin, SearchSynonym
from search_index.models import SearchRow
from search_index.synonyms import LONGEST

ONE_WAY, BOTH_WAYS = "one", "both"
LONGEST_PHRASE, LONGEST_MEANING, LONGEST_NOTE = 100, 200, 300
MOST_SYNONYMS = 2_000
MOST_NAMES_OF_A_PAGE = 20
MOST_PINS = 200
MOST_PINS_OF_A_QUERY = 3
LONGEST_PIN_DAYS = 366

Kept = SearchSynonym | SearchAlias | SearchPin | SearchJudged


class EditRefused(RefusedInput):
    """A change that makes no sense; `field` names where it was typed."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Editor:
    """Who changes something, and when."""

    username: str
    now: datetime


def tidy(text: str | None) -> str:
    """What was typed as one composed line without control signs."""
    line = "".join(
        " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign
        for sign in unicodedata.normalize("NFC", text or "")
        if unicodedata.category(sign) not in {"Cf", "Cs", "Co"}
    )
    return " ".join(line.split())


def phrase_of(text: str | None) -> str:
    """A phrase the table of synonyms can match; raises EditRefused."""
    phrase = tidy((text or "").replace("|", " ").replace("#", " "))
    length = len(analyse(phrase).folded)
    if not length:
        raise EditRefused("phrase", _("Nhập từ người dân gõ, có ít nhất một chữ."))
    if length > LONGEST or len(phrase) > LONGEST_PHRASE:
        most = _("Từ người dân gõ dài quá: nhiều nhất %(most)d tiếng.", most=LONGEST)
        raise EditRefused("phrase", most)
    return phrase


def meaning_of(text: str | None, phrase: str) -> str:
    """Official words for a phrase; raises EditRefused."""
    meaning = tidy((text or "").replace("|", " "))
    if not analyse(meaning).folded:
        raise EditRefused("meaning", _("Nhập từ dùng trong tên thủ tục, có ít nhất một chữ."))
    if len(meaning) > LONGEST_MEANING:
        most = _("Dài quá: nhiều nhất %(max)d ký tự.", max=LONGEST_MEANING)
        raise EditRefused("meaning", most)
    if analyse(meaning).exact == analyse(phrase).exact:
        raise EditRefused("meaning", _("Hai bên giống hệt nhau nên không giúp được gì."))
    return meaning


def add_synonym(
    db: Session,
    editor: Editor,
    *,
    phrase: str,
    meaning: str,
    direction: str = ONE_WAY,
    weight: int = 95,
    note: str = "",
) -> SearchSynonym:
    phrase = phrase_of(phrase)
    meaning = meaning_of(meaning, phrase)
    if direction == BOTH_WAYS and len(analyse(meaning).folded) > LONGEST:
        most = _("Dùng cả hai chiều thì mỗi bên nhiều nhất %(most)d tiếng.", most=LONGEST)
        raise EditRefused("meaning", most)
    known = list(db.scalars(select(SearchSynonym).where(SearchSynonym.active)))
    if len(known) >= MOST_SYNONYMS:
        raise EditRefused("phrase", _("Bảng đã đầy: hãy gỡ bớt những từ không còn dùng."))
    pair = (analyse(phrase).exact, analyse(meaning).exact)
    if any((analyse(one.phrase).exact, analyse(one.meaning).exact) == pair for one in known):
        raise EditRefused("phrase", _("Cặp từ này đã có trong bảng."))
    row = SearchSynonym(
        phrase=phrase,
        meaning=meaning,
        direction=direction if direction == BOTH_WAYS else ONE_WAY,
        weight=min(100, max(1, weight)),
        note=tidy(note)[:LONGEST_NOTE],
        by=editor.username,
        at=editor.now,
    )
    db.add(row)
    detail = {"meaning": meaning, "direction": row.direction, "weight": row.weight}
    logged(db, editor, "search.synonym.add", phrase, detail)
    return row


def add_alias(db: Session, editor: Editor, *, target: str, alias: str) -> SearchAlias:
    """Give the page a name people use; it is found by it as soon as it is indexed again."""
    page = page_of(db, target)
    alias = tidy(alias)
    if not analyse(alias).folded:
        raise EditRefused("alias", _("Nhập tên người dân hay gọi, có ít nhất một chữ."))
    if len(alias) > LONGEST_MEANING:
        most = _("Dài quá: nhiều nhất %(max)d ký tự.", max=LONGEST_MEANING)
        raise EditRefused("alias", most)
    document = document_of(page)
    if alias.casefold() in {name.casefold() for name in document.names}:
        raise EditRefused("alias", _("Trang này đã có tên gọi đó."))
    mine = SearchAlias.document == page.key
    if _count(db, SearchAlias, mine) >= MOST_NAMES_OF_A_PAGE:
        raise EditRefused("alias", _("Trang này đã có đủ tên gọi: hãy gỡ bớt trước."))
    row = SearchAlias(document=page.key, alias=alias, by=editor.username, at=editor.now)
    db.add(row)
    db.flush()
    number = logged(db, editor, "search.alias.add", page.key, {"alias": alias})
    put(db, [document], revision=number)
    return row


def add_pin(
    db: Session, editor: Editor, *, query: str, target: str, position: int, until: date | None
) -> SearchPin:
    """Show a page at a place of its own for one query, until a day not far away."""
    query = plan.clean(query)[:LONGEST_MEANING]
    folded = fold(query)[:LONGEST_MEANING]
    if not folded:
        raise EditRefused("query", _("Nhập câu tìm kiếm, có ít nhất một chữ."))
    page, today = page_of(db, target), clock.local_date(editor.now)
    if not until or not today <= until <= today + timedelta(days=LONGEST_PIN_DAYS):
        raise EditRefused("until", _("Chọn ngày cuối cùng, từ hôm nay đến một năm sau."))
    if not 1 <= position <= MOST_PINS_OF_A_QUERY:
        raise EditRefused("position", _("Vị trí là 1, 2 hoặc 3."))
    current = SearchPin.until >= today
    if _count(db, SearchPin, current) >= MOST_PINS:
        raise EditRefused("query", _("Đã ghim quá nhiều: hãy gỡ bớt trước."))
    same = list(db.scalars(select(SearchPin).where(SearchPin.active, current,
                                                   SearchPin.folded == folded)))  # fmt: skip
    if any(one.document == page.key or one.position == position for one in same):
        raise EditRefused("position", _("Câu này đã ghim trang đó, hoặc vị trí đó đã có trang."))
    row = SearchPin(
        query=query,
        folded=folded,
        document=page.key,
        position=position,
        until=until,
        by=editor.username,
        at=editor.now,
    )
    db.add(row)
    detail = {"document": page.key, "position": position, "until": until.isoformat()}
    logged(db, editor, "search.pin.add", query, detail)
    return row


def take_back(db: Session, editor: Editor, model: type[Kept], number: int) -> Kept:
    """Put one entry out of force; doing it twice changes nothing. Raises NotFound."""
    row = lock(db, model, number) if 0 < number < 2**31 else None
    if row is None:
        raise NotFound
    if not row.active:
        return row
    row.active = False
    db.flush()
    if isinstance(row, SearchSynonym):
        logged(db, editor, "search.synonym.retire", row.phrase, {"meaning": row.meaning})
    elif isinstance(row, SearchPin | SearchJudged):
        what = "pin" if isinstance(row, SearchPin) else "judged"
        logged(db, editor, f"search.{what}.retire", row.query, {"document": row.document})
    else:
        detail = {"alias": row.alias}
        revision = logged(db, editor, "search.alias.retire", row.document, detail)
        _unname(db, row, revision)
    return row


def page_of(db: Session, target: str | None) -> SearchRow:
    """The published page of an official code or key; raises EditRefused."""
    wanted = tidy(target)[:300]
    codes = codes_in(wanted)
    keys = [wanted, *(f"procedure:{code}" for code in codes[:3])]
    found = select(SearchRow).where(SearchRow.key.in_(keys), SearchRow.withdrawn.is_(False))
    pages = list(db.scalars(found.order_by(SearchRow.key)))
    if len(pages) != 1:
        raise EditRefused("target", _("Nhập mã của một thủ tục đang công bố, ví dụ 1.001193."))
    return pages[0]


def _unname(db: Session, row: SearchAlias, revision: int) -> None:
    page = db.get(SearchRow, row.document)
    if page is None or page.withdrawn:
        return
    document = document_of(page)
    kept = [name for name in json.loads(page.aliases) if name != row.alias]
    put(db, [type(document)(**vars(document) | {"aliases": tuple(kept)})], revision=revision)


def _count(db: Session, model: type[Kept], condition: object) -> int:
    counted = select(func.count()).select_from(model).where(model.active, condition)  # type: ignore[arg-type]
    return db.scalar(counted) or 0


def logged(
    db: Session, editor: Editor, action: str, subject: str, detail: Mapping[str, object]
) -> int:
    """Count the change, note it in the staff log, and return its number."""
    number = revisions.advance(db)
    record(db, actor=editor.username, action=action, subject=subject, detail=detail, at=editor.now)
    return number
