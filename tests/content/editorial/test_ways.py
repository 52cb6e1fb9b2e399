"""Every step by every role from every stage, as the table of stages says."""

import itertools
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from content.editorial import keys, texts, workflow
from content.editorial.clerk import Clerk
from content.editorial.errors import NotAllowed, WrongStage
from content.editorial.stages import WAYS, Stage, Step
from content.models import Draft
from portal.database import Database
from portal.staff.models import Role
from tests.content.editorial.clerks import APPROVER, EDITOR, NOW, a_clerk, an_article, written

Take = Callable[[Session, Clerk, Draft], object]

TEXT = texts.text_of(an_article(title="Khác"))
STEPS: dict[Step, Take] = {
    Step.SAVE: lambda db, who, draft: workflow.save(
        db, who, draft.id, seen=1, text=TEXT, title="x"
    ),
    Step.SUBMIT: lambda db, who, draft: workflow.submit(db, who, draft.id, seen=1),
    Step.SEND_BACK: lambda db, who, draft: workflow.send_back(db, who, draft.id, words="Sửa."),
    Step.APPROVE: lambda db, who, draft: workflow.approve(db, who, draft.id, seen=1),
    Step.SCHEDULE: lambda db, who, draft: workflow.schedule(
        db, who, draft.id, publish_at=NOW + timedelta(hours=1)
    ),
    Step.UNSCHEDULE: lambda db, who, draft: workflow.unschedule(db, who, draft.id),
    Step.PUBLISH: lambda db, who, draft: workflow.publish(db, who, draft.id, seen=1),
    Step.FORCE: lambda db, who, draft: workflow.force(
        db, who, draft.id, seen=1, reason="Sai số điện thoại của quầy"
    ),
    Step.DISCARD: lambda db, who, draft: workflow.discard(db, who, draft.id),
}


def brought_to(db: Session, stage: Stage) -> Draft:
    """A draft that an editor wrote, standing at this stage."""
    draft = written(db)
    if stage is Stage.DISCARDED:
        return workflow.discard(db, EDITOR, draft.id)
    if stage is not Stage.DRAFT:
        STEPS[Step.SUBMIT](db, EDITOR, draft)
    if stage in (Stage.APPROVED, Stage.SCHEDULED, Stage.PUBLISHED):
        STEPS[Step.APPROVE](db, APPROVER, draft)
    if stage is Stage.SCHEDULED:
        STEPS[Step.SCHEDULE](db, APPROVER, draft)
    if stage is Stage.PUBLISHED:
        STEPS[Step.PUBLISH](db, APPROVER, draft)
    return draft


def test_every_step_is_tried() -> None:
    assert STEPS.keys() == WAYS.keys() == set(Step)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("stage", Stage)
def test_each_step_is_taken_by_whom_and_from_where_the_table_says(
    store: Database, stage: Stage
) -> None:
    with store.write() as db:
        draft = brought_to(db, stage)
        db.commit()
        for step, role in itertools.product(Step, Role):
            stages, target, roles = WAYS[step]
            who = a_clerk("nguoi-khac", role)
            if role not in roles:
                with pytest.raises(NotAllowed):
                    STEPS[step](db, who, draft)
            elif stage not in stages:
                with pytest.raises(WrongStage):
                    STEPS[step](db, who, draft)
            else:
                STEPS[step](db, who, draft)
                assert db.get_one(Draft, draft.id).stage == target
            db.rollback()
            db.expire_all()


def test_no_standing_page_can_take_the_place_of_a_section(app: Flask) -> None:
    standing = {"gioi-thieu", "lien-he", "kenh-chinh-thuc", "quyen-rieng-tu", "ho-tro-tiep-can"}
    sections = {rule.rule.split("/")[1].split(".")[0] for rule in app.url_map.iter_rules()}
    named = {name for name in sections if name and "<" not in name}
    assert named - standing <= keys.RESERVED
