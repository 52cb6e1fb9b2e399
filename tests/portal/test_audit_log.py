"""The log of what staff did: found, filtered, downloaded, and checked for changes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from portal import digests
from portal.chain import ChainLink
from portal.database import Database
from portal.staff.audit import record
from portal.staff.models import Role
from tests.support.pages import StrictClient

LOG = "/quan-tri/nhat-ky"
MIDNIGHT = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)  # 20/11/2026 begins in Việt Nam


def did(app: Flask, *actions: tuple[str, str, str], at: datetime = MIDNIGHT) -> None:
    store: Database = app.extensions["portal"].database
    with app.app_context(), store.write() as db:
        for actor, action, subject in actions:
            record(db, actor=actor, action=action, subject=subject, at=at, detail={"reason": "vì"})
        db.commit()


@pytest.fixture
def reader(app: Flask, staff: Callable[..., StrictClient]) -> StrictClient:
    return staff(Role.ADMIN, username="quan-tri")


def test_the_log_says_who_did_what_in_words_newest_first(app: Flask, reader: StrictClient) -> None:
    did(app, ("lan", "content.approve", "guide:a:vi"), ("minh", "odd.thing", "x"))
    page = reader.get(LOG).page
    first, second = page.all("tr")[1:3]
    assert "odd.thing" in "".join(first.itertext())
    assert "Tạo tài khoản" in page.text
    found = "".join(second.itertext())
    assert "Duyệt" in found
    assert "lý do: vì" in found


def test_filters_stand_in_the_address(app: Flask, reader: StrictClient) -> None:
    did(app, ("lan", "content.approve", "guide:a:vi"), ("minh", "report.build", "Thang-11"))
    did(app, ("lan", "content.save", "guide:b:vi"), at=MIDNIGHT - timedelta(seconds=1))
    for query, there, gone in (
        ("nguoi=lan", "guide:a:vi", "Thang-11"),
        ("nhom=bao-cao", "Thang-11", "guide:a:vi"),
        ("q=THANG", "Thang-11", "guide:a:vi"),
        ("q=%25", "Không có việc nào", "guide:a:vi"),
        ("tu=2026-11-20&den=2026-11-20", "guide:a:vi", "guide:b:vi"),
        ("den=2026-11-19", "guide:b:vi", "guide:a:vi"),
    ):
        text = reader.get(f"{LOG}?{query}").page.text
        assert there in text, query
        assert gone not in text, query


def test_nonsense_in_the_address_is_left_aside(reader: StrictClient) -> None:
    for query in ("tu=9999-12-31&den=9999-12-31", "truoc=99999999999999999999", "tu=x", "nhom=a",
                  "truoc=-1", "q=%00", "nguoi=%F0%9F%98%80"):  # fmt: skip
        assert reader.get(f"{LOG}?{query}").status_code == 200


def test_older_entries_follow_by_number(app: Flask, reader: StrictClient) -> None:
    did(app, *(("lan", "content.save", f"guide:bai-{number}:vi") for number in range(60)))
    first = reader.get(f"{LOG}?nguoi=lan").page
    older = next(link for link, words in first.links().items() if words == "Cũ hơn")
    second = reader.get(older).page
    assert "guide:bai-59:vi" in first.text
    assert "guide:bai-9:vi" not in first.text
    assert "guide:bai-9:vi" in second.text
    assert "Cũ hơn" not in second.text


def test_the_file_holds_what_the_filters_chose(app: Flask, reader: StrictClient) -> None:
    did(app, ("lan", "content.approve", "=HYPERLINK()"), ("minh", "report.build", "Thang-11"))
    answer = reader.get(f"{LOG}/tep.csv?nguoi=lan")
    text = answer.get_data(as_text=True)
    assert "nhat-ky-" in answer.headers["Content-Disposition"]
    assert "'=HYPERLINK()" in text
    assert "Thang-11" not in text


def test_a_whole_chain_is_said_to_be_whole_and_a_changed_one_is_not(
    app: Flask, reader: StrictClient
) -> None:
    did(app, ("lan", "content.approve", "guide:a:vi"))
    portal = app.extensions["portal"]
    with portal.database.read() as db:
        digests.write_line(db, portal.settings.digests, portal.ring, MIDNIGHT)
    sent = reader.get(LOG).page.fields(LOG)
    assert "dòng niêm phong ngày 20/11/2026" in reader.post(LOG, data=sent).page.text
    with portal.database.write() as db:
        db.execute(update(ChainLink).where(ChainLink.position == 1).values(body="{}"))
        db.commit()
    assert "không còn nguyên vẹn" in reader.post(LOG, data=sent).page.text


def test_an_approver_reads_the_log_and_an_editor_does_not(
    staff: Callable[..., StrictClient],
) -> None:
    assert staff(Role.APPROVER).get(LOG).status_code == 200
    assert staff(Role.EDITOR).get(LOG).status_code == 403
