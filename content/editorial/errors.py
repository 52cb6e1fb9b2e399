"""What the rules of editing refuse, each with a sentence for the person who tried."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from flask_babel import gettext as _

from content.editorial.models import DraftRevision
from portal.errors import Forbidden, NotFound, RefusedInput


class Found(Protocol):
    """Something to mend: in which part, and what is wrong with it."""

    @property
    def where(self) -> str: ...

    @property
    def words(self) -> str: ...


@dataclass(frozen=True)
class Problem:
    """A part of a text that cannot be read as what it should be."""

    where: str
    words: str


class EditingRefused(RefusedInput):
    """What every refusal of editing is."""


class NotAllowed(Forbidden):
    """This step is for other roles."""


class WrongStage(EditingRefused):
    """A draft does not take this step from where it stands."""


class Overtaken(EditingRefused):
    """Somebody saved in between; nothing was written. `current` is the newest save."""

    status = 409

    def __init__(self, current: DraftRevision) -> None:
        super().__init__(
            _(
                "Có người đã lưu bản nháp này sau khi ông/bà mở. Chưa ghi gì; chữ của ông/bà vẫn "
                "còn đây."
            )
        )
        self.current = current


class BaseMoved(EditingRefused):
    """The page has been published anew since the draft was begun. `newest` is that version."""

    status = 409

    def __init__(self, newest: int) -> None:
        super().__init__(
            _(
                "Trang đã có bản %(number)s sau khi bản nháp này bắt đầu. "
                "Hãy lấy bản mới làm gốc, đọc lại chỗ khác nhau rồi gửi duyệt lại.",
                number=newest,
            )
        )
        self.newest = newest


class BadText(EditingRefused):
    """A draft's text is not yet what a page of its kind consists of."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(_("Còn chỗ thiếu hoặc sai: %(parts)s.", parts=_parts(self.problems)))


class NotReady(EditingRefused):
    """What is published has to hold; `findings` lists what to mend."""

    def __init__(self, findings: Iterable[Found]) -> None:
        self.findings = tuple(findings)
        super().__init__(_("Chưa đăng được, còn %(count)s chỗ phải sửa.", count=len(self.findings)))


class SecondPersonNeeded(EditingRefused):
    """Whoever wrote any part of a draft cannot be the one who approves it."""

    def __init__(self) -> None:
        super().__init__(_("Ông/bà đã viết vào bản nháp này; cần người thứ hai đọc và duyệt."))


class KeyTaken(EditingRefused):
    """There is a page or a draft at this address already."""


class BadKey(EditingRefused):
    """A page cannot have this address."""


class NothingNew(EditingRefused):
    """The draft says word for word what is published."""

    def __init__(self) -> None:
        super().__init__(_("Bản nháp không khác bản đang đăng."))


class NoSuchDraft(NotFound):
    """There is no such draft, or it is no longer open."""

    def __init__(self) -> None:
        super().__init__(_("Không có bản nháp này."))


class LinkRefused(NotFound):
    """An expert's link that is wrong, expired or revoked; always the same sentence."""

    def __init__(self) -> None:
        super().__init__(_("Đường dẫn này không đúng hoặc không còn dùng được."))


def _parts(problems: tuple[Problem, ...]) -> str:
    return "; ".join(f"{one.where}: {one.words}" for one in problems[:3])
