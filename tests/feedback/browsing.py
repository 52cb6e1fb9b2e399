"""What a browser does with the public forms: fill in, review, read codes off a receipt."""

from flask import Flask
from sqlalchemy import select

from feedback.models import Case
from tests.support.pages import Page, StrictClient, text_of

DOOR = "/phan-anh-kien-nghi"
STATUS = f"{DOOR}/tra-cuu"
WHO = {"name": "Nguyễn Thị Bưởi", "address": "Thôn Trung Đàn", "phone": "0905 123 456"}


def fill(client: StrictClient, kind: str = "tre-han", **typed: str) -> dict[str, str]:
    """What a browser would send from the first form, with these fields typed in."""
    fields = client.get(f"{DOOR}?loai={kind}").page.fields()
    return fields | {"step": "review", "text": "Hồ sơ quá hẹn ba tuần."} | typed


def review(client: StrictClient, **typed: str) -> dict[str, str]:
    answer = client.post(DOOR, data=fill(client, **typed))
    assert answer.status_code == 200, answer.page.text
    return answer.page.fields() | {"step": "send"}


def codes(page: Page) -> tuple[str, str]:
    code, secret = (text_of(found) for found in page.all("dd", class_="code"))
    return code, secret


def stored(app: Flask) -> list[Case]:
    with app.extensions["portal"].database.read() as db:
        return list(db.scalars(select(Case).order_by(Case.id)))
