"""English pages, and whether they know that they are older than their original."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import english, library_loading, reading
from content.editorial import releasing, texts, workflow
from content.editorial.errors import BadText
from content.editorial.stages import Stage
from content.errors import BadFile
from content.leaf_shapes import EnglishProcedure
from content.models import ContentItem, ContentVersion, Kind, ProcedureRow
from content.publishing import Credits
from content.shapes import Step
from portal.tasks import Task
from search_index.models import SearchRow
from tests.content.editorial.clerks import APPROVER, EDITOR, NOW, an_article, library

CODE = "1.001193"
PLACE = (Kind.PROCEDURE, "vi")
VIETNAMESE = """\
code: "1.001193"
name: Thủ tục đăng ký khai sinh
title: Đăng ký khai sinh
summary: Khai sinh cho trẻ em.
issuing_agency: Bộ Tư pháp
steps:
- title: Nộp hồ sơ
"""
ENGLISH = """\
code: "1.001193"
title: Birth registration
summary: Register the birth of a child.
steps:
- title: Hand in the papers
source_digest: {digest}
checked_on: 2026-11-23
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("procedures", "procedures_en"):
        (tmp_path / name).mkdir()
    write(tmp_path, VIETNAMESE, ENGLISH)
    return tmp_path


def write(folder: Path, vietnamese: str, told: str) -> None:
    digest = hashlib.sha256(vietnamese.encode()).hexdigest()
    (folder / "procedures" / f"{CODE}.yaml").write_text(vietnamese, "utf-8")
    (folder / "procedures_en" / f"{CODE}.yaml").write_text(told.format(digest=digest), "utf-8")


def change_the_original(folder: Path, old: str, new: str) -> None:
    file = folder / "procedures" / f"{CODE}.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def test_the_library_tells_procedures_in_english(db: Session, folder: Path, now: datetime) -> None:
    library_loading.load(db, folder, now=now)
    found = english.english_of(db, CODE)
    assert found is not None
    assert (found[0].title, found[1]) == ("Birth registration", False)
    assert reading.procedure(db, CODE, "en").procedure.heading == "Đăng ký khai sinh"
    assert db.scalars(select(ProcedureRow.code)).all() == [CODE]
    row = db.get_one(SearchRow, f"procedure:{CODE}:en")
    assert (row.language, row.url) == ("en", f"/thu-tuc/{CODE}-dang-ky-khai-sinh")


def test_loading_again_changes_nothing(db: Session, folder: Path, now: datetime) -> None:
    library_loading.load(db, folder, now=now)
    assert library_loading.load(db, folder, now=now).changed == 0
    assert db.scalar(select(func.count()).select_from(ContentVersion)) == 2


def edit(db: Session, **parts: object) -> None:
    """Staff publish other words in Vietnamese."""
    draft = workflow.start(db, APPROVER, Kind.PROCEDURE, CODE, "vi")
    shape = texts.parse(Kind.PROCEDURE, "vi", workflow.current(db, draft).text)
    text = texts.text_of(shape.model_copy(update=parts))
    draft = workflow.save(db, APPROVER, draft.id, seen=0, text=text, title="x")
    version = releasing.put(db, draft, texts.parse(*PLACE, text), Credits(), now=NOW)
    draft.stage, draft.closed_at = Stage.PUBLISHED, NOW
    assert version.text == text


def test_english_is_older_once_what_it_tells_has_changed(
    db: Session, folder: Path, now: datetime
) -> None:
    library_loading.load(db, folder, now=now)
    edit(db, issuing_agency="Bộ Công an")
    assert not english.is_older(db, Kind.PROCEDURE, CODE)
    edit(db, steps=(Step(title="Nộp hồ sơ tại Trung tâm"),))
    assert english.is_older(db, Kind.PROCEDURE, CODE)


def test_english_made_from_another_file_is_older_from_the_start(
    db: Session, folder: Path, now: datetime
) -> None:
    change_the_original(folder, "Nộp hồ sơ", "Nộp hồ sơ tại Trung tâm")
    library_loading.load(db, folder, now=now)
    assert english.is_older(db, Kind.PROCEDURE, CODE)


def test_what_staff_publish_in_english_is_as_new_as_its_original(
    db: Session, folder: Path, now: datetime
) -> None:
    library_loading.load(db, folder, now=now)
    change_the_original(folder, "Nộp hồ sơ", "Nộp hồ sơ tại Trung tâm")
    library_loading.load(db, folder, now=now)
    draft = workflow.start(db, EDITOR, Kind.PROCEDURE, CODE, "en")
    told = texts.parse(Kind.PROCEDURE, "en", workflow.current(db, draft).text)
    text = texts.text_of(told.model_copy(update={"title": "Registering a birth"}))
    workflow.save(db, EDITOR, draft.id, seen=0, text=text, title="x")
    workflow.submit(db, EDITOR, draft.id, seen=1)
    workflow.approve(db, APPROVER, draft.id, seen=1)
    workflow.publish(db, APPROVER, draft.id, seen=1)
    found = english.english_of(db, CODE)
    assert found is not None
    assert (found[0].title, found[1]) == ("Registering a birth", False)
    library_loading.load(db, folder, now=now)
    assert db.scalars(select(Task)).all() == []
    write(folder, VIETNAMESE, ENGLISH.replace("Birth registration", "Registering births"))
    library_loading.load(db, folder, now=now)
    assert english.english_of(db, CODE)[0].title == "Registering a birth"  # type: ignore[index]
    task = db.scalars(select(Task)).one()
    assert (task.kind, task.subject) == ("library-newer", f"/en/thu-tuc/{CODE}")


def test_a_new_english_page_starts_with_what_its_place_says(
    db: Session, folder: Path, now: datetime
) -> None:
    (folder / "procedures_en" / f"{CODE}.yaml").unlink()
    library_loading.load(db, folder, now=now)
    assert english.english_of(db, CODE) is None
    draft = workflow.start(db, EDITOR, Kind.PROCEDURE, CODE, "en")
    text = workflow.current(db, draft).text
    assert texts.key_of(Kind.PROCEDURE, "en", text) == CODE
    with pytest.raises(BadText):
        texts.parse(Kind.PROCEDURE, "en", text)
    told = EnglishProcedure(
        code=CODE, title="Birth", summary="A birth.", source_digest="0" * 64, checked_on=now.date()
    )
    workflow.save(db, EDITOR, draft.id, seen=0, text=texts.text_of(told), title="Birth")
    workflow.force(db, APPROVER, draft.id, seen=1, reason="Trang cần ngay cho lễ hội")
    assert not english.is_older(db, Kind.PROCEDURE, CODE)


def test_an_article_in_english_is_older_when_its_original_was_published_later(db: Session) -> None:
    told = an_article(language="en", title="Applying", summary="How.", body="Apply online.")
    library(db, an_article(), told)
    assert not english.is_older(db, Kind.GUIDE, "nop-ho-so")
    library(db, an_article(title="Mới"), now=NOW + timedelta(days=1))
    assert english.is_older(db, Kind.GUIDE, "nop-ho-so")
    assert not english.is_older(db, Kind.GUIDE, "khong-co")
    assert db.scalars(select(ContentItem.language).order_by(ContentItem.id)).all() == ["vi", "en"]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("code: [", "không đọc được"),
        (ENGLISH.replace("title", "titel"), "không đúng"),
        (ENGLISH.replace("1.001193", "1.001194"), "khác tên tệp"),
    ],
)
def test_a_broken_english_file_is_named(
    db: Session, folder: Path, now: datetime, told: str, reason: str
) -> None:
    write(folder, VIETNAMESE, told)
    with pytest.raises(BadFile, match=reason):
        library_loading.load(db, folder, now=now)
