"""The desk of imports: handing a file in, looking, applying, turning down, withdrawing."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from content import flagging, import_work
from content.import_models import ImportChange, ImportRun
from content.models import ContentItem, State
from portal import profile
from portal.database import Database
from portal.staff.models import Role
from portal.tasks import Task
from tests.content.exports import Publish, Writes, a_record
from tests.support.pages import StrictClient

DESK = "/quan-tri/nhap-thu-tuc"
NOW = datetime.now(UTC)

Staff = Callable[..., StrictClient]


@pytest.fixture
def works(app: Flask) -> Callable[[], None]:
    """Let the worker do what waits."""

    def work() -> None:
        portal = app.extensions["portal"]
        where = import_work.folder(portal.settings.var)
        with app.app_context():
            import_work.work(portal.database, where, portal.profile, NOW)

    return work


@pytest.fixture
def approver(staff: Staff) -> StrictClient:
    return staff(Role.APPROVER, username="duyet")


def hand_in(client: StrictClient, path: Path, **more: str) -> str:
    """The address of the run."""
    answer = client.post(
        DESK,
        data={"file": (io.BytesIO(path.read_bytes()), path.name), **token(client, DESK), **more},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def token(client: StrictClient, address: str) -> dict[str, str]:
    page = client.get(address).text
    return {"csrf_token": page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]}


def store_of(app: Flask) -> Database:
    found: Database = app.extensions["portal"].database
    return found


def changes(app: Flask) -> list[ImportChange]:
    with store_of(app).read() as db:
        return list(db.scalars(select(ImportChange).order_by(ImportChange.code)))


def test_a_file_is_handed_in_looked_at_and_applied(
    app: Flask, approver: StrictClient, works: Callable[[], None], detailed: Writes,
    publish: Publish,
) -> None:  # fmt: skip
    publish(a_record("1.000001"))
    path = detailed(a_record("1.000001", requirements="Có vốn"), a_record("1.000002"), "{")
    address = hand_in(approver, path, partial="y")
    assert "Tải lại trang này" in approver.get(address).text
    works()
    page = approver.get(address).text
    assert "1.000002" in page
    assert "Dòng không phải một bản ghi JSON" in page
    changed = approver.get(f"{address}?muc=doi").text
    assert "Yêu cầu, điều kiện" in changed
    row = changes(app)[0]
    record = approver.get(f"{address}/{row.id}").text
    assert "<ins>" in record and "Có vốn" in record
    data = token(approver, address)
    answer = approver.post(address, data=data | {"act": "apply-all"})
    assert answer.status_code == 303
    works()
    assert "Đã xong" in approver.get(address).text
    assert approver.get("/thu-tuc/1.000002").status_code in {200, 301, 302}
    assert {row.verdict for row in changes(app)} == {"applied"}
    folder = import_work.folder(app.extensions["portal"].settings.var)
    assert list(folder.iterdir()) == []


def test_one_record_is_applied_and_another_turned_down_with_words(
    app: Flask, approver: StrictClient, works: Callable[[], None], detailed: Writes
) -> None:
    address = hand_in(approver, detailed(a_record("1.000001"), a_record("1.000002")), partial="y")
    works()
    first, second = changes(app)
    data = token(approver, address)
    refused = approver.post(address, data=data | {"act": "reject", "chosen": str(first.id)})
    assert refused.status_code == 422
    assert "Hãy ghi lý do." in refused.text
    nothing = approver.post(address, data=data | {"act": "apply"})
    assert nothing.status_code == 422
    assert "Hãy chọn ít nhất một thủ tục." in nothing.text
    answer = approver.post(
        f"{address}/{first.id}", data=data | {"act": "reject", "words": "Tên chưa đúng"}
    )
    assert answer.status_code == 303
    approver.post(address, data=data | {"act": "apply", "chosen": str(second.id)})
    assert [row.verdict for row in changes(app)] == ["rejected", "applied"]
    assert "Tên chưa đúng" in approver.get(f"{address}?muc=da-bo").text


def test_an_editor_looks_but_does_not_decide(
    app: Flask, staff: Staff, works: Callable[[], None], detailed: Writes
) -> None:
    editor = staff(Role.EDITOR)
    address = hand_in(editor, detailed(a_record()), partial="y")
    works()
    page = editor.get(address).text
    assert 'value="apply-all"' not in page
    answer = editor.post(address, data=token(editor, DESK) | {"act": "apply-all"})
    assert answer.status_code == 403
    assert changes(app)[0].verdict == "waiting"


def test_what_the_source_names_no_more_is_withdrawn_by_an_approver_alone(
    app: Flask, approver: StrictClient, works: Callable[[], None], detailed: Writes,
    publish: Publish,
) -> None:  # fmt: skip
    publish(*(a_record(f"1.{n:06}") for n in range(60)))
    fewer = detailed(*(a_record(f"1.{n:06}") for n in range(59)))
    address = hand_in(approver, fewer)
    works()
    (gone,) = changes(app)
    data = token(approver, f"{address}/{gone.id}")
    refused = approver.post(f"{address}/{gone.id}", data=data | {"act": "withdraw"})
    assert refused.status_code == 422
    words = {"act": "withdraw", "words": "Thủ tục đã bị bãi bỏ theo nguồn quốc gia."}
    answer = approver.post(f"{address}/{gone.id}", data=data | words)
    assert answer.status_code == 303, answer.text
    with store_of(app).read() as db:
        item = db.scalars(select(ContentItem).where(ContentItem.key == gone.code)).one()
        assert item.state == State.WITHDRAWN
    assert changes(app)[0].verdict == "applied"


def test_only_what_is_proposed_can_be_withdrawn_here(
    app: Flask, approver: StrictClient, works: Callable[[], None], detailed: Writes
) -> None:
    address = hand_in(approver, detailed(a_record()), partial="y")
    works()
    (row,) = changes(app)
    answer = approver.post(
        f"{address}/{row.id}",
        data=token(approver, address) | {"act": "withdraw", "words": "Thử"},
    )
    assert answer.status_code == 422
    assert "không được đề nghị gỡ" in answer.text


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.jsonl", b"", "Tệp rỗng."),
        ("", b"{}", "Hãy chọn một tệp."),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_beside_its_field(
    approver: StrictClient, name: str, content: bytes, sentence: str
) -> None:
    answer = approver.post(
        DESK,
        data={"file": (io.BytesIO(content), name), **token(approver, DESK)},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 422
    assert sentence in answer.text


def test_too_large_a_file_is_refused_and_leaves_nothing_on_the_disk(
    app: Flask, approver: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_work, "LARGEST_FILE_BYTES", 1000)
    answer = approver.post(
        DESK,
        data={"file": (io.BytesIO(b"x" * 2000), "a.csv"), **token(approver, DESK)},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 422
    folder = import_work.folder(app.extensions["portal"].settings.var)
    assert list(folder.iterdir()) == []


def test_a_file_that_is_none_is_told_on_the_page_of_its_run(
    approver: StrictClient, works: Callable[[], None], tmp_path: Path
) -> None:
    path = tmp_path / "../a.pdf"
    path.write_bytes(b"%PDF-1.7 ...")
    address = hand_in(approver, path)
    works()
    page = approver.get(address).text
    assert "là tệp PDF" in page
    assert "Không nhận" in page


def test_search_and_nonsense_in_the_address_give_a_page(
    approver: StrictClient, works: Callable[[], None], detailed: Writes
) -> None:
    address = hand_in(approver, detailed(a_record("1.000001", name="Đăng ký kết hôn")), partial="y")
    works()
    assert "Đăng ký kết hôn" in approver.get(f"{address}?q=ket+hon&trang=99").text
    assert "Đăng ký kết hôn" not in approver.get(f"{address}?q=%25_\\&muc=xyz").text
    assert approver.get(f"{DESK}/999999").status_code == 404
    assert approver.get(f"{address}/999999").status_code == 404


def test_outdated_words_are_listed_counted_and_made_tasks_only_when_asked(
    app: Flask, approver: StrictClient, publish: Publish
) -> None:
    publish(a_record("1.000001", steps="Nộp bản sao CMND tại UBND huyện"), a_record("1.000002"))
    districts = import_work.has_districts
    with app.app_context():
        assert districts(NOW)
        assert flagging.refresh(store_of(app), districts=False) == 2
        assert flagging.refresh(store_of(app), districts=False) == 0
    page = approver.get(f"{DESK}/tu-ngu-cu?loai=id-card").text
    assert "1.000001" in page
    assert "1.000002" not in page
    with store_of(app).read() as db:
        assert db.scalars(select(Task)).all() == []
    data = token(approver, f"{DESK}/tu-ngu-cu") | {"codes": "1.000001"}
    assert approver.post(f"{DESK}/tu-ngu-cu", data=data).status_code == 303
    with store_of(app).read() as db:
        assert db.scalars(select(Task.subject)).all() == ["/thu-tuc/1.000001"]
    publish(a_record("1.000001", steps="Nộp bản sao căn cước"))
    with app.app_context():
        assert flagging.refresh(store_of(app), districts=False) == 1
    assert "1.000001" not in approver.get(f"{DESK}/tu-ngu-cu").text


def test_districts_are_outdated_only_where_there_are_none() -> None:
    told = {
        tenant: any(
            level.level == "district" for level in profile.load(tenant).levels_on(NOW.date())
        )
        for tenant in ("quangnam", "danang")
    }
    assert told == {"quangnam": True, "danang": False}


def test_old_imports_and_left_over_files_are_forgotten(
    app: Flask, approver: StrictClient, works: Callable[[], None], detailed: Writes
) -> None:
    hand_in(approver, detailed(a_record()), partial="y")
    folder = import_work.folder(app.extensions["portal"].settings.var)
    with store_of(app).write() as db:
        import_work.tidy(db, folder, NOW)
        db.commit()
    assert len(list(folder.iterdir())) == 1
    with store_of(app).write() as db:
        import_work.tidy(db, folder, NOW + timedelta(days=400))
        db.commit()
        assert db.scalars(select(ImportRun)).all() == []
    assert list(folder.iterdir()) == []
    works()
