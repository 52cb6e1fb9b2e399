"""The desk of legal instruments: facts changed by an editor, with the effect shown first."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import instrument_facts
from content.instrument_facts import Contradiction, Facts
from content.instrument_models import Evidence, LegalInstrument, RegisteredBy
from content.models import Origin
from content.publishing import Publication, publish_article
from content.shapes import Article
from portal import tasks
from portal.staff.models import Role, StaffAction
from tests.support.pages import StrictClient

KEY = "42-2022-nd-cp"
PATH = f"/quan-tri/van-ban/{KEY}"
FACTS = Facts(
    title="Dịch vụ công trực tuyến",
    kind="Nghị định",
    issuer="Chính phủ",
    signed_on=date(2022, 6, 24),
    effective_from=date(2022, 8, 15),
    ended_on=None,
    successor="",
    link="",
    note="",
    source="đọc toàn văn",
    evidence=Evidence.TEXT,
)


def facts(**changed: Any) -> Facts:
    return Facts(**({name: getattr(FACTS, name) for name in Facts.__dataclass_fields__} | changed))


def cite(db: Session, now: datetime) -> None:
    """A guide names the decree, so the register holds a stub of it."""
    publication = Publication(db, now, Origin.LIBRARY)
    cited = Article(kind="guide", slug="nop", title="Nộp", body="Theo Nghị định 42/2022/NĐ-CP.")
    publish_article(publication, cited)
    if db.get(LegalInstrument, KEY) is None:
        from content import citing, instrument_numbers

        number = instrument_numbers.first("42/2022/NĐ-CP")
        assert number is not None
        db.add(citing.stub(number, ""))
    db.flush()


def save(db: Session, wanted: Facts, now: datetime) -> instrument_facts.Effect:
    seen = instrument_facts.mark(instrument_facts.find(db, KEY))
    return instrument_facts.save(db, "bien-tap", KEY, wanted, now, seen=seen)


def test_the_effect_is_told_before_and_happens_on_saving(db: Session, now: datetime) -> None:
    cite(db, now)
    ended = facts(ended_on=date(2026, 7, 1), successor="224/2026/NĐ-CP")
    told = instrument_facts.effect(db, KEY, ended, date(2026, 11, 23))
    assert told.pages == ("/huong-dan/nop",)
    assert told.on == date(2026, 11, 23)
    assert tasks.waiting(db) == []
    assert save(db, ended, now) == told
    assert [task.subject for task in tasks.waiting(db)] == ["/huong-dan/nop"]
    row = db.get_one(LegalInstrument, KEY)
    assert (row.successor, row.registered_by) == ("224-2026-nd-cp", RegisteredBy.STAFF)
    done = db.scalars(select(StaffAction).where(StaffAction.action == "content.instrument")).one()
    assert done.subject == KEY


def test_saving_the_same_twice_records_once(db: Session, now: datetime) -> None:
    cite(db, now)
    assert save(db, facts(), now).changed
    assert save(db, facts(), now).changed == ()
    assert len(db.scalars(select(StaffAction)).all()) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ended_on": date(2022, 8, 14)}, "ended_on"),
        ({"effective_from": date(2022, 1, 1)}, "effective_from"),
        ({"successor": "không số"}, "successor"),
        ({"successor": "42/2022/NĐ-CP"}, "successor"),
        ({"title": ""}, "title"),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_box(
    db: Session, now: datetime, changed: dict[str, Any], field: str
) -> None:
    cite(db, now)
    with pytest.raises(Contradiction) as refusal:
        save(db, facts(**changed), now)
    assert refusal.value.field == field


def test_an_editor_looks_first_and_then_saves(
    staff: Callable[..., StrictClient], publishing: Session, now: datetime
) -> None:
    cite(publishing, now)
    publishing.commit()
    desk = staff(Role.EDITOR)
    assert "42/2022/NĐ-CP" in desk.get("/quan-tri/van-ban?tim=42/2022").page.text
    form = desk.get(PATH).page.fields(KEY)
    form |= {"title": "Dịch vụ công", "source": "Công báo", "evidence": "text"}
    form |= {"ended_on": "01/07/2026", "successor": "224/2026/NĐ-CP"}
    looked = desk.post(PATH, data=form | {"step": "look"}).page
    assert "1 trang trích dẫn văn bản này" in looked.text
    publishing.expire_all()
    assert publishing.get_one(LegalInstrument, KEY).ended_on is None
    publishing.rollback()
    saved = desk.post(PATH, data=looked.fields(KEY) | {"step": "save"})
    assert saved.status_code == 302
    publishing.expire_all()
    assert publishing.get_one(LegalInstrument, KEY).ended_on == date(2026, 7, 1)


def test_wrong_boxes_and_a_form_out_of_date_lose_nothing(
    staff: Callable[..., StrictClient], publishing: Session, now: datetime
) -> None:
    cite(publishing, now)
    publishing.commit()
    desk = staff(Role.EDITOR)
    form = desk.get(PATH).page.fields(KEY) | {"step": "save", "title": "Một", "source": "x"}
    wrong = desk.post(PATH, data=form | {"signed_on": "32/13/2026", "link": "javascript:x"})
    assert wrong.status_code == 422
    assert "Ngày có dạng 25/11/2026." in wrong.page.text
    assert "Địa chỉ bắt đầu bằng" in wrong.page.text
    assert desk.post(PATH, data=form).status_code == 302
    late = desk.post(PATH, data=form | {"title": "Hai"})
    assert late.status_code == 422
    assert "Người khác vừa sửa" in late.page.text
    again = late.page.fields(KEY)
    assert again["title"] == "Hai"
    assert desk.post(PATH, data=again | {"step": "save"}).status_code == 302


def test_an_unknown_instrument_has_no_page(staff: Callable[..., StrictClient]) -> None:
    for key in ("khong-co", "a%00b", "x" * 900):
        assert staff(Role.EDITOR).get(f"/quan-tri/van-ban/{key}").status_code == 404
