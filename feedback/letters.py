"""Letters to senders who left an e-mail address: the code and what happened, never the text.

Nobody has proved that the address is the sender's own, so nothing of the case stands in a letter;
whoever wants to read it needs the secret of the receipt.
"""

from collections.abc import Callable
from typing import Any

from flask import current_app, has_app_context
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import identity
from feedback.models import Case
from portal import clock, events
from portal.keys import ring
from portal.languages import prefix_of
from portal.mail import outbox
from portal.mail.outbox import BadAddress
from portal.profile import profile

Words = Callable[[str], tuple[str, str]]


def join() -> None:
    """Write a letter whenever a case is registered, asked about or answered."""
    events.connect("feedback.received", received)
    events.connect("feedback.asked", asked)
    events.connect("feedback.answered", answered)


def received(db: Session, **payload: Any) -> None:
    _write(db, payload["code"], _received)


def asked(db: Session, **payload: Any) -> None:
    _write(db, payload["code"], _asked)


def answered(db: Session, **payload: Any) -> None:
    _write(db, payload["code"], _answered)


def _received(code: str) -> tuple[str, str]:
    return (
        _("Đã tiếp nhận %(code)s", code=code),
        _("Trung tâm đã tiếp nhận nội dung mang mã %(code)s.", code=code),
    )


def _asked(code: str) -> tuple[str, str]:
    return (
        _("Cán bộ cần ông/bà cho biết thêm: %(code)s", code=code),
        _("Cán bộ có câu hỏi về nội dung mang mã %(code)s. Thời hạn tạm dừng đến khi ông/bà trả "
          "lời.", code=code),
    )  # fmt: skip


def _answered(code: str) -> tuple[str, str]:
    return (
        _("Đã có câu trả lời: %(code)s", code=code),
        _("Nội dung mang mã %(code)s đã có câu trả lời.", code=code),
    )


def _write(db: Session, code: str, words: Words) -> None:
    if not has_app_context():  # rules tried by themselves have no keys and no address to name
        return
    case = db.scalars(select(Case).where(Case.code == code)).one()
    address = identity.reveal(db, case, ring()).email
    if not address:
        return
    with force_locale(case.language):
        subject, said = words(code)
        body = _body(said, _status_address(case), case.language)
    try:
        outbox.put(
            db,
            ring=ring(),
            recipient=address,
            subject=subject,
            body=body,
            language=case.language,
            origin=code,
            now=clock.now(),
        )
    except BadAddress:
        current_app.logger.info("no letter for %s: the address takes none", code)


def _body(said: str, address: str, language: str) -> str:
    return "\n\n".join(
        (
            _("Kính gửi ông/bà,"),
            said,
            _("Xem tại: %(address)s (cần mã bí mật ghi trên giấy tiếp nhận).", address=address),
            _("Thư này gửi tự động, xin không trả lời. Nếu ông/bà không gửi nội dung nào, xin bỏ "
              "qua thư này."),
            profile().organisation.name_for(language),
        )
    ) + "\n"  # fmt: skip


def _status_address(case: Case) -> str:
    base = current_app.extensions["portal"].settings.public_url
    return f"{base}{prefix_of(case.language)}/phan-anh-kien-nghi/tra-cuu?ma={case.code}"
