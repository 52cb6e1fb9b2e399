"""The way of a draft: its stages, the steps from one to the next, and who may take them."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from portal.staff.models import Role


class Stage(StrEnum):
    """Where a draft stands; PUBLISHED and DISCARDED ones are closed."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class Step(StrEnum):
    """What somebody does to a draft."""

    SAVE = "save"
    SUBMIT = "submit"
    SEND_BACK = "send-back"
    APPROVE = "approve"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    PUBLISH = "publish"
    FORCE = "force"
    DISCARD = "discard"


OPEN = (Stage.DRAFT, Stage.IN_REVIEW, Stage.APPROVED, Stage.SCHEDULED)
EDITORS = frozenset({Role.EDITOR, Role.APPROVER})
APPROVERS = frozenset({Role.APPROVER})

# Step: from which stages, to which stage, by whom. Saving takes a draft back to its beginning:
# what was read by the second person is exactly what is published.
WAYS: dict[Step, tuple[frozenset[Stage], Stage, frozenset[Role]]] = {
    Step.SAVE: (frozenset(OPEN), Stage.DRAFT, EDITORS),
    Step.SUBMIT: (frozenset({Stage.DRAFT}), Stage.IN_REVIEW, EDITORS),
    Step.SEND_BACK: (
        frozenset({Stage.IN_REVIEW, Stage.APPROVED, Stage.SCHEDULED}),
        Stage.DRAFT,
        EDITORS,
    ),
    Step.APPROVE: (frozenset({Stage.IN_REVIEW}), Stage.APPROVED, APPROVERS),
    Step.SCHEDULE: (frozenset({Stage.APPROVED, Stage.SCHEDULED}), Stage.SCHEDULED, APPROVERS),
    Step.UNSCHEDULE: (frozenset({Stage.SCHEDULED}), Stage.APPROVED, APPROVERS),
    Step.PUBLISH: (frozenset({Stage.APPROVED, Stage.SCHEDULED}), Stage.PUBLISHED, APPROVERS),
    Step.FORCE: (frozenset({Stage.DRAFT, Stage.IN_REVIEW}), Stage.PUBLISHED, APPROVERS),
    Step.DISCARD: (frozenset(OPEN), Stage.DISCARDED, EDITORS),
}

STAGE_LABELS = {
    Stage.DRAFT: _l("Bản nháp"),
    Stage.IN_REVIEW: _l("Chờ người thứ hai đọc"),
    Stage.APPROVED: _l("Đã duyệt"),
    Stage.SCHEDULED: _l("Đã hẹn giờ đăng"),
    Stage.PUBLISHED: _l("Đã đăng"),
    Stage.DISCARDED: _l("Đã bỏ"),
}
STEP_LABELS = {
    Step.SAVE: _l("Lưu bản nháp"),
    Step.SUBMIT: _l("Gửi người thứ hai đọc"),
    Step.SEND_BACK: _l("Trả lại để sửa"),
    Step.APPROVE: _l("Duyệt"),
    Step.SCHEDULE: _l("Hẹn giờ đăng"),
    Step.UNSCHEDULE: _l("Bỏ hẹn giờ"),
    Step.PUBLISH: _l("Đăng ngay"),
    Step.FORCE: _l("Đăng không qua người thứ hai"),
    Step.DISCARD: _l("Bỏ bản nháp"),
}


def possible(stage: Stage, roles: frozenset[Role]) -> tuple[Step, ...]:
    """The steps that somebody with these roles may take from this stage, in the usual order."""
    return tuple(step for step, (from_, _to, by) in WAYS.items() if stage in from_ and roles & by)
