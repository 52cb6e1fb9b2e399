"""Loading the starter library, on both databases."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import importing, library_loading
from content.errors import BadFile
from content.models import ArticleRow, ContentItem, ContentVersion, Origin, ProcedureRow, State
from portal import revisions
from portal.revisions import Area
from search_index.models import SearchRow

PROCEDURE = """\
code: "1.001193"
name: Thủ tục đăng ký khai sinh
title: Đăng ký khai sinh
issuing_agency: Bộ Tư pháp
"""
GUIDE = """\
---
title: Nộp hồ sơ
procedures: ["1.001193"]
---
Xem [thủ tục](/thu-tuc).
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "library"
    for name in ("procedures", "guides", "pages", "news"):
        (root / name).mkdir(parents=True)
    (root / "procedures" / "1.001193.yaml").write_text(PROCEDURE, "utf-8")
    (root / "guides" / "nop-ho-so.md").write_text(GUIDE, "utf-8")
    (root / "pages" / "lien-he.md").write_text("---\ntitle: Liên hệ\n---\nChữ.\n", "utf-8")
    (root / "pages" / "lien-he.en.md").write_text("---\ntitle: Contact\n---\nWords.\n", "utf-8")
    return root


def test_everything_in_the_library_is_published(db: Session, folder: Path, now: datetime) -> None:
    loaded = library_loading.load(db, folder, now=now)
    assert (loaded.procedures, loaded.articles, loaded.changed) == (1, 3, 4)
    assert set(db.scalars(select(ContentItem.state))) == {State.PUBLISHED}
    assert set(db.scalars(select(ContentVersion.origin))) == {Origin.LIBRARY}
    languages = db.scalars(select(ArticleRow.language).where(ArticleRow.slug == "lien-he"))
    assert sorted(languages) == ["en", "vi"]
    keys = set(db.scalars(select(SearchRow.key)))
    assert keys == {
        "procedure:1.001193",
        "guide:nop-ho-so:vi",
        "page:lien-he:vi",
        "page:lien-he:en",
    }


def test_what_the_centre_wrote_is_listed_and_no_short_entry(
    db: Session, folder: Path, now: datetime
) -> None:
    library_loading.load(db, folder, now=now)
    row = db.scalars(select(ProcedureRow)).one()
    assert (row.listed, row.short, row.featured) == (True, False, True)


def test_loading_again_changes_nothing(db: Session, folder: Path, now: datetime) -> None:
    library_loading.load(db, folder, now=now)
    before = revisions.sequence(db)
    assert library_loading.load(db, folder, now=now).changed == 0
    assert revisions.sequence(db) == before
    assert db.scalar(select(func.count()).select_from(ContentVersion)) == 4


def test_a_changed_guide_becomes_a_new_version(db: Session, folder: Path, now: datetime) -> None:
    library_loading.load(db, folder, now=now)
    (folder / "guides" / "nop-ho-so.md").write_text(GUIDE.replace("Nộp", "Gửi"), "utf-8")
    assert library_loading.load(db, folder, now=now).changed == 1
    title = select(ArticleRow.title).where(ArticleRow.slug == "nop-ho-so")
    assert db.scalars(title).one() == "Gửi hồ sơ"
    assert revisions.current(db)[Area.GUIDES] == 2


def test_the_library_outranks_an_import_that_came_first(
    db: Session, folder: Path, tmp_path: Path, now: datetime
) -> None:
    file = tmp_path / "catalogue.csv"
    file.write_text(
        "code,name,issuing_agency,implementing_agency,field,url\n"
        "1.001193,Khai sinh,UBND tỉnh Gia Lai,UBND cấp xã,Hộ tịch,\n",
        "utf-8",
    )
    importing.import_procedures(db, file, now=now, serves=lambda issuer: not issuer)
    library_loading.load(db, folder, now=now)
    row = db.scalars(select(ProcedureRow)).one()
    assert (row.heading, row.field, row.listed) == ("Đăng ký khai sinh", "Hộ tịch", True)
    assert row.issuing_agency == "Bộ Tư pháp"
    assert (
        db.scalars(select(SearchRow.withdrawn).where(SearchRow.kind == "procedure")).one() is False
    )


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("procedures/1.000001.yaml", "code: [", "1.000001.yaml: YAML sai ở dòng"),
        ("procedures/1.000001.yaml", "chữ", "cần các mục có tên"),
        ("procedures/1.000001.yaml", PROCEDURE, "khác tên tệp"),
        ("procedures/1.000001.yaml", 'code: "1.000001"\nnam: x', "mục «name»"),
        ("procedures/1.000001.yaml", 'code: "1.000001"\nname: x\nlever: y', "mục «lever»"),
        ("guides/hai.md", "Không có phần đầu", "hai dòng «---»"),
        ("guides/hai.md", "---\ntitle: x\n---\n \n", "chưa có nội dung"),
        ("guides/hai.md", "---\ntitle: x\nslug: ba\n---\nChữ\n", "«slug» phải là «hai»"),
        ("guides/Hai.md", "---\ntitle: x\n---\nChữ\n", "mục «slug»"),
        ("news/hai.md", b"---\ntitle: \xe1\n---\nx\n", "không phải chữ UTF-8"),
    ],
)
def test_one_broken_file_is_named_and_nothing_is_loaded(
    db: Session, folder: Path, now: datetime, name: str, content: str | bytes, reason: str
) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    (folder / name).write_bytes(raw)
    with pytest.raises(BadFile, match=reason):
        library_loading.load(db, folder, now=now)
    assert db.scalars(select(ContentItem)).all() == []


def test_an_empty_folder_is_refused(db: Session, tmp_path: Path, now: datetime) -> None:
    with pytest.raises(BadFile, match="không có tệp nội dung"):
        library_loading.load(db, tmp_path, now=now)
