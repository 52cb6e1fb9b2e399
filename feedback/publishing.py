"""Makes an answer public once nothing in it gives a person away, and takes it back."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import cases, identity, redaction
from feedback.cases import Clerk, required
from feedback.errors import FeedbackRefused
from feedback.kinds import Kind
from feedback.models import Answer, Case
from feedback.states import Move
from portal import events, revisions
from portal.database import lock
from portal.revisions import Area
from search_index.analysis import fold
from search_index.documents import SearchDocument, put, withdraw

ADDRESS = "/phan-anh-kien-nghi/tra-loi/"
SLUG_LENGTH = 80
SLUG_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
SUMMARY_LENGTH = 200


@dataclass(frozen=True)
class Publication:
    """The text that would be public."""

    title: str
    question: str
    answer: str


class TracesLeft(FeedbackRefused):
    """Something in the text still looks like personal data; `masked` is what may be published."""

    def __init__(self, masked: Publication, traces: Sequence[str]) -> None:
        self.masked = masked
        super().__init__(
            _(
                "Còn dữ liệu có thể là của cá nhân (%(traces)s). Mọi chỗ đã được ẩn trong nội dung "
                "bên dưới; hãy đọc lại rồi xác nhận.",
                traces=", ".join(traces),
            )
        )


def proposal(db: Session, case: Case, clerk: Clerk, allowed: Sequence[str]) -> Publication:
    """Question and answer with every trace hidden, for the approver to read."""
    answer = db.get(Answer, case.id)
    plain = Publication(
        title=answer.title if answer is not None else "",
        question=(answer.public_question if answer is not None else "") or case.text,
        answer=answer.text if answer is not None else "",
    )
    return _masked(plain, _known(db, case, clerk), allowed)


def publish(
    db: Session,
    case: Case,
    wanted: Publication,
    *,
    clerk: Clerk,
    allowed: Sequence[str],
    name_sender: bool = False,
) -> str:
    """Make the answer public and return its slug; raises TracesLeft while anything stands out.

    The sender's name appears only with the sender's consent. `allowed` are the Centre's own
    phones and addresses, which need not be hidden.
    """
    cases.target(case, Move.PUBLISH, clerk)
    if case.locked:
        raise FeedbackRefused(_("Nội dung tố cáo không được công khai."))
    if case.kind == Kind.OWN_DATA:
        raise FeedbackRefused(_("Yêu cầu về dữ liệu cá nhân không được công khai."))
    required(wanted.title, _("Hãy đặt tiêu đề."))
    required(wanted.question, _("Nội dung hỏi đang để trống."))
    required(wanted.answer, _("Câu trả lời đang để trống."))
    known = _known(db, case, clerk)
    masked = _masked(wanted, known, allowed)
    if masked != _cleaned(wanted):
        raise TracesLeft(masked, _traces(wanted, known, allowed))
    answer = lock(db, Answer, case.id)
    if answer is None or answer.sent_at is None:
        raise FeedbackRefused(_("Chỉ công khai câu trả lời đã gửi."))
    shown = name_sender and case.publish_name
    answer.public_name = identity.reveal(db, case, clerk.ring).name if shown else ""
    slug = _write(db, case, answer, masked, clerk)
    case.published = True
    cases.step(db, case, Move.PUBLISH, clerk)
    revision = revisions.advance(db, Area.ANSWERS, Area.FIGURES)
    put(db, [_document(answer)], revision=revision)
    events.emit(db, "feedback.published", code=case.code, slug=slug)
    return slug


def _write(db: Session, case: Case, answer: Answer, masked: Publication, clerk: Clerk) -> str:
    """Put the public text into the answer; an address once given stays."""
    answer.title, answer.public_question = masked.title, masked.question
    answer.public_answer, answer.public_field = masked.answer, case.field
    answer.published_at, answer.unpublished_at = clerk.now, None
    answer.slug = answer.slug or _slug(db, masked.title)
    return answer.slug


def unpublish(db: Session, case: Case, *, reason: str, clerk: Clerk) -> None:
    """Take a public answer back; its address then says that it was withdrawn."""
    cases.target(case, Move.UNPUBLISH, clerk)
    reason = required(reason, _("Hãy ghi lý do gỡ."))
    answer = lock(db, Answer, case.id)
    assert answer is not None
    answer.unpublished_at, answer.unpublished_reason = clerk.now, reason
    answer.public_name = ""
    case.published = False
    cases.step(db, case, Move.UNPUBLISH, clerk, note=reason)
    revision = revisions.advance(db, Area.ANSWERS, Area.FIGURES)
    withdraw(db, [_key(answer)], revision=revision)


def _known(db: Session, case: Case, clerk: Clerk) -> list[str]:
    """What the register knows of the sender, so that it is hidden wherever it stands."""
    sender = identity.reveal(db, case, clerk.ring)
    return [value for value in vars(sender).values() if value] + [case.code]


def _masked(plain: Publication, known: Sequence[str], allowed: Sequence[str]) -> Publication:
    return Publication(
        *(
            redaction.mask(part, known=known, allowed=allowed).strip()
            for part in (plain.title, plain.question, plain.answer)
        )
    )


def _cleaned(plain: Publication) -> Publication:
    parts = (plain.title, plain.question, plain.answer)
    return Publication(*(redaction.clean(part).strip() for part in parts))


def _traces(plain: Publication, known: Sequence[str], allowed: Sequence[str]) -> list[str]:
    text = "\n".join((plain.title, plain.question, plain.answer))
    hits = redaction.find(redaction.clean(text), known=known, allowed=allowed)
    return sorted({str(redaction.TRACE_LABELS[hit.trace]) for hit in hits})


def _slug(db: Session, title: str) -> str:
    """From the title, with four letters by chance: it says nothing about code or register."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:SLUG_LENGTH].strip("-")
    while True:
        chance = "".join(secrets.choice(SLUG_LETTERS) for _n in range(4))
        slug = f"{words or 'tra-loi'}-{chance}"
        if db.scalar(select(Answer.case_id).where(Answer.slug == slug)) is None:
            return slug


def _key(answer: Answer) -> str:
    return f"answer:{answer.slug}"


def _document(answer: Answer) -> SearchDocument:
    return SearchDocument(
        key=_key(answer),
        kind="answer",
        url=f"{ADDRESS}{answer.slug}",
        title=answer.title,
        text=f"{answer.public_question}\n{answer.public_answer}",
        summary=answer.public_answer[:SUMMARY_LENGTH],
        fields=[answer.public_field] if answer.public_field else [],
    )
