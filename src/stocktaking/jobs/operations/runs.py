"""Running jobs: some now, or as long as the process lives."""

import logging
import threading
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections

from stocktaking.jobs.models import Job
from stocktaking.jobs.operations.leases import (
    Clock,
    LeasedRun,
    RunCancelled,
    RunStopped,
    Watch,
    claim,
    claim_one,
    end,
    give_back,
    release_dead,
)
from stocktaking.jobs.registry import KINDS
from stocktaking.jobs.states import Failure, JobState
from stocktaking.kernel import clock
from stocktaking.kernel.errors import Refused

log = logging.getLogger(__name__)
LOOK_EVERY = 1.0  # seconds between two looks into an empty queue


def run_waiting(
    *,
    at_clock: Clock,
    limit: int | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Run jobs, oldest first, until none waits or ``limit`` are run. Gives how many were run.

    ``at_clock`` is asked for the moment before and after each job and at each progress.
    """
    ran = 0
    while (limit is None or ran < limit) and not stopping():
        release_dead(at=at_clock())
        job = claim(at=at_clock())
        if job is None:
            break
        _run(job, at_clock, stopping)
        ran += 1
    return ran


def run_job(
    *,
    job_id: int,
    at_clock: Clock,
    stopping: Callable[[], bool] = lambda: False,
    watch: Watch | None = None,
) -> bool:
    """Run this one job now, in this process, if it waits or its last run is dead.

    False where somebody else runs it, or it has ended. ``watch`` hears of each progress.
    """
    release_dead(at=at_clock())
    job = claim_one(job_id, at=at_clock())
    if job is None:
        return False
    _run(job, at_clock, stopping, watch)
    return True


def work(stop: threading.Event, *, at_clock: Clock = clock.now) -> None:
    """Run jobs until ``stop`` is set; a job that runs then goes back in the queue."""
    while not stop.is_set():
        close_old_connections()
        try:
            run_waiting(at_clock=at_clock, stopping=stop.is_set)
        except DatabaseError:  # a database that restarts must not end the worker
            log.exception("the queue of jobs could not be read")
        stop.wait(LOOK_EVERY)
    close_old_connections()


def _run(
    job: Job, at_clock: Clock, stopping: Callable[[], bool], watch: Watch | None = None
) -> None:
    function = KINDS.get(job.kind)
    if function is None:
        end(job, JobState.FAILED, at=at_clock(), message=Failure.KIND_UNKNOWN)
        return
    try:
        function(LeasedRun(job, clock=at_clock, stopping=stopping, watch=watch))
    except RunCancelled:
        end(job, JobState.CANCELLED, at=at_clock())
    except RunStopped:  # lost leases belong to somebody else by now, and stay theirs
        give_back(job)
    except Refused as refused:
        end(job, JobState.FAILED, at=at_clock(), message=f"{refused} [{refused.code}]")
    except Exception as error:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        end(job, JobState.FAILED, at=at_clock(), message=f"{type(error).__name__}: {error}")
    else:
        end(job, JobState.DONE, at=at_clock())
