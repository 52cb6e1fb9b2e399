"""What an approver fills in to make an answer public, or to take it back."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import BooleanField, Field, ValidationError

from feedback import publishing
from feedback.cases import Clerk
from feedback.desk_forms import ANSWER_LENGTH, NOTE_LENGTH, CaseForm, area, line
from feedback.models import Case
from feedback.publishing import Publication
from feedback.states import Move
from portal.profile import Profile, profile


class PublishForm(CaseForm):
    move, slug = Move.PUBLISH, "cong-khai"
    title = line(_l("Tiêu đề"), 150)
    question = area(_l("Nội dung hỏi, phản ánh"), ANSWER_LENGTH)
    answer = area(_l("Câu trả lời"), ANSWER_LENGTH)
    name_sender = BooleanField(_l("Nêu tên người gửi (người gửi đã đồng ý)"))
    confirmed = BooleanField(
        _l("Tôi đã đọc lại: không còn dữ liệu cá nhân trong tiêu đề, nội dung hỏi và câu trả lời.")
    )

    def validate_confirmed(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Hãy đọc lại rồi đánh dấu xác nhận."))

    def show(self, publication: Publication) -> None:
        """Put this text in, to be read and confirmed anew."""
        self.title.data = publication.title
        self.question.data = publication.question
        self.answer.data = publication.answer
        self.confirmed.data = False

    def apply(self, db: Session, case: Case, clerk: Clerk) -> None:
        wanted = Publication(
            title=self.title.data or "",
            question=self.question.data or "",
            answer=self.answer.data or "",
        )
        allowed, named = own_contacts(profile()), bool(self.name_sender.data)
        publishing.publish(db, case, wanted, clerk=clerk, allowed=allowed, name_sender=named)


class UnpublishForm(CaseForm):
    move, slug = Move.UNPUBLISH, "go"
    reason = area(_l("Lý do gỡ"), NOTE_LENGTH)

    def apply(self, db: Session, case: Case, clerk: Clerk) -> None:
        publishing.unpublish(db, case, reason=self.reason.data or "", clerk=clerk)


def own_contacts(of: Profile) -> list[str]:
    """The organisation's own phones and addresses, which may stand in a public text."""
    own = (of.hotline, of.organisation.phone, of.organisation.email, of.organisation.address)
    return [value for value in own if value]
