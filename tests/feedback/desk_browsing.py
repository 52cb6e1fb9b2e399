"""What a browser does at the desk: open a case, fill in a panel, press its button."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from feedback.models import Case
from tests.feedback.makers import a_case
from tests.support.pages import Page, StrictClient

QUEUE = "/quan-tri/"
SignIn = Callable[..., StrictClient]
CLASS = {"triage_class": "K1", "content_types": "1", "field": "Đất đai", "competence": "own"}


def make(app: Flask, work: Callable[..., object] | None = None, **changed: object) -> str:
    portal = app.extensions["portal"]
    with app.app_context(), portal.database.write() as db:
        case = a_case(db, portal.ring, **changed)
        if work is not None:
            work(db, case, portal.ring)
        db.commit()
        return case.code


def stored(app: Flask, code: str) -> Case:
    with app.extensions["portal"].database.read() as db:
        return db.scalars(select(Case).where(Case.code == code)).one()


def form_of(client: StrictClient, code: str, slug: str) -> dict[str, str]:
    """What a browser would send from this panel of the case page, untouched."""
    return fields_of(client.get(f"/quan-tri/phan-anh/{code}").page, code, slug)


def fields_of(page: Page, code: str, slug: str) -> dict[str, str]:
    actions = [form.get("action") or "" for form in page.all("form", method="post")]
    return page.fields(actions.index(f"/quan-tri/phan-anh/{code}/{slug}"))


def press(client: StrictClient, code: str, slug: str, **typed: str) -> int:
    fields = form_of(client, code, slug)
    prefix = next(name for name in fields if name.endswith("version")).removesuffix("version")
    typed = {f"{prefix}{name}": value for name, value in typed.items()}
    answer = client.post(f"/quan-tri/phan-anh/{code}/{slug}", data=fields | typed)
    assert answer.status_code in {302, 409, 422, 403}
    return int(answer.status_code)
