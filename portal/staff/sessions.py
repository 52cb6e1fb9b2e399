"""The staff session: kept on the server, its cookie sent under /quan-tri only."""

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import delete
from werkzeug.datastructures import CallbackDict
from werkzeug.wrappers import Response as BaseResponse

from portal import clock
from portal.database import Database, end_session
from portal.staff.models import StaffAccount, StaffSession

COOKIE = "can_bo"
PATH = "/quan-tri"
IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=5)


class DeskSession(CallbackDict[str, Any], SessionMixin):
    """What the desk remembers about a signed-in browser; empty and forgotten elsewhere."""

    def __init__(self, content: dict[str, Any] | None = None, token: str = "") -> None:
        def changed(_self: CallbackDict[str, Any]) -> None:
            self.modified = True

        super().__init__(content or {}, changed)
        self.token = token
        self.account_id: int | None = None
        self.modified = False
        self.accessed = False


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class DeskSessions(SessionInterface):
    """Flask's door to the table of sessions."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def open_session(self, app: Flask, request: Request) -> DeskSession:
        token = request.cookies.get(COOKIE, "") if request.path.startswith(PATH) else ""
        return self._found(token, clock.now()) if token else DeskSession()

    def _found(self, token: str, now: datetime) -> DeskSession:
        with self.database.read() as db:
            row = db.get(StaffSession, token_digest(token))
            fresh = row is not None and now - row.seen_at < IDLE and now - row.created_at < LONGEST
            account = db.get(StaffAccount, row.account_id) if row is not None and fresh else None
            if row is None or account is None or not account.active:
                return DeskSession()
            found = DeskSession(json.loads(row.content), token)
            found.account_id = account.id
            touch = now - row.seen_at > TOUCH_EVERY
        if touch:
            self._keep(found, now)
        return found

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if isinstance(session, DeskSession) and session.modified and session.token:
            end_session()
            self._keep(session, clock.now())

    def _keep(self, session: DeskSession, now: datetime) -> None:
        with self.database.write() as db:
            row = db.get(StaffSession, token_digest(session.token))
            if row is not None:
                row.content, row.seen_at = json.dumps(dict(session)), now
                db.commit()

    def start(self, account: StaffAccount, now: datetime) -> tuple[StaffSession, str]:
        """A new session row for the caller to add, and the token for the cookie."""
        token = secrets.token_urlsafe(32)
        row = StaffSession(
            token_digest=token_digest(token),
            account_id=account.id,
            content="{}",
            created_at=now,
            seen_at=now,
        )
        return row, token


def give_cookie(response: BaseResponse, token: str, *, secure: bool) -> None:
    response.set_cookie(COOKIE, token, path=PATH, httponly=True, samesite="Strict", secure=secure)


def take_cookie(response: BaseResponse) -> None:
    response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="Strict")


def sweep(db: Any, now: datetime) -> None:
    """Drop sessions that nobody can use any more."""
    db.execute(delete(StaffSession).where(StaffSession.seen_at < now - IDLE))
