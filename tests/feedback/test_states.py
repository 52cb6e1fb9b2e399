"""The table of moves: complete, and nothing more than it says."""

import pytest

from feedback.errors import MoveNotAllowed
from feedback.states import (
    DECIDERS,
    MOVE_LABELS,
    MOVES,
    SENDER_WORDS,
    STATE_LABELS,
    Move,
    State,
    check,
    find,
    possible,
)
from portal.staff.models import Role


def test_a_case_goes_from_registered_to_published() -> None:
    state = State.REGISTERED
    for move in (Move.CLASSIFY, Move.ASSIGN, Move.DRAFT, Move.APPROVE, Move.SEND, Move.PUBLISH):
        state = check(state, move, [Role.APPROVER])
    assert state is State.PUBLISHED


def test_every_state_can_be_reached_and_has_words_for_desk_and_sender() -> None:
    reached = {State.REGISTERED, State.QUARANTINED} | {row.target for row in MOVES if row.target}
    assert reached == set(State) == set(STATE_LABELS) == set(SENDER_WORDS)


def test_every_move_has_a_label_and_a_row() -> None:
    assert set(MOVE_LABELS) == set(Move)
    assert {row.move for row in MOVES} == set(Move) - {Move.RECEIVE}


def test_no_two_rows_speak_of_the_same_state_and_move() -> None:
    pairs = [(row.move, source) for row in MOVES for source in row.sources]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("move", [Move.APPROVE, Move.SEND_BACK, Move.PUBLISH, Move.UNPUBLISH])
def test_an_officer_alone_never_decides(move: Move) -> None:
    for row in MOVES:
        if row.move is move:
            assert set(row.roles) == set(DECIDERS)
            assert all(find(source, move, [Role.OFFICER]) is None for source in row.sources)


def test_an_editor_may_do_nothing_to_a_case() -> None:
    assert all(possible(state, [Role.EDITOR]) == () for state in State)


def test_an_unapproved_draft_cannot_be_sent() -> None:
    with pytest.raises(MoveNotAllowed, match="Gửi câu trả lời"):
        check(State.DRAFTED, Move.SEND, list(Role))


def test_a_note_leaves_the_state_alone() -> None:
    assert all(check(state, Move.NOTE, [Role.OFFICER]) is state for state in State)
