"""Forms without cookies: a signed stamp says when a form was shown, for what, and only once."""

import secrets
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import g, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, StringField
from wtforms.form import BaseForm

from portal.keys import ring

MAX_AGE_SECONDS = 12 * 3600
FUTURE_SECONDS = 120
NONCE_BYTES = 16


@dataclass(frozen=True)
class Stamp:
    """When the form was first shown (seconds since 1970), and its one-time name."""

    nonce: str
    issued_at: int
    form: str

    def age(self, now: float) -> float:
        return now - self.issued_at


class BadStamp(Exception):
    """Not ours, changed, for another form, or too old."""


def issue(form: str) -> str:
    """A new stamp for this form; a page that shows one is never kept by anybody."""
    g.stamped = True
    made = _signer(form).dumps([secrets.token_urlsafe(NONCE_BYTES), int(time.time())])
    return made if isinstance(made, str) else made.decode()


def read(token: str, form: str) -> Stamp:
    """The stamp behind the text; raises BadStamp."""
    try:
        nonce, issued_at = _signer(form).loads(token)
    except (BadSignature, ValueError, TypeError) as error:
        raise BadStamp from error
    stamp = Stamp(nonce=str(nonce), issued_at=int(issued_at), form=form)
    if not -FUTURE_SECONDS <= stamp.age(time.time()) <= MAX_AGE_SECONDS:
        raise BadStamp
    return stamp


def _signer(form: str) -> URLSafeSerializer:
    return URLSafeSerializer(ring().purposes["stamp"], salt=f"stamp:{form}")


CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))


def clean(text: str) -> str:
    """What was typed, in NFC and without the control characters that no database or page wants."""
    return unicodedata.normalize("NFC", text.translate(CONTROLS))


class CleanForm(FlaskForm):
    """Every text arrives clean, whatever sent it."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: BaseForm, formdata: Any) -> Any:
            given = super().wrap_formdata(form, formdata)
            if not isinstance(given, MultiDict):
                return given
            return MultiDict(
                (name, clean(value) if isinstance(value, str) else value)
                for name, value in given.items(multi=True)
            )


class PublicForm(CleanForm):
    """A form for everybody: no cookie, a stamp, and a field that only machines fill in.

    After validation `stamp_nonce` names this showing of the form, `stamp_age` tells for how many
    seconds it was open, and `trapped` whether the machines' field was filled. A bad or old stamp
    is an error, but what was typed stays and a fresh stamp is put in.
    """

    class Meta(CleanForm.Meta):
        csrf = False

    form_name = ""
    stamp = HiddenField()
    website_confirm = StringField(_l("Để trống ô này"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stamp_nonce = ""
        self.stamp_age = 0.0
        self._stamp_came = bool(self.stamp.data)
        if not self.stamp.data:
            self.stamp.data = issue(self.form_name)

    @property
    def trapped(self) -> bool:
        return bool(self.website_confirm.data)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        whole = super().validate(extra_validators)
        return self._stamp_is_good() and whole

    def _stamp_is_good(self) -> bool:
        try:
            token = self.stamp.data if self._stamp_came else None
            stamp = read(token or "", self.form_name)
        except BadStamp:
            self.stamp.data = issue(self.form_name)
            self.form_errors.append(
                _("Trang này đã mở quá lâu. Nội dung vẫn còn; ông/bà kiểm tra rồi gửi lại.")
            )
            return False
        self.stamp_nonce, self.stamp_age = stamp.nonce, stamp.age(time.time())
        return True


class StaffForm(CleanForm):
    """A form on the desk, guarded by Flask-WTF's token in the server-side session."""


def came_from_elsewhere() -> bool:
    """Whether the browser says that another site sent this request; silence is not a no."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return bool(origin) and origin != request.host_url.rstrip("/")
