"""Who may open what: every route is listed, and every route is opened as everyone."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from flask import Flask

from portal.staff.models import Role
from tests.support.pages import StrictClient

LIST = Path(__file__).with_name("access.yaml")
SAMPLES = {
    "slug": "lien-he", "code": "PAKN.20260101.0000", "code_slug": "9.999999-khong-co",
    "filename": "css/site.css", "account_id": 0, "report_id": 0, "letter_id": 0, "key": "tn_tong",
    "suffix": "xlsx", "data_set": "thu-tuc", "data_format": "csv", "number": 1,
    "day": "2026-01-01", "kind": "guide", "draft_id": 0, "step": "duyet", "token": "x",
    "link_id": 0, "fingerprint": "0" * 64, "name": "tep.pdf",
    "run_id": 0, "change_id": 0,
}  # fmt: skip
EVERYONE = "everyone"


def listed() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(LIST.read_text("utf-8"))
    return found


def declared(app: Flask) -> dict[str, str]:
    """Endpoint → who may open it, as the views themselves say."""
    said = {}
    for endpoint, view in app.view_functions.items():
        access = EVERYONE if endpoint == "static" else getattr(view, "access", None)
        assert access is not None, f"{endpoint} does not say who may open it"
        said[endpoint] = access if access == EVERYONE else " ".join(sorted(access))
    return said


def test_the_list_names_every_route_and_who_may_open_it(app: Flask) -> None:
    assert declared(app) == listed()


@pytest.mark.parametrize("who", ["nobody", *Role])
def test_each_route_opened_as_everyone(
    app: Flask, client: StrictClient, staff: Callable[..., StrictClient], who: str
) -> None:
    browser = client if who == "nobody" else staff(Role(who))
    for rule in app.url_map.iter_rules():
        allowed = listed()[rule.endpoint]
        arguments = {name: SAMPLES[name] for name in rule.arguments}
        with app.test_request_context():
            path = app.url_for(rule.endpoint, **arguments)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            answer = browser.open(path, method=method)
            seen = f"{who} {method} {path}: {answer.status_code}"
            if allowed == EVERYONE:
                assert answer.status_code in {200, 301, 302, 404, 422}, seen
            elif who == "nobody":
                assert answer.status_code == 302, seen
                assert "/quan-tri/dang-nhap" in answer.headers["Location"], seen
            elif who in allowed.split():
                assert answer.status_code in {200, 302, 303, 404, 422}, seen
                assert "/dang-nhap?" not in answer.headers.get("Location", ""), seen
            else:
                assert answer.status_code == 403, seen
            if answer.status_code == 302 and rule.endpoint == "staff.sign_out":
                browser = staff(Role(who)) if who != "nobody" else client
