"""Who runs a job: a lease of a minute, renewed by progress, that a dead worker loses."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F

from stocktaking.history.operations import record
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations.holders import is_gone, this_process
from stocktaking.jobs.signals import job_ended
from stocktaking.jobs.states import Failure, JobState

LEASE = dt.timedelta(seconds=60)
RUNS_MAX = 5  # a job that took down five workers will take down the sixth

Clock = Callable[[], dt.datetime]
Watch = Callable[[int, int | None], object]  # is told what is done, and of how much if known


class RunStopped(BaseException):
    """Ends a run from within ``progress``; no ``except Exception`` of a kind may swallow it."""


class RunCancelled(RunStopped):
    """Somebody asked for the job to end."""


class LeaseLost(RunStopped):
    """The run was taken for dead: another worker has the job."""


class WorkerStops(RunStopped):
    """The process is told to stop; the job goes back in the queue."""


class LeasedRun:
    """One run of one job: what its function reads, and how it says how far it is."""

    def __init__(
        self, job: Job, *, clock: Clock, stopping: Callable[[], bool], watch: Watch | None = None
    ) -> None:
        self.arguments: dict[str, Any] = job.arguments
        self.cursor: dict[str, Any] = job.cursor
        self.by_id = job.by_id
        self._job = job
        self._clock = clock
        self._stopping = stopping
        self._watch = watch

    def moment(self) -> dt.datetime:
        return self._clock()

    def progress(
        self,
        done: int,
        total: int | None = None,
        *,
        message: str | None = None,
        cursor: dict[str, Any] | None = None,
    ) -> None:
        """See ``registry.Run``. Raises RunStopped; what was said is kept, unless the caller's
        own transaction is undone by it together with the chunk it belongs to."""
        said: dict[str, Any] = {"done": done, "lease_until": self._clock() + LEASE}
        if total is not None:
            said["total"] = total
        if message is not None:
            said["message"] = message
        if cursor is not None:
            said["cursor"] = self.cursor = cursor
        if not held(self._job).update(**said):
            raise LeaseLost
        if Job.objects.values_list("cancel_requested", flat=True).get(pk=self._job.pk):
            raise RunCancelled
        if self._stopping():
            raise WorkerStops
        if self._watch is not None:
            self._watch(done, total)


def held(job: Job) -> Any:
    """The row, as long as this run holds it."""
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, lease_token=job.lease_token)


def claim(*, at: dt.datetime) -> Job | None:
    """Take the oldest waiting job. The update decides which of two workers gets it."""
    waiting = Job.objects.filter(state=JobState.WAITING).order_by("id").values_list("id", flat=True)
    for number in waiting[:10]:
        if (job := claim_one(number, at=at)) is not None:
            return job
    return None


def claim_one(number: int, *, at: dt.datetime) -> Job | None:
    """Take this job if it waits."""
    token = str(uuid.uuid4())
    taken = Job.objects.filter(pk=number, state=JobState.WAITING).update(
        state=JobState.RUNNING,
        lease_token=token,
        lease_until=at + LEASE,
        holder=this_process(),
        runs=F("runs") + 1,
    )
    return Job.objects.get(pk=number, lease_token=token) if taken else None


def release_dead(*, at: dt.datetime) -> int:
    """Jobs whose lease ran out, or whose process is seen to have ended, wait again, their cursor
    kept; too many times, and they fail."""
    released = 0
    for job in Job.objects.filter(state=JobState.RUNNING):
        dead = job.lease_until is not None and job.lease_until < at
        if not (dead or is_gone(job.holder)) or not _seize(job):
            continue
        released += 1
        if job.cancel_requested:
            end(job, JobState.CANCELLED, at=at)
        elif job.runs >= RUNS_MAX:
            end(job, JobState.FAILED, at=at, message=Failure.WORKERS_LOST)
        else:
            give_back(job)
    return released


def _seize(job: Job) -> bool:
    # the lease may have been renewed since it was read: the update looks again
    seized = str(uuid.uuid4())
    if not held(job).filter(lease_until=job.lease_until).update(lease_token=seized):
        return False
    job.lease_token = seized
    return True


def give_back(job: Job) -> None:
    """The job waits again; whoever takes it goes on at the cursor."""
    held(job).update(state=JobState.WAITING, lease_token="", lease_until=None)


@transaction.atomic
def end(job: Job, state: JobState, *, at: dt.datetime, message: str | None = None) -> bool:
    """End a run as done, failed or cancelled; False where the lease was lost meanwhile."""
    said: dict[str, Any] = {} if message is None else {"message": message}
    if not held(job).update(state=state, ended_at=at, lease_token="", lease_until=None, **said):
        return False
    job.refresh_from_db()
    record(verb=f"job_{state.value}", of=job, by=None, at=at, detail={"kind": job.kind})
    job_ended.send(sender=Job, job=job, at=at)
    return True
