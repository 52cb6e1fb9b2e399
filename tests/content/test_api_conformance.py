"""The description of the API is true: schemathesis asks all it allows, and what it forbids."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

import schemathesis
from flask import Flask
from schemathesis import engine
from schemathesis.engine import events
from sqlalchemy.orm import Session

from agencies import register
from content import library_loading
from portal.config import HOME

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

BOUNDS = {
    "seed": 20261123,
    "workers": 1,
    "generation": {"max-examples": 25, "mode": "all", "database": "none"},
    "cache": {"enabled": False},
}


def test_schemathesis_finds_no_failure(app: Flask, publishing: Session, now: datetime) -> None:
    register.load(publishing, "quangnam", now)
    library_loading.load(publishing, HOME / "content" / "library", now=now)
    publishing.commit()

    def unpacked(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        # Its client asks for gzip and then does not unpack it.
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        return app(environ, start)

    config = schemathesis.Config.from_dict(BOUNDS)
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", unpacked, config=config)
    seen: set[tuple[str, int]] = set()
    failures = []
    for event in engine.from_schema(described).execute():
        assert not isinstance(event, events.FatalError | events.NonFatalError), event
        if isinstance(event, events.ScenarioFinished):
            told = event.recorder
            seen |= {(told.label, one.response.status_code) for one in told.interactions.values()}
            checks = [one for found in told.checks.values() for one in found]
            failures += [one.failure_info.failure for one in checks if one.failure_info]
    assert not failures
    for question in ("procedures", "procedures/{code}", "guides", "guides/{slug}", "units"):
        assert {200, 422} <= {code for label, code in seen if label == f"GET /api/v1/{question}"}
    assert max(code for _label, code in seen) < 500
