"""The life of a job."""

from enum import StrEnum


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Failure(StrEnum):
    """Stands as the message of a job that failed by no doing of its own."""

    WORKERS_LOST = "workers_lost"  # each of its runs took down the worker
    KIND_UNKNOWN = "kind_unknown"  # this release does not know the work any more


MOVES: dict[JobState, frozenset[JobState]] = {
    JobState.WAITING: frozenset({JobState.RUNNING, JobState.CANCELLED}),
    # back to waiting: a lease ran out because the worker died
    JobState.RUNNING: frozenset(
        {JobState.DONE, JobState.FAILED, JobState.CANCELLED, JobState.WAITING}
    ),
    JobState.DONE: frozenset(),
    JobState.FAILED: frozenset({JobState.WAITING}),
    JobState.CANCELLED: frozenset(),
}


def may_move(now: JobState, then: JobState) -> bool:
    return then in MOVES[now]
