"""What rules raise when they refuse, and the pages people see then."""

from flask import Flask, Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError

from portal import problems

SAID = {
    400: _l("Yêu cầu không đọc được"),
    403: _l("Không có quyền mở trang này"),
    404: _l("Không tìm thấy trang"),
    405: _l("Không mở được trang theo cách này"),
    410: _l("Trang này đã được gỡ"),
    413: _l("Nội dung gửi lên quá lớn"),
    429: _l("Gửi quá nhiều lần trong thời gian ngắn"),
    500: _l("Hệ thống gặp lỗi"),
    503: _l("Hệ thống tạm dừng"),
}


class PortalError(Exception):
    """A refusal with a Vietnamese sentence for the person in front of the screen."""

    status = 400


class RefusedInput(PortalError):
    """What was asked for is not allowed or makes no sense."""

    status = 422


class NotFound(PortalError):
    status = 404


class Gone(PortalError):
    status = 410


class Moved(PortalError):
    """What stood at this address leads on to `to`, a path on this site without its language."""

    status = 301

    def __init__(self, to: str, sentence: str = "") -> None:
        super().__init__(sentence)
        self.to = to


class Forbidden(PortalError):
    status = 403


def page(status: int, sentence: str = "", retry_after: int | None = None) -> Response:
    """The page for a status, with one sentence that says more where there is one."""
    title = SAID.get(status) or _l("Không thực hiện được")
    if problems.wanted():
        made = problems.answer(status, title, sentence)
    else:
        html = render_template("errors/error.html", status=status, title=title, sentence=sentence)
        made = make_response(html, status)
    made.headers["Cache-Control"] = "no-store"
    if retry_after:
        made.headers["Retry-After"] = str(retry_after)
    return made


def _plain(status: int) -> Response:
    made = make_response(f"{SAID[status]}.\n", status)
    made.headers["Content-Type"] = "text/plain; charset=utf-8"
    made.headers["Cache-Control"] = "no-store"
    return made


def join(app: Flask) -> None:
    @app.errorhandler(PortalError)
    def refused(error: PortalError) -> Response:
        return page(error.status, str(error))

    @app.errorhandler(Moved)
    def moved(error: Moved) -> ResponseReturnValue:
        if problems.wanted():
            return page(Gone.status, str(error))
        answer = redirect(request.script_root + error.to, error.status)
        # Browsers keep such an answer for good, and a page may come back.
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None or (error.code or 500) < 400:
            return error
        if isinstance(error, SecurityError):
            # A page links to styles and menus, and under a foreign name no address can be built.
            return _plain(error.code or 400)
        made = page(error.code or 500)
        if isinstance(error, MethodNotAllowed):
            made.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
        return made

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        if app.testing:
            raise error
        app.logger.exception("unexpected error")
        return page(500)
