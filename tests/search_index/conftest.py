"""A small catalogue, published and indexed as the rooms do it."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from flask import Flask

from portal import revisions
from portal.database import Database
from portal.revisions import Area
from search_index import indexing
from search_index.documents import SearchDocument, put, withdraw

NAMES = {
    "1.001193": "Thủ tục đăng ký khai sinh",
    "1.004884": "Thủ tục đăng ký lại khai sinh",
    "1.000894": "Thủ tục đăng ký kết hôn",
    "1.004746": "Thủ tục đăng ký lại kết hôn",
    "1.004873": "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân",
    "1.000656": "Thủ tục đăng ký khai tử",
    "1.004222": "Đăng ký thường trú",
    "1.004194": "Đăng ký tạm trú",
    "1.003197": "Xóa đăng ký thường trú",
    "3.000347": "Đổi giấy phép lái xe",
    "3.000348": "Cấp lại giấy phép lái xe",
    "1.014061": "Cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên",
    "1.012784": "Tách thửa hoặc hợp thửa đất",
    "1.001612": "Đăng ký thành lập hộ kinh doanh",
    "2.001583": "Đăng ký thành lập công ty TNHH một thành viên",
    "1.004837": "Thủ tục đăng ký giám hộ",
}


def a_procedure(code: str, title: str = "", **said: object) -> SearchDocument:
    values: dict[str, object] = {
        "key": f"procedure:{code}",
        "kind": "procedure",
        "url": f"/thu-tuc/{code}",
        "title": title or NAMES[code],
        "agency": "Ủy ban nhân dân cấp xã",
        "fields": ["Hộ tịch"],
        "levels": ["commune"],
        "audience": ["citizen"],
        "codes": [code],
    }
    return SearchDocument(**values | said)  # type: ignore[arg-type]


def the_catalogue() -> list[SearchDocument]:
    return [a_procedure(code) for code in NAMES]


def publish(
    store: Database, documents: Iterable[SearchDocument] = (), gone: Iterable[str] = ()
) -> int:
    """Write and withdraw documents in one publishing transaction; returns its revision."""
    with store.write() as db:
        number = revisions.advance(db, Area.PROCEDURES)
        put(db, documents, revision=number)
        withdraw(db, gone, revision=number)
        db.commit()
    return number


Publish = Callable[..., int]


@pytest.fixture
def procedure() -> Callable[..., SearchDocument]:
    return a_procedure


@pytest.fixture
def catalogue() -> list[SearchDocument]:
    return the_catalogue()


@pytest.fixture
def published() -> Publish:
    return publish


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def site(app: Flask) -> Callable[..., None]:
    """`site(documents)` publishes and indexes them, as the worker would a moment later."""

    def fill(documents: Iterable[SearchDocument] = (), gone: Iterable[str] = ()) -> None:
        portal = app.extensions["portal"]
        publish(portal.database, documents, gone)
        indexing.refresh(portal.database, portal.settings.index)
        app.extensions["search"].look_again()

    return fill
