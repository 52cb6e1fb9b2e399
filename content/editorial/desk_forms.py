"""What staff fill in at the desk of drafts; each form of a step knows which rule it calls."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired

from content.editorial import workflow
from content.editorial.clerk import Clerk
from content.editorial.desk_fields import (
    DayField,
    HourField,
    NamedForm,
    choice,
    line,
    moment,
    show_moment,
    words,
)
from content.editorial.models import Draft
from content.editorial.stages import Step
from portal import clock
from portal.choosing import options
from portal.stamps import StaffForm

People = Sequence[tuple[str, str]]


class StepForm(StaffForm):
    """Carries the save that the page showed, so that nobody approves what they did not read."""

    step: Step
    slug: str
    seen_save = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=self.step.value, **kwargs)

    @property
    def seen(self) -> int:
        """-1, which no save ever has, where somebody meddled with the field."""
        text = self.seen_save.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1

    def prepare(self, reviewers: People) -> None:
        """Give the lists to choose from, before validation."""

    def offer(self, draft: Draft) -> None:
        """Fill in what is known, when the form is shown for the first time."""

    def apply(self, db: Session, clerk: Clerk, draft_id: int) -> None:
        raise NotImplementedError


class SubmitForm(StepForm):
    step, slug = Step.SUBMIT, "gui-doc"
    reviewer = choice(_l("Ai đọc"))

    def prepare(self, reviewers: People) -> None:
        first = ("", _l("Người duyệt nào cũng được"))
        self.reviewer.choices = options([first, *reviewers])

    def apply(self, db: Session, clerk: Clerk, draft_id: int) -> None:
        reviewer = self.reviewer.data or ""
        workflow.submit(db, clerk, draft_id, seen=self.seen, reviewer=reviewer)


class SendBackForm(StepForm):
    step, slug = Step.SEND_BACK, "tra-lai"
    words = words(_l("Cần sửa gì"))

    def apply(self, db: Session, clerk: Clerk, draft_id: int) -> None:
        workflow.send_back(db, clerk, draft_id, seen=self.seen, words=self.words.data or "")


class ApproveForm(StepForm):
    step, slug = Step.APPROVE, "duyet"

    def apply(self, db: Session, clerk: Clerk, draft_id: int) -> None:
        workflow.approve(db, clerk, draft_id, seen=self.seen)


class ScheduleForm(StepForm):
    step, slug = Step.SCHEDULE, "hen-gio"
    day = DayField(_l("Đăng ngày"))
    hour = HourField(_l("Lúc (giờ Việt Nam)"))
    last_day = DayField(_l("Ngừng đăng ngày (để trống nếu không ngừng)"))
    last_hour = HourField(_l("Lúc"))
    publish_at: datetime | None = None
    unpublish_at: datetime | None = None

    def offer(self, draft: Draft) -> None:
        show_moment(self.day, self.hour, draft.publish_at)
        show_moment(self.last_day, self.last_hour, draft.unpublish_at)

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        now = clock.now()
        self.publish_at = moment(self.day, self.hour, needed=True, now=now)
        after = self.publish_at or now
        self.unpublish_at = moment(self.last_day, self.last_hour, needed=False, now=after)
        return not self.errors

    def apply(self, db: Session, clerk: Clerk, draft_id: int) -> None:
        if self.publish_at is not None:
            workflow.schedule(
                db,
                clerk,
                draft_id,
                seen=self.seen,
                publish_at=self.publish_at,
                unpublish_at=self.unpublish_at,
            )


class UnscheduleForm(StepForm):
    step, slug = Step.UNSCHEDULE, "bo-hen"

    def apply(self, db: Session, clerk: Clerk, draft_id: int) -> None:
        workflow.unschedule(db, clerk, draft_id)


class PublishForm(StepForm):
    step, slug = Step.PUBLISH, "dang"

    def apply(self, db: Session, clerk: Clerk, draft_id: int) -> None:
        workflow.publish(db, clerk, draft_id, seen=self.seen)


class ForceForm(StepForm):
    step, slug = Step.FORCE, "dang-khong-doc"
    reason = words(_l("Vì sao không chờ được người thứ hai (ghi lại và hiện mãi trong lịch sử)"))

    def apply(self, db: Session, clerk: Clerk, draft_id: int) -> None:
        workflow.force(db, clerk, draft_id, seen=self.seen, reason=self.reason.data or "")


class DiscardForm(StepForm):
    step, slug = Step.DISCARD, "bo"
    sure = BooleanField(
        _l("Bỏ bản nháp này; các lần lưu vẫn còn trong lịch sử"),
        [InputRequired(_l("Đánh dấu để xác nhận là muốn bỏ."))],
    )

    def apply(self, db: Session, clerk: Clerk, draft_id: int) -> None:
        workflow.discard(db, clerk, draft_id)


FORMS: dict[Step, type[StepForm]] = {
    form.step: form
    for form in (
        SubmitForm,
        ApproveForm,
        PublishForm,
        ScheduleForm,
        UnscheduleForm,
        SendBackForm,
        ForceForm,
        DiscardForm,
    )
}


class RemarkForm(NamedForm):
    prefix = "remark"
    words = words(_l("Nhận xét về bản nháp"))


class LinkForm(NamedForm):
    prefix = "link"
    expert = line(_l("Dành cho ai"), length=120)
    days = choice(_l("Còn hiệu lực"), [(str(n), _l("%(n)s ngày", n=n)) for n in (3, 7, 14, 30)])


class ButtonForm(StaffForm):
    """A button: only the token that proves where it was pressed."""
