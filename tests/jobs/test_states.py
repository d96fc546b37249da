import pytest

from stocktaking.jobs.states import MOVES, JobState, may_move


def test_every_state_has_moves_or_is_an_end():
    assert set(MOVES) == set(JobState)
    assert {state for state, moves in MOVES.items() if not moves} == {
        JobState.DONE,
        JobState.CANCELLED,
    }


@pytest.mark.parametrize("state", JobState)
def test_no_state_moves_to_itself(state):
    assert not may_move(state, state)


def test_a_run_may_be_given_back():
    assert may_move(JobState.RUNNING, JobState.WAITING)
