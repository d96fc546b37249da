"""The life of a stored file, and of one that arrives in pieces."""

from enum import StrEnum


class FileState(StrEnum):
    PENDING = "pending"  # kept; nobody has drawn it yet
    READY = "ready"
    REFUSED = "refused"  # kept, but it turned out not to be what it seemed


MOVES: dict[FileState, frozenset[FileState]] = {
    FileState.PENDING: frozenset({FileState.READY, FileState.REFUSED}),
    FileState.READY: frozenset(),
    FileState.REFUSED: frozenset({FileState.READY}),  # a later release can do more
}


class UploadState(StrEnum):
    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


def may_move(now: FileState, then: FileState) -> bool:
    return then in MOVES[now]
