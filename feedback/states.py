"""The states of a case, and the one table of moves allowed between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from feedback.errors import MoveNotAllowed
from portal.staff.models import Role


class State(StrEnum):
    """Where a case stands."""

    QUARANTINED = "quarantined"
    REGISTERED = "registered"
    CLASSIFIED = "classified"
    ASSIGNED = "assigned"
    WAITING = "waiting"
    DRAFTED = "drafted"
    APPROVED = "approved"
    ANSWERED = "answered"
    PUBLISHED = "published"
    TRANSFERRED = "transferred"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    REOPENED = "reopened"


class Move(StrEnum):
    """What somebody does to a case; the sender's own moves are marked so in the table."""

    RECEIVE = "receive"
    RELEASE = "release"
    SET_ASIDE = "set_aside"
    CLASSIFY = "classify"
    REFUSE = "refuse"
    ASSIGN = "assign"
    TRANSFER = "transfer"
    DRAFT = "draft"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    SEND = "send"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    NOTE = "note"
    ASK = "ask"
    REPLY = "reply"
    ADD_FILES = "add_files"
    TAKE_BACK = "take_back"
    REOPEN = "reopen"
    RATE = "rate"


@dataclass(frozen=True)
class Allowed:
    """One row: who may do what from where, and where it leads (None: the case stays).

    Without roles it is the sender's own move, made with code and secret.
    """

    move: Move
    sources: tuple[State, ...]
    target: State | None
    roles: tuple[Role, ...] = ()


S, M = State, Move
DESK = (Role.OFFICER, Role.APPROVER, Role.ADMIN)
DECIDERS = (Role.APPROVER, Role.ADMIN)
UNDER_WAY = (
    S.REGISTERED,
    S.CLASSIFIED,
    S.ASSIGNED,
    S.WAITING,
    S.DRAFTED,
    S.APPROVED,
    S.REOPENED,
)
SETTLED = (S.ANSWERED, S.PUBLISHED, S.CLOSED)

# move | from | to | who
MOVES: tuple[Allowed, ...] = (
    Allowed(M.RELEASE, (S.QUARANTINED,), S.REGISTERED, DESK),
    Allowed(M.SET_ASIDE, (S.QUARANTINED,), S.CLOSED, DECIDERS),
    Allowed(M.CLASSIFY, (S.REGISTERED, S.CLASSIFIED, S.REOPENED), S.CLASSIFIED, DESK),
    Allowed(M.CLASSIFY, (S.ASSIGNED,), S.ASSIGNED, DESK),
    Allowed(M.CLASSIFY, (S.NOT_ACCEPTED,), S.CLASSIFIED, DECIDERS),
    Allowed(M.REFUSE, (S.REGISTERED, S.CLASSIFIED), S.NOT_ACCEPTED, DESK),
    Allowed(M.ASSIGN, (S.CLASSIFIED, S.ASSIGNED, S.REOPENED), S.ASSIGNED, DESK),
    Allowed(M.ASSIGN, (S.TRANSFERRED,), S.ASSIGNED, DECIDERS),
    Allowed(M.TRANSFER, (S.CLASSIFIED, S.ASSIGNED, S.REOPENED), S.TRANSFERRED, DESK),
    Allowed(M.ASK, (S.CLASSIFIED, S.ASSIGNED, S.REOPENED), S.WAITING, DESK),
    Allowed(M.REPLY, (S.WAITING,), S.ASSIGNED),
    Allowed(M.ASSIGN, (S.WAITING,), S.ASSIGNED, DESK),
    Allowed(M.DRAFT, (S.CLASSIFIED, S.ASSIGNED, S.TRANSFERRED, S.REOPENED), S.DRAFTED, DESK),
    Allowed(M.DRAFT, (S.WAITING,), S.DRAFTED, DESK),
    Allowed(M.DRAFT, (S.DRAFTED, S.APPROVED), S.DRAFTED, DESK),
    Allowed(M.APPROVE, (S.DRAFTED,), S.APPROVED, DECIDERS),
    Allowed(M.SEND_BACK, (S.DRAFTED, S.APPROVED), S.ASSIGNED, DECIDERS),
    Allowed(M.SEND, (S.APPROVED,), S.ANSWERED, DESK),
    Allowed(M.PUBLISH, (S.ANSWERED, S.CLOSED), S.PUBLISHED, DECIDERS),
    Allowed(M.UNPUBLISH, (S.PUBLISHED,), S.ANSWERED, DECIDERS),
    Allowed(M.WITHDRAW, UNDER_WAY, S.WITHDRAWN, DESK),
    Allowed(M.CLOSE, (S.ANSWERED, S.TRANSFERRED), S.CLOSED, DESK),
    Allowed(M.NOTE, tuple(State), None, DESK),
    Allowed(M.ADD_FILES, (*UNDER_WAY, S.TRANSFERRED), None),
    Allowed(M.TAKE_BACK, (S.QUARANTINED, *UNDER_WAY, S.TRANSFERRED), S.WITHDRAWN),
    Allowed(M.REOPEN, SETTLED, S.REOPENED),
    Allowed(M.RATE, SETTLED, None),
)

STATE_LABELS: dict[State, LazyString] = {
    S.QUARANTINED: _l("Chờ xem lại"),
    S.REGISTERED: _l("Mới tiếp nhận"),
    S.CLASSIFIED: _l("Đã phân loại"),
    S.ASSIGNED: _l("Đã giao xử lý"),
    S.WAITING: _l("Chờ người gửi bổ sung"),
    S.DRAFTED: _l("Chờ duyệt trả lời"),
    S.APPROVED: _l("Đã duyệt, chờ gửi"),
    S.ANSWERED: _l("Đã trả lời"),
    S.PUBLISHED: _l("Đã công khai"),
    S.TRANSFERRED: _l("Đã chuyển cơ quan khác"),
    S.NOT_ACCEPTED: _l("Không tiếp nhận (K0)"),
    S.WITHDRAWN: _l("Người gửi đã rút"),
    S.CLOSED: _l("Đã đóng"),
    S.REOPENED: _l("Mở lại theo đề nghị"),
}

# What the sender reads. States with the same words are one step on the sender's timeline.
SENDER_WORDS: dict[State, LazyString] = {
    S.QUARANTINED: _l("Trung tâm đã nhận; cán bộ sẽ xem trước khi ghi vào sổ tiếp nhận."),
    S.REGISTERED: _l("Trung tâm đã nhận và ghi vào sổ tiếp nhận."),
    S.CLASSIFIED: _l("Cán bộ đã đọc và phân loại."),
    S.ASSIGNED: _l("Đã giao cho người phụ trách; đang xem xét."),
    S.WAITING: _l("Cán bộ đang chờ ông/bà trả lời câu hỏi."),
    S.DRAFTED: _l("Đã giao cho người phụ trách; đang xem xét."),
    S.APPROVED: _l("Đã giao cho người phụ trách; đang xem xét."),
    S.ANSWERED: _l("Đã có câu trả lời."),
    S.PUBLISHED: _l("Câu trả lời đã được đăng công khai."),
    S.TRANSFERRED: _l("Đã chuyển đến cơ quan có thẩm quyền giải quyết."),
    S.NOT_ACCEPTED: _l("Không tiếp nhận được."),
    S.WITHDRAWN: _l("Đã dừng theo đề nghị của người gửi."),
    S.CLOSED: _l("Đã xử lý xong."),
    S.REOPENED: _l("Đã mở lại theo đề nghị của ông/bà."),
}

MOVE_LABELS: dict[Move, LazyString] = {
    M.RECEIVE: _l("Tiếp nhận"),
    M.RELEASE: _l("Ghi vào sổ tiếp nhận"),
    M.SET_ASIDE: _l("Xếp lại, không ghi sổ"),
    M.CLASSIFY: _l("Phân loại"),
    M.REFUSE: _l("Không tiếp nhận (K0)"),
    M.ASSIGN: _l("Giao xử lý"),
    M.TRANSFER: _l("Chuyển cơ quan có thẩm quyền"),
    M.DRAFT: _l("Soạn câu trả lời"),
    M.APPROVE: _l("Duyệt câu trả lời"),
    M.SEND_BACK: _l("Trả lại để sửa"),
    M.SEND: _l("Gửi câu trả lời"),
    M.PUBLISH: _l("Công khai câu trả lời"),
    M.UNPUBLISH: _l("Gỡ câu trả lời đã công khai"),
    M.WITHDRAW: _l("Ghi nhận người gửi rút"),
    M.CLOSE: _l("Đóng"),
    M.NOTE: _l("Ghi chú nội bộ"),
    M.ASK: _l("Hỏi lại người gửi"),
    M.REPLY: _l("Người gửi trả lời"),
    M.ADD_FILES: _l("Người gửi bổ sung tệp"),
    M.TAKE_BACK: _l("Người gửi rút"),
    M.REOPEN: _l("Người gửi đề nghị mở lại"),
    M.RATE: _l("Người gửi đánh giá"),
}

# Still ours to do; and what somebody waits for, wherever it is being done.
OPEN = frozenset(UNDER_WAY)
FOLLOWED = OPEN | {S.TRANSFERRED}
UNFINISHED = FOLLOWED | {S.QUARANTINED}


def find(state: State, move: Move, roles: Iterable[Role]) -> Allowed | None:
    """The row that lets these roles make this move from this state."""
    held = frozenset(roles)
    for row in MOVES:
        if row.move is move and state in row.sources and held.intersection(row.roles):
            return row
    return None


def check(state: State, move: Move, roles: Iterable[Role]) -> State:
    """The state this move leads to; raises MoveNotAllowed."""
    row = find(state, move, roles)
    if row is None:
        raise MoveNotAllowed(
            _(
                "Không thể thực hiện «%(move)s» khi phản ánh ở trạng thái «%(state)s», hoặc vai "
                "trò của ông/bà không được làm việc này.",
                move=MOVE_LABELS[move],
                state=STATE_LABELS[state],
            )
        )
    return row.target or state


def check_sender(state: State, move: Move) -> State:
    """The state to which the sender's own move leads; raises MoveNotAllowed."""
    for row in MOVES:
        if row.move is move and state in row.sources and not row.roles:
            return row.target or state
    raise MoveNotAllowed(_("Phản ánh này không còn ở bước có thể làm việc đó."))


def senders_possible(state: State) -> tuple[Move, ...]:
    """What the sender may do now, in the order of the table."""
    return tuple(row.move for row in MOVES if state in row.sources and not row.roles)


def possible(state: State, roles: Iterable[Role]) -> tuple[Move, ...]:
    """What these roles may do now, in the order of the table, each once."""
    held = frozenset(roles)
    rows = (row for row in MOVES if state in row.sources and held.intersection(row.roles))
    return tuple(dict.fromkeys(row.move for row in rows))
