"""Queries with their right answers: those that came with the product, and those of editors."""

from collections.abc import Sequence
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from search_index import evaluation, plan
from search_index.analysis import fold
from search_index.editing import LONGEST_MEANING, Editor, EditRefused, logged, page_of
from search_index.editor_models import SearchJudged
from search_index.evaluation import Judged

SHIPPED = Path(__file__).parents[1] / "tests" / "search_index" / "everyday.jsonl"
MOST_KEPT = 1_000
BY_EDITORS = "editors"


def add(db: Session, editor: Editor, *, query: str, target: str) -> SearchJudged:
    """Keep that this page answers this query; a query may have several right answers."""
    query = plan.clean(query)[:LONGEST_MEANING]
    folded = fold(query)[:LONGEST_MEANING]
    if not folded:
        raise EditRefused("query", _("Nhập câu tìm kiếm, có ít nhất một chữ."))
    page = page_of(db, target)
    same = (SearchJudged.folded == folded, SearchJudged.document == page.key)
    if db.scalar(select(SearchJudged.id).where(SearchJudged.active, *same).limit(1)):
        raise EditRefused("query", _("Câu này đã có trang đó là câu trả lời đúng."))
    kept = select(func.count()).select_from(SearchJudged).where(SearchJudged.active)
    if (db.scalar(kept) or 0) >= MOST_KEPT:
        raise EditRefused("query", _("Đã giữ quá nhiều câu mẫu: hãy gỡ bớt trước."))
    row = SearchJudged(
        query=query, folded=folded, document=page.key, by=editor.username, at=editor.now
    )
    db.add(row)
    logged(db, editor, "search.judged.add", query, {"document": page.key})
    return row


def judged(db: Session) -> list[Judged]:
    """All judged queries; what editors say of one comes before what was shipped."""
    active = select(SearchJudged).where(SearchJudged.active).order_by(SearchJudged.id)
    answers: dict[str, tuple[str, set[str]]] = {}
    for row in db.scalars(active):
        answers.setdefault(row.folded, (row.query, set()))[1].add(row.document.rpartition(":")[2])
    mine = [
        Judged(folded, query, frozenset(codes), BY_EDITORS)
        for folded, (query, codes) in answers.items()
    ]
    return [*mine, *(one for one in _shipped() if fold(one.query) not in answers)]


def _shipped() -> Sequence[Judged]:
    """None where they were left out of the installation."""
    return evaluation.read(SHIPPED) if SHIPPED.exists() else ()
