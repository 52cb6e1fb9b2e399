"""Drafts open in the editor, as a browser has them."""

import re
from typing import Any

from flask import Flask

from content.editorial import texts, workflow
from content.models import Draft
from portal.database import Database
from tests.content.editorial.clerks import EDITOR
from tests.support.pages import Page, StrictClient

FORM = "sua"


def store_of(app: Flask) -> Database:
    store: Database = app.extensions["portal"].database
    return store


def a_draft(app: Flask, kind: str = "guide", key: str = "nop-ho-so", language: str = "vi") -> int:
    with app.test_request_context(), store_of(app).write() as db:
        made = workflow.start(db, EDITOR, kind, key, language).id
        db.commit()
    return made


def kept(app: Flask, draft_id: int) -> dict[str, Any]:
    """The parts of the newest save."""
    with app.test_request_context(), store_of(app).read() as db:
        draft = db.get(Draft, draft_id)
        assert draft is not None
        return texts.mapping(workflow.current(db, draft).text)


def address(draft_id: int) -> str:
    return f"/quan-tri/noi-dung/ban-nhap/{draft_id}/sua"


def opened(client: StrictClient, draft_id: int) -> Page:
    answer = client.get(address(draft_id))
    assert answer.status_code == 200
    page: Page = answer.page  # type: ignore[attr-defined]
    return page


def fields(page: Page) -> dict[str, Any]:
    """What a browser would send of the editor's form; rows still in their <template> are not."""
    sent = page.fields(FORM)
    return {name: value for name, value in sent.items() if "__" not in name}


def send(client: StrictClient, draft_id: int, page: Page, lam: str = "luu", **parts: Any) -> Any:
    """The form of this page with these parts typed into it, sent by this button."""
    data: dict[str, Any] = {**fields(page), "lam": lam}
    data.update({re.sub("__", "-", name): value for name, value in parts.items()})
    return client.post(address(draft_id), data=data, content_type="multipart/form-data")
