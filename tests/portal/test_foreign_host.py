"""A request under a name that is not ours is refused in words, with every safety header."""

import pytest
from flask import Flask


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "a@b", ""])
@pytest.mark.parametrize("path", ["/", "/en/tim-kiem?q=x", "/quan-tri/", "/api/v1/units", "/none"])
def test_a_foreign_host_gets_400(app: Flask, host: str, path: str) -> None:
    app.testing = False
    answer = Flask.test_client(app).get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
    assert answer.text in {"Yêu cầu không đọc được.\n", "The request could not be read.\n"}


def test_our_own_names_are_served(app: Flask) -> None:
    client = Flask.test_client(app)
    for host in ("localhost", "127.0.0.1:8000"):
        assert client.get("/healthz", headers={"Host": host}).status_code == 200
