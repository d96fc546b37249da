"""What is followed, how often it is told of, and whether it is told of at all."""

from enum import StrEnum


class Kind(StrEnum):
    SEARCH = "search"  # entries that fit a question, once they are published
    ENTRY = "entry"  # what becomes of one entry


class Rhythm(StrEnum):
    """How often somebody is written to."""

    AT_ONCE = "at_once"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class State(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"


MOVES: dict[State, frozenset[State]] = {
    State.ACTIVE: frozenset({State.PAUSED}),
    State.PAUSED: frozenset({State.ACTIVE}),
}


def may_move(now: State, then: State) -> bool:
    return then in MOVES[now]


class Turn(StrEnum):
    """What became of an entry that is followed."""

    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    BACK = "back"
