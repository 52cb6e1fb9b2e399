"""A prepared site with the starter library, asked without a network."""

from collections.abc import Iterator

import pytest

from portal.factory import create_app
from tests.support.pages import StrictClient
from tests.support.running import prepared


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StrictClient]:
    app = create_app(prepared(tmp_path_factory.mktemp("site")))
    app.test_client_class = StrictClient
    yield app.test_client()  # type: ignore[misc]
    app.extensions["portal"].database.dispose()
