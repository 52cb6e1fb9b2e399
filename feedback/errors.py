"""What the feedback room refuses, each with a sentence for the person in front of the screen."""

from flask_babel import gettext as _

from portal.errors import Forbidden, RefusedInput


class FeedbackRefused(RefusedInput):
    """What was asked for does not fit the case as it is."""


class MoveNotAllowed(FeedbackRefused):
    """The table of moves has no such row from this state, or not for these roles."""


class Stale(FeedbackRefused):
    """Somebody else changed the case after this page was opened."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "Người khác vừa thay đổi phản ánh này. Xem lại trạng thái mới bên dưới rồi làm "
                "lại; nội dung ông/bà vừa nhập vẫn còn."
            )
        )


class NotYourCase(Forbidden):
    """The case belongs to another unit."""
