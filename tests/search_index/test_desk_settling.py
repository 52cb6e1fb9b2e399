"""The work list and the figures of a period, on both databases."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from portal import tasks
from search_index import settling
from search_index.editing import Editor, EditRefused
from search_index.models import SearchQuery

TODAY = date(2026, 11, 23)


def ask(db: Session, term: str, askers: int, outcome: str = "nothing", times: int = 1) -> None:
    for number in range(askers):
        row = SearchQuery(
            day=TODAY,
            term=term,
            mark=f"dấu {term}",
            asker=f"nơi {number}",
            times=times,
            results=0,
            outcome=outcome,
        )
        db.add(row)
    db.flush()


@pytest.fixture
def editor(now: datetime) -> Editor:
    return Editor("bien-tap", now)


def test_a_settled_term_leaves_the_list_for_a_month(db: Session, editor: Editor) -> None:
    ask(db, "vit quay", 3)
    (entry,) = settling.waiting(db, since=TODAY, until=TODAY, today=TODAY)
    settling.settle(db, editor, entry, outcome="page", written="vịt quay", answer="")
    settling.settle(db, editor, entry, outcome="page", written="vịt quay", answer="")
    assert [(task.kind, task.subject) for task in tasks.waiting(db)] == [("write-page", "vịt quay")]
    assert settling.waiting(db, since=TODAY, until=TODAY, today=TODAY) == []
    later = TODAY + timedelta(days=31)
    assert settling.waiting(db, since=TODAY, until=later, today=later) == [entry]


def test_another_word_or_another_button_settles_nothing(db: Session, editor: Editor) -> None:
    ask(db, "vit quay", 3)
    (entry,) = settling.waiting(db, since=TODAY, until=TODAY, today=TODAY)
    for outcome, written in (("synonym", "ngan nướng"), ("xóa", "vịt quay")):
        with pytest.raises(EditRefused):
            settling.settle(db, editor, entry, outcome=outcome, written=written, answer="kết hôn")
    assert settling.waiting(db, since=TODAY, until=TODAY, today=TODAY) == [entry]


def test_figures_count_every_search_and_name_no_term_of_a_single_person(db: Session) -> None:
    assert settling.figures(db, TODAY, TODAY).nothing_share == 0
    ask(db, "vit quay", 3)
    ask(db, "khai sinh", 3, "found", times=2)
    ask(db, "chuyen rieng", 1)
    found = settling.figures(db, TODAY, TODAY)
    assert found.totals.searches == 10
    assert found.nothing_share == 40
    assert found.terms == [("khai sinh", 6), ("vit quay", 3)]
