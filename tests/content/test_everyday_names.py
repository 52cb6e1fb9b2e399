"""Everyday names reach search: at import, and when only the list of names has changed."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import everyday_names, importing
from content.models import Origin
from content.publishing import Publication, renew_names
from search_index.models import SearchRow
from tests.content.exports import SERVES, a_record


def names_in_search(db: Session) -> list[str]:
    chosen = select(SearchRow.aliases).where(SearchRow.kind == "procedure")
    found: list[str] = json.loads(db.scalars(chosen).one())
    return found


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """`names(yaml)` replaces the list of everyday names."""
    monkeypatch.setattr(everyday_names, "FOLDER", tmp_path / "aliases")
    (tmp_path / "aliases").mkdir()

    def write(text: str) -> None:
        (tmp_path / "aliases" / "a.yaml").write_text(text, "utf-8")
        everyday_names.table.cache_clear()

    yield write
    everyday_names.table.cache_clear()


def test_an_imported_procedure_is_known_by_its_everyday_names(
    db: Session, detailed: Callable[..., Path], names: Callable[[str], None], now: datetime
) -> None:
    record = a_record()
    names(f'- code: "{record["code"]}"\n  aliases: [giấy độc thân, Giay Doc Than, xin độc thân]\n')
    importing.import_procedures(db, detailed(record), now=now, serves=SERVES)
    assert names_in_search(db) == ["giấy độc thân", "xin độc thân"]


def test_new_names_reach_procedures_imported_before(
    db: Session, detailed: Callable[..., Path], names: Callable[[str], None], now: datetime
) -> None:
    record = a_record()
    names("[]")
    importing.import_procedures(db, detailed(record), now=now, serves=SERVES)
    names(f'- code: "{record["code"]}"\n  aliases: [giấy độc thân]\n')
    assert renew_names(Publication(db, now, Origin.LIBRARY)) == 1
    assert names_in_search(db) == ["giấy độc thân"]
    assert renew_names(Publication(db, now, Origin.LIBRARY)) == 0


@pytest.mark.parametrize("text", ["- code: 1\n", "- [", "3", "- aliases: [a]"])
def test_a_broken_list_is_said_with_its_file(names: Callable[[str], None], text: str) -> None:
    names(text)
    with pytest.raises(everyday_names.BadFile, match=r"a\.yaml"):
        everyday_names.table()
