"""Migrations: they make exactly the tables the code expects, and they find the way back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from content.editorial.file_models import ContentFile
from content.models import ContentItem
from feedback.models import Case
from portal import migrating
from portal.build import newest_migration
from portal.database import Base, Database, UtcDateTime
from portal.factory import know_all_tables
from portal.migrating import BadDatabase
from tests.support.stores import empty_store

NOT_OURS = {"alembic_version", "test_moments"}


@pytest.fixture(params=["sqlite", "postgres"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    yield from empty_store(request, tmp_path)


def differences(store: Database) -> list[Any]:
    def ours(item: Any, name: str | None, kind: str, *_rest: Any) -> bool:
        return not (kind == "table" and name in NOT_OURS)

    know_all_tables()
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": True}
        )
        return list(compare_metadata(context, Base.metadata))


def test_a_migrated_database_is_what_the_code_expects(bare: Database) -> None:
    assert migrating.state(bare) is None
    assert migrating.upgrade(bare)
    assert migrating.state(bare) == newest_migration()
    assert differences(bare) == []


def rules(store: Database) -> dict[str, dict[str, str]]:
    """What each table checks of its rows, in the database's own words."""
    found = inspect(store.engine)
    return {
        table: {str(one["name"]): one["sqltext"] for one in found.get_check_constraints(table)}
        for table in found.get_table_names()
        if table not in NOT_OURS
    }


def test_a_migrated_database_checks_what_the_code_expects(bare: Database) -> None:
    migrating.upgrade(bare)
    migrated = rules(bare)
    migrating.downgrade(bare, "base")
    know_all_tables()
    Base.metadata.create_all(bare.engine)
    assert migrated == rules(bare)


def test_migrating_twice_does_nothing(bare: Database) -> None:
    migrating.upgrade(bare)
    assert not migrating.upgrade(bare)


def test_there_is_a_way_back(bare: Database) -> None:
    migrating.upgrade(bare)
    migrating.downgrade(bare, "base")
    assert set(inspect(bare.engine).get_table_names()) <= NOT_OURS
    assert migrating.upgrade(bare)
    assert differences(bare) == []


def test_going_back_one_version_keeps_what_that_version_knows(bare: Database) -> None:
    migrating.upgrade(bare)
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    with bare.writing_session() as db:
        made = Case(
            code="PAKN.20261123.0001", kind="question", chosen_kind="question", channel="web",
            sender_kind="person", language="vi", text="Hỏi", search_text="hoi", competence="",
            state="quarantined", received_at=moment, changed_at=moment, stamp_nonce="n",
            content_digest="", secret_digest="", notice_version="",
        )  # fmt: skip
        form = ContentItem(kind="form", key="to-khai", language="vi", state="published", sha256="")
        notice = ContentItem(kind="notice", key="nghi", language="vi", state="draft", sha256="")
        db.add_all([made, form, notice])
        db.flush()
        db.add(ContentFile(item_id=form.id, sha256="0" * 64, name="to-khai.pdf"))
        db.commit()
    migrating.downgrade(bare, "0001")
    with bare.engine.connect() as connection:
        case = connection.execute(text("SELECT state, register_number FROM cases")).one()
        kinds = connection.execute(text("SELECT kind FROM content_items")).scalars().all()
    assert tuple(case) == ("registered", 1)
    assert kinds == ["news"]
    assert migrating.upgrade(bare)


def test_a_database_of_a_newer_version_is_left_alone(bare: Database) -> None:
    migrating.upgrade(bare)
    with bare.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(BadDatabase, match="phiên bản mới hơn"):
        migrating.upgrade(bare)


def test_an_embedded_database_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    store = Database(f"sqlite:///{tmp_path / 'portal.sqlite3'}")
    migrating.upgrade(store)
    assert not (tmp_path / "before-upgrade").exists()
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(Exception, match="0000"):
        migrating.upgrade(store)
    copies = list((tmp_path / "before-upgrade").glob("*.sqlite3"))
    assert len(copies) == 1
    copy = Database(f"sqlite:///{copies[0]}")
    assert migrating.state(copy) == "0000"
    copy.dispose()
    store.dispose()


def test_every_moment_is_of_the_one_type() -> None:
    know_all_tables()
    moments = [
        column
        for table in Base.metadata.tables.values()
        for column in table.columns
        if "DATETIME" in str(column.type).upper() or "TIMESTAMP" in str(column.type).upper()
    ]
    assert moments
    assert all(isinstance(column.type, UtcDateTime) for column in moments)
